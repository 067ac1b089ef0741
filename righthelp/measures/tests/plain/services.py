from __future__ import annotations

from righthelp.measures.tests.plain import Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    ago,
    counts,
    known,
    months,
    on,
    one,
    words,
)


@counts
def signpostings(rows: Rows) -> Counted:
    return [(row["entry"], row["pointed_on"], 1, {"came_of_it": words(row, "outcome", "Not heard yet")})
            for row in rows["signposting"]]  # fmt: skip


@counts
def signposting_reached(rows: Rows) -> Counted:
    return [(row["entry"], row["pointed_on"], one(row["outcome"] in {"HELPED", "STARTED"}),
             {"came_of_it": words(row, "outcome")})
            for row in rows["signposting"]
            if row["state"] == "ANSWERED" and row["outcome"] != "NOT_REACHED"]  # fmt: skip


@counts
def listings_confirmed(rows: Rows) -> Counted:
    said = ("listed_on", "confirmed_on", "changed_on")
    return [(row["entry"], day, one(any(row[name] and row[name] > ago(day, 12) for name in said)),
             {"kind_of_agency": words(row, "agency_kind", "No agency"), "agency": known(row, "agency", "No agency")})
            for day in months(rows) for row in rows["service_listing"]
            if on(row, day, "listed_on", "closed_on")]  # fmt: skip


@counts
def listings_found_wrong(rows: Rows) -> Counted:
    return [(row["entry"], row["told_on"], one(row["finding"] == "MENDED"),
             {"said_wrong": words(row, "wrong"), "agency": known(row, "agency", "No agency")})
            for row in rows["listing_report"]
            if row["state"] == "ANSWERED"]  # fmt: skip

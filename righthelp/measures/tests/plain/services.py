from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Rows, ago, months, on, one


def signpostings(rows: Rows) -> Counted:
    return [(row["entry"], row["pointed_on"], 1) for row in rows["signposting"]]


def signposting_reached(rows: Rows) -> Counted:
    return [(row["entry"], row["pointed_on"], one(row["outcome"] in {"HELPED", "STARTED"}))
            for row in rows["signposting"]
            if row["state"] == "ANSWERED" and row["outcome"] != "NOT_REACHED"]  # fmt: skip


def listings_confirmed(rows: Rows) -> Counted:
    said = ("listed_on", "confirmed_on", "changed_on")
    return [(row["entry"], day, one(any(row[name] and row[name] > ago(day, 12) for name in said)))
            for day in months(rows) for row in rows["service_listing"]
            if on(row, day, "listed_on", "closed_on")]  # fmt: skip


def listings_found_wrong(rows: Rows) -> Counted:
    return [(row["entry"], row["told_on"], one(row["finding"] == "MENDED")) for row in rows["listing_report"]
            if row["state"] == "ANSWERED"]  # fmt: skip

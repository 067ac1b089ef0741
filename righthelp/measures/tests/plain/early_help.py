from __future__ import annotations

from datetime import date

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    ago,
    amounts,
    by,
    clock_of,
    counts,
    first_of_each,
    known,
    level_on,
    levels,
    months,
    on,
    one,
    words,
)

EARLY = {2, 3}


def _led(help: Record, held: Record) -> dict[str, str]:
    return {"led_by": words(help, "lead_agency_kind", "Nobody named yet"),
            "agency": known(help, "lead_agency", "Nobody named yet"),
            "level_of_need": words(held, "level")}  # fmt: skip


def _for_whom(help: Record) -> dict[str, str]:
    return {"waits_for": words(help, "help_by", "Not said")}


@counts
def early_help_open(rows: Rows) -> Counted:
    return [(help["entry"], day, 1, _led(help, held)) for day in months(rows) for help in rows["family_help"]
            if on(help, day, "started_on", "closed_on") for held in level_on(rows, help["entry"], day)
            if held["level"] in EARLY]  # fmt: skip


@counts
def early_help_begun(rows: Rows) -> Counted:
    return [(help["entry"], help["started_on"], 1, _led(help, held)) for help in rows["family_help"]
            if help["started_on"] for held in level_on(rows, help["entry"], help["started_on"])
            if held["level"] in EARLY]  # fmt: skip


def _waiting(rows: Rows, day: date) -> list[Record]:
    return [help for help in rows["family_help"]
            if on(help, day, "taken_up_on", "allocated_on") and not by(help["closed_on"], day)]  # fmt: skip


@counts
def early_help_waiting(rows: Rows) -> Counted:
    return [(help["entry"], day, 1, _for_whom(help)) for day in months(rows) for help in _waiting(rows, day)]


@amounts
def early_help_wait(rows: Rows) -> Counted:
    return [(help["entry"], day, (day - help["taken_up_on"]).days, _for_whom(help)) for day in months(rows)
            for help in _waiting(rows, day)]  # fmt: skip


def _longest(rows: Rows, whom: str) -> Counted:
    counted: Counted = []
    for day in months(rows):
        theirs = [help for help in _waiting(rows, day) if help["help_by"] == whom]
        for help in sorted(theirs, key=lambda help: (help["taken_up_on"], help["entry"]))[:1]:
            counted.append((help["entry"], day, (day - help["taken_up_on"]).days, {}))
    return counted


@amounts
def early_help_longest_wait_internal(rows: Rows) -> Counted:
    return _longest(rows, "INTERNAL")


@amounts
def early_help_longest_wait_commissioned(rows: Rows) -> Counted:
    return _longest(rows, "COMMISSIONED")


@amounts
def early_help_days_to_lead(rows: Rows) -> Counted:
    return [(help["entry"], help["allocated_on"], clock["days"], _for_whom(help)) for help in rows["family_help"]
            if help["allocated_on"] for clock in clock_of(rows, help["entry"], "lead named")
            if clock["days"] is not None]  # fmt: skip


@counts
def early_help_children_in_year(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        year = ago(day, 12)
        found = []
        for help in sorted(rows["family_help"], key=lambda row: row["entry"]):
            if not by(help["started_on"], day) or by(help["closed_on"], year) or help["lead_agency_kind"] != "county":
                continue
            for held, until in levels(rows, help["entry"]):
                early = held["level"] in EARLY and by(held["since_on"], day)
                if early and not (until is not None and (until <= year or until <= help["started_on"])):
                    found.append(help)
        found.sort(key=lambda help: help["started_on"], reverse=True)
        counted += [(help["entry"], day, 1, {}) for help in first_of_each(found)]
    return counted


@counts
def panel_taken_up(rows: Rows) -> Counted:
    return [(help["entry"], help["panel_on"], one(help["panel_decision"] == "TAKE_UP"),
             {"decision": words(help, "panel_decision"),
              "asked_by": words(help, "from_agency_kind", "The county's own early help")})
            for help in rows["family_help"] if help["panel_on"] and help["panel_decision"]]  # fmt: skip

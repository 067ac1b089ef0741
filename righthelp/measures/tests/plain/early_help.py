from __future__ import annotations

from datetime import date

from righthelp.measures.tests.plain import (
    Counted,
    Row,
    Rows,
    ago,
    by,
    clock_of,
    first_of_each,
    level_on,
    levels,
    months,
    on,
    one,
)

EARLY = {2, 3}


def early_help_open(rows: Rows) -> Counted:
    return [(help["entry"], day, 1) for day in months(rows) for help in rows["family_help"]
            if on(help, day, "started_on", "closed_on") for held in level_on(rows, help["entry"], day)
            if held["level"] in EARLY]  # fmt: skip


def early_help_begun(rows: Rows) -> Counted:
    return [(help["entry"], help["started_on"], 1) for help in rows["family_help"] if help["started_on"]
            for held in level_on(rows, help["entry"], help["started_on"]) if held["level"] in EARLY]  # fmt: skip


def _waiting(rows: Rows, day: date) -> list[Row]:
    return [help for help in rows["family_help"]
            if on(help, day, "taken_up_on", "allocated_on") and not by(help["closed_on"], day)]  # fmt: skip


def early_help_waiting(rows: Rows) -> Counted:
    return [(help["entry"], day, 1) for day in months(rows) for help in _waiting(rows, day)]


def early_help_wait(rows: Rows) -> Counted:
    return [(help["entry"], day, (day - help["taken_up_on"]).days) for day in months(rows)
            for help in _waiting(rows, day)]  # fmt: skip


def _longest(rows: Rows, whom: str) -> Counted:
    counted: Counted = []
    for day in months(rows):
        theirs = [help for help in _waiting(rows, day) if help["help_by"] == whom]
        for help in sorted(theirs, key=lambda help: (help["taken_up_on"], help["entry"]))[:1]:
            counted.append((help["entry"], day, (day - help["taken_up_on"]).days))
    return counted


def early_help_longest_wait_internal(rows: Rows) -> Counted:
    return _longest(rows, "INTERNAL")


def early_help_longest_wait_commissioned(rows: Rows) -> Counted:
    return _longest(rows, "COMMISSIONED")


def early_help_days_to_lead(rows: Rows) -> Counted:
    return [(help["entry"], help["allocated_on"], clock["days"]) for help in rows["family_help"]
            if help["allocated_on"] for clock in clock_of(rows, help["entry"], "lead named")
            if clock["days"] is not None]  # fmt: skip


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
        counted += [(help["entry"], day, 1) for help in first_of_each(found)]
    return counted


def panel_taken_up(rows: Rows) -> Counted:
    return [(help["entry"], help["panel_on"], one(help["panel_decision"] == "TAKE_UP")) for help in rows["family_help"]
            if help["panel_on"] and help["panel_decision"]]  # fmt: skip

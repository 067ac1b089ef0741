from __future__ import annotations

from datetime import date
from itertools import pairwise

from righthelp.measures.tests.plain import Counted, Row, Rows, ago, first_of_each, level_on, levels, months, on, one

IN_NEED = 4


def open_referrals(rows: Rows, day: date) -> list[Row]:
    """The latest referral of each child who has one that is open."""
    found = [row for row in rows["referral"]
             if on(row, day, "received_on", "closed_on")
             and (row["state"] != "CLOSED" or row["closed_on"])]  # fmt: skip
    found.sort(key=lambda row: row["entry"])
    found.sort(key=lambda row: row["received_at"], reverse=True)
    return first_of_each(found)


def children_in_need(rows: Rows) -> Counted:
    return [(row["entry"], day, 1) for day in months(rows) for row in open_referrals(rows, day)]


def children_in_need_rate(rows: Rows) -> Counted:
    return children_in_need(rows)


def _in_need(rows: Rows, day: date) -> list[tuple[Row, Row]]:
    return [(help, held) for help in rows["family_help"] if on(help, day, "started_on", "closed_on")
            for held in level_on(rows, help["entry"], day) if held["level"] == IN_NEED]  # fmt: skip


def children_with_in_need_plan(rows: Rows) -> Counted:
    return [(help["entry"], day, 1) for day in months(rows) for help, _held in _in_need(rows, day)]


def in_need_over_a_year(rows: Rows) -> Counted:
    return [(help["entry"], day, one(max(help["started_on"], held["since_on"]) <= ago(day, 12)))
            for day in months(rows) for help, held in _in_need(rows, day)]  # fmt: skip


def in_need_plan_days(rows: Rows) -> Counted:
    return [(help["entry"], help["section_17_until"], (help["section_17_until"] - help["section_17_from"]).days)
            for help in rows["family_help"] if help["section_17_from"] and help["section_17_until"]]  # fmt: skip


def _steps(rows: Rows) -> list[tuple[Row, int, Row]]:
    found = []
    for help in rows["family_help"]:
        steps = [held for held, _until in levels(rows, help["entry"])]
        found += [(help, before["level"], after) for before, after in pairwise(steps)]
    return found


def stepped_up(rows: Rows) -> Counted:
    return [(help["entry"], after["since_on"], 1) for help, before, after in _steps(rows)
            if before < IN_NEED == after["level"]]  # fmt: skip


def stepped_down(rows: Rows) -> Counted:
    return [(help["entry"], after["since_on"], 1) for help, before, after in _steps(rows)
            if before == IN_NEED > after["level"]]  # fmt: skip


def in_need_closed(rows: Rows) -> Counted:
    return [(row["entry"], row["closed_on"], 1) for row in rows["referral"] if row["closed_on"]]


def in_need_visits_alone(rows: Rows) -> Counted:
    return [(row["entry"], row["visited_on"], one(row["seen_alone"])) for row in rows["family_visit"]
            if row["state"] == "MADE" and row["in_need"]]  # fmt: skip

from __future__ import annotations

from datetime import date
from itertools import pairwise

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    ago,
    amounts,
    counts,
    first_of_each,
    level_on,
    levels,
    months,
    on,
    one,
    words,
)

IN_NEED = 4


def open_to_social_care(rows: Rows, day: date) -> list[Record]:
    """Each child in need, once: by an open referral, else by a child in need plan, else by a protection plan."""
    referrals = [(row["received_on"], row) for row in rows["referral"]
                 if on(row, day, "received_on", "closed_on")
                 and (row["state"] != "CLOSED" or row["closed_on"])]  # fmt: skip
    in_need = [(held["since_on"], help) for help, held in _in_need(rows, day)]
    plans = [(row["started_on"], row) for row in rows["child_protection_plan"]
             if on(row, day, "started_on", "ended_on")]  # fmt: skip
    found = []
    for of_a_kind in (referrals, in_need, plans):
        of_a_kind.sort(key=lambda one: one[1]["entry"])
        of_a_kind.sort(key=lambda one: one[0], reverse=True)
        found += [row for _since, row in of_a_kind]
    return first_of_each(found)


@counts
def children_in_need(rows: Rows) -> Counted:
    return [(row["entry"], day, 1, {}) for day in months(rows) for row in open_to_social_care(rows, day)]


@counts
def children_in_need_rate(rows: Rows) -> Counted:
    return children_in_need(rows)


def _in_need(rows: Rows, day: date) -> list[tuple[Record, Record]]:
    return [(help, held) for help in rows["family_help"] if on(help, day, "started_on", "closed_on")
            for held in level_on(rows, help["entry"], day) if held["level"] == IN_NEED]  # fmt: skip


@counts
def children_with_in_need_plan(rows: Rows) -> Counted:
    return [(help["entry"], day, 1, {}) for day in months(rows) for help, _held in _in_need(rows, day)]


@counts
def in_need_over_a_year(rows: Rows) -> Counted:
    return [(help["entry"], day, one(max(help["started_on"], held["since_on"]) <= ago(day, 12)), {})
            for day in months(rows) for help, held in _in_need(rows, day)]  # fmt: skip


@amounts
def in_need_plan_days(rows: Rows) -> Counted:
    return [(help["entry"], help["section_17_until"], (help["section_17_until"] - help["section_17_from"]).days,
             {"reason": words(help, "closing_reason") if help["closing_reason"] else "Stepped down, or not said"})
            for help in rows["family_help"] if help["section_17_from"] and help["section_17_until"]]  # fmt: skip


def _steps(rows: Rows) -> list[tuple[Record, int, Record]]:
    found = []
    for help in rows["family_help"]:
        steps = [held for held, _until in levels(rows, help["entry"])]
        found += [(help, before["level"], after) for before, after in pairwise(steps)]
    return found


@counts
def stepped_up(rows: Rows) -> Counted:
    return [(help["entry"], after["since_on"], 1, {}) for help, before, after in _steps(rows)
            if before < IN_NEED == after["level"]]  # fmt: skip


@counts
def stepped_down(rows: Rows) -> Counted:
    return [(help["entry"], after["since_on"], 1, {"level_of_need": words(after, "level")})
            for help, before, after in _steps(rows) if before == IN_NEED > after["level"]]  # fmt: skip


@counts
def in_need_closed(rows: Rows) -> Counted:
    return [(row["entry"], row["closed_on"], 1, {"reason": words(row, "closure_reason", "Not said")})
            for row in rows["referral"] if row["closed_on"]]  # fmt: skip


@counts
def in_need_visits_alone(rows: Rows) -> Counted:
    return [(row["entry"], row["visited_on"], one(row["seen_alone"]), {"place": words(row, "place", "Not said")})
            for row in rows["family_visit"]
            if row["state"] == "MADE" and row["in_need"]]  # fmt: skip

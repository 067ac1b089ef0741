from __future__ import annotations

from datetime import date

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    ago,
    amounts,
    before_each,
    by,
    clock_of,
    counts,
    months,
    on,
    one,
    within,
    words,
)


def _category(row: Record) -> dict[str, str]:
    return {"category": words(row, "category", "Not said")}


def _category_now(row: Record) -> dict[str, str]:
    return {"category": words(row, "latest_category", _category(row)["category"])}


def _reason(row: Record) -> dict[str, str]:
    return {"reason": words(row, "end_reason", "Not said")}


def _in_force(rows: Rows, day: date) -> list[Record]:
    return [row for row in rows["child_protection_plan"] if on(row, day, "started_on", "ended_on")]


@counts
def children_on_plans(rows: Rows) -> Counted:
    return [(plan["entry"], day, 1, _category_now(plan)) for day in months(rows) for plan in _in_force(rows, day)]


@counts
def children_on_plans_rate(rows: Rows) -> Counted:
    return [(plan["entry"], day, 1, {}) for day in months(rows) for plan in _in_force(rows, day)]


@counts
def plans_begun(rows: Rows) -> Counted:
    return [
        (row["entry"], row["started_on"], 1, _category(row))
        for row in rows["child_protection_plan"]
        if row["started_on"]
    ]


@counts
def plans_ended(rows: Rows) -> Counted:
    return [
        (row["entry"], row["ended_on"], 1, _reason(row)) for row in rows["child_protection_plan"] if row["ended_on"]
    ]


@counts
def repeat_plans(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], one((row["previous_plans"] or 0) > 0), _category(row))
            for row in rows["child_protection_plan"]
            if row["started_on"] and row["previous_plans"] is not None]  # fmt: skip


@counts
def repeat_plans_in_two_years(rows: Rows) -> Counted:
    # Of a plan that is about nobody, there is none before it.
    begun = [row if row["person"] is not None else {**row, "person": row["entry"]}
             for row in rows["child_protection_plan"] if row["started_on"]]  # fmt: skip
    return [(row["entry"], row["started_on"], one(before and within(before["ended_on"], row["started_on"], 24)),
             _category(row))
            for row, before in before_each(begun, "started_on")]  # fmt: skip


@counts
def plans_reviewed_in_time(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        for plan in _in_force(rows, day):
            if plan["person"] is None or plan["started_on"] > ago(day, 3):
                continue
            reviews = [row for row in rows["child_protection_conference"]
                       if row["kind_of"] == "REVIEW" and row["person"] == plan["person"]
                       and by(row["due_from_on"], day) and row["due_from_on"] >= plan["started_on"]]  # fmt: skip
            late = any(clock["answer"] == "MISSED" and clock["due_on"] < day for review in reviews
                       for name in ("first review", "review")
                       for clock in clock_of(rows, review["entry"], name))  # fmt: skip
            if reviews:
                counted.append((plan["entry"], day, one(not late), {}))
    return counted


@counts
def plans_over_two_years(rows: Rows) -> Counted:
    return [(plan["entry"], day, one(plan["started_on"] <= ago(day, 24)), _category_now(plan)) for day in months(rows)
            for plan in _in_force(rows, day)]  # fmt: skip


@counts
def plans_ended_after_two_years(rows: Rows) -> Counted:
    return [(row["entry"], row["ended_on"], one(row["started_on"] <= ago(row["ended_on"], 24)), _reason(row))
            for row in rows["child_protection_plan"] if row["started_on"] and row["ended_on"]]  # fmt: skip


@amounts
def plan_days(rows: Rows) -> Counted:
    return [(row["entry"], row["ended_on"], clock["days"], _reason(row))
            for row in rows["child_protection_plan"] if row["ended_on"]
            for clock in clock_of(rows, row["entry"], "two years") if clock["days"] is not None]  # fmt: skip


@counts
def children_on_plans_seen(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        for plan in _in_force(rows, day):
            if plan["person"] is None or plan["started_on"] > ago(day, 1):
                continue
            called_for = [row for row in rows["child_protection_visit"]
                          if row["person"] == plan["person"] and by(row["due_from_on"], day)]  # fmt: skip
            seen = [row for row in called_for if row["state"] == "MADE" and row["place"] != "REMOTE"
                    and by(row["visited_on"], day) and row["visited_on"] > ago(day, 1)]  # fmt: skip
            if called_for:
                counted.append((plan["entry"], day, one(seen), {}))
    return counted


@counts
def protection_visits_alone(rows: Rows) -> Counted:
    return [(row["entry"], row["visited_on"], one(row["seen_alone"]), {"place": words(row, "place", "Not said")})
            for row in rows["child_protection_visit"]
            if row["state"] == "MADE" and row["visited_on"]]  # fmt: skip

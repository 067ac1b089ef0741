from __future__ import annotations

from collections import Counter
from datetime import date

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.child_in_need import open_to_social_care
from righthelp.measures.tests.plain.standing import (
    UNDER_A_PLAN,
    Counted,
    ago,
    amounts,
    by,
    counts,
    first_of_each,
    months,
    on,
    one,
    words,
)

STAGES = {1: "Stage 1", 2: "Stage 2"}
HELD = {"family_help": "Family help", "assessment": "Assessment", "referral": "Referral",
        "section_47": "Child protection", "child_protection_plan": "Child protection"}  # fmt: skip


def _allocated(rows: Rows, day: date, kinds: set[str]) -> list[Record]:
    return [row for row in rows["allocation"]
            if row["worker"] is not None and row["person"] is not None and row["kind"] in kinds
            and on(row, day, "since_on", "until_on")]  # fmt: skip


def _latest_of_each(allocated: list[Record]) -> list[Record]:
    in_order = sorted(sorted(allocated, key=lambda row: row["entry"]), key=lambda row: row["since_on"], reverse=True)
    return first_of_each(in_order)


def _talked_about(rows: Rows, day: date) -> set[object]:
    return {row["person"] for row in rows["management_oversight"]
            if row["in_supervision"] and by(row["looked_on"], day)
            and row["looked_on"] > ago(day, 1)} - {None}  # fmt: skip


def _holding_role(rows: Rows, day: date, roles: set[str]) -> list[Record]:
    return [row for row in rows["appointment"] if row["role"] in roles and row["since_on"] <= day
            and (row["until_on"] is None or row["until_on"] >= day)]  # fmt: skip


@counts
def children_supervised(rows: Rows) -> Counted:
    return [(row["entry"], day, one(row["person"] in _talked_about(rows, day)), {"held": HELD[row["kind"]]})
            for day in months(rows)
            for row in _latest_of_each(_allocated(rows, day, UNDER_A_PLAN))]  # fmt: skip


@counts
def early_help_children_supervised(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        workers = {row["worker"] for row in _holding_role(rows, day, {"early help worker", "early help manager"})}
        theirs = [row for row in _allocated(rows, day, {"assessment", "family_help"}) if row["worker"] in workers]
        talked = _talked_about(rows, day)
        counted += [(row["entry"], day, one(row["person"] in talked), {}) for row in _latest_of_each(theirs)]
    return counted


@counts
def children_unallocated(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        held = {row["person"] for row in _allocated(rows, day, UNDER_A_PLAN)}
        counted += [(row["entry"], day, 1, {}) for row in open_to_social_care(rows, day)
                    if row["person"] is None or row["person"] not in held]  # fmt: skip
    return counted


def _caseloads(rows: Rows, day: date) -> list[tuple[Record, int]]:
    """Of each social worker of the county the child held longest, and how many they hold."""
    social_workers = {row["worker"] for row in _holding_role(rows, day, {"social worker"})
                      if row["agency_kind"] == "county"}  # fmt: skip
    theirs = [row for row in _allocated(rows, day, UNDER_A_PLAN) if row["worker"] in social_workers]
    theirs.sort(key=lambda row: (row["since_on"], row["entry"]))
    children = {(row["worker"], row["person"]) for row in theirs}
    held = Counter(worker for worker, _person in children)
    return [(row, held[row["worker"]]) for row in first_of_each(theirs, "worker")]


@amounts
def children_per_social_worker(rows: Rows) -> Counted:
    return [(row["entry"], day, children, {}) for day in months(rows) for row, children in _caseloads(rows, day)]


@counts
def social_workers_over_24(rows: Rows) -> Counted:
    return [(row["entry"], day, 1, {}) for day in months(rows) for row, children in _caseloads(rows, day)
            if children > 24]  # fmt: skip


@counts
def oversight_safe_enough(rows: Rows) -> Counted:
    return [(row["entry"], row["looked_on"], one(row["safe_enough"] == "YES"),
             {"finding": words(row, "safe_enough"),
              "where_found": "In supervision" if row["in_supervision"] else "A look at the record"})
            for row in rows["management_oversight"]
            if row["state"] == "NOTED" and row["looked_on"]]  # fmt: skip


def _concerns(rows: Rows) -> list[tuple[Record, date]]:
    return [(row, entry["begun_on"]) for row in rows["management_oversight"] if row["stage"] is not None
            for entry in rows["entry"] if entry["entry"] == row["entry"]]  # fmt: skip


@counts
def concerns_raised(rows: Rows) -> Counted:
    return [(row["entry"], day, 1, {"stage": STAGES.get(row["stage"], "Stage 3 or higher")})
            for row, day in _concerns(rows)]  # fmt: skip


@counts
def concerns_settled_first(rows: Rows) -> Counted:
    return [(row["entry"], day, one(row["state"] == "RESOLVED" and row["stage"] == 1), {})
            for row, day in _concerns(rows)]  # fmt: skip


@counts
def group_discussions(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], 1, {}) for row in rows["group_discussion"] if row["held_on"]]


@counts
def locked_records_opened(rows: Rows) -> Counted:
    return [(row["entry"], row["opened_on"], 1, {"finding": words(row, "finding", "Not reviewed yet")})
            for row in rows["break_glass"]]  # fmt: skip

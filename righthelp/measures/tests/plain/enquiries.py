from __future__ import annotations

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    amounts,
    by,
    clock_of,
    counts,
    one,
    words,
)

HELD = {"HELD", "SENT"}


def _held(rows: Rows, view: str) -> list[Record]:
    return [row for row in rows[view] if row["held_on"] and row["state"] in HELD]


@counts
def strategy_discussions(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], 1,
             {"decided": "Enquiries under section 47" if row["enquiries"] else "No enquiries"})
            for row in _held(rows, "strategy_discussion")]  # fmt: skip


@counts
def strategy_in_time(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(clock["answer"] == "MET"), {})
            for row in _held(rows, "strategy_discussion")
            for clock in clock_of(rows, row["entry"], "strategy discussion")]  # fmt: skip


@counts
def strategy_to_enquiries(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(row["enquiries"]), {}) for row in _held(rows, "strategy_discussion")]


def _begun(rows: Rows) -> list[Record]:
    return [row for row in rows["section_47"] if row["started_on"]]


@counts
def section_47_begun(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1, {"made_by": words(row, "made_by", "Not known from the return")})
            for row in _begun(rows)]  # fmt: skip


@counts
def section_47_rate(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1, {}) for row in _begun(rows)]


@counts
def section_47_to_conference(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], one(row["conference"] or row["conference_held_on"]), {})
            for row in _begun(rows) if row["state"] == "CONCLUDED"]  # fmt: skip


@counts
def section_47_not_substantiated(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], one(row["outcome"] == "NOT_SUBSTANTIATED"),
             {"finding": words(row, "outcome")})
            for row in _begun(rows) if row["state"] == "CONCLUDED" and row["outcome"]]  # fmt: skip


def _alone(row: Record) -> str:
    if row["child_seen_on"] is None:
        return "Not seen"
    return "Seen alone" if row["seen_alone"] else "Seen, not alone"


@counts
def section_47_child_seen(rows: Rows) -> Counted:
    return [(row["entry"], row["concluded_on"], one(row["child_seen_on"]), {"alone": _alone(row)})
            for row in rows["section_47"]
            if row["state"] == "CONCLUDED" and row["concluded_on"]]  # fmt: skip


@amounts
def section_47_days(rows: Rows) -> Counted:
    return [(row["entry"], row["concluded_on"], clock["days"], {"made_by": words(row, "made_by")})
            for row in rows["section_47"] if row["concluded_on"]
            for clock in clock_of(rows, row["entry"], "enquiries concluded") if clock["days"] is not None]  # fmt: skip


def _conferences(rows: Rows) -> list[Record]:
    return _held(rows, "child_protection_conference")


def _deciding(rows: Rows) -> list[Record]:
    return [row for row in _conferences(rows) if row["kind_of"] != "REVIEW"]


@counts
def initial_conferences(rows: Rows) -> Counted:
    here = [(row["entry"], row["held_on"], 1, {"kind": words(row, "kind_of")}) for row in _deciding(rows)]
    returned = {"kind": "Known from a return"}
    after = [(row["entry"], row["conference_held_on"], 1, returned) for row in rows["section_47"]
             if row["conference_held_on"]]  # fmt: skip
    without = [(row["entry"], row["initial_conference_on"], 1, returned) for row in rows["referral"]
               if row["initial_conference_on"]]  # fmt: skip
    return [*here, *after, *without]


@counts
def initial_conference_in_time(rows: Rows) -> Counted:
    here = [(row["entry"], row["held_on"], one(clock["answer"] == "MET"), {}) for row in _conferences(rows)
            for clock in clock_of(rows, row["entry"], "initial conference")]  # fmt: skip
    returned = [(row["entry"], row["conference_held_on"],
                 one(row["conference_held_on"] <= row["conference_due_on"]), {})
                for row in rows["section_47"] if row["conference_held_on"] and row["conference_due_on"]]  # fmt: skip
    return [*here, *returned]


@counts
def initial_conference_to_plan(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(row["decision"] == "PLAN"),
             {"kind": words(row, "kind_of"), "category": words(row, "category", "No plan")})
            for row in _deciding(rows)]  # fmt: skip


@counts
def conference_parents_met(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(by(row["parents_met_on"], row["held_on"])),
             {"kind": words(row, "kind_of")})
            for row in _conferences(rows)]  # fmt: skip

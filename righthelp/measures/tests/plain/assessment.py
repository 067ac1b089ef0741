from __future__ import annotations

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    amounts,
    before_each,
    by,
    clock_of,
    counts,
    months,
    one,
    within,
    words,
)


@counts
def referrals(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], 1,
             {"urgent": "Immediate action the same day" if row["immediate"] else "To be assessed"})
            for row in rows["referral"]]  # fmt: skip


@counts
def re_referrals(rows: Rows) -> Counted:
    known = [row for row in rows["referral"] if row["person"] is not None]
    return [(row["entry"], row["received_on"],
             one(before and within(before["received_on"], row["received_on"], 12)), {})
            for row, before in before_each(known, "received_at")]  # fmt: skip


@counts
def referrals_assessed(rows: Rows) -> Counted:
    assessed = {row["arose_from"] for row in rows["entry"] if row["kind"] == "assessment"}
    return [(row["entry"], row["received_on"], one(row["entry"] in assessed), {}) for row in rows["referral"]]


def _led_to(row: Record) -> dict[str, str]:
    return {"outcome": words(row, "outcome", "Not known from the return")}


def _under_section_17(rows: Rows) -> list[Record]:
    return [row for row in rows["assessment"] if row["of_kind"] == "CHILD_AND_FAMILY"]


def _authorised(rows: Rows) -> list[Record]:
    return [row for row in _under_section_17(rows) if row["authorised_on"]]


@counts
def assessments_begun(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1, {}) for row in _under_section_17(rows)]


@counts
def assessments_completed(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], 1, _led_to(row)) for row in _authorised(rows)]


@counts
def assessments_in_time(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], one(clock["answer"] == "MET"), _led_to(row))
            for row in _authorised(rows)
            for clock in clock_of(rows, row["entry"], "completed")]  # fmt: skip


@counts
def assessments_overdue(rows: Rows) -> Counted:
    return [(row["entry"], day, one(clock["due_on"] < day), {}) for day in months(rows)
            for row in _under_section_17(rows)
            if by(row["counted_from_on"], day) and not by(row["authorised_on"], day) and row["state"] != "STOPPED"
            for clock in clock_of(rows, row["entry"], "completed")]  # fmt: skip


@amounts
def assessment_days(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], clock["days"], _led_to(row)) for row in _authorised(rows)
            for clock in clock_of(rows, row["entry"], "completed") if clock["days"] is not None]  # fmt: skip


@counts
def assessments_child_seen_alone(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], one(by(row["child_seen_alone_on"], row["authorised_on"])), {})
            for row in _authorised(rows) if not row["is_loaded"]]  # fmt: skip


@counts
def assessments_no_further_action(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], one(row["outcome"] == "NO_FURTHER_ACTION"), {})
            for row in _authorised(rows) if row["outcome"]]  # fmt: skip

from __future__ import annotations

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    ago,
    before_each,
    by,
    counts,
    first_of_each,
    months,
    one,
    within,
    words,
)

EARLY = {2, 3}


@counts
def early_help_calls(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], 1, {"who_rang": words(row, "who_rang")})
            for row in rows["help_request"] if row["who_rang"]]  # fmt: skip


def _answered(rows: Rows) -> list[Record]:
    return [row for row in rows["help_request"]
            if row["level"] in EARLY and row["state"] in {"ANSWERED", "DECIDED_THERE"}]  # fmt: skip


def _answer(row: Record) -> dict[str, str]:
    return {"outcome": words(row, "outcome", "Decided by the front door")}


@counts
def chat_advice(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], one(row["outcome"] in {"ADVICE", "SIGNPOSTED"}), _answer(row))
            for row in _answered(rows)]  # fmt: skip


@counts
def chat_assessment(rows: Rows) -> Counted:
    return [
        (row["entry"], row["asked_on"], one(row["outcome"] == "ASSESSMENT"), _answer(row)) for row in _answered(rows)
    ]


@counts
def chat_children_in_year(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        asked = [row for row in sorted(rows["help_request"], key=lambda row: row["entry"])
                 if row["person"] is not None and by(row["asked_on"], day)
                 and row["asked_on"] > ago(day, 12)]  # fmt: skip
        asked.sort(key=lambda row: row["asked_on"], reverse=True)
        counted += [(row["entry"], day, 1, {}) for row in first_of_each(asked)]
    return counted


def _ended(rows: Rows) -> list[Record]:
    return [row for row in rows["family_help"] if row["state"] == "CLOSED" and row["level"] in EARLY]


@counts
def early_help_outcomes_reached(rows: Rows) -> Counted:
    return [(help["entry"], help["closed_on"], one(outcome["reached"] == "REACHED"),
             {"reached": words(outcome, "reached"), "led_by": words(help, "lead_agency_kind", "Nobody named"),
              "reason": words(help, "closing_reason", "Not said")})
            for help in _ended(rows)
            for outcome in rows["outcome"] if outcome["entry"] == help["entry"]]  # fmt: skip


@counts
def early_help_ended_well(rows: Rows) -> Counted:
    return [(help["entry"], help["closed_on"], one(help["closing_reason"] == "NEEDS_MET"),
             {"reason": words(help, "closing_reason"), "led_by": words(help, "lead_agency_kind", "Nobody named")})
            for help in _ended(rows)
            if help["closing_reason"]]  # fmt: skip


@counts
def early_help_again_in_year(rows: Rows) -> Counted:
    begun = [row for row in rows["family_help"] if row["person"] is not None and row["started_on"]]
    return [(help["entry"], help["started_on"],
             one(before and within(before["closed_on"], help["started_on"], 12)),
             {"led_by": words(help, "lead_agency_kind", "Nobody named yet")})
            for help, before in before_each(begun, "started_on") if help["level"] in EARLY]  # fmt: skip


@counts
def early_help_helped(rows: Rows) -> Counted:
    return [(row["entry"], row["feedback_on"], one(row["helped"] == "YES"), {"answer": words(row, "helped")})
            for row in rows["help_request"]
            if row["helped"]]  # fmt: skip


@counts
def outcome_claims_accepted(rows: Rows) -> Counted:
    return [(row["entry"], row["looked_over_on"], 1, {"outcome_area": words(row, "area")})
            for row in rows["outcome_claim"] if row["state"] == "ACCEPTED"]  # fmt: skip

from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Row, Rows, ago, before_each, by, first_of_each, months, one, within

EARLY = {2, 3}


def early_help_calls(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], 1) for row in rows["help_request"] if row["who_rang"]]


def _answered(rows: Rows) -> list[Row]:
    return [row for row in rows["help_request"]
            if row["level"] in EARLY and row["state"] in {"ANSWERED", "DECIDED_THERE"}]  # fmt: skip


def chat_advice(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], one(row["outcome"] in {"ADVICE", "SIGNPOSTED"})) for row in _answered(rows)]


def chat_assessment(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], one(row["outcome"] == "ASSESSMENT")) for row in _answered(rows)]


def chat_children_in_year(rows: Rows) -> Counted:
    counted = []
    for day in months(rows):
        asked = [row for row in sorted(rows["help_request"], key=lambda row: row["entry"])
                 if row["person"] is not None and by(row["asked_on"], day)
                 and row["asked_on"] > ago(day, 12)]  # fmt: skip
        asked.sort(key=lambda row: row["asked_on"], reverse=True)
        counted += [(row["entry"], day, 1) for row in first_of_each(asked)]
    return counted


def _ended(rows: Rows) -> list[Row]:
    return [row for row in rows["family_help"] if row["state"] == "CLOSED" and row["level"] in EARLY]


def early_help_outcomes_reached(rows: Rows) -> Counted:
    return [(help["entry"], help["closed_on"], one(outcome["reached"] == "REACHED")) for help in _ended(rows)
            for outcome in rows["outcome"] if outcome["entry"] == help["entry"]]  # fmt: skip


def early_help_ended_well(rows: Rows) -> Counted:
    return [(help["entry"], help["closed_on"], one(help["closing_reason"] == "NEEDS_MET")) for help in _ended(rows)
            if help["closing_reason"]]  # fmt: skip


def early_help_again_in_year(rows: Rows) -> Counted:
    begun = [row for row in rows["family_help"] if row["person"] is not None and row["started_on"]]
    return [(help["entry"], help["started_on"],
             one(before and within(before["closed_on"], help["started_on"], 12)))
            for help, before in before_each(begun, "started_on") if help["level"] in EARLY]  # fmt: skip


def early_help_helped(rows: Rows) -> Counted:
    return [(row["entry"], row["feedback_on"], one(row["helped"] == "YES")) for row in rows["help_request"]
            if row["helped"]]  # fmt: skip


def outcome_claims_accepted(rows: Rows) -> Counted:
    return [(row["entry"], row["looked_over_on"], 1) for row in rows["outcome_claim"] if row["state"] == "ACCEPTED"]

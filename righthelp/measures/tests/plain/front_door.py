from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Row, Rows, before_each, clock_of, one, within

HELPED = {"IMMEDIATE", "REFERRAL", "EARLY_HELP"}
EARLY = {2, 3}


def _contacts(rows: Rows) -> list[Row]:
    return [row for row in rows["contact"] if row["state"] not in {"PASSED_ON", "JOINED"}]


def _decided(rows: Rows) -> list[Row]:
    return [row for row in rows["contact"] if row["state"] == "DECIDED"]


def _in_time(rows: Rows, clock_name: str) -> Counted:
    return [(row["entry"], row["received_on"], one(clock["answer"] == "MET")) for row in _contacts(rows)
            for clock in clock_of(rows, row["entry"], clock_name) if clock["answer"] in {"MET", "MISSED"}]  # fmt: skip


def contacts(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], 1) for row in _contacts(rows)]


def led_to_service(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], one(row["outcome"] in HELPED)) for row in _decided(rows)]


def hours_to_decision(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], clock["hours"]) for row in _decided(rows)
            for clock in clock_of(rows, row["entry"], "decision") if clock["hours"] is not None]  # fmt: skip


def decided_in_hours(rows: Rows) -> Counted:
    return _in_time(rows, "decision")


def decided_in_a_day(rows: Rows) -> Counted:
    return _in_time(rows, "decision by guidance")


def sender_told(rows: Rows) -> Counted:
    return _in_time(rows, "sender told")


def repeat_contacts(rows: Rows) -> Counted:
    known = [row for row in _contacts(rows) if row["person"] is not None]
    return [(row["entry"], row["received_on"], one(before and within(before["received_on"], row["received_on"], 12)))
            for row, before in before_each(known, "received_at")]  # fmt: skip


def redecided(rows: Rows) -> Counted:
    return [(row["entry"], first["decided_on"], one(first["outcome"] != row["outcome"])) for row in _decided(rows)
            for first in rows["contact_decision"]
            if first["contact"] == row["entry"] and first["number"] == 1]  # fmt: skip


def passed_as_information(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], 1) for row in rows["contact"] if row["state"] == "PASSED_ON"]


def _to_early_help(rows: Rows) -> list[Row]:
    return [row for row in rows["help_request"] if row["level"] in EARLY]


def chat_contacts(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], 1) for row in _to_early_help(rows)]


def chat_in_time(rows: Rows) -> Counted:
    return [(row["entry"], row["asked_on"], one(clock["answer"] == "MET")) for row in _to_early_help(rows)
            for clock in clock_of(rows, row["entry"], "early help answer")
            if clock["answer"] in {"MET", "MISSED"}]  # fmt: skip


def consultations(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], 1) for row in rows["consultation"]]


def decisions_agreed(rows: Rows) -> Counted:
    return [(row["entry"], row["decided_on"], one(row["agrees"])) for row in rows["decision_review"]
            if row["state"] == "REVIEWED"]  # fmt: skip

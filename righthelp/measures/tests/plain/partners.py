from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Row, Rows, by, clock_of, one


def police_notifications(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], 1) for row in rows["police_notification"]]


def police_passed_on(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], one(row["outcome"] in {"PASSED_ON", "WORKER_TOLD"}))
            for row in rows["police_notification"] if row["state"] == "TRIAGED"]  # fmt: skip


def school_notices_read(rows: Rows) -> Counted:
    return [(row["entry"], row["told_on"], one(row["read_on"] == row["told_on"])) for row in rows["school_notice"]]


def _in_time(rows: Rows, view: str, clock_name: str) -> Counted:
    return [(row["entry"], row["asked_on"], one(clock["answer"] == "MET")) for row in rows[view]
            if row["state"] != "WITHDRAWN" for clock in clock_of(rows, row["entry"], clock_name)
            if clock["answer"] in {"MET", "MISSED"}]  # fmt: skip


def agencies_answer(rows: Rows) -> Counted:
    return _in_time(rows, "information_request", "answer")


def agencies_help_assess(rows: Rows) -> Counted:
    return _in_time(rows, "assessment_part", "part")


def _invited(rows: Rows) -> list[tuple[Row, Row]]:
    """Who of an agency was invited to each conference that was held."""
    held = [row for row in rows["child_protection_conference"] if row["held_on"] and row["state"] in {"HELD", "SENT"}]
    return [(conference, invited) for conference in held for invited in rows["invitation"]
            if invited["entry"] == conference["entry"] and invited["agency_kind"] is not None]  # fmt: skip


def agencies_at_conferences(rows: Rows) -> Counted:
    return [(conference["entry"], conference["held_on"], one(invited["attendance"] in {"IN_PERSON", "REMOTE"}))
            for conference, invited in _invited(rows) if invited["attendance"]]  # fmt: skip


def reports_to_conferences(rows: Rows) -> Counted:
    return [(conference["entry"], conference["held_on"], one(by(invited["report_in_on"], conference["held_on"])))
            for conference, invited in _invited(rows) if invited["report_wanted"]]  # fmt: skip

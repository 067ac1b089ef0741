from __future__ import annotations

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    by,
    clock_of,
    counts,
    one,
    words,
)


@counts
def police_notifications(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], 1,
             {"decided": words(row, "outcome", "Waiting for triage"), "force": row["from_agency"]})
            for row in rows["police_notification"]]  # fmt: skip


@counts
def police_passed_on(rows: Rows) -> Counted:
    return [(row["entry"], row["received_on"], one(row["outcome"] in {"PASSED_ON", "WORKER_TOLD"}),
             {"decided": words(row, "outcome"), "force": row["from_agency"]})
            for row in rows["police_notification"] if row["state"] == "TRIAGED"]  # fmt: skip


@counts
def school_notices_read(rows: Rows) -> Counted:
    return [(row["entry"], row["told_on"], one(row["read_on"] == row["told_on"]), {"school": row["school"]})
            for row in rows["school_notice"]]  # fmt: skip


def _agency(row: Record) -> dict[str, str]:
    return {"kind_of_agency": words(row, "agency_kind"), "agency": row["agency"]}


def _in_time(rows: Rows, view: str, clock_name: str) -> Counted:
    return [(row["entry"], row["asked_on"], one(clock["answer"] == "MET"), _agency(row)) for row in rows[view]
            if row["state"] != "WITHDRAWN" for clock in clock_of(rows, row["entry"], clock_name)
            if clock["answer"] in {"MET", "MISSED"}]  # fmt: skip


@counts
def agencies_answer(rows: Rows) -> Counted:
    return _in_time(rows, "information_request", "answer")


@counts
def agencies_help_assess(rows: Rows) -> Counted:
    return _in_time(rows, "assessment_part", "part")


def _invited(rows: Rows) -> list[tuple[Record, Record]]:
    """Who of an agency was invited to each conference that was held."""
    held = [row for row in rows["child_protection_conference"] if row["held_on"] and row["state"] in {"HELD", "SENT"}]
    return [(conference, invited) for conference in held for invited in rows["invitation"]
            if invited["entry"] == conference["entry"] and invited["agency_kind"] is not None]  # fmt: skip


@counts
def agencies_at_conferences(rows: Rows) -> Counted:
    return [(conference["entry"], conference["held_on"], one(invited["attendance"] in {"IN_PERSON", "REMOTE"}),
             {**_agency(invited), "took_part": words(invited, "attendance")})
            for conference, invited in _invited(rows) if invited["attendance"]]  # fmt: skip


@counts
def reports_to_conferences(rows: Rows) -> Counted:
    return [(conference["entry"], conference["held_on"], one(by(invited["report_in_on"], conference["held_on"])),
             _agency(invited))
            for conference, invited in _invited(rows) if invited["report_wanted"]]  # fmt: skip

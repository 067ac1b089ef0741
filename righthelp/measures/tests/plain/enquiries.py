from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Row, Rows, by, clock_of, one

HELD = {"HELD", "SENT"}


def _held(rows: Rows, view: str) -> list[Row]:
    return [row for row in rows[view] if row["held_on"] and row["state"] in HELD]


def strategy_discussions(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], 1) for row in _held(rows, "strategy_discussion")]


def strategy_in_time(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(clock["answer"] == "MET")) for row in _held(rows, "strategy_discussion")
            for clock in clock_of(rows, row["entry"], "strategy discussion")]  # fmt: skip


def strategy_to_enquiries(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(row["enquiries"])) for row in _held(rows, "strategy_discussion")]


def _begun(rows: Rows) -> list[Row]:
    return [row for row in rows["section_47"] if row["started_on"]]


def section_47_begun(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1) for row in _begun(rows)]


def section_47_rate(rows: Rows) -> Counted:
    return section_47_begun(rows)


def section_47_to_conference(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], one(row["conference"] or row["conference_held_on"]))
            for row in _begun(rows) if row["state"] == "CONCLUDED"]  # fmt: skip


def section_47_not_substantiated(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], one(row["outcome"] == "NOT_SUBSTANTIATED"))
            for row in _begun(rows) if row["state"] == "CONCLUDED" and row["outcome"]]  # fmt: skip


def section_47_child_seen(rows: Rows) -> Counted:
    return [(row["entry"], row["concluded_on"], one(row["child_seen_on"])) for row in rows["section_47"]
            if row["state"] == "CONCLUDED" and row["concluded_on"]]  # fmt: skip


def section_47_days(rows: Rows) -> Counted:
    return [(row["entry"], row["concluded_on"], clock["days"]) for row in rows["section_47"] if row["concluded_on"]
            for clock in clock_of(rows, row["entry"], "enquiries concluded") if clock["days"] is not None]  # fmt: skip


def _conferences(rows: Rows) -> list[Row]:
    return _held(rows, "child_protection_conference")


def _deciding(rows: Rows) -> list[Row]:
    return [row for row in _conferences(rows) if row["kind_of"] != "REVIEW"]


def initial_conferences(rows: Rows) -> Counted:
    here = [(row["entry"], row["held_on"], 1) for row in _deciding(rows)]
    after = [(row["entry"], row["conference_held_on"], 1) for row in rows["section_47"] if row["conference_held_on"]]
    without = [(row["entry"], row["initial_conference_on"], 1) for row in rows["referral"]
               if row["initial_conference_on"]]  # fmt: skip
    return [*here, *after, *without]


def initial_conference_in_time(rows: Rows) -> Counted:
    here = [(row["entry"], row["held_on"], one(clock["answer"] == "MET")) for row in _conferences(rows)
            for clock in clock_of(rows, row["entry"], "initial conference")]  # fmt: skip
    returned = [(row["entry"], row["conference_held_on"], one(row["conference_held_on"] <= row["conference_due_on"]))
                for row in rows["section_47"] if row["conference_held_on"] and row["conference_due_on"]]  # fmt: skip
    return [*here, *returned]


def initial_conference_to_plan(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(row["decision"] == "PLAN")) for row in _deciding(rows)]


def conference_parents_met(rows: Rows) -> Counted:
    return [(row["entry"], row["held_on"], one(by(row["parents_met_on"], row["held_on"])))
            for row in _conferences(rows)]  # fmt: skip

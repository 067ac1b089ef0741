"""The front door's measures in plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateutil.relativedelta import relativedelta

from righthelp.measures.tests.plain import Plain, Record, Row, Rows, plainly

HELPED = {"IMMEDIATE", "REFERRAL", "EARLY_HELP"}


def told_by(row: Record, nobody: str = "The public") -> dict[str, str]:
    return {"source": row["from_agency_kind_words"] or nobody, "agency": row["from_agency"] or nobody}


def contacts_of(rows: Rows) -> Iterator[Record]:
    return (row for row in rows["contact"] if row["state"] not in {"PASSED_ON", "JOINED"})


def clocks_of(rows: Rows, entry: str, clock: str) -> list[Record]:
    return [row for row in rows["clock"] if row["entry"] == entry and row["clock"] == clock]


@plainly("contacts")
def contacts(rows: Rows) -> Iterable[Row]:
    for row in contacts_of(rows):
        outcome = row["outcome_words"] or "Not yet decided"
        yield Row(row["entry"], row["received_on"], splits={**told_by(row), "outcome": outcome})


@plainly("led_to_service")
def led_to_service(rows: Rows) -> Iterable[Row]:
    for row in rows["contact"]:
        if row["state"] == "DECIDED":
            splits = {**told_by(row), "outcome": row["outcome_words"]}
            yield Row(row["entry"], row["received_on"], int(row["outcome"] in HELPED), splits=splits)


@plainly("hours_to_decision")
def hours_to_decision(rows: Rows) -> Iterable[Row]:
    for row in rows["contact"]:
        for clock in clocks_of(rows, row["entry"], "decision"):
            if row["state"] == "DECIDED" and clock["hours"] is not None:
                yield Row(row["entry"], row["received_on"], None, clock["hours"], told_by(row))


def timely(clock: str) -> Plain:
    def count(rows: Rows) -> Iterable[Row]:
        for row in contacts_of(rows):
            for found in clocks_of(rows, row["entry"], clock):
                if found["answer"] in {"MET", "MISSED"}:
                    met = int(found["answer"] == "MET")
                    yield Row(row["entry"], row["received_on"], met, splits=told_by(row))

    return count


plainly("decided_in_hours")(timely("decision"))
plainly("decided_in_a_day")(timely("decision by guidance"))
plainly("sender_told")(timely("sender told"))


@plainly("repeat_contacts")
def repeat_contacts(rows: Rows) -> Iterable[Row]:
    known = [row for row in contacts_of(rows) if row["person"] is not None]
    known.sort(key=lambda row: (row["received_at"], row["entry"]))
    for place, row in enumerate(known):
        before = [one["received_on"] for one in known[:place] if one["person"] == row["person"]]
        again = bool(before) and before[-1] >= row["received_on"] - relativedelta(months=12)
        yield Row(row["entry"], row["received_on"], int(again), splits=told_by(row))


@plainly("redecided")
def redecided(rows: Rows) -> Iterable[Row]:
    for row in rows["contact"]:
        for first in rows["contact_decision"]:
            if row["state"] == "DECIDED" and first["contact"] == row["entry"] and first["number"] == 1:
                another = first["outcome"] != row["outcome"]
                change = f"{first['outcome_words']}, then {row['outcome_words']}" if another else "As first decided"
                yield Row(row["entry"], first["decided_on"], int(another), splits={**told_by(row), "change": change})


@plainly("passed_as_information")
def passed_as_information(rows: Rows) -> Iterable[Row]:
    for row in rows["contact"]:
        if row["state"] == "PASSED_ON":
            yield Row(row["entry"], row["received_on"], splits=told_by(row))


@plainly("chat_contacts")
def chat_contacts(rows: Rows) -> Iterable[Row]:
    for row in rows["help_request"]:
        if row["level"] in {2, 3}:
            splits = {"outcome": row["outcome_words"] or "Not yet answered"}
            yield Row(row["entry"], row["asked_on"], splits=splits)


@plainly("chat_in_time")
def chat_in_time(rows: Rows) -> Iterable[Row]:
    for row in rows["help_request"]:
        for clock in clocks_of(rows, row["entry"], "early help answer"):
            if row["level"] in {2, 3} and clock["answer"] in {"MET", "MISSED"}:
                yield Row(row["entry"], row["asked_on"], int(clock["answer"] == "MET"))


@plainly("consultations")
def consultations(rows: Rows) -> Iterable[Row]:
    for row in rows["consultation"]:
        yield Row(row["entry"], row["held_on"], splits=told_by(row, "Not said"))


@plainly("decisions_agreed")
def decisions_agreed(rows: Rows) -> Iterable[Row]:
    for row in rows["decision_review"]:
        if row["state"] == "REVIEWED":
            yield Row(row["entry"], row["decided_on"], int(bool(row["agrees"])))

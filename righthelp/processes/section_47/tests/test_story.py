"""Enquiries under section 47: the child seen, the findings agreed by another, and what they call for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.timeline import in_words
from righthelp.guard.viewers import LOAD
from righthelp.kernel.moments import local
from righthelp.kernel.timing import Answer
from righthelp.record.models import Deadline, Holding, TimelineEvent


@pytest.mark.county
def test_from_the_discussion_to_a_conference(workplace: Any, chain: Any) -> None:
    enquiry = chain.enquiry()
    assert (enquiry.state, Holding.objects.get(entry=enquiry.pk, until__isnull=True).worker.name) == (
        "WITH_MANAGER", "Ade Bankole",
    )  # fmt: skip
    due = {clock.clock: local(clock.due_at).date() for clock in Deadline.objects.filter(entry=enquiry.pk)}
    assert due == {"child seen": date(2026, 6, 2), "enquiries concluded": date(2026, 6, 22)}
    assert in_words(enquiry, "made_by") == "Children's social care and the police together"
    enquiry = workplace.take(enquiry, "conclude", "Leonard Swann", on=chain.later(hours=3), rationale="I agree.")
    assert enquiry.state == "CONCLUDED"
    assert enquiry.agreed_by.startswith("Leonard Swann, ")
    conference = process("child_protection_conference").objects.get(enquiry=enquiry.pk)
    assert (conference.kind_of, conference.due_from_on) == ("INITIAL", enquiry.started_on)
    assert [event.says for event in TimelineEvent.objects.filter(entry=enquiry.pk)][-1] == (
        "Enquiries under section 47 concluded: Substantiated, and the child is likely to suffer significant harm"
    )


def test_nobody_agrees_to_what_they_wrote(workplace: Any, chain: Any, refused: Any) -> None:
    chain.held(chain.discussion())
    enquiry = process("section_47").objects.get()
    enquiry = workplace.take(
        enquiry, "find", "Leonard Swann", on=chain.later(days=2), not_seen_because="Seen by the police yesterday.",
        parents_say="Nothing", agencies_say="Nothing new", found="It was a fall.", outcome="NOT_SUBSTANTIATED",
        conference="no",
    )  # fmt: skip
    with refused(saying="Another manager must agree"):
        workplace.take(enquiry, "conclude", "Leonard Swann", on=chain.later(hours=1), rationale="Yes.")


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"outcome": "AT_RISK", "conference": "no"}, "no_conference_because"),
        ({"found": ""}, "found"),
        ({"outcome": ""}, "outcome"),
        ({"not_seen_because": ""}, "not_seen_because"),
    ],
)
def test_findings_are_whole(workplace: Any, chain: Any, refused: Any, answers: Any, at: str) -> None:
    chain.held(chain.discussion())
    said = {
        "not_seen_because": "Seen by the police.", "parents_say": "It was a fall.", "agencies_say": "Nothing new.",
        "found": "It was a fall.", "outcome": "NOT_SUBSTANTIATED", "conference": "no", **answers,
    }  # fmt: skip
    with refused(at):
        workplace.take(process("section_47").objects.get(), "find", "Ade Bankole", on=chain.later(days=2), **said)


def test_what_is_sent_back_is_found_anew_and_calls_for_nothing_meanwhile(workplace: Any, chain: Any) -> None:
    enquiry = chain.enquiry()
    enquiry = workplace.take(
        enquiry, "send_back", "Leonard Swann", on=chain.later(hours=1), sent_back_because="Ask the hospital."
    )
    assert enquiry.state == "OPEN"
    assert not process("child_protection_conference").objects.exists()


def test_a_child_who_is_seen_late_is_late(workplace: Any, chain: Any) -> None:
    chain.held(chain.discussion())
    enquiry = process("section_47").objects.get()
    on = chain.later(days=4)
    enquiry = workplace.take(
        enquiry, "see", "Ade Bankole", on=on, child_seen_at=on - timedelta(hours=1), seen_alone="no", child_says="Hid."
    )
    answers = {clock.name: timing.answer for clock, _, timing in asked(enquiry, on)}
    assert answers["child seen"] is Answer.MISSED


def test_a_return_brings_enquiries_with_no_clock_of_ours(workplace: Any) -> None:
    child = workplace.person("", "")
    row = workplace.begin("section_47", "load", LOAD, person=child, started_on="3 3 2025", conference="no")
    assert (row.state, row.is_ours, list(Deadline.objects.filter(entry=row.pk))) == ("CONCLUDED", False, [])

"""What people get of a meeting: the invitation, with a file for their calendar, and the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.conf import settings

from righthelp.engine.composing import NOTHING, Passage, Section, of
from righthelp.engine.issuing import Recipient
from righthelp.kernel.moments import local
from righthelp.kernel.written import write_date, write_when
from righthelp.record.calendar import invitation
from righthelp.record.models import Action, Basis, Invitation, Issue, Outcome

if TYPE_CHECKING:
    from righthelp.engine.meeting import Meeting


def recipient(one: Invitation) -> Recipient:
    """Whoever is invited, as the ledger names them: a worker or an agency in their workspace, others by post."""
    if one.worker:
        return Recipient(worker=one.worker)
    return Recipient(
        f"{one.name}, {one.agency or one.who}", agency=one.agency, how="" if one.agency else Issue.How.POST
    )


def invitation_sections(meeting: Meeting, one: Invitation) -> Iterator[Section]:
    """The invitation: what, about whom, when, where, and what is asked of this person."""
    assert meeting.meets_at is not None  # it is arranged
    yield Section(
        "",
        [
            Passage(f"You are invited to this meeting: {meeting.title()}."),
            Passage(f"It is about {meeting.about}."),
            Passage(f"It is on {write_when(local(meeting.meets_at))}, for about {meeting.minutes} minutes."),
            Passage(f"Where, or how to join: {meeting.place}"),
            *([Passage(f"{meeting.chair} chairs it.")] if meeting.chair else []),
        ],
    )
    if one.report_wanted:
        yield Section("What we ask of you", [Passage("Please send a report before the meeting, in plain words.")])
    if meeting.family_needs:
        yield Section("So that the family can take part", [Passage(meeting.family_needs)])


def calendar_file(meeting: Meeting) -> bytes:
    """The meeting for a calendar; called off, it is taken out again. It says not whom it is about: others read it."""
    assert meeting.meets_at is not None
    return invitation(
        uid=f"{meeting.pk}@righthelp",
        title=f"Meeting, reference {str(meeting.pk)[-8:]}",
        starts_at=meeting.meets_at,
        minutes=meeting.minutes,
        place=meeting.place,
        description="What it is about is in your workspace, or in the letter that you were sent.",
        organiser=settings.DEFAULT_FROM_EMAIL,
        sequence=meeting.version,
        cancelled=meeting.ended,
    )


def record_sections(meeting: Meeting) -> Iterator[Section]:
    """The record: who was there, what the child and the family say, what was talked about, decided and agreed."""
    also = meeting.also
    assert meeting.held_at is not None  # it was held
    when = f"Held on {write_when(local(meeting.held_at))}. {meeting.place}"
    yield Section("", [Passage(f"{meeting.title()} about {meeting.about}."), Passage(when)])
    yield Section("Who took part", [Passage(line, item=True) for line in _who(meeting)], if_empty=NOTHING)
    yield Section("What the child says", [of(meeting, "child_part", also, label="")], if_empty=NOTHING)
    yield Section("What the parents or carers say", [of(meeting, "family_part", also, label="")], if_empty=NOTHING)
    yield Section("What was talked about", [of(meeting, "summary", also, label="")])
    yield Section("What was decided, and why", [of(meeting, "decided", also, label="")])
    yield from meeting.more_of_the_record()
    yield Section("Who does not agree", list(_dissent(meeting)))
    yield Section("What is to be different", [Passage(one.words, item=True) for one in outcomes_of(meeting)])
    yield Section(
        "Who does what, by when",
        [Passage(f"{one.what} {one.who}, by {write_date(one.due_on)}.", item=True) for one in actions_of(meeting)],
    )


def outcomes_of(meeting: Meeting) -> list[Outcome]:
    """What is to be different: of the plan that the meeting is of, or what it agreed itself."""
    return [row for row in meeting.agreed_now(Outcome) if row.is_wanted]


def actions_of(meeting: Meeting) -> list[Action]:
    """What is still to be done: of the plan, or what the meeting agreed itself."""
    return [row for row in meeting.agreed_now(Action) if row.is_open]


def _who(meeting: Meeting) -> Iterator[str]:
    for one in meeting.asked():
        named = f"{one.name}, {one.who}{f' ({one.agency})' if one.agency else ''}"
        how = "did not come, as was decided before" if one.left_out_because else one.get_attendance_display().lower()
        yield f"{named}: {how}"


def _dissent(meeting: Meeting) -> Iterator[Passage]:
    for one in meeting.asked():
        if one.view != Invitation.View.DISAGREES:
            continue
        words = one.view_because or "Does not agree with what was decided."
        yield Passage(
            words,
            said_by=f"{one.name}, {one.who}",
            basis=Basis.OPINION,
            at=meeting.held_at,
            entry=meeting.entry,
            field="view_because",
        )

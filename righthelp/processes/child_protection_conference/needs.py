"""What the steps of a conference need, each a sentence when it is not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.engine.meeting import MeetingState
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.record.models import Invitation

if TYPE_CHECKING:
    from righthelp.processes.child_protection_conference.models import ChildProtectionConference

MOST_REMINDERS = 3


def about_a_child(conference: ChildProtectionConference) -> str | None:
    """It is about a child whom somebody has named."""
    return None if conference.entry.person_id else "Open the child's record first, and begin from there."


def told_by_now(conference: ChildProtectionConference) -> Fault | None:
    """Another council has told of a move, or has not yet."""
    if conference.due_from_on and conference.due_from_on > local_day(conference.also.on):
        return Fault("The other council told us today, or before.", at="due_from_on")
    return None


def of_a_child_to_be_born(conference: ChildProtectionConference) -> Fault | None:
    """A conference before birth is about a child who is expected."""
    person = conference.entry.person
    if person is None or person.born_on is not None:
        return Fault("This child is born: ask for an initial conference.")
    return None


def asked_for(conference: ChildProtectionConference) -> str | None:
    """Business support arranges once the worker has said whom to ask."""
    if conference.convened_at is None:
        return "The request to convene is not in yet. Remind the worker; it says who is to be invited, and who is not."
    return None


def chaired(conference: ChildProtectionConference) -> Fault | None:
    """A conference has a chair who is not in the line of the child's worker."""
    return None if conference.chair_id else Fault("Say who chairs it.", at="chair")


def not_reminded_too_often(conference: ChildProtectionConference) -> str | None:
    """Three reminders, and then it is the manager's."""
    if conference.convened_at is not None:
        return "The request is in: nobody needs reminding."
    if conference.reminders >= MOST_REMINDERS:
        return "You have reminded the worker three times. Speak with their manager, and write it down as oversight."
    return None


def parents_were_met(conference: ChildProtectionConference) -> Fault | None:
    """All parents are met with beforehand, or it is said why they were not."""
    if conference.parents_met_at is None and not conference.parents_not_met_because:
        return Fault(
            "Write down when the parents were met before the conference and given the explanation; or why not.",
            at="parents_not_met_because",
        )
    return None


def report_is_written(conference: ChildProtectionConference) -> str | None:
    """What the parents get is kept as they got it."""
    return None if conference.report_analysis else "Write the report first: it is put together from the record there."


def before_it_is_held(conference: ChildProtectionConference) -> Fault | None:
    """Nobody is prepared for a conference after it."""
    for name in ("parents_met_at", "report_shared_at"):
        moment = getattr(conference, name)
        if moment and moment > conference.also.on:
            return Fault("This is written down once it has been done.", at=name)
    return None


def decided_as_it_can_be(conference: ChildProtectionConference) -> Fault | None:
    """A plan is made where there is none, and goes on or ends where there is one."""
    Decision = conference.Decision
    if conference.plan_id is None and conference.decision in {Decision.PLAN_GOES_ON, Decision.PLAN_ENDS}:
        return Fault("This child has no plan yet: one is made, or not.", at="decision")
    if conference.plan_id is not None and conference.decision in {Decision.PLAN, Decision.NO_PLAN}:
        return Fault("This child has a plan: it goes on, or it ends.", at="decision")
    return None


def every_agency_has_a_view(conference: ChildProtectionConference) -> Fault | None:
    """Of every agency that was there it is said whether it agrees; a dissent has its reason."""
    rows = {str(one.pk): one for one in conference.invited()}
    for number, said in enumerate(conference.also.several.get("attendance", [])):
        one = rows.get(said["row"])
        if one is None or said["attendance"] not in Invitation.THERE:
            continue
        if one.agency_id and not said.get("view"):
            return Fault(f"Say what {one.name} says of the decision.", at=f"attendance-{number}-view")
        if said.get("view") == Invitation.View.DISAGREES and not said.get("view_because"):
            return Fault(f"Say why {one.name} does not agree.", at=f"attendance-{number}-view_because")
    return None


def no_other_is_ahead(conference: ChildProtectionConference) -> str | None:
    """Two conferences of one kind are not arranged for one child at once."""
    others = (
        type(conference)
        .objects.filter(
            entry__person=conference.entry.person_id,
            kind_of=conference.kind_of,
            state__in=[MeetingState.DUE, MeetingState.ARRANGED],
        )
        .exclude(pk=conference.pk)
    )
    return "A conference of this kind is being arranged for this child already." if others.exists() else None

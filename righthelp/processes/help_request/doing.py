"""What the steps of a request for early help do beside setting their own facts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from righthelp.engine.process import processes
from righthelp.kernel.moments import local_day
from righthelp.people.matching import locked_match
from righthelp.people.models import Person
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told
from righthelp.processes.help_request.questions import SOCIAL_CARE, State

if TYPE_CHECKING:
    from righthelp.engine.doing import Doing
    from righthelp.processes.help_request.models import HelpRequest


def take_call(request: HelpRequest, on: datetime) -> None:
    """The worker on the telephone holds it. What is likely about a locked child is locked before anybody reads it."""
    request.asked_at = on
    request.also.hold_myself()
    match = locked_match(request.told) if request.child_named else None
    if match is not None:
        request.also.keep_within(match.person.circle_id)
    if request.harm_likely:
        request.state = State.AT_FRONT_DOOR
        request.stepped_up_level = SOCIAL_CARE
        step_up(request, on)


def step_up(request: HelpRequest, on: datetime) -> None:
    """The front door is told by what the page expects; here it is only counted."""
    request.stepped_up_at = on
    request.times_stepped_up += 1


def new_child(request: HelpRequest) -> None:
    """A new child's record, from what the caller told; locked at once if the call is."""
    rows = new_person(request.told, Source(words="Call to early help", on=local_day(request.asked_at)))
    person = rows[0]
    assert isinstance(person, Person)
    person.circle_id = request.entry.circle_id
    request.also.write(*rows)
    request.also.about(person)
    request.matched_to = person


def heard_from_front_door(request: HelpRequest) -> None:
    """What the front door decided is about the child of whom it decided it."""
    decided = request.decided_in
    assert decided is not None  # the step asks for it
    child = decided.entry.person
    if child is not None and child.pk != request.entry.person_id:
        request.also.about(child)


def come_back(request: HelpRequest, on: datetime) -> None:
    """It goes on where it was. Whoever held it holds it still; what had ended is with the team again."""
    request.came_back_at = request.came_back_at or on
    if request.answered_at:
        request.answered_at = None
        request.also.hold(team=request.also.team_that_receives(request.team_receives))
    heard_from_front_door(request)


def point_to_service(request: HelpRequest) -> None:
    """A service of the directory: the family gets its sheet, and is asked later whether it helped."""
    page = processes().get("signposting")
    if page is None or not request.service_id or not request.entry.person_id:
        return
    answers: dict[str, Any] = {
        "service": request.service,
        "own_words": request.pointed_to,
        "why": request.wants or request.reason,
        "agreed": True,
    }
    request.also.begin(page, "point", request.entry.person, answers, arose_from=request.entry)


def as_told(request: HelpRequest) -> Told:
    """The child as the caller named them."""
    return Told(
        given=request.child_given,
        family=request.child_family,
        born_on=request.child_born_on,
        lines=request.child_lives_at,
        postcode=request.child_postcode,
    )


def open_services() -> Any:
    """Services to which a family can be pointed today; none where the county keeps no directory."""
    page: Any = processes().get("signposting")
    return page.offered("service") if page else None


def open_plan(person: Any, also: Doing | None = None) -> Any:
    """The help by a plan that a child gets, or waits for; none where the county keeps no such plans."""
    page: Any = processes().get("family_help")
    return page.open_of(person, also=also) if page else None

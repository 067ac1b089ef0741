"""What must be so before details of a child go on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from righthelp.kernel.identifiers import NotAnIdentifier, check_upn
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault

if TYPE_CHECKING:
    from righthelp.processes.child_details.models import ChildDetails

NONE = "NONE"  # the code that says there is no disability


def a_child_is_named(details: ChildDetails) -> str | None:
    """They are somebody's."""
    return None if details.entry.person_id else "Open the child's record first, and begin from there."


def something_is_said(details: ChildDetails) -> str | None:
    """A form without an answer puts nothing right."""
    said = [getattr(details, name) for name in details.ASKED]
    return None if any(value not in (None, "", []) for value in said) else "Answer at least one of the questions."


def no_disability_alone(details: ChildDetails) -> Fault | None:
    """Nobody has a disability and none (the Department's rule 8790)."""
    if NONE in details.disabilities and len(details.disabilities) > 1:
        return Fault("Tick either “None” or the disabilities that the child has.", at="disabilities")
    return None


def a_number_or_a_reason(details: ChildDetails) -> Fault | None:
    """A pupil number is right to its check letter; who has one needs no reason for having none."""
    if details.upn and details.no_upn:
        return Fault("Leave the reason empty: there is a number.", at="no_upn")
    if details.upn:
        try:
            check_upn(details.upn)
        except NotAnIdentifier as why:
            return Fault(f"{str(why).rstrip('.')}. Ask the child's school.", at="upn")
    return None


def days_agree(details: ChildDetails) -> Fault | None:
    """Nobody is born or dies tomorrow, or dies before birth."""
    today = local_day(details.also.on)
    if details.born_on and details.born_on > today:
        return Fault("The child was born today, or before.", at="born_on")
    if details.died_on and details.died_on > today:
        return Fault("The child died today, or before.", at="died_on")
    person: Any = details.entry.person
    if person is None:
        return None
    born_on, died_on = details.born_on or person.born_on, details.died_on or person.died_on
    if born_on and died_on and died_on < born_on:
        at = "died_on" if details.died_on else "born_on"
        return Fault("Nobody dies before they are born. Look at both days.", at=at)
    return None

"""What the steps of a signposting need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.kernel.page import Fault

if TYPE_CHECKING:
    from righthelp.processes.signposting.models import Signposting


def a_child_is_named(signposting: Signposting) -> str | None:
    """Where a family was pointed stands on their child's record, where the next worker looks."""
    return None if signposting.entry.person_id else "Open the child's record first, and point the family from there."


def to_something(signposting: Signposting) -> Fault | None:
    """A service of the directory, or one in the worker's own words."""
    if signposting.service_id or signposting.own_words.strip():
        return None
    return Fault("Choose a service, or write in your own words what they are pointed to.", at="service")


def with_their_agreement(signposting: Signposting) -> Fault | None:
    """Nobody is helped by being sent: early help rests on agreement."""
    if signposting.agreed:
        return None
    return Fault("Point a family only to what they want. If they do not, ask them what would help.", at="agreed")


def heard_from_somebody(signposting: Signposting) -> Fault | None:
    """Whether it helped is the family's to say: somebody said so, unless nobody could be reached."""
    reached = signposting.outcome != signposting.Outcome.NOT_REACHED
    if reached and not signposting.told_by_whom.strip():
        return Fault("Say who told you, such as “her mother”.", at="told_by_whom")
    return None

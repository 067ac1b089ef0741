"""What saying, merging and separating need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from righthelp.guard.viewers import looking
from righthelp.kernel.page import Fault
from righthelp.people.facts import code_in_words
from righthelp.people.merging import fingerprint, related_to_one_another
from righthelp.processes.same_person.doing import held

if TYPE_CHECKING:
    from righthelp.processes.same_person.models import SamePerson


def there_are_two(merging: SamePerson) -> Fault | None:
    """A record is not the same as itself, and one that has become another is merged already."""
    person = merging.entry.person
    if person is None:
        return Fault("Open one of the two records first, and say it from there.")
    if merging.other == person:
        return Fault("This is the same record. Choose another one.", at="other")
    if merging.other.became_id or person.became_id:
        return Fault("One of these records has been merged already. Look at the record that it is part of.", at="other")
    return None


def not_said_already(merging: SamePerson) -> Fault | None:
    """One pair is decided once at a time."""
    one, other = merging.entry.person, merging.other
    if one is None:
        return None
    pair = Q(entry__person=one, other=other) | Q(entry__person=other, other=one)
    if type(merging).objects.filter(pair, state=merging.State.PROPOSED).exists():
        return Fault("This has been said already, and waits for somebody to decide.", at="other")
    return None


def not_their_own(merging: SamePerson) -> str | None:
    """Two people look at both records before they become one, or are said to be two for good."""
    worker = getattr(merging.also.by, "worker", None)
    return "You said this yourself. Somebody else must decide it." if worker == merging.proposed_by_id else None


def both_as_shown(merging: SamePerson) -> Fault | None:
    """What is decided was decided on what both records say now."""
    one, other = held(merging)
    if one.became_id or other.became_id:
        return Fault("One of these records has been merged with another meanwhile.")
    with looking(merging.also.by):  # as whoever decides was shown them
        now = fingerprint(one, other)
    if merging.shown != now:
        return Fault("One of the two records was changed after you opened this page. Look at both again.")
    return None


def one_circle(merging: SamePerson) -> str | None:
    """A merged record is opened by whoever may open either: two circles would each let in whom the other keeps out."""
    circles = {person.circle_id for person in held(merging)} - {None}
    if len(circles) > 1:
        return "Each of these records is locked to a circle of its own. Lift one of the two locks first."
    return None


def not_related(merging: SamePerson) -> str | None:
    """Nobody is their own twin."""
    for row in related_to_one_another(*held(merging)):
        kind = code_in_words("relationship", row.kind)
        return f"One of them is recorded as {kind.lower()} of the other. End that first, if it is wrong."
    return None


def still_the_last(merging: SamePerson) -> str | None:
    """Mergings are taken back in order, the last one first."""
    stays, goes = held(merging)
    if goes.became_id != stays.pk:
        return "This record has become part of another since. Separate those two first."
    later = type(merging).objects.filter(
        entry__person=stays, state=merging.State.MERGED, merged_at__gt=merging.merged_at
    )
    if later.exclude(pk=merging.pk).exists():
        return "Another record was merged with this one later. Separate those two first."
    return None

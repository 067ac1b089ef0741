"""A child's brothers and sisters, and the children who live with them, as far as it is known today.

Read under the viewer's own locks: a brother or sister who is locked from them is not among those found.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from righthelp.people.matching import is_child
from righthelp.people.models import HouseholdMember, Person, Relationship
from righthelp.people.network import on_the_day

# Codes of the pack's set "relationship". A brother or sister by adoption is one: the law makes no difference
# (Adoption and Children Act 2002, section 67).
SIBLINGS = frozenset({"TWIN", "SIBLING", "HALF_SIBLING", "STEP_SIBLING"})


def siblings_of(person: Person, on: date) -> list[Person]:
    """Children (under 18, or not yet born) who are brothers or sisters of this child, or live with them; eldest first.

    Who lives with the child and is on record as something else to them (a mother of 17, a cousin) is not among them,
    nor is somebody of the household whose age nobody knows: that may be a parent.
    """
    tied = _tied_to(person, on)
    related = {other for other, kinds in tied.items() if kinds & SIBLINGS}
    homes = HouseholdMember.objects.filter(on_the_day(on), person=person).values_list("household", flat=True)
    together = HouseholdMember.objects.filter(on_the_day(on), household__in=list(homes))
    lives_with = set(together.values_list("person", flat=True)) - tied.keys()
    there = Person.objects.filter(
        pk__in=(related | lives_with) - {person.pk}, became__isnull=True, died_on__isnull=True
    )
    found = [one for one in there if is_child(one, on) and (one.pk in related or one.born_on or one.expected_on)]
    return sorted(found, key=lambda one: (one.born_on or one.expected_on or date.max, one.called_sort))


def _tied_to(person: Person, on: date) -> dict[UUID, set[str]]:
    """Everybody to whom a relationship of this person is on record today, and of which kinds."""
    rows = Relationship.objects.filter(on_the_day(on), Q(person=person) | Q(other=person))
    tied: dict[UUID, set[str]] = {}
    for one, other, kind in rows.values_list("person", "other", "kind"):
        tied.setdefault(other if one == person.pk else one, set()).add(kind)
    return tied

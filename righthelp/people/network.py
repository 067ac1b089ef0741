"""A person's family and network on a day: who is who to whom, and who lives with whom, as far as it is known.

What has no first day is taken to have been so always, because nobody has said since when. Everything is read under the
viewer's own locks: whoever is locked from them is in nobody's picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from righthelp.packs import pack
from righthelp.people.facts import code_in_words
from righthelp.people.models import HouseholdMember, Person, Relationship

REACH = 2  # a grandparent, a sibling's other parent, whoever lives with a parent elsewhere
MOST = 40
PREGNANCY = timedelta(weeks=42)


@dataclass(frozen=True)
class Tie:
    """One relationship that was so on the day."""

    row: Relationship
    one: UUID
    other: UUID
    kind: str

    @property
    def words(self) -> str:
        """What the one is to the other."""
        return code_in_words("relationship", self.kind)

    def to(self, person: UUID) -> tuple[UUID, str]:
        """Whom somebody is tied to, and what that one is to them."""
        if person == self.other:
            return self.one, self.kind
        return self.other, pack().codes("relationship").inverse(self.kind)


@dataclass
class Network:
    """The people around a person on a day."""

    person: Person
    on: date
    people: dict[UUID, Person] = field(default_factory=dict)  # nearest first, the person themselves before all
    ties: list[Tie] = field(default_factory=list)
    homes: dict[UUID, list[UUID]] = field(default_factory=dict)  # household: who lives there
    left_out: int = 0  # people further away than a picture holds

    def homes_of(self, person: UUID) -> list[UUID]:
        return [home for home, members in self.homes.items() if person in members]

    def lives_with(self, person: UUID) -> list[Person]:
        """Everybody who lives in a household of theirs."""
        found = {one for home in self.homes_of(person) for one in self.homes[home] if one != person}
        return [other for number, other in self.people.items() if number in found]

    def responsible_for(self, person: UUID) -> list[Person]:
        """For whom they have parental responsibility."""
        yes = Relationship.ParentalResponsibility.YES
        return [
            self.people[tie.other] for tie in self.ties if tie.one == person and tie.row.parental_responsibility == yes
        ]


def on_the_day(on: date) -> Q:
    """What was so on a day."""
    return (Q(since__isnull=True) | Q(since__lte=on)) & (Q(until__isnull=True) | Q(until__gte=on))


def network(person: Person, on: date, *, reach: int = REACH, most: int = MOST) -> Network:
    """The people around somebody, and what they are to one another. As many queries whoever they are."""
    near: dict[UUID, None] = {person.pk: None}
    edge = {person.pk}
    for _ in range(reach):
        edge = _next_to(edge, on) - near.keys()
        near.update(dict.fromkeys(sorted(edge)))
    there = {one.pk: one for one in Person.objects.filter(pk__in=list(near), became__isnull=True) if _was(one, on)}
    there[person.pk] = person
    kept = [number for number in near if number in there][:most]
    found = Network(person, on, {number: there[number] for number in kept}, left_out=len(there) - len(kept))
    found.ties = _ties(found.people, on)
    lived = HouseholdMember.objects.filter(on_the_day(on), person__in=kept).order_by("pk")
    for household, member in lived.values_list("household", "person"):
        members = found.homes.setdefault(household, [])
        if member not in members:
            members.append(member)
    found.homes = {home: members for home, members in found.homes.items() if len(members) > 1}
    return found


def _next_to(people: set[UUID], on: date) -> set[UUID]:
    """Whoever is tied to any of these, or lives with them."""
    related = Relationship.objects.filter(on_the_day(on), Q(person__in=people) | Q(other__in=people))
    found = {number for pair in related.values_list("person", "other") for number in pair}
    homes = HouseholdMember.objects.filter(on_the_day(on), person__in=people).values_list("household", flat=True)
    together = HouseholdMember.objects.filter(on_the_day(on), household__in=list(homes))
    return found | set(together.values_list("person", flat=True))


def _was(person: Person, on: date) -> bool:
    """Whether somebody was there on the day: born, or expected by then."""
    born = person.born_on or person.expected_on
    return born is None or born <= on + PREGNANCY


def _ties(people: Iterable[Any], on: date) -> list[Tie]:
    numbers = list(people)
    rows = Relationship.objects.filter(on_the_day(on), person__in=numbers, other__in=numbers).order_by("pk")
    codes, ties = pack().codes("relationship"), []
    said: set[tuple[UUID, UUID, str]] = set()
    for row in rows.select_related("person", "other"):
        backwards = (row.other_id, row.person_id, codes.inverse(row.kind))
        if (row.person_id, row.other_id, row.kind) in said or backwards in said:
            continue
        said.add((row.person_id, row.other_id, row.kind))
        ties.append(Tie(row, row.person_id, row.other_id, row.kind))
    return ties

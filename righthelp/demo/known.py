"""Families as the record knows them, read back so that worries can be told of them; and families it does not know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.demo.names import BOYS, FAMILIES, GIRLS, WOMEN
from righthelp.demo.places import Place
from righthelp.demo.plan import planned_whole
from righthelp.demo.words import shown
from righthelp.people.models import HouseholdMember, Person, PersonName, Relationship

YEAR = 365.25
PARENTS = {"MOTHER", "FATHER", "PARENTS_PARTNER", "GRANDPARENT"}
FACTS = ("names", "addresses", "identifiers", "involvements__agency")


@dataclass
class Adult:
    """An adult of the family, as whoever knows the family would name them."""

    name: str
    kind: str
    responsible: str
    at_home: bool


@dataclass
class Child:
    """A child whom a worry may be about. One who is not on record has no person."""

    given: str
    family: str
    sex: str = "U"
    born_on: date | None = None
    expected_on: date | None = None
    place: Place | None = None
    person: Person | None = None

    @cached_property
    def also_spelt(self) -> str:
        """The first name as another service writes it."""
        return next((name.given for name in self._facts("names") if name.kind == PersonName.Kind.ALSO), "")

    @cached_property
    def known_as(self) -> str:
        """The name they use, where it is not the one in law."""
        return next((name.given for name in self._facts("names") if name.given != self.given and self._used(name)), "")

    @cached_property
    def before(self) -> Place | None:
        """Where they lived before, if they have moved."""
        return next((Place(row.lines, row.postcode) for row in self._facts("addresses") if row.until), None)

    def number(self, kind: str) -> str:
        """An identifier of this kind, or nothing."""
        return next((row.value for row in self._facts("identifiers") if row.kind == kind), "")

    def agency(self, kind: str) -> Any:
        """The school, the GP practice or the health visitors who know them, or None."""
        return next((row.agency for row in self._facts("involvements") if row.kind == kind), None)

    def age(self, on: date) -> float:
        """In years; below zero before birth."""
        return (on - self.born_on).days / YEAR if self.born_on else -0.5

    def _facts(self, name: str) -> list[Any]:
        return list(getattr(self.person, name).all()) if self.person else []

    @staticmethod
    def _used(name: PersonName) -> bool:
        return name.kind == PersonName.Kind.USED


@dataclass
class Family:
    """Children who live together, and the adults who matter to them."""

    household: UUID | None
    children: list[Child]
    adults: list[Adult] = field(default_factory=list)

    @property
    def mother(self) -> str:
        """The mother's name."""
        return next((adult.name for adult in self.adults if adult.kind == "MOTHER"), "their mother")


def families_of(households: Sequence[UUID]) -> list[Family]:
    """The families of these households, in the same order, with all that is known of each of their children."""
    members = HouseholdMember.objects.filter(household__in=households, until__isnull=True)
    lives_in = {member.person_id: member.household_id for member in members}
    adults: dict[UUID, dict[UUID, Adult]] = defaultdict(dict)
    children: set[UUID] = set()
    related = Relationship.objects.filter(other__in=list(lives_in), kind__in=PARENTS).select_related("person")
    for row in related.order_by("kind", "person__called_sort"):
        children.add(row.other_id)
        home = lives_in[row.other_id]
        adults[home][row.person_id] = Adult(
            row.person.called, row.kind, row.parental_responsibility, lives_in.get(row.person_id) == home
        )
    made: dict[UUID, Family] = {}
    people = Person.objects.filter(pk__in=children, born_on__isnull=False, circle__isnull=True)
    for person in people.prefetch_related(*FACTS).order_by("born_on", "called_sort"):
        home = lives_in[person.pk]
        family = made.setdefault(home, Family(home, [], _in_order(adults[home])))
        family.children.append(_child(person))
    return [made[home] for home in households if home in made]


def _in_order(adults: dict[UUID, Adult]) -> list[Adult]:
    order = ["MOTHER", "FATHER", "PARENTS_PARTNER", "GRANDPARENT"]
    return sorted(adults.values(), key=lambda adult: (order.index(adult.kind), adult.name))


def _child(person: Person) -> Child:
    names = {name.kind: name for name in person.names.all()}
    name = names.get(PersonName.Kind.IN_LAW) or names[PersonName.Kind.USED]
    home = next(address for address in person.addresses.all() if address.until is None)
    return Child(
        name.given,
        name.family,
        person.sex,
        person.born_on,
        place=Place(home.lines, home.postcode),
        person=person,
    )


def households() -> tuple[list[UUID], list[UUID]]:
    """Households whose parents are on record and whom nothing locks, in an order that only the seed decides; none of
    those whom the guides name.

    First those of whom nothing is told yet, then those about whom something has happened.
    """
    with planned_whole(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT member.household_id, count(entry.id) > 0, min(number.value) AS first
            FROM household_member member
            JOIN person ON person.id = member.person_id
            JOIN relationship mother ON mother.other_id = person.id AND mother.kind = 'MOTHER'
            JOIN identifier number ON number.person_id = person.id AND number.kind = 'NHS'
            LEFT JOIN case_entry entry ON entry.person_id = person.id
            WHERE member.until IS NULL
            GROUP BY member.household_id HAVING bool_and(person.circle_id IS NULL)
                AND NOT bool_or(substring(person.called FROM '[^ ]+$') = ANY (%s))
            ORDER BY first
            """,
            [[family["surname"] for family in shown()["families"]]],
        )
        found = cursor.fetchall()
    return [home for home, happened, _ in found if not happened], [home for home, happened, _ in found if happened]


def newcomers(random: Random, today: date, lowest: int, highest: int, place: Place) -> Family:
    """A family that has just come, whom nobody here has on record."""
    surname = random.choice(FAMILIES)
    sex = random.choice("FM")
    born = today - timedelta(days=random.randint(int(lowest * YEAR) + 5, int((highest + 1) * YEAR) - 5))
    child = Child(random.choice(GIRLS if sex == "F" else BOYS), surname, sex, born, place=place)
    return Family(None, [child], [Adult(f"{random.choice(WOMEN)} {surname}", "MOTHER", "YES", True)])


def expecting(family: Family, today: date, random: Random) -> Child:
    """The baby whom a family expects."""
    expected = today + timedelta(days=random.randint(15, 150))
    return Child("Baby", family.mother.split()[-1], expected_on=expected, place=family.children[0].place)

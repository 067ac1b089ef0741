"""The invented families as rows of the record: every fact with the service that knows it and the day it was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations
from random import Random
from typing import Any

from righthelp.demo.families import DAY, InventedAdult, InventedChild, InventedFamily
from righthelp.demo.places import Place
from righthelp.demo.staff import Staff
from righthelp.guard.guarded import GuardedModel
from righthelp.people.models import (
    Characteristic,
    Household,
    HouseholdMember,
    Identifier,
    Involvement,
    Person,
    PersonName,
    Relationship,
)
from righthelp.people.rows import Source, called, new_address, new_identifier, search_key, sort_name

BIRTHS, HEALTH, CENSUS = "Birth registration", "NHS registration", "School census"
HEALTH_VISITORS = "health_visiting"  # they know every child under five
BATCH = 4000


class Writer:
    """Rows gathered by table and written in an order that keys allow."""

    def __init__(self) -> None:
        self._rows: dict[type[GuardedModel], list[Any]] = defaultdict(list)

    def add(self, rows: Iterable[GuardedModel]) -> None:
        for row in rows:
            self._rows[type(row)].append(row)

    def write(self) -> None:
        """Keys are checked at the end of the transaction, so tables may come in any order."""
        for model, rows in self._rows.items():
            model.objects.bulk_create(rows, batch_size=BATCH)
        self._rows.clear()


class People:
    """Makes the rows of families. `today` is the day of the telling; nothing is told later."""

    def __init__(self, random: Random, staff: Staff, today: date) -> None:
        self.random, self.today = random, today
        self.agencies = staff.agencies
        self.visitors = staff.by_kind[HEALTH_VISITORS][0].agency_id

    def rows(self, family: InventedFamily) -> list[GuardedModel]:
        """The people of a family, what is known of each, and who they are to one another. Their household first."""
        household = Household()
        made: list[GuardedModel] = [household]
        people = [self._child(family, child, household, made) for child in family.children]
        adults = [(adult, self._adult(family, adult, household, made)) for adult in family.adults]
        self._twins(family, people, made)
        if adults:
            self._relationships(family, people, adults, made)
        return made

    def _child(
        self, family: InventedFamily, child: InventedChild, household: Household, made: list[GuardedModel]
    ) -> Person:
        born = child.born_on or self.today - DAY * 60
        registered = Source(BIRTHS if child.born_on else HEALTH, self._soon_after(born, 40))
        health = Source(HEALTH, self._soon_after(born, 30))
        used = child.known_as or child.given
        person = Person(
            called=called(used, child.family, ""),
            called_sort=sort_name(used, child.family),
            sex=child.sex,
            born_on=child.born_on,
            expected_on=child.expected_on,
            source=registered.words,
            recorded_on=registered.on,
        )
        facts: list[GuardedModel] = []
        census = Source(CENSUS, _census(self.today))
        if child.known_as:
            facts.append(_name(person, PersonName.Kind.USED, child.known_as, child.family, census))
            facts.append(_name(person, PersonName.Kind.IN_LAW, child.given, child.family, registered))
        else:
            facts.append(_name(person, PersonName.Kind.USED, child.given, child.family, registered))
        if child.also_spelt:
            other = census if child.upn else health
            facts.append(_name(person, PersonName.Kind.ALSO, child.also_spelt, child.family, other))
        facts += self._addresses(family, person, family.home, health)
        if child.nhs:
            facts.append(new_identifier(person, Identifier.Kind.NHS, child.nhs, health))
        if child.upn:
            facts.append(new_identifier(person, Identifier.Kind.UPN, child.upn, census))
        made += [person, *facts, search_key(person, facts)]
        if child.born_on:
            made += self._characteristics(family, child, person, census if child.upn else health)
            made += self._services(family, child, person, health, census)
        made.append(_member(person, household, health))
        return person

    def _adult(
        self, family: InventedFamily, adult: InventedAdult, household: Household, made: list[GuardedModel]
    ) -> Person:
        health = Source(HEALTH, self._soon_after(adult.born_on + DAY * 6600, 900))
        person = Person(
            called=called(adult.given, adult.family, ""),
            called_sort=sort_name(adult.given, adult.family),
            sex=adult.sex,
            born_on=adult.born_on,
            source=health.words,
            recorded_on=health.on,
        )
        facts: list[GuardedModel] = [_name(person, PersonName.Kind.USED, adult.given, adult.family, health)]
        if adult.elsewhere:
            facts.append(new_address(person, adult.elsewhere.lines, adult.elsewhere.postcode, health))
        else:
            facts += self._addresses(family, person, family.home, health)
        facts.append(new_identifier(person, Identifier.Kind.NHS, adult.nhs, health))
        made += [person, *facts, search_key(person, facts)]
        if not adult.elsewhere:
            made.append(_member(person, household, health))
        return person

    def _addresses(
        self, family: InventedFamily, person: Person, home: Place, source: Source
    ) -> list[GuardedModel]:
        if not (family.before and family.moved_on) or (person.born_on and person.born_on > family.moved_on):
            return [new_address(person, home.lines, home.postcode, source)]
        moved = family.moved_on
        told = Source(HEALTH, min(moved + DAY * 9, self.today))
        now = new_address(person, home.lines, home.postcode, told, since=moved)
        before = new_address(person, family.before.lines, family.before.postcode, source)
        before.until = moved - DAY
        before.recorded_on = min(before.recorded_on, before.until)
        return [now, before]

    def _characteristics(
        self, family: InventedFamily, child: InventedChild, person: Person, source: Source
    ) -> list[GuardedModel]:
        said = [(Characteristic.Kind.ETHNICITY, family.ethnicity)]
        if child.disability:
            said.append((Characteristic.Kind.DISABILITY, child.disability))
        if family.language:
            said.append((Characteristic.Kind.LANGUAGE, family.language))
        return [
            Characteristic(person=person, kind=kind, code=code, source=source.words, recorded_on=source.on)
            for kind, code in said
        ]

    def _services(
        self, family: InventedFamily, child: InventedChild, person: Person, health: Source, census: Source
    ) -> list[GuardedModel]:
        assert child.born_on is not None
        made: list[GuardedModel] = [
            _involvement(person, self.agencies[family.surgery].pk, Involvement.Kind.GP, health, health.on)
        ]
        if child.school:
            began = max(child.born_on + timedelta(days=1650), family.moved_on or child.born_on)
            school = self.agencies[child.school].pk
            made.append(_involvement(person, school, Involvement.Kind.SCHOOL, census, min(began, census.on)))
        elif (self.today - child.born_on).days < 5 * 365:
            made.append(_involvement(person, self.visitors, Involvement.Kind.HEALTH, health, health.on))
        return made

    def _twins(self, family: InventedFamily, people: list[Person], made: list[GuardedModel]) -> None:
        for place, child in enumerate(family.children):
            if child.twin_of is not None:
                made.append(self._related(people[place], people[child.twin_of], "TWIN", self._births(child)))

    def _relationships(
        self,
        family: InventedFamily,
        people: list[Person],
        adults: list[tuple[InventedAdult, Person]],
        made: list[GuardedModel],
    ) -> None:
        parents = []
        for adult, person in adults:
            for place in adult.of or range(len(people)):
                source = self._births(family.children[place]) if adult.kind in {"MOTHER", "FATHER"} else self._health()
                row = self._related(person, people[place], adult.kind, source)
                row.parental_responsibility = adult.responsible
                made.append(row)
            if adult.kind in {"MOTHER", "FATHER"}:
                parents.append((adult, person))
        for (one, younger), (two, elder) in combinations(enumerate(family.children), 2):
            if elder.twin_of != one:
                kind = "SIBLING" if younger.family == elder.family else "HALF_SIBLING"
                made.append(self._related(people[one], people[two], kind, self._health()))
        if len(parents) == 2:
            kind = "FORMER_PARTNER" if any(adult.elsewhere for adult, _ in parents) else "PARTNER"
            made.append(self._related(parents[0][1], parents[1][1], kind, self._health()))

    def _related(self, person: Person, other: Person, kind: str, source: Source) -> Relationship:
        return Relationship(person=person, other=other, kind=kind, source=source.words, recorded_on=source.on)

    def _births(self, child: InventedChild) -> Source:
        return Source(BIRTHS, self._soon_after(child.born_on, 40)) if child.born_on else self._health()

    def _health(self) -> Source:
        return Source(HEALTH, self.today - DAY * self.random.randint(20, 800))

    def _soon_after(self, day: date, most: int) -> date:
        return min(day + DAY * self.random.randint(2, most), self.today)


def _name(person: Person, kind: str, given: str, family: str, source: Source) -> PersonName:
    return PersonName(
        person=person, kind=kind, given=given, family=family, source=source.words, recorded_on=source.on
    )


def _member(person: Person, household: Household, source: Source) -> HouseholdMember:
    return HouseholdMember(household=household, person=person, source=source.words, recorded_on=source.on)


def _involvement(person: Person, agency: Any, kind: str, source: Source, since: date) -> Involvement:
    return Involvement(
        person=person, agency_id=agency, kind=kind, since=since, source=source.words, recorded_on=source.on
    )


@lru_cache
def _census(today: date) -> date:
    """The latest day on which schools were counted: the third Thursday of January, May and October."""
    days = [
        date(year, month, 15) + DAY * ((3 - date(year, month, 15).weekday()) % 7)
        for year in (today.year - 1, today.year)
        for month in (1, 5, 10)
    ]
    return max(day for day in days if day <= today)

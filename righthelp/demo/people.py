"""The invented families as rows of the record: every fact with the service that knows it and the day it was told."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import combinations
from random import Random
from uuid import UUID

from righthelp.demo.bulk import Table, new_id
from righthelp.demo.families import DAY, InventedAdult, InventedChild, InventedFamily
from righthelp.demo.places import Place
from righthelp.demo.staff import Staff
from righthelp.people.keys import keys, place_key
from righthelp.people.models import (
    Address,
    Characteristic,
    Household,
    HouseholdMember,
    Identifier,
    Involvement,
    Person,
    PersonName,
    Relationship,
    SearchKey,
)
from righthelp.people.rows import called, sort_name

BIRTHS, HEALTH, CENSUS = "Birth registration", "NHS registration", "School census"
HEALTH_VISITORS = "health_visiting"  # they know every child under five
NO_DISABILITY, TOGETHER = "NONE", {"AUT": ("COMM",)}  # said of every other child; and what often comes with another
KNOWN = ("source", "recorded_on")
Told = tuple[str, date]  # which service said so, and on which day


class People:
    """Makes the rows of families and writes them. `today` is the day of the telling: nothing is told later."""

    def __init__(self, random: Random, staff: Staff, today: date) -> None:
        self.random, self.today = random, today
        self.agencies: dict[str, UUID] = {name: agency.pk for name, agency in staff.agencies.items()}
        self.visitors = staff.by_kind[HEALTH_VISITORS][0].agency_id
        self.census = (CENSUS, _census(today))
        person = ("id", "called", "called_sort", "sex", "born_on", "expected_on")
        self.person = Table(Person, *person, *KNOWN)
        self.name = Table(PersonName, "id", "person", "kind", "given", "family", *KNOWN)
        self.identifier = Table(Identifier, "id", "person", "kind", "value", *KNOWN)
        self.address = Table(Address, "id", "person", "lines", "postcode", "place_key", "since", "until", *KNOWN)
        self.characteristic = Table(Characteristic, "id", "person", "kind", "code", *KNOWN)
        self.relationship = Table(Relationship, "id", "person", "other", "kind", "parental_responsibility", *KNOWN)
        self.household = Table(Household, "id")
        self.member = Table(HouseholdMember, "id", "household", "person", *KNOWN)
        self.involvement = Table(Involvement, "id", "person", "agency", "kind", "since", *KNOWN)
        self.search_key = Table(SearchKey, "person", "keys")

    def write(self) -> int:
        """Write what was added; how many rows it was. Keys are checked when the transaction ends."""
        return sum(table.write() for table in vars(self).values() if isinstance(table, Table))

    def add(self, family: InventedFamily) -> str:
        """The people of a family, what is known of each, and who they are to one another. Gives their household."""
        household = new_id()
        self.household.add(household)
        children = [self._child(family, child, household) for child in family.children]
        adults = [self._adult(family, adult, household) for adult in family.adults]
        for place, child in enumerate(family.children):
            if child.twin_of is not None:
                self._relate(children[place], children[child.twin_of], "TWIN", self._births(child))
        if adults:
            self._parents(family, children, adults)
            self._siblings(family, children)
        return household

    def _child(self, family: InventedFamily, child: InventedChild, household: str) -> str:
        born = child.born_on or self.today - DAY * 60
        registered = (BIRTHS if child.born_on else HEALTH, self._soon_after(born, 40))
        health = (HEALTH, self._soon_after(born, 30))
        census = self.census if child.upn else health
        person, used = new_id(), child.known_as or child.given
        self.person.add(
            person, called(used, child.family, ""), sort_name(used, child.family), child.sex, child.born_on,
            child.expected_on, *registered,
        )  # fmt: skip
        names = [(used, child.family)]
        if child.known_as:
            self._name(person, PersonName.Kind.USED, used, child.family, census)
            self._name(person, PersonName.Kind.IN_LAW, child.given, child.family, registered)
            names.append((child.given, child.family))
        else:
            self._name(person, PersonName.Kind.USED, used, child.family, registered)
        if child.also_spelt:
            self._name(person, PersonName.Kind.ALSO, child.also_spelt, child.family, census)
            names.append((child.also_spelt, child.family))
        numbers = [("NHS", child.nhs)] if child.nhs else []
        if child.upn:
            numbers.append(("UPN", child.upn))
        for kind, value in numbers:
            self.identifier.add(new_id(), person, kind, value, *(census if kind == "UPN" else health))
        places = self._addresses(family, person, child.born_on, family.home, health)
        self._findable(person, names, child.born_on or child.expected_on, places, numbers)
        if child.born_on:
            self._characteristics(family, child, person, census)
            self._services(family, child, person, health)
        self.member.add(new_id(), household, person, *health)
        return person

    def _adult(self, family: InventedFamily, adult: InventedAdult, household: str) -> str:
        health = (HEALTH, self._soon_after(adult.born_on + DAY * 6600, 900))
        person = new_id()
        self.person.add(
            person, called(adult.given, adult.family, ""), sort_name(adult.given, adult.family), adult.sex,
            adult.born_on, None, *health,
        )  # fmt: skip
        self._name(person, PersonName.Kind.USED, adult.given, adult.family, health)
        self.identifier.add(new_id(), person, "NHS", adult.nhs, *health)
        if adult.elsewhere:
            self._address(person, adult.elsewhere, None, None, health)
            places = [adult.elsewhere]
        else:
            places = self._addresses(family, person, adult.born_on, family.home, health)
            self.member.add(new_id(), household, person, *health)
        self._findable(person, [(adult.given, adult.family)], adult.born_on, places, [("NHS", adult.nhs)])
        return person

    def _findable(
        self,
        person: str,
        names: list[tuple[str, str]],
        born_on: date | None,
        places: list[Place],
        numbers: list[tuple[str, str]],
    ) -> None:
        found_by = keys(names, [born_on] if born_on else [], [place.postcode for place in places], numbers)
        self.search_key.add(person, sorted(found_by))

    def _name(self, person: str, kind: str, given: str, family: str, told: Told) -> None:
        self.name.add(new_id(), person, kind, given, family, *told)

    def _addresses(
        self, family: InventedFamily, person: str, born_on: date | None, home: Place, told: Told
    ) -> list[Place]:
        moved, before = family.moved_on, family.before
        if moved is None or before is None or (born_on and born_on >= moved):
            self._address(person, home, None, None, told)
            return [home]
        self._address(person, home, moved, None, (HEALTH, min(moved + DAY * 9, self.today)))
        self._address(person, before, None, moved - DAY, (told[0], min(told[1], moved - DAY)))
        return [home, before]

    def _address(self, person: str, place: Place, since: date | None, until: date | None, told: Told) -> None:
        key = place_key(place.lines, place.postcode)
        self.address.add(new_id(), person, place.lines, place.postcode, key, since, until, *told)

    def _characteristics(self, family: InventedFamily, child: InventedChild, person: str, told: Told) -> None:
        self.characteristic.add(new_id(), person, Characteristic.Kind.ETHNICITY, family.ethnicity, *told)
        for code in [child.disability or NO_DISABILITY, *TOGETHER.get(child.disability, ())]:
            self.characteristic.add(new_id(), person, Characteristic.Kind.DISABILITY, code, *told)
        if family.language:
            self.characteristic.add(new_id(), person, Characteristic.Kind.LANGUAGE, family.language, *told)

    def _services(self, family: InventedFamily, child: InventedChild, person: str, health: Told) -> None:
        assert child.born_on is not None
        surgery = self.agencies[family.surgery]
        self.involvement.add(new_id(), person, surgery, Involvement.Kind.GP, health[1], *health)
        if child.school:
            began = min(max(child.born_on + DAY * 1650, family.moved_on or child.born_on), self.census[1])
            school = self.agencies[child.school]
            self.involvement.add(new_id(), person, school, Involvement.Kind.SCHOOL, began, *self.census)
        elif (self.today - child.born_on).days < 5 * 365:
            self.involvement.add(new_id(), person, self.visitors, Involvement.Kind.HEALTH, health[1], *health)

    def _parents(self, family: InventedFamily, children: list[str], adults: list[str]) -> None:
        parents = []
        for adult, person in zip(family.adults, adults, strict=True):
            parent = adult.kind in {"MOTHER", "FATHER"}
            for place in adult.of or range(len(children)):
                told = self._births(family.children[place]) if parent else self._health()
                self._relate(person, children[place], adult.kind, told, adult.responsible)
            if parent:
                parents.append((adult, person))
        if len(parents) == 2:
            kind = "FORMER_PARTNER" if any(adult.elsewhere for adult, _ in parents) else "PARTNER"
            self._relate(parents[0][1], parents[1][1], kind, self._health())

    def _siblings(self, family: InventedFamily, children: list[str]) -> None:
        for (one, elder), (two, younger) in combinations(enumerate(family.children), 2):
            if younger.twin_of != one:
                kind = "SIBLING" if younger.family == elder.family else "HALF_SIBLING"
                self._relate(children[one], children[two], kind, self._health())

    def _relate(self, person: str, other: str, kind: str, told: Told, responsible: str = "UNKNOWN") -> None:
        self.relationship.add(new_id(), person, other, kind, responsible, *told)

    def _births(self, child: InventedChild) -> Told:
        return (BIRTHS, self._soon_after(child.born_on, 40)) if child.born_on else self._health()

    def _health(self) -> Told:
        return HEALTH, self.today - DAY * self.random.randint(20, 800)

    def _soon_after(self, day: date, most: int) -> date:
        return min(day + DAY * self.random.randint(2, most), self.today)


@lru_cache
def _census(today: date) -> date:
    """The latest day on which schools were counted: the third Thursday of January, May and October."""
    days = [
        date(year, month, 15) + DAY * ((3 - date(year, month, 15).weekday()) % 7)
        for year in (today.year - 1, today.year)
        for month in (1, 5, 10)
    ]
    return max(day for day in days if day <= today)

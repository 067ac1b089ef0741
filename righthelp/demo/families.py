"""Invented families: who is in them, when they were born, where they live and have lived. Plain facts, no rows.

The same seed and the same day give the same families, in the same order, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from righthelp.demo.names import ALSO_SPELT, BOYS, FAMILIES, GIRLS, KNOWN_AS, MEN, WOMEN
from righthelp.demo.places import Place, Places
from righthelp.kernel.identifiers import NotAnIdentifier, nhs_number_with_check, upn_with_check
from righthelp.packs import Demonstration, pack

DAY = timedelta(days=1)
CHILDHOOD = 18 * 365.25 - 2  # days
SIZES = ((1, 0.40), (2, 0.39), (3, 0.15), (4, 0.045), (5, 0.015))  # children of a family, assumed
KNOWN = 0.14  # families whose parents are on record: services have known them; enough for three months of worries
KNOWN_A_MONTH, KNOWN_AT_MOST = 0.028, 0.75  # the more months, the more of them
KNOWN_AT_LEAST = 150  # the same in children, so that a small county has enough of them too
UNBORN = 1 / 1800  # babies expected, for each child
LANGUAGES = {"WOTH": "pl ro bg lt uk".split(), "WROM": ["rme"], "AIND": ["pa", "ml"], "APKN": ["ur"], "ABAN": ["bn"],
             "CHNE": ["yue"], "BAFR": ["sw", "yo"], "OOTH": ["ar", "ku"]}  # fmt: skip
DISABILITIES = ("AUT", "LD", "BEH", "COMM", "MOB", "HEAR", "VIS", "CON")
PUPILS_A_PART = 250  # of a school and a year, in each part of the county
LEFT_SCHOOL = 900  # in the pupil numbers of those who have left: the first of the places of their schools
NUMBERS_A_PART = 200_000  # NHS numbers kept for each part of the county


@dataclass
class InventedChild:
    """A child: in law, as called, as another service spells them."""

    given: str
    family: str
    sex: str
    born_on: date | None
    expected_on: date | None = None
    known_as: str = ""
    also_spelt: str = ""
    nhs: str = ""
    upn: str = ""
    school: str = ""  # by name
    disability: str = ""
    twin_of: int | None = None  # place among the children of the family


@dataclass
class InventedAdult:
    """An adult of the family: what they are to the children, and whether they have parental responsibility."""

    given: str
    family: str
    sex: str
    born_on: date
    kind: str  # a code of the set "relationship"
    responsible: str  # a code of `Relationship.ParentalResponsibility`
    nhs: str
    elsewhere: Place | None = None  # where they live, when it is not with the children
    of: tuple[int, ...] = ()  # which children, by place; none: all of them


@dataclass
class InventedFamily:
    """A family under one roof."""

    children: list[InventedChild]
    home: Place
    area: str
    surgery: str
    ethnicity: str
    language: str = ""
    before: Place | None = None
    moved_on: date | None = None
    adults: list[InventedAdult] = field(default_factory=list)

    @property
    def known(self) -> bool:
        """Whether its adults are on record."""
        return bool(self.adults)


def chosen(random: Random, shares: Mapping[str, float]) -> str:
    """One of several by their shares."""
    return random.choices(list(shares), weights=list(shares.values()))[0]


class Numbers:
    """Numbers that nobody else has: NHS numbers of the range kept for testing, and pupil numbers of the county."""

    def __init__(self, part: int) -> None:
        self._next = part * NUMBERS_A_PART
        self._part = part
        self._authority = pack().local_authority.dfe
        self._pupils: dict[tuple[int, int], int] = {}
        self._leavers = 0

    def nhs(self) -> str:
        """The next NHS number: those that begin with 999 are never given to anybody."""
        while True:
            self._next += 1
            try:
                return nhs_number_with_check(f"999{self._next:06}")
            except NotAnIdentifier:
                continue  # one start in eleven has no check digit

    def upn(self, school: int, year: int) -> str:
        """The next pupil number of a school in a year of entry."""
        serial = self._pupils.get((school, year), self._part * PUPILS_A_PART)
        self._pupils[school, year] = serial + 1
        return upn_with_check(f"{self._authority}{2001 + school:04}{year % 100:02}{serial % 1000:03}")

    def upn_of_leaver(self, year: int) -> str:
        """The next pupil number of somebody who has left school, whichever it was."""
        self._leavers += 1
        return self.upn(LEFT_SCHOOL + self._leavers // PUPILS_A_PART, year)


def families(
    random: Random,
    children: int,
    today: date,
    places: Places,
    figures: Demonstration,
    part: int = 0,
    months: float = 3,
) -> Iterator[InventedFamily]:
    """Families until there are as many children as wanted, and here and there a baby not yet born.

    `months`: for how long worries are told of them.
    """
    known = min(KNOWN_AT_MOST, max(KNOWN, KNOWN_A_MONTH * months))
    makes = _Maker(random, today, places, figures, Numbers(part), max(known, KNOWN_AT_LEAST / children))
    while children:
        family = makes.family(children)
        children -= sum(child.born_on is not None for child in family.children)
        yield family


class _Maker:
    def __init__(
        self, random: Random, today: date, places: Places, figures: Demonstration, numbers: Numbers, known: float
    ) -> None:
        self.random, self.today, self.places, self.numbers, self.known = random, today, places, numbers, known
        self.ethnicity = figures.shares("ethnicity")
        twins = figures.value("record", "children_with_a_twin")
        self.twins = twins / (2 - twins)  # of births, so that it comes to the share of children
        self.moved = figures.value("record", "children_who_moved_in_a_year")
        spelt = sum(name in ALSO_SPELT for name in (*GIRLS, *BOYS)) / (len(GIRLS) + len(BOYS))
        self.also_spelt = figures.value("record", "children_under_two_spellings") / spelt

    def family(self, most: int) -> InventedFamily:
        random = self.random
        area = chosen(random, self.places.shares)
        home = self.places.home(area)
        family = InventedFamily(
            children=[],
            home=home,
            area=area,
            surgery=self.places.surgery(random, area),
            ethnicity=chosen(random, self.ethnicity),
        )
        if random.random() < 0.8 and family.ethnicity in LANGUAGES:
            family.language = random.choice(LANGUAGES[family.ethnicity])
        surname = random.choice(FAMILIES)
        self._children(family, surname, most)
        self._move(family)
        if random.random() < self.known:
            self._adults(family, surname)
        return family

    def _children(self, family: InventedFamily, surname: str, most: int) -> None:
        random = self.random
        wanted = min(random.choices([size for size, _ in SIZES], weights=[share for _, share in SIZES])[0], most)
        born = self.today - DAY * int(random.random() * CHILDHOOD)
        used: set[str] = set()
        while len(family.children) < wanted and born <= self.today:
            twins = random.random() < self.twins and len(family.children) + 2 <= most
            for number in range(1 + twins):
                child = self._child(surname, born, used)
                child.twin_of = len(family.children) - 1 if number else None
                self._school(family, child)
                family.children.append(child)
            born += DAY * random.randint(430, 1700)
        if random.random() < UNBORN * wanted * 1.6:
            expected = self.today + DAY * random.randint(20, 200)
            family.children.append(InventedChild("Baby", surname, "U", None, expected))

    def _child(self, surname: str, born: date, used: set[str]) -> InventedChild:
        random = self.random
        sex = random.choice("FM")
        given = random.choice(GIRLS if sex == "F" else BOYS)
        while given in used:
            given = random.choice(GIRLS if sex == "F" else BOYS)
        used.add(given)
        child = InventedChild(given, surname, sex, born, nhs=self.numbers.nhs())
        if given in KNOWN_AS and random.random() < 0.5:
            child.known_as = KNOWN_AS[given]
        elif given in ALSO_SPELT and random.random() < self.also_spelt:
            child.also_spelt = ALSO_SPELT[given]
        if random.random() < 0.05:
            child.disability = random.choice(DISABILITIES)
        return child

    def _school(self, family: InventedFamily, child: InventedChild) -> None:
        assert child.born_on is not None
        year = self.today.year if self.today.month >= 9 else self.today.year - 1  # in which this school year began
        age = year - child.born_on.year - (child.born_on.month >= 9)  # on 31 August before it
        if 4 <= age <= 15:
            number, child.school = self.places.school(self.random, family.area, high=age >= 11, near=family.children)
            child.upn = self.numbers.upn(number, year - (age - 4))
        elif age in {16, 17}:  # who has left school keeps the number
            child.upn = self.numbers.upn_of_leaver(year - (age - 4))

    def _move(self, family: InventedFamily) -> None:
        random = self.random
        years = random.random()
        if years < self.moved:
            family.moved_on = self.today - DAY * random.randint(2, 364)
        elif years < 2.5 * self.moved:
            family.moved_on = self.today - DAY * random.randint(365, 1460)
        if family.moved_on:
            family.before = self.places.home(
                family.area if random.random() < 0.6 else chosen(random, self.places.shares)
            )

    def _adults(self, family: InventedFamily, surname: str) -> None:
        random = self.random
        first = min(child.born_on or self.today for child in family.children)
        own = surname if random.random() < 0.6 else random.choice(FAMILIES)
        family.adults.append(self._adult(WOMEN, "F", own, first, "MOTHER", "YES"))
        if random.random() < 0.82:
            responsible = random.choices(["YES", "NO", "UNKNOWN"], weights=[0.84, 0.08, 0.08])[0]
            father = self._adult(MEN, "M", surname, first, "FATHER", responsible)
            if random.random() < 0.36:
                father.elsewhere = self.places.home(family.area)
            family.adults.append(father)
            if len(family.children) > 1 and random.random() < 0.07:  # the eldest has another father, not on record
                family.children[0].family = random.choice(FAMILIES)
                father.of = tuple(range(1, len(family.children)))
        at_home = [adult for adult in family.adults if adult.elsewhere is None]
        if len(at_home) == 1 and random.random() < 0.2:
            family.adults.append(self._adult(MEN, "M", random.choice(FAMILIES), first, "PARENTS_PARTNER", "NO"))
        if random.random() < 0.04:
            family.adults.append(self._adult(WOMEN, "F", own, first - DAY * 9000, "GRANDPARENT", "NO"))

    def _adult(
        self, names: Sequence[str], sex: str, family: str, child_born: date, kind: str, responsible: str
    ) -> InventedAdult:
        random = self.random
        born = child_born - DAY * int(random.triangular(17.5, 42, 28) * 365.25)
        return InventedAdult(random.choice(names), family, sex, born, kind, responsible, self.numbers.nhs())

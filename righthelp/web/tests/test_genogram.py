"""The picture of a family: a place for everybody, generations in rows, homes that hold just who lives there."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.guard.guarded import new_id
from righthelp.packs import pack
from righthelp.people.models import Person, Relationship
from righthelp.people.network import Network, Tie
from righthelp.web.genogram import COLUMN, DRAWN, draw, turned

TODAY = date(2026, 6, 1)


class Family:
    """A network made of names."""

    def __init__(self) -> None:
        self.numbers: dict[str, UUID] = {}
        self.network: Network | None = None

    def person(self, name: str, sex: str = "U", born: date | None = None, **more: Any) -> Person:
        person = Person(id=new_id(), called=name, called_sort=name, sex=sex, born_on=born, **more)
        self.numbers[name] = person.pk
        self.network = self.network or Network(person, TODAY)
        self.network.people[person.pk] = person
        return person

    def tie(self, one: str, kind: str, other: str, **more: Any) -> None:
        assert self.network
        row = Relationship(person_id=self.numbers[one], other_id=self.numbers[other], kind=kind, **more)
        self.network.ties.append(Tie(row, row.person_id, row.other_id, kind))

    def home(self, *names: str) -> None:
        assert self.network
        self.network.homes[new_id()] = [self.numbers[name] for name in names]

    def drawn(self) -> Any:
        assert self.network
        picture = draw(self.network)
        return picture, {name: picture.nodes[number] for name, number in self.numbers.items()}


@pytest.fixture
def family() -> Family:
    made = Family()
    made.person("Ada", "F", date(2016, 4, 3))
    made.person("Bo", "M", date(2014, 1, 1))
    made.person("Ann", "F", date(1988, 1, 1))
    made.person("Ben", "M", date(1985, 1, 1))
    made.person("Olwen", "F", date(1960, 1, 1), died_on=date(2020, 1, 1))
    for child in ("Ada", "Bo"):
        made.tie("Ann", "MOTHER", child, parental_responsibility="YES")
        made.tie("Ben", "FATHER", child)
    made.tie("Olwen", "MOTHER", "Ann")
    made.tie("Olwen", "GRANDPARENT", "Ada")
    made.tie("Ada", "SIBLING", "Bo")
    made.home("Ada", "Bo", "Ann")
    return made


def test_generations_stand_in_rows(family: Family) -> None:
    _, at = family.drawn()
    assert at["Olwen"].y < at["Ann"].y == at["Ben"].y < at["Ada"].y == at["Bo"].y
    assert at["Bo"].x < at["Ada"].x, "the eldest first"


def test_each_has_the_sign_that_practice_gives_them(family: Family) -> None:
    family.person("Baby", expected_on=date(2026, 9, 1))
    family.tie("Ann", "MOTHER", "Baby")
    family.person("Kim")
    _, at = family.drawn()
    assert {name: at[name].sign for name in ("Ada", "Bo", "Baby", "Kim")} == {
        "Ada": "female", "Bo": "male", "Baby": "unborn", "Kim": "unknown",
    }  # fmt: skip
    assert [name for name, node in at.items() if node.died] == ["Olwen"]
    assert [name for name, node in at.items() if node.here] == ["Ada"]
    assert at["Ann"].words == ["Ann", "born 1988, aged 38", "PR for 2 children"]
    assert at["Ann"].spoken == "Ann, female, born 1988, aged 38, parental responsibility for Ada, Bo"
    assert at["Baby"].words == ["Baby", "due 1 September 2026"]


def test_a_home_holds_just_those_who_live_there(family: Family) -> None:
    family.person("Cy", "M", date(2020, 1, 1))
    family.tie("Ben", "FATHER", "Cy")
    family.home("Ben", "Cy")
    picture, at = family.drawn()
    inside = [{name for name, node in at.items() if _holds(home, node)} for home in picture.homes]
    assert inside == [{"Ada", "Bo", "Ann"}, {"Ben", "Cy"}]


def _holds(home: Any, node: Any) -> bool:
    across = home.x <= node.x <= home.x + home.width
    return bool(across and home.y <= node.y <= home.y + home.height)


def test_a_child_not_yet_born_stands_with_the_mother(family: Family) -> None:
    family.person("Baby", expected_on=date(2026, 9, 1))
    family.tie("Ann", "MOTHER", "Baby")
    picture, at = family.drawn()
    assert _holds(picture.homes[0], at["Baby"])


def test_what_other_lines_say_already_is_not_drawn(family: Family) -> None:
    picture, _ = family.drawn()
    assert {line.kind for line in picture.lines} == {"birth"}
    family.person("Carl", "M")
    family.tie("Carl", "PARTNER", "Ann")
    family.tie("Carl", "PARENTS_PARTNER", "Ada")
    family.person("Kim")
    family.tie("Kim", "FRIEND", "Ann")
    picture, _ = family.drawn()
    assert {line.kind for line in picture.lines} == {"birth", "couple", "other"}
    assert [line.words for line in picture.lines if line.words] == ["Friend"]


def test_former_partners_and_adoption_have_lines_of_their_own(family: Family) -> None:
    family.tie("Ann", "FORMER_PARTNER", "Ben")
    family.person("Dai", "M", date(2018, 1, 1))
    family.tie("Ann", "ADOPTIVE_PARENT", "Dai")
    family.person("Ed", "M", date(2016, 4, 3))
    family.tie("Ed", "TWIN", "Ada")
    family.tie("Ann", "MOTHER", "Ed")
    family.tie("Ben", "FATHER", "Ed")
    picture, _ = family.drawn()
    assert {line.kind for line in picture.lines} == {"birth", "parted", "adoptive", "twin"}


def test_every_relationship_of_the_pack_has_its_place() -> None:
    codes = pack().codes("relationship")
    for code in codes:
        assert code.code in DRAWN or codes.inverse(code.code) in DRAWN, code.code


def test_a_relationship_is_drawn_the_same_whichever_way_it_was_told() -> None:
    for one, kind, other, inverse in (("Ann", "MOTHER", "Ada", "CHILD"), ("Gran", "GRANDPARENT", "Ada", "GRANDCHILD")):
        told, turned_round = Family(), Family()
        for made in (told, turned_round):
            made.person(other)
            made.person(one)
        told.tie(one, kind, other)
        turned_round.tie(other, inverse, one)
        assert told.network
        assert turned_round.network
        assert turned(told.network.ties[0]).above == turned(turned_round.network.ties[0]).above > 0
        assert [node.y for node in told.drawn()[1].values()] == [node.y for node in turned_round.drawn()[1].values()]


@given(data=st.data())
def test_nobody_stands_on_anybody_else_and_all_are_inside(data: st.DataObject) -> None:
    family = Family()
    names = [f"P{number}" for number in range(data.draw(st.integers(1, 12)))]
    for name in names:
        family.person(name, data.draw(st.sampled_from("MFU")), data.draw(st.dates(date(1940, 1, 1), date(2026, 1, 1))))
    pairs = list(combinations(names, 2))
    kinds = sorted(code.code for code in pack().codes("relationship"))
    for one, other in data.draw(st.lists(st.sampled_from(pairs), max_size=15)) if pairs else []:
        family.tie(one, data.draw(st.sampled_from(kinds)), other)
    for home in (
        data.draw(st.lists(st.lists(st.sampled_from(names), unique=True, min_size=2), max_size=3)) if pairs else []
    ):
        family.home(*home)
    picture, at = family.drawn()
    assert len(at) == len(names)
    places = [(node.x, node.y) for node in at.values()]
    assert len(set(places)) == len(places)
    for one, other in combinations(places, 2):
        assert one[1] != other[1] or abs(one[0] - other[0]) >= COLUMN
    for node in at.values():
        assert 0 < node.x < picture.width
        assert 0 < node.y < picture.height
        assert sum(_holds(home, node) for home in picture.homes) <= 1

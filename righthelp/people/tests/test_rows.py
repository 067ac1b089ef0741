"""What a new person's record is made of, and what a known one learns."""

from datetime import date

import pytest

from righthelp.people.models import Identifier, Person, PersonName, SearchKey
from righthelp.people.rows import (
    Source,
    called,
    known_rows,
    learned,
    new_address,
    new_identifier,
    new_person,
    sort_name,
)
from righthelp.people.told import Told

SOURCE = Source("Worry from a school", date(2026, 6, 9))


def test_the_first_row_is_the_person_and_the_last_their_keys():
    rows = new_person(Told(given="Ada", family="Pugh", born_on=date(2016, 4, 3)), SOURCE)
    assert isinstance(rows[0], Person)
    assert isinstance(rows[-1], SearchKey)
    assert rows[-1].person is rows[0]


def test_every_fact_has_its_source_and_day():
    told = Told(
        given="Ada", family="Pugh", known_as="Addie", lines="4 Mill Road", postcode="HR4 9AA",
        identifiers=(("NHS", "9434765919"), ("LA_CHILD", "7")),
    )  # fmt: skip
    facts = [row for row in new_person(told, SOURCE, issuer="884") if hasattr(row, "source")]
    assert len(facts) == 6
    assert {(fact.source, fact.recorded_on) for fact in facts} == {("Worry from a school", date(2026, 6, 9))}
    assert {number.kind: number.issuer for number in facts if isinstance(number, Identifier)} == {
        "NHS": "",
        "LA_CHILD": "884",
    }


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        (Told(given="Ada", family="Pugh"), {"USED": "Ada Pugh"}),
        (Told(given="Ada", family="Pugh", known_as="Ada"), {"USED": "Ada Pugh"}),
        (Told(given="Ada", family="Pugh", known_as="Addie"), {"USED": "Addie Pugh", "IN_LAW": "Ada Pugh"}),
        (Told(family="Pugh", known_as="Addie"), {"USED": "Addie Pugh"}),
        (Told(family="Pugh"), {"USED": "Pugh"}),
        (Told(), {}),
    ],
)
def test_names_as_used_and_as_in_law(told, kinds):
    rows = new_person(told, SOURCE)
    assert {name.kind: str(name) for name in rows if isinstance(name, PersonName)} == kinds
    assert rows[0].called == kinds.get("USED", "Name not known")


def test_numbers_with_a_wrong_check_digit_are_kept_and_said_to_be_wrong():
    person = Person()
    sound = new_identifier(person, "NHS", "943 476 5919", SOURCE)
    wrong = new_identifier(person, "NHS", "943 476 5918", SOURCE)
    assert (sound.value, sound.sound) == ("9434765919", True)
    assert (wrong.value, wrong.sound) == ("943 476 5918", False)
    assert new_identifier(person, "LA_CHILD", "anything", SOURCE).sound, "the authority's own has no check digit"


def test_a_postcode_is_written_as_one():
    person = Person()
    assert new_address(person, "4 Mill Road", "hr49aa", SOURCE).postcode == "HR4 9AA"
    assert new_address(person, "A boat", "no postcode", SOURCE).postcode == "NO POSTC"


def test_names_are_ordered_by_family_without_accents():
    assert sort_name("Zoë", "Ó Núñez") == "onunez zoe"
    assert called("", "", "Child 7") == "Child 7"


def learns(person, told):
    return learned(person, told, SOURCE, known_rows(person))


def test_a_known_person_learns_only_what_is_new(workplace):
    person = workplace.person("Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA")
    same = Told(given="ada", family="PUGH", lines="4, Mill Rd", postcode="hr49aa")
    assert learns(person, same) == []
    assert learns(person, Told()) == []
    fresh = learns(person, Told(given="Ada", family="Rees", identifiers=(("NHS", "9434765919"),)))
    assert sorted(str(row) for row in fresh) == ["Ada Rees", "NHS number 9434765919"]
    assert fresh[0].kind == PersonName.Kind.ALSO


def test_an_address_without_a_postcode_is_learned_once(workplace):
    person = workplace.person("Ada", "Pugh", lines="The old mill", postcode="")
    assert learns(person, Told(lines="The Old Mill")) == []
    assert [str(row) for row in learns(person, Told(lines="The new mill"))] == ["The new mill"]


def test_what_another_step_is_about_to_write_is_known_already(workplace):
    person, other = workplace.person("Ada", "Pugh"), workplace.person("Bo", "Rees")
    told = Told(given="Ada", family="Rees")
    fresh = learns(person, told)
    assert learned(person, told, SOURCE, known_rows(person, fresh)) == []
    assert learned(other, told, SOURCE, known_rows(other, fresh)) != []

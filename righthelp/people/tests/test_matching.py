"""Who may be meant: what a practitioner types, and whom they must find by it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from righthelp.guard.guarded import GuardedModel
from righthelp.people.keys import dates_meant
from righthelp.people.matching import Match, compare, locked_match, matches
from righthelp.people.models import Identifier, Person, PersonName
from righthelp.people.rows import Source, new_address, search_key
from righthelp.people.told import Told

BORN = date(2014, 3, 27)
NHS = "9434765919"


@pytest.fixture
def katherine(workplace):
    """The child everybody looks for, among others who are not her."""
    for given, family, born in (
        ("Oliver", "Bright", date(2014, 3, 28)),
        ("Katie", "Moss", date(2012, 1, 1)),
        ("Idris", "Bevan", date(2014, 7, 2)),
    ):
        workplace.person(given, family, born_on=born)
    return workplace.person(
        "Katherine",
        "O'Connell-Price",
        born_on=BORN,
        sex="F",
        known_as="Kitty",
        lines="12 Orchard Lane\nKingsford",
        postcode="HR4 9XY",
        identifiers=(("NHS", NHS), ("LA_CHILD", "C-00451")),
    )


def found(told: Told) -> list[str]:
    return [str(match.person) for match in matches(told)]


def match_of(told: Told, person: Person) -> Match:
    return next(match for match in matches(told) if match.person == person)


@pytest.mark.parametrize(
    "told",
    [
        Told(given="Katherine", family="O'Connell-Price", born_on=BORN),
        Told(given="Catherine", family="OConnell Price", born_on=BORN),
        Told(given="Kathrine", family="O'Conell-Price", born_on=BORN),
        Told(given="Kitty", family="Price", born_on=BORN),
        Told(given="KATHERINE", family="o connell price"),
        Told(given="Katherine", family="Connell", born_on=BORN),
        Told(given="O'Connell-Price", family="Katherine"),
        Told(given="Katherine", born_on=BORN),
        Told(family="O'Connell-Price", postcode="hr49xy"),
        Told(given="Katherine", family="O'Connell-Price", born_on=date(2014, 3, 28)),
        Told(given="Katherine", family="O'Connell-Price", born_on=date(2013, 3, 27)),
        Told(given="Kitty", postcode="HR4 9XY"),
        Told(identifiers=(("NHS", NHS),)),
        Told(identifiers=(("LA_CHILD", "C-00451"),)),
        Told(given="Somebody", family="Else", identifiers=(("NHS", NHS),)),
    ],
    ids=lambda told: f"{told.given} {told.family} {told.born_on or ''} {told.postcode}".strip() or "number",
)
def test_she_is_found_first(katherine, told):
    assert found(told)[:1] == [str(katherine)]


def test_day_and_month_changed_round(workplace):
    person = workplace.person("Elin", "Vaughan", born_on=date(2015, 4, 9))
    match = match_of(Told(given="Elin", family="Vaughan", born_on=date(2015, 9, 4)), person)
    assert match.likely
    assert "Date of birth with day and month changed round: 9 April 2015" in match.agrees


def test_accents_and_capitals_are_no_difference(workplace):
    person = workplace.person("Zoë", "Núñez")
    assert match_of(Told(given="zoe", family="NUNEZ"), person).agrees == ["Same last name", "Same first name"]


def test_a_nickname_is_found_by_and_said_to_be_one(workplace):
    person = workplace.person("Margaret", "Quill", known_as="Peggy")
    match = match_of(Told(given="Margaret", family="Quill"), person)
    assert match.agrees == ["Same last name", "Same first name (name in law)"]
    assert match_of(Told(given="Peggy", family="Quill"), person).agrees == ["Same last name", "Same first name"]
    assert match_of(Told(given="X", known_as="Peggy", family="Quill"), person).likely


def test_an_earlier_name_is_found_by(workplace):
    person = workplace.person("Ada", "Pugh")
    former = PersonName(
        person=person, kind="FORMER", given="Ada", family="Zwart", source="School", recorded_on=date(2019, 1, 1)
    )
    add(person, former)
    match = match_of(Told(family="Zwart", given="Ada"), person)
    assert match.agrees == ["Same last name (earlier name)", "Same first name"]


def add(person: Person, *rows: GuardedModel) -> None:
    """More that is known of somebody, as a step would write it."""
    for row in rows:
        type(row).objects.bulk_create([row])
    known = [*person.names.all(), *person.addresses.all(), *person.identifiers.all()]
    search_key(person, known).save(force_update=True, update_fields=["keys"])


def test_an_old_address_is_found_by_and_said_to_be_old(workplace):
    person = workplace.person("Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA")
    old = new_address(person, "1 High Street", "HR2 6ZZ", Source("School", date(2018, 1, 1)))
    old.until = date(2019, 6, 1)
    add(person, old)
    match = match_of(Told(family="Pugh", lines="1, High Street", postcode="HR26ZZ"), person)
    assert "Same address (an earlier address)" in match.agrees
    assert "Same address" in match_of(Told(family="Pugh", lines="4 Mill Rd", postcode="HR4 9AA"), person).agrees
    assert "Same postcode" in match_of(Told(family="Pugh", lines="99 Mill Road", postcode="HR4 9AA"), person).agrees


def test_twins_are_both_shown_and_told_apart(workplace):
    ivy, una = workplace.person("Ivy", "Rees", sex="F"), workplace.person("Owen", "Rees", sex="M")
    told = Told(given="Ivy", family="Rees", born_on=ivy.born_on, sex="F")
    first, second = matches(told)
    assert (first.person, second.person) == (ivy, una)
    assert first.differs == []
    assert second.differs == ["Different first name: Owen", "Different sex recorded"]
    assert not second.likely or first.weight > second.weight


def test_a_different_number_speaks_against(workplace):
    person = workplace.person("Ada", "Pugh", identifiers=(("NHS", NHS),))
    told = Told(given="Ada", family="Pugh", born_on=person.born_on)
    plain = match_of(told, person).weight
    other = match_of(Told(**{**vars(told), "identifiers": (("NHS", "9434765870"),)}), person)
    assert other.weight < plain
    assert other.differs == ["Different NHS number"]


def test_a_different_date_of_birth_speaks_against(workplace):
    person = workplace.person("Ada", "Pugh")
    match = match_of(Told(given="Ada", family="Pugh", born_on=date(2009, 11, 30)), person)
    assert match.differs == ["Different date of birth: 3 April 2016"]
    assert not match.likely


@pytest.mark.parametrize(
    "told",
    [
        Told(),
        Told(sex="F"),
        Told(lines="4 Mill Road"),
        Told(given="Bartholomew", family="Featherstonehaugh", born_on=date(1999, 9, 9)),
        Told(postcode="ZE1 0AA"),
        Told(identifiers=(("NHS", "4010232137"),)),
    ],
    ids=["nothing", "sex alone", "an address without a postcode", "a stranger", "elsewhere", "no such number"],
)
def test_nobody_is_shown_who_is_not_meant(katherine, told):
    assert found(told) == []


def test_a_first_name_alone_is_not_enough_to_bring_everybody_of_that_name(workplace):
    for number in range(3):
        workplace.person("Ada", f"Family{number}", born_on=date(2010 + number, 1, 1))
    for match in matches(Told(given="Ada")):
        assert not match.likely


def test_no_more_are_shown_than_asked_for(workplace):
    for given in ("Ann", "Anna", "Anne", "Annie"):
        workplace.person(given, "Morris")
    assert len(matches(Told(family="Morris", born_on=date(2016, 4, 3)), most=2)) == 2


def test_adults_are_left_out_where_a_child_is_looked_for(workplace):
    child, mother = workplace.person("Ada", "Pugh"), workplace.person("Ada", "Pugh", born_on=date(1986, 4, 3))
    told = Told(given="Ada", family="Pugh")
    assert {match.person for match in matches(told)} == {child, mother}
    assert [match.person for match in matches(told, children_only=True)] == [child]


def test_somebody_of_unknown_age_may_be_a_child(workplace):
    person = workplace.person("Ada", "Pugh", born_on=None)
    assert [match.person for match in matches(Told(given="Ada", family="Pugh"), children_only=True)] == [person]


def test_a_locked_person_is_told_of_only_when_likely_meant(workplace):
    person = workplace.person("Ada", "Pugh")
    told = Told(given="Ada", family="Pugh", born_on=person.born_on)
    assert locked_match(told) is None, "not locked"
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    assert locked_match(told).person == person
    assert locked_match(Told(given="Adah", family="Pew", born_on=person.born_on)).person == person
    assert locked_match(Told(given="Ada")) is None, "a first name is nobody"
    assert locked_match(Told(family="Pugh")) is None
    assert locked_match(Told()) is None


def test_the_reasons_name_what_was_known_not_only_that_it_agrees(katherine):
    match = compare(Told(given="Cathryn", family="OConell Pryce", born_on=BORN, sex="F"), katherine)
    assert "Same date of birth, 27 March 2014" in match.agrees
    assert any(reason.startswith("First name sounds the same: Katherine") for reason in match.agrees)
    assert "Same sex" in match.agrees


def test_a_number_finds_a_child_whatever_other_numbers_they_have(workplace):
    """Whoever searches by one number does not say of which kind it is: it contradicts none of the others."""
    numbers = (("NHS", NHS), ("UPN", "A123456789012"), ("ULN", "1234567890"), ("LA_CHILD", "X1"))
    child = workplace.person("Ada", "Pugh", identifiers=numbers)
    (match,) = matches(Told(identifiers=tuple((kind, NHS) for kind in Identifier.Kind)))
    assert match.person == child
    assert not match.differs


def test_each_of_two_numbers_of_a_kind_finds_the_child(workplace):
    child = workplace.person("Ada", "Pugh", None, identifiers=(("NHS", NHS), ("NHS", "4010232137")))
    for number in (NHS, "4010232137"):
        assert [match.person for match in matches(Told(identifiers=(("NHS", number),)))] == [child]
    (match,) = matches(Told(family="Pugh", given="Ada", identifiers=(("NHS", "9999999999"),)))
    assert match.differs == ["Different NHS number"]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_day_and_the_last_are_days_too(day):
    assert day in dates_meant(day)


@pytest.mark.parametrize("told", [Told(family="Varnadoe"), Told(given="Ottoline")])
def test_one_name_alone_finds_them(workplace, told):
    person = workplace.person("Ottoline", "Varnadoe")
    workplace.person("Ada", "Pugh")
    assert [match.person for match in matches(told)] == [person]


@pytest.mark.parametrize(
    "told",
    [
        Told(given="Ada", family="Pugh", born_on=BORN),
        Told(given="Ada", family="Pugh", postcode="HR4 9XY"),
        Told(given="Ada", family="Pugh", identifiers=(("NHS", NHS),)),
    ],
)
def test_many_who_are_alike_are_read_as_quickly_as_one(workplace, told, django_assert_num_queries):
    workplace.person("Ada", "Pugh", born_on=BORN, postcode="HR4 9XY")
    with CaptureQueriesContext(connection) as one:
        assert len(matches(told)) == 1
    for _ in range(6):
        workplace.person("Ada", "Pugh", born_on=BORN, postcode="HR4 9XY")
    with django_assert_num_queries(len(one)):
        assert len(matches(told)) == 7

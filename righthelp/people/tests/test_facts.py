"""What is known, fact by fact, each with who said so and on which day."""

from datetime import date, datetime

import pytest

from righthelp.kernel.moments import LONDON
from righthelp.people.facts import confirm, known_facts
from righthelp.people.models import Address, Characteristic, Involvement, Relationship

TOLD = {"source": "School census", "recorded_on": date(2024, 1, 18)}
TODAY = datetime(2026, 6, 9, 10, 0, tzinfo=LONDON)


@pytest.fixture
def ada(workplace):
    ada = workplace.person(
        "Ada", "Pugh", sex="F", lines="4 Mill Road", postcode="HR4 9AA", identifiers=(("NHS", "9434765918"),)
    )
    mother = workplace.person("Beth", "Pugh", born_on=date(1986, 1, 1))
    rows = [
        Address(
            person=ada, lines="1 High Street", postcode="HR2 6ZZ", since=date(2016, 4, 3), until=date(2019, 6, 1),
            **TOLD,
        ),
        Characteristic(person=ada, kind="language", code="no such code", **TOLD),
        Relationship(person=mother, other=ada, kind="MOTHER", parental_responsibility="YES", **TOLD),
        Involvement(
            person=ada, agency=workplace.staff.schools[0], kind="SCHOOL", since=date(2020, 9, 1), **TOLD
        ),
    ]  # fmt: skip
    for row in rows:
        type(row).objects.bulk_create([row])
    return ada


def said(person, **options):
    return {(fact.what, fact.says) for fact in known_facts(person, **options)}


@pytest.mark.county
def test_what_is_known_now(ada):
    assert said(ada) == {
        ("Date of birth", "3 April 2016"),
        ("Sex", "Female"),
        ("Name used", "Ada Pugh"),
        ("Address", "4 Mill Road, HR4 9AA"),
        ("NHS number", "9434765918 (its check digit is wrong)"),
        ("First language", "no such code"),
        ("School or setting", "Hill Lane Primary School (since 1 September 2020)"),
        ("Mother", "Beth Pugh (has parental responsibility)"),
    }


def test_what_has_ended_is_told_apart(ada):
    (ended,) = said(ada, past=True) - said(ada)
    assert ended == ("Address", "1 High Street, HR2 6ZZ (3 April 2016 to 1 June 2019)")
    assert [fact.ended for fact in known_facts(ada, past=True) if "High Street" in fact.says] == [True]


def test_every_fact_says_where_it_comes_from(ada):
    for fact in known_facts(ada, past=True):
        assert fact.provenance in {
            "Birth registration. Told on 1 January 2020.",
            "School census. Told on 18 January 2024.",
        }


@pytest.mark.county
def test_a_relationship_is_told_from_both_sides(ada, workplace):
    mother = Relationship.objects.get().person
    assert ("Child", "Ada Pugh") in said(mother)


def test_a_child_not_yet_born_is_expected(workplace):
    person = workplace.person("", "Pugh", born_on=None, expected_on=date(2027, 1, 5))
    assert ("Expected", "5 January 2027") in said(person)


def test_what_is_confirmed_is_dated_today_and_says_so(ada, workplace):
    address = ada.addresses.get(postcode="HR4 9AA")
    by = workplace.worker("Nia Prosser").pk
    rows = confirm(ada.pk, [f"address:{address.pk}", f"address:{address.pk}"], by=by, on=TODAY)
    assert rows == [address], "ticked twice is confirmed once"
    assert (rows[0].confirmed_on, rows[0].confirmed_by_id) == (TODAY.date(), by)


def test_confirming_touches_only_facts_of_that_person(ada, workplace):
    other = workplace.person("Zed", "Quill")
    keys = [f"person:{other.pk}", f"name:{other.names.get().pk}", f"person:{ada.pk}"]
    assert confirm(ada.pk, keys, by=None, on=TODAY) == [ada]
    assert confirm(None, keys, by=None, on=TODAY) == []


def test_a_relationship_is_confirmed_from_either_side(ada):
    tie = Relationship.objects.get()
    assert confirm(ada.pk, [f"relationship:{tie.pk}"], by=None, on=TODAY) == [tie]
    assert confirm(tie.person_id, [f"relationship:{tie.pk}"], by=None, on=TODAY) == [tie]


@pytest.mark.parametrize("key", ["", "name", "name:", "name:1", "house:x", "person:None", "name:é", ":::"])
def test_keys_of_nothing_confirm_nothing(ada, key):
    assert confirm(ada.pk, [key], by=None, on=TODAY) == []

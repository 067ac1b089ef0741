"""Saying which child a worry is about: their record gains what was told, and loses nothing."""

from datetime import date

import pytest

from righthelp.engine.process import process
from righthelp.people.matching import matches
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.record.models import CaseEntry, TimelineEvent

NHS = "9434765919"


@pytest.fixture
def child(workplace):
    return workplace.person(
        "Ada", "Pugh", lines="4 Mill Road\nLedwyche", postcode="HR4 9AA", identifiers=(("NHS", NHS),)
    )


def match(workplace, contact, child, who="Nia Prosser"):
    return workplace.take(contact, "match", who, matched_to=child, match_reason="Same name and birth")


def facts(person):
    return (
        sorted((name.kind, str(name)) for name in person.names.all()),
        sorted(str(address) for address in person.addresses.all()),
        sorted((number.kind, number.value) for number in person.identifiers.all()),
    )


def test_nothing_is_added_that_is_there_already(workplace, child):
    before = facts(child)
    contact = workplace.screening(
        child_given="ADA", child_family="pugh", child_lives_at="4, Mill Road", child_postcode="hr49aa",
        child_nhs_number="943 476 5919",
    )  # fmt: skip
    contact = match(workplace, contact, child)
    assert facts(child) == before
    assert contact.entry.person_id == child.pk


def test_what_was_told_and_is_not_there_is_added_with_its_source(workplace, child):
    contact = workplace.screening(
        child_given="Ada", child_family="Llewellyn", child_known_as="Addie", child_lives_at="9 New Street",
        child_postcode="HR1 2BB", child_upn=_upn(),
    )  # fmt: skip
    names, addresses, numbers = facts(child)
    match(workplace, contact, child)
    more_names, more_addresses, more_numbers = facts(child)
    assert set(more_names) - set(names) == {("ALSO", "Addie Llewellyn"), ("ALSO", "Ada Llewellyn")}
    assert set(more_addresses) - set(addresses) == {"9 New Street, HR1 2BB"}
    assert [kind for kind, _ in set(more_numbers) - set(numbers)] == ["UPN"]
    assert (set(names), set(addresses), set(numbers)) <= (set(more_names), set(more_addresses), set(more_numbers))
    for row in (child.names.get(given="Addie"), child.addresses.get(postcode="HR1 2BB")):
        assert row.source == "Worry from Hill Lane Primary School"
        assert row.recorded_on == contact.received_at.date()


def _upn():
    from righthelp.kernel.identifiers import UPN_LETTERS, NotAnIdentifier, check_upn

    for letter in UPN_LETTERS:
        try:
            return check_upn(f"{letter}884200126001")
        except NotAnIdentifier:
            continue
    raise AssertionError


def test_what_is_on_record_is_never_changed(workplace, child):
    contact = workplace.screening(child_born_on="3 4 2017", child_sex="F", child_family="Llewellyn")
    match(workplace, contact, child)
    kept = workplace.again(child)
    assert kept.born_on == date(2016, 4, 3)
    assert kept.sex == Person.Sex.UNKNOWN
    assert kept.called == "Ada Pugh"


def test_a_child_can_be_found_by_what_was_just_learned(workplace, child):
    contact = workplace.screening(child_given="Ada", child_family="Llewellyn", child_postcode="HR1 2BB")
    assert child not in [found.person for found in matches(Told(family="Llewellyn", postcode="HR1 2BB"))]
    match(workplace, contact, child)
    assert [found.person for found in matches(Told(family="Llewellyn", postcode="HR1 2BB"))] == [child]
    assert child in [found.person for found in matches(Told(family="Pugh", born_on=child.born_on))], "and as before"


def test_a_child_who_came_without_a_name_is_called_by_the_first_one_told(workplace):
    child = workplace.person("", "")
    assert child.called == "Name not known"
    contact = workplace.screening()
    match(workplace, contact, child)
    child = workplace.again(child)
    assert (child.called, child.called_sort) == ("Ada Pugh", "pugh ada")
    assert [str(name) for name in child.names.all()] == ["Ada Pugh"]


def test_a_worry_is_matched_to_a_child_and_not_to_an_adult(workplace, refused):
    adult = workplace.person("Ada", "Pugh", born_on=date(1986, 4, 3))
    contact = workplace.screening()
    with refused("matched_to", saying="is an adult"):
        match(workplace, contact, adult)
    assert contact.entry.person is None


def test_a_match_names_somebody_and_says_how_it_is_known(workplace, child, refused):
    contact = workplace.screening()
    with refused("match_reason"):
        workplace.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="")
    with refused("matched_to"):
        workplace.take(contact, "match", "Nia Prosser", matched_to="", match_reason="Same")
    with refused("matched_to"):
        workplace.take(contact, "match", "Nia Prosser", matched_to=str(contact.pk), match_reason="Same")


def test_a_contact_worker_may_match_and_register_and_do_no_more(workplace, child):
    contact = workplace.worry()
    contact = match(workplace, contact, child, who="Dale Winters")
    assert contact.entry.person_id == child.pk
    other = workplace.worry(child_given="Nye")
    other = workplace.take(other, "register", "Dale Winters", match_reason="Nobody is like him.")
    assert str(other.entry.person) == "Nye Pugh"


def test_a_second_record_of_one_child_is_not_made(workplace, child, refused):
    contact = match(workplace, workplace.screening(), child)
    with refused(saying="said already which child"):
        workplace.take(contact, "register", "Nia Prosser", match_reason="New")


def test_a_new_record_holds_all_that_was_told(workplace):
    contact = workplace.registered(
        child_known_as="Addie", child_sex="F", child_lives_at="9 New Street", child_postcode="hr1 2bb",
        child_nhs_number="943 476 5919",
    )  # fmt: skip
    child = contact.entry.person
    assert contact.matched_to == child
    assert facts(child) == (
        [("IN_LAW", "Ada Pugh"), ("USED", "Addie Pugh")],
        ["9 New Street, HR1 2BB"],
        [("NHS", NHS)],
    )
    assert (child.sex, child.born_on, child.called) == ("F", date(2016, 4, 3), "Addie Pugh")
    assert [found.person for found in matches(Told(given="Ada", born_on=child.born_on))] == [child]


def test_a_child_not_yet_born_has_a_record(workplace):
    contact = workplace.registered(child_born_on="", child_expected_on=date(2027, 1, 5))
    assert contact.entry.person.expected_on == date(2027, 1, 5)
    assert contact.entry.person.born_on is None


def test_a_match_to_another_child_takes_what_arose_along(workplace, child):
    other = workplace.person("Zed", "Quill", born_on=date(2015, 1, 2))
    contact = match(workplace, workplace.screening(), other)
    request = workplace.begin(
        "information_request",
        "ask",
        "Nia Prosser",
        contact=contact,
        agency=workplace.staff.agencies["Border Counties Police"],
        about="Ada Pugh",
        question="What do you know?",
        family_agrees="yes",
        answer_by=_tomorrow(),
    )
    assert request.entry.person_id == other.pk
    contact = workplace.decide(contact, outcome="REFERRAL", level=4)
    contact = match(workplace, contact, child)
    arose = [CaseEntry.objects.get(pk=contact.pk), *CaseEntry.objects.filter(arose_from=contact.pk)]
    assert len(arose) == 3
    assert {entry.person_id for entry in arose} == {child.pk}
    assert not CaseEntry.objects.filter(person=other).exists()
    assert process("referral").objects.get().entry.person_id == child.pk


def _tomorrow():
    from datetime import timedelta

    from django.utils import timezone

    return timezone.now() + timedelta(days=1)


def test_a_match_after_the_decision_begins_nothing_twice(workplace, child):
    contact = match(workplace, workplace.screening(), child)
    contact = workplace.decide(contact, outcome="REFERRAL", level=4)
    referral = process("referral").objects.get(contact=contact.pk)
    workplace.take(referral, "close", "Leonard Swann", closed_on="1 6 2026", closure_reason=_closure_reason())
    match(workplace, contact, child)
    assert process("referral").objects.filter(contact=contact.pk).count() == 1


def _closure_reason():
    from righthelp.packs import pack

    return next(code.code for code in pack().codes("closure_reason") if code.until is None)


def test_each_match_is_in_the_timeline(workplace, child):
    contact = match(workplace, match(workplace, workplace.screening(), child), child)
    assert TimelineEvent.objects.filter(entry=contact.pk, step="match").count() == 2

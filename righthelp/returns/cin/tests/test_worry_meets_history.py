"""A child who was loaded is found, a new worry is matched to them, and their history stands with it."""

from __future__ import annotations

import pytest

from righthelp.conftest import Workplace
from righthelp.engine.process import process
from righthelp.guard.viewers import looking
from righthelp.people.matching import matches
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.referral.models import Referral
from righthelp.record.models import KeptForLater, TimelineEvent
from righthelp.returns.cin.tests.conftest import the_child
from righthelp.returns.cin.tests.making import child_number, upn


def likeliest(told: Told) -> Person:
    match = matches(told)[0]
    assert match.likely or told.born_on
    return match.person


def test_a_loaded_child_is_found_by_upn(loaded: Workplace) -> None:
    assert likeliest(Told(identifiers=(("UPN", upn(2)),))) == the_child(2)


def test_a_loaded_child_is_found_by_the_authority_s_number(loaded: Workplace) -> None:
    assert likeliest(Told(identifiers=(("LA_CHILD", child_number(3)),))) == the_child(3)


def test_a_loaded_child_is_found_by_date_of_birth(loaded: Workplace) -> None:
    child = the_child(4)
    assert child in [match.person for match in matches(Told(given="Ada", family="Pugh", born_on=child.born_on))]


def test_a_worker_of_the_front_door_finds_them_and_a_teacher_does_not(loaded: Workplace) -> None:
    told = Told(identifiers=(("UPN", upn(2)),))
    with looking(loaded.as_("Nia Prosser")):
        assert [match.person.called for match in matches(told)] == [f"Child {child_number(2)}"]
    with looking(loaded.as_("Ruth Adeyemi")):
        assert matches(told) == []
        assert not Person.objects.exists()
        assert not Referral.objects.exists()
        assert not KeptForLater.objects.exists()


@pytest.mark.parametrize("number", [1, 2])
def test_a_worry_joins_the_loaded_child_and_their_history(loaded: Workplace, number: int) -> None:
    child = the_child(number)
    assert child.born_on is not None
    contact = loaded.screening(
        child_given="Rowan",
        child_family="Ashdown",
        child_born_on=f"{child.born_on:%d %m %Y}",
        child_upn=upn(number),
    )
    best = matches(contact.told)[0]
    assert best.person == child
    assert best.likely
    assert any("UPN" in reason for reason in best.agrees)

    loaded.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="The same UPN and date of birth")
    child = the_child(number)
    assert child.called == "Rowan Ashdown"  # a worry brought the name that no return has
    with looking(loaded.as_("Nia Prosser")):
        chronology = TimelineEvent.objects.filter(entry__person=child).order_by("at")
        assert chronology.first().says == "Referral known from a return that was loaded"
        assert {event.entry.kind for event in chronology} >= {"referral", "assessment", "contact"}
        assert process("referral").objects.filter(entry__person=child).count() == 1

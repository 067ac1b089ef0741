"""What every return asks of a child is put right by whoever has learnt it; what was said before stays, as ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from righthelp.kernel.identifiers import upn_with_check
from righthelp.people.matching import matches
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.people.told import Told
from righthelp.record.models import TimelineEvent

UPN = upn_with_check("884000000123")


@pytest.fixture
def ada(workplace: Any) -> Any:
    return workplace.person("Ada", "Pugh")


def put_right(workplace: Any, child: Any, who: str = "Ade Bankole", **answers: Any) -> Any:
    told = {"told_by": "Her mother, at home on Monday", **answers}
    return workplace.begin("child_details", "put_right", who, person=child, **told)


def said_of(child: Person, kind: str, *, now: bool = True) -> set[str]:
    rows = Characteristic.objects.filter(person=child, kind=kind, until__isnull=now)
    return set(rows.values_list("code", flat=True))


@pytest.mark.county
def test_what_was_missing_goes_on_record_with_who_said_so(workplace: Any, ada: Any) -> None:
    row = put_right(workplace, ada, ethnicity="WBRI", disabilities=["AUT", "COMM"], upn=UPN, sex="F")
    assert (said_of(ada, "ethnicity"), said_of(ada, "disability")) == ({"WBRI"}, {"AUT", "COMM"})
    assert {one.source for one in Characteristic.objects.all()} == {"Her mother, at home on Monday"}
    assert workplace.again(ada).sex == "F"
    assert [match.person for match in matches(Told(identifiers=(("UPN", UPN),)))] == [ada]
    assert TimelineEvent.objects.get(entry=row.pk).says == "Details of the child were put right"


def test_what_is_put_right_again_ends_what_was_said_before(workplace: Any, ada: Any) -> None:
    put_right(workplace, ada, ethnicity="NOBT", disabilities=["NONE"], no_upn="UN4")
    put_right(workplace, ada, ethnicity="WBRI", disabilities=["HEAR"], upn=UPN)
    assert (said_of(ada, "ethnicity"), said_of(ada, "ethnicity", now=False)) == ({"WBRI"}, {"NOBT"})
    assert (said_of(ada, "disability"), said_of(ada, "disability", now=False)) == ({"HEAR"}, {"NONE"})
    assert said_of(ada, "upn_unknown") == set()  # whoever has a number needs no reason
    other = upn_with_check("884000000456")
    put_right(workplace, ada, upn=other)
    assert dict(Identifier.objects.values_list("value", "until")) == {UPN: timezone.localdate(), other: None}
    put_right(workplace, ada, upn=other, disabilities=["HEAR"])  # said again, nothing changes
    assert (Identifier.objects.count(), said_of(ada, "disability")) == (2, {"HEAR"})


def test_a_child_who_was_expected_is_born(workplace: Any) -> None:
    unborn = workplace.person("Baby", "Pugh", born_on=None, expected_on=date(2026, 12, 1))
    put_right(workplace, unborn, born_on="20 11 2026", sex="M")
    assert (workplace.again(unborn).born_on, workplace.again(unborn).sex) == (date(2026, 11, 20), "M")
    assert [match.person for match in matches(Told(given="Baby", born_on=date(2026, 11, 20)))] == [unborn]


@pytest.mark.parametrize(
    ("answers", "at", "saying"),
    [
        ({}, "", "at least one"),
        ({"disabilities": ["NONE", "AUT"]}, "disabilities", "None"),
        ({"upn": "A884000000123"}, "upn", "school"),
        ({"upn": UPN, "no_upn": "UN4"}, "no_upn", "there is a number"),
        ({"no_upn": "UN7"}, "no_upn", ""),
        ({"born_on": "1 1 2099"}, "born_on", "today, or before"),
        ({"died_on": "1 1 2010"}, "died_on", "before they are born"),
        ({"sex": "F", "told_by": ""}, "told_by", ""),
    ],
)
def test_what_cannot_be_so_is_refused(
    workplace: Any, ada: Any, refused: Any, answers: Any, at: str, saying: str
) -> None:
    with refused(at, saying=saying):
        put_right(workplace, ada, **answers)


def test_they_are_of_a_child_who_is_on_record(workplace: Any, refused: Any) -> None:
    with refused(saying="Open the child's record first"):
        put_right(workplace, None, sex="F")

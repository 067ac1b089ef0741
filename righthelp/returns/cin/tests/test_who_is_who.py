"""A child of a return who is known already is found by number, or by UPN and birth; others are others."""

from __future__ import annotations

from datetime import date

from righthelp.conftest import Workplace, counted
from righthelp.engine.journal import Journal
from righthelp.people.models import Identifier, Person
from righthelp.processes.referral.models import Referral
from righthelp.returns.cin import loading
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.tests.conftest import kinds, load, the_child
from righthelp.returns.cin.tests.making import child_number, file_of, upn


def _born(text: str) -> date:
    return date.fromisoformat(text[text.index("<PersonBirthDate>") + 17 :][:10])


def test_a_child_known_by_upn_and_birth_is_the_same_and_learns_their_number(workplace: Workplace) -> None:
    text = file_of(1)
    ada = workplace.person("Ada", "Pugh", born_on=_born(text), identifiers=(("UPN", upn(1)),))
    report = load(text)
    assert (report.counts.children_known, report.counts.children_new) == (1, 0)
    child = the_child(1)
    assert child.pk == ada.pk
    assert child.called == "Ada Pugh"
    assert Referral.objects.get().entry.person == ada
    assert f"i{child_number(1)}" in child.searchkey.keys


def test_the_same_upn_with_another_birth_is_another_child_until_a_person_says(workplace: Workplace) -> None:
    ada = workplace.person("Ada", "Pugh", born_on=date(2001, 1, 1), identifiers=(("UPN", upn(1)),))
    report = load(file_of(1))
    assert (report.outcome, kinds(report)) == (Outcome.LOADED, [Kind.MAYBE_KNOWN])
    assert the_child(1).pk != ada.pk


def test_twins_typed_with_one_upn_are_two_children(workplace: Workplace) -> None:
    text = file_of(2)
    born = _born(text)
    second = text.index("<Child>", text.index("<Child>") + 1)
    twin = text[second:].replace(upn(2), upn(1)).replace(str(_born(text[second:])), str(born))
    ada = workplace.person("Ada", "Pugh", born_on=born, identifiers=(("UPN", upn(1)),))
    report = load(text[:second] + twin)
    assert kinds(report).count(Kind.SAME_UPN) == 1
    assert the_child(1).pk == ada.pk
    assert the_child(2).pk != ada.pk
    assert Person.objects.count() == 2


def test_a_number_that_two_records_have_stops_the_load(workplace: Workplace) -> None:
    text = file_of(3)
    for _ in range(2):
        person = workplace.person("Ada", "Pugh")
        journal = Journal()
        journal.add(
            Identifier(
                person=person,
                kind="LA_CHILD",
                value=child_number(2),
                issuer="884",
                source="Typed",
                recorded_on=date(2026, 1, 1),
            )
        )
        journal.write(loading.LOAD)
    before = counted()
    report = load(text)
    assert (report.outcome, kinds(report)) == (Outcome.REFUSED, [Kind.TWO_RECORDS])
    assert report.faults[0].path.endswith("Child[2]/ChildIdentifiers/LAchildID")
    assert {**counted(), "access_log": 0} == {**before, "access_log": 0}

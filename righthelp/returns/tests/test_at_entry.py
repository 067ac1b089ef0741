"""The rules of the return, asked when a fact is recorded: what is found is kept, and what is put right is mended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from righthelp.guard.viewers import LOAD, looking
from righthelp.processes.conftest import Chain
from righthelp.processes.same_person.tests.conftest import Merging
from righthelp.returns import findings
from righthelp.returns.cin import at_entry
from righthelp.returns.cin.at_entry import ask_of, ask_of_everybody, in_hand
from righthelp.returns.cin.from_record import Year
from righthelp.returns.explaining import NotExplained, explain
from righthelp.returns.findings import Found
from righthelp.returns.models import ReturnFinding

NO_NUMBER, NO_NEED, NO_SOURCE = "8770Q", "8610", "8866"


def now_found() -> set[tuple[str, str]]:
    """Who, and what of them, is to be put right."""
    rows = ReturnFinding.objects.filter(mended_on__isnull=True)
    return {(str(row.person), row.rule) for row in rows.select_related("person")}


def everything() -> set[tuple[Any, ...]]:
    rows = ReturnFinding.objects.filter(mended_on__isnull=True)
    return set(rows.values_list("year", "rule", "person", "entry", "element", "value", "team", "severity"))


def test_a_step_finds_and_another_mends(workplace: Any, ada: Any, referred: Any) -> None:
    assert now_found() == set()  # nobody referred her
    case = referred(ada)
    assert now_found() == {("Ada Pugh", rule) for rule in (NO_NUMBER, NO_NEED, NO_SOURCE)}
    workplace.take(case, "name_need", "Ade Bankole", return_need="N1", return_source="2A")
    assert now_found() == {("Ada Pugh", NO_NUMBER)}
    workplace.begin("child_details", "put_right", "Ade Bankole", person=ada, no_upn="UN3", told_by="Her mother")
    assert now_found() == set()
    today = timezone.localdate()
    assert set(ReturnFinding.objects.values_list("found_on", "mended_on")) == {(today, today)}


def test_a_finding_says_where_whose_and_what(workplace: Any, ada: Any, referred: Any) -> None:
    case = referred(ada)
    row = ReturnFinding.objects.get(rule=NO_NEED)
    assert (row.entry_id, row.person, row.element) == (case.pk, ada, "PrimaryNeedCode")
    assert (row.severity, row.team.key, row.year) == ("ERROR", "assessment", Year.of(timezone.localdate()).ends_in)
    number = ReturnFinding.objects.get(rule=NO_NUMBER)
    assert (number.entry_id, number.is_query) == (case.pk, True)  # mended with whoever has her case


def test_what_is_found_again_is_a_finding_of_its_own(workplace: Any, ada: Any, referred: Any) -> None:
    referred(ada)
    for reason in ("UN3", ""):
        told = {"no_upn": reason, "sex": "F", "told_by": "Her mother"}
        workplace.begin("child_details", "put_right", "Ade Bankole", person=ada, **told)
    rows = ReturnFinding.objects.filter(rule=NO_NUMBER)
    assert rows.count() == 1  # a reason that is left empty is left as it is
    rows.update(mended_on=None)
    assert (ask_of([ada.pk]).mended, ask_of([ada.pk]).mended) == (1, 0)


def test_what_is_kept_is_what_would_be_found_anew(workplace: Any, ada: Any, referred: Any) -> None:
    chain = Chain(workplace, workplace.person("Cy", "Moss", date(2019, 4, 4)), on=timezone.now() - timedelta(days=60))
    referred(ada)
    chain.planned()
    workplace.begin("referral", "accept", "Marian Blythe", person=chain.child, received_at=timezone.now())
    kept = everything()
    assert kept
    for ask in (lambda: ask_of_everybody(), lambda: ask_of([ada.pk, chain.child.pk])):
        assert (ask().added, ask().mended) == (0, 0)
    ReturnFinding.objects.update(mended_on=timezone.localdate())
    ask_of_everybody()
    assert everything() == kept


def test_of_two_records_that_become_one_what_is_found_is_of_the_one(workplace: Any, ada: Any, referred: Any) -> None:
    other = workplace.person("Adah", "Pugh-Rees", date(2016, 3, 4))
    referred(ada)
    case = referred(other)
    assert {who for who, _ in now_found()} == {"Ada Pugh", "Adah Pugh-Rees"}
    row = Merging(workplace).one(ada, other)
    assert {who for who, _ in now_found()} == {"Ada Pugh"}
    assert ReturnFinding.objects.filter(entry=case.pk, rule=NO_NEED, mended_on__isnull=True).count() == 1
    assert not ReturnFinding.objects.filter(person=other).exists()
    assert ask_of_everybody() == findings.Kept()
    Merging(workplace).separate(row)
    assert ask_of_everybody() == findings.Kept()


def test_a_job_asks_for_all_it_did_when_it_has_done_it(workplace: Any, ada: Any) -> None:
    at = timezone.now() - timedelta(days=20)
    workplace.begin("referral", "load_open", LOAD, on=at, person=ada, received_at=at)
    assert now_found() == set()
    began = at.astimezone().date()
    said: list[str] = []
    ask_of_everybody(said.append)
    assert (NO_SOURCE in {rule for _, rule in now_found()}, len(said)) == (True, len(in_hand(timezone.localdate())))
    first = Year.of(timezone.localdate()).first
    found = ReturnFinding.objects.filter(year=Year.of(timezone.localdate()).ends_in)
    assert set(found.values_list("found_on", flat=True)) == {max(began, first)}  # it has been so for longer


def test_it_costs_a_step_few_questions(workplace: Any, ada: Any, referred: Any) -> None:
    referred(ada)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask_of([ada.pk])
    assert len(asked) <= 3


def test_a_step_of_nothing_that_a_return_tells_asks_nothing(
    workplace: Any, ada: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_entry, "ask_of", lambda people: pytest.fail("it was asked"))
    tie = {"relation": "AUNT_OR_UNCLE", "parental_responsibility": "NO", "told_by": "Her mother, at home"}
    workplace.begin("network_member", "add_new", "Fiona Garrick", person=ada, given="Nerys", family="Pugh", **tie)


def test_what_time_may_settle_is_asked_when_the_year_is_over(workplace: Any) -> None:
    unborn = workplace.person("Baby", "Pugh", born_on=None, expected_on=timezone.localdate() + timedelta(days=20))
    workplace.begin("referral", "accept", "Marian Blythe", person=unborn, received_at=timezone.now())
    assert not {rule for _, rule in now_found()} & at_entry.SETTLED_BY_TIME


@pytest.mark.parametrize(
    ("day", "years"),
    [((2026, 3, 31), [2026]), ((2026, 4, 1), [2027, 2026]), ((2026, 7, 31), [2027, 2026]), ((2026, 8, 1), [2027])],
)
def test_last_years_return_is_in_hand_until_it_is_handed_in(day: Any, years: list[int]) -> None:
    assert [year.ends_in for year in in_hand(date(*day))] == years


def test_keeping_adds_changes_and_mends(workplace: Any, ada: Any, referred: Any) -> None:
    case, today = referred(ada), timezone.localdate()
    ReturnFinding.objects.update(mended_on=today)

    def one(value: str) -> Found:
        return Found(2027, "1103", "ERROR", ada.pk, case.pk, "AssessmentActualStartDate", value)

    twice = findings.keep("CIN", [2027], [ada.pk], [one("2026-05-01"), one("2026-05-02")], today)
    assert (twice.added, twice.mended) == (1, 0)
    assert findings.keep("CIN", [2027], [ada.pk], [one("2026-05-03")], today) == findings.Kept()
    assert ReturnFinding.objects.get(mended_on__isnull=True).value == "2026-05-03"
    assert findings.keep("CIN", [2026], [ada.pk], [], today).mended == 0  # of another year
    assert findings.keep("CIN", [2027], [ada.pk], [], today).mended == 1


def test_an_explanation_is_kept_with_its_name_and_only_of_a_query(workplace: Any, ada: Any, referred: Any) -> None:
    referred(ada)
    query, error = (ReturnFinding.objects.get(rule=rule) for rule in (NO_NUMBER, NO_NEED))
    ade = workplace.as_("Ade Bankole")
    explain(query.pk, "She is taught at home, and was never on a school's roll.", by=ade)
    query = workplace.again(query)
    assert (str(query.explained_by), query.explained_on) == ("Ade Bankole", timezone.localdate())
    assert ask_of([ada.pk]) == findings.Kept()  # it stays with the finding
    with pytest.raises(NotExplained):
        explain(error.pk, "It is right as it is.", by=ade)


@pytest.mark.parametrize(("who", "sees"), [("Ade Bankole", True), ("Ruth Adeyemi", False), ("Dale Winters", False)])
def test_who_sees_a_child_sees_what_is_found_of_them(
    workplace: Any, ada: Any, referred: Any, who: str, sees: bool
) -> None:
    referred(ada)
    with looking(workplace.as_(who)):
        assert ReturnFinding.objects.exists() is sees


def test_what_turns_out_to_be_of_another_child_is_found_of_them(workplace: Any) -> None:
    ada, ben = workplace.person("Ada", "Pugh"), workplace.person("Ben", "Pugh", date(2017, 1, 1))

    def matched(contact: Any, child: Any) -> Any:
        return workplace.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="The address")

    contact = workplace.decide(matched(workplace.screening(), ada), outcome="REFERRAL", level=4)
    assert {who for who, _ in now_found()} == {"Ada Pugh"}
    matched(contact, ben)
    assert {who for who, _ in now_found()} == {"Ben Pugh"}
    assert ask_of_everybody() == findings.Kept()

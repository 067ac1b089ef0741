"""Loaded again, nothing is written twice; what differs stands beside what was known, and nothing is overwritten."""

from __future__ import annotations

from datetime import date

import pytest

from righthelp.conftest import Workplace, counted
from righthelp.kernel.moments import first_moment
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.processes.referral.models import Referral
from righthelp.record.models import Holding, KeptForLater, TimelineEvent
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.tests.conftest import kinds, load, the_child
from righthelp.returns.cin.tests.making import child_number, file_of, instead, upn, without


def test_the_same_file_twice_says_so_and_writes_not_one_row(loaded: Workplace) -> None:
    before = counted()
    report = load(file_of(10))
    assert report.outcome is Outcome.ALREADY
    assert "as return.xml" in report.before
    assert {**counted(), "access_log": 0} == {**before, "access_log": 0}


def test_the_same_facts_in_another_file_are_not_written_twice(loaded: Workplace) -> None:
    before = counted()
    set_out_otherwise = file_of(10).replace("  ", "\t").replace("invented", "another program")
    report = load(set_out_otherwise)
    assert (report.outcome, report.faults) == (Outcome.LOADED, [])
    assert (report.counts.children_new, report.counts.children_known) == (0, 10)
    assert (report.counts.referrals_new, report.counts.referrals_known) == (0, 11)
    assert report.counts.learned == 0
    assert not report.counts.kept
    assert not report.counts.parts_new
    assert not report.counts.parts_further
    assert report.counts.parts_known["assessments"] == 10
    assert report.counts.kept_already == before["kept_for_later"]
    after = counted()
    assert after.pop("loaded") == before.pop("loaded") + 1
    assert {**after, "access_log": 0} == {**before, "access_log": 0}


def test_of_a_file_that_overlaps_only_what_is_new_is_written(loaded: Workplace) -> None:
    report = load(file_of(10, first=6))
    assert (report.counts.children_new, report.counts.children_known) == (5, 5)
    assert Person.objects.count() == 15
    assert Referral.objects.count() == 11 + 5  # children 11 to 15 have one each
    for number in range(1, 16):
        assert the_child(number).entries.exists()


def test_the_same_number_of_another_authority_is_another_child(loaded: Workplace) -> None:
    report = load(file_of(2, authority="885").replace("<UPN>", "<FormerUPN>").replace("</UPN>", "</FormerUPN>"))
    assert report.counts.children_new == 2
    assert Identifier.objects.filter(value=child_number(1), kind="LA_CHILD").count() == 2


def test_the_next_year_s_return_closes_what_nobody_here_has_taken_up(loaded: Workplace) -> None:
    open_before = Referral.objects.get(entry__person=the_child(2))
    text = _next_year(file_of(2))
    report = load(_closing(text))
    assert report.outcome is Outcome.LOADED
    assert (report.counts.referrals_known, report.counts.closed) == (2, 1)
    closed = Referral.objects.get(pk=open_before.pk)
    assert (closed.state, closed.closed_on, closed.closure_reason) == ("CLOSED", date(2026, 5, 1), "RC8")
    assert not Holding.objects.filter(entry=closed.entry, until__isnull=True).exists()
    last = TimelineEvent.objects.filter(entry=closed.entry).last()
    assert last is not None
    assert (last.at, last.says) == (first_moment(date(2026, 5, 1)), "Closed, as a return that was loaded says")


def test_a_referral_that_a_social_worker_has_taken_up_is_not_closed_by_a_file(loaded: Workplace) -> None:
    row = Referral.objects.get(entry__person=the_child(2))
    loaded.take(row, "allocate", "Leonard Swann", social_worker=str(loaded.worker("Ade Bankole").pk))
    report = load(_closing(_next_year(file_of(2))))
    assert report.counts.closed == 0
    assert Kind.DIFFERS in kinds(report)
    assert Referral.objects.get(pk=row.pk).state == Referral.State.ALLOCATED
    kept = KeptForLater.objects.get(entry=row.entry, kind="CINclosureDate")
    assert kept.content == "<CINclosureDate>2026-05-01</CINclosureDate>"


def test_a_fact_that_differs_stands_beside_the_one_before_with_its_own_source(loaded: Workplace) -> None:
    child = the_child(1)
    ethnicity = child.characteristics.get(kind=Characteristic.Kind.ETHNICITY).code
    other = "WROM" if ethnicity != "WROM" else "WIRT"
    text = _next_year(file_of(1)).replace(f"<Ethnicity>{ethnicity}", f"<Ethnicity>{other}")
    text = text.replace(f"<PersonBirthDate>{child.born_on}", "<PersonBirthDate>2011-11-11")
    text = text.replace("<PrimaryNeedCode>N", "<PrimaryNeedCode>n").replace("<ReferralNFA>0", "<ReferralNFA>1")
    text = text.replace(upn(1), upn(77))
    report = load(text)
    assert report.outcome is Outcome.LOADED
    differ = {fault.path.split("/")[-1] for fault in report.faults if fault.kind is Kind.DIFFERS}
    assert differ == {"Ethnicity", "PersonBirthDate", "ReferralNFA", "UPN"}
    again = the_child(1)
    assert again.born_on == child.born_on
    rows = again.characteristics.filter(kind=Characteristic.Kind.ETHNICITY)
    assert {(row.code, row.source[:24]) for row in rows} == {
        (ethnicity, "CIN Census 2025 to 2026,"),
        (other, "CIN Census 2026 to 2027,"),
    }
    assert set(again.identifiers.filter(kind="UPN").values_list("value", flat=True)) == {upn(1), upn(77)}
    kept = KeptForLater.objects.get(person=again, kind="PersonBirthDate")
    assert (kept.content, kept.source[:24]) == (
        "<PersonBirthDate>2011-11-11</PersonBirthDate>",
        "CIN Census 2026 to 2027,",
    )
    assert KeptForLater.objects.filter(person=again, kind="ReferralNFA").exists()


def test_what_was_not_known_is_filled_in_and_found_by(workplace: Workplace) -> None:
    text = file_of(1)
    born = text[text.index("<PersonBirthDate>") + 17 :][:10]
    first = text.replace("PersonBirthDate>", "ExpectedPersonBirthDate>").replace(born, "2025-04-20")
    first = instead(first, "<Sex>", "<Sex>U</Sex><!--").replace("</Sex>\n", "</Sex>-->\n", 1)
    load(first)
    child = the_child(1)
    assert (child.sex, child.born_on, child.expected_on) == ("U", None, date(2025, 4, 20))
    second = _next_year(text).replace(born, "2025-04-22")
    second = instead(second, "</Sex>", "</Sex><PersonDeathDate>2026-06-01</PersonDeathDate>")
    report = load(second)
    child = the_child(1)
    assert child.sex in {"F", "M"}
    assert (child.born_on, child.died_on) == (date(2025, 4, 22), date(2026, 6, 1))
    assert report.counts.learned == 3
    assert Kind.DIFFERS not in kinds(report)
    assert "b20250422" in child.searchkey.keys


def test_a_day_on_which_somebody_born_already_is_expected_is_kept_beside_their_birth(loaded: Workplace) -> None:
    expected = "</PersonBirthDate><ExpectedPersonBirthDate>2026-05-01</ExpectedPersonBirthDate>"
    report = load(instead(_next_year(file_of(1)), "</PersonBirthDate>", expected))
    assert kinds(report) == [Kind.BORN_AND_EXPECTED]
    assert the_child(1).expected_on is None
    assert KeptForLater.objects.filter(kind="ExpectedPersonBirthDate").exists()


@pytest.mark.parametrize("day", ["1066-10-14", "2031-01-01", "no day"])
def test_a_day_that_cannot_be_stops_nothing_once_the_birth_is_known(workplace: Workplace, day: str) -> None:
    expected = f"</PersonBirthDate><ExpectedPersonBirthDate>{day}</ExpectedPersonBirthDate>"
    report = load(instead(file_of(1), "</PersonBirthDate>", expected))
    assert report.outcome is Outcome.LOADED
    assert Kind.BORN_AND_EXPECTED in kinds(report)
    assert the_child(1).expected_on is None
    assert day in KeptForLater.objects.get(kind="ExpectedPersonBirthDate").content


def test_a_death_before_the_birth_on_record_is_kept_beside_it_and_breaks_nothing(loaded: Workplace) -> None:
    text = without(_next_year(file_of(1)), "<PersonBirthDate>")
    report = load(instead(text, "</Sex>", "</Sex><PersonDeathDate>2001-01-01</PersonDeathDate>"))
    assert report.outcome is Outcome.LOADED
    assert the_child(1).died_on is None
    assert KeptForLater.objects.filter(kind="PersonDeathDate").exists()


def _next_year(text: str) -> str:
    """The same children in the return of the next year."""
    for old, new in (("<Year>2026", "<Year>2027"), ("Date>2026-03-31", "Date>2027-03-31")):
        text = text.replace(old, new)
    return text.replace("<DateTime>2026-05-01", "<DateTime>2026-10-01")


def _closing(text: str) -> str:
    """The second child's referral with a closing day."""
    at = text.index("</PrimaryNeedCode>", text.index(child_number(2))) + len("</PrimaryNeedCode>")
    closing = "<CINclosureDate>2026-05-01</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
    return text[:at] + closing + text[at:]

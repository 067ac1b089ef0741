"""A later return of the same assessments, enquiries and plans: it fills in what was open, and overwrites nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from righthelp.conftest import Workplace, counted
from righthelp.engine.process import process, processes
from righthelp.guard.viewers import LOAD
from righthelp.kernel.moments import local_day
from righthelp.processes.assessment.models import Assessment
from righthelp.processes.child_protection_plan.models import ChildProtectionPlan
from righthelp.processes.referral.models import Referral
from righthelp.processes.section_47.models import Section47
from righthelp.record.models import Deadline, KeptForLater
from righthelp.returns.cin import recording
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.tests.conftest import load, the_child
from righthelp.returns.cin.tests.given_back import said_by_file, said_by_record
from righthelp.returns.cin.tests.making import child_number, file_of, instead, without

AUTHORISED = "<AssessmentAuthorisationDate>2026-05-06</AssessmentAuthorisationDate>"
FACTORS = "<FactorsIdentifiedAtAssessment><AssessmentFactors>2B</AssessmentFactors></FactorsIdentifiedAtAssessment>"


def next_year(text: str) -> str:
    """The same children in the return of the next year."""
    for old, new in (("<Year>2026", "<Year>2027"), ("Date>2026-03-31", "Date>2027-03-31")):
        text = text.replace(old, new)
    return text.replace("<DateTime>2026-05-01", "<DateTime>2026-10-01")


def of_child(text: str, number: int, old: str, new: str) -> str:
    """The text with one place changed in what it says of one child."""
    at = text.index(child_number(number))
    return text[:at] + instead(text[at:], old, new)


def further(text: str) -> str:
    """What was open a year ago: an assessment of the fourth child, a plan of the second, enquiries of the first."""
    text = of_child(text, 4, "</Assessments>", f"{AUTHORISED}{FACTORS}</Assessments>")
    text = of_child(text, 2, "</CPPstartDate>", "</CPPstartDate><CPPendDate>2026-06-01</CPPendDate>")
    text = of_child(text, 2, "<LatestCategoryOfAbuse>EMO", "<LatestCategoryOfAbuse>PHY")
    text = of_child(text, 2, "</Reviews>", "<CPPreviewDate>2026-06-01</CPPreviewDate></Reviews>")
    conference = "</S47ActualStartDate><DateOfInitialCPC>2026-04-01</DateOfInitialCPC>"
    text = of_child(text, 1, "</S47ActualStartDate>", conference)
    text = of_child(text, 1, "<ICPCnotRequired>1", "<ICPCnotRequired>0")
    text = of_child(text, 3, "<Assessments>", "<DateOfInitialCPC>2026-04-02</DateOfInitialCPC><Assessments>")
    return of_child(text, 2, "</CINPlanStartDate>", "</CINPlanStartDate><CINPlanEndDate>2026-05-05</CINPlanEndDate>")


def test_a_later_return_fills_in_what_was_open(workplace: Workplace) -> None:
    load(file_of(4))
    text = further(next_year(file_of(4)))
    report = load(text)
    assert (report.outcome, report.faults) == (Outcome.LOADED, [])
    assert not report.counts.parts_new
    further_told = {"assessments", "child protection plans", "enquiries under section 47"}
    assert set(report.counts.parts_further) >= further_told
    assessment = Assessment.objects.get(entry__person=the_child(4))
    assert (assessment.state, assessment.factors) == ("TOLD", ["2B"])
    assert local_day(assessment.authorised_at) == date(2026, 5, 6)
    assert Deadline.objects.get(entry=assessment.pk, clock="completed").stopped_at == assessment.authorised_at
    assert process("assessment_visit").objects.get(assessment=assessment).ended
    plan = ChildProtectionPlan.objects.get()
    assert (plan.state, plan.category, plan.latest_category) == ("ENDED", "NEG", "PHY")
    assert (plan.reviews, plan.reviewed_on, plan.ended_on) == (2, date(2026, 6, 1), date(2026, 6, 1))
    assert Section47.objects.get().conference_held_on == date(2026, 4, 1)
    # Word for word as the later return has it
    assert said_by_record() == said_by_file(text.encode())
    before = counted()
    assert load(text.replace("  ", "\t")).faults == []
    assert {**counted(), "access_log": 0, "loaded": 0} == {**before, "access_log": 0, "loaded": 0}


def test_an_earlier_return_does_not_undo_a_later_one(workplace: Workplace) -> None:
    later = further(next_year(file_of(4)))
    load(later)
    report = load(file_of(4))
    assert {fault.path.split("/")[-1] for fault in report.faults if fault.kind is Kind.DIFFERS} == {
        "ICPCnotRequired",
        "LatestCategoryOfAbuse",
    }
    assert ChildProtectionPlan.objects.get().latest_category == "PHY"
    assert not report.counts.parts_further


def test_what_differs_is_kept_beside_and_told(workplace: Workplace) -> None:
    load(file_of(4))
    text = next_year(file_of(4)).replace("<AssessmentFactors>3B", "<AssessmentFactors>3C")
    text = text.replace("<InitialCategoryOfAbuse>NEG", "<InitialCategoryOfAbuse>SAB")
    report = load(text)
    assert {fault.path.split("/")[-1] for fault in report.faults if fault.kind is Kind.DIFFERS} == {
        "FactorsIdentifiedAtAssessment",
        "InitialCategoryOfAbuse",
    }
    assert Assessment.objects.get(entry__person=the_child(1)).factors == ["3B", "4B"]
    kept = KeptForLater.objects.get(kind="InitialCategoryOfAbuse")
    assert kept.content == "<InitialCategoryOfAbuse>SAB</InitialCategoryOfAbuse>"
    assert kept.entry_id == ChildProtectionPlan.objects.get().pk


def test_what_somebody_here_has_taken_up_is_not_ended_by_a_file(workplace: Workplace) -> None:
    load(file_of(4))
    assessment = Assessment.objects.get(entry__person=the_child(4))
    workplace.take(assessment, "hear", "Leonard Swann", child_says="I like it at Nan’s.")
    plan = ChildProtectionPlan.objects.get()
    workplace.take(plan, "allocate", "Leonard Swann", social_worker=str(workplace.worker("Ade Bankole").pk))
    text = further(next_year(file_of(4)))
    closing = "</PrimaryNeedCode><CINclosureDate>2026-07-01</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
    report = load(of_child(text, 4, "</PrimaryNeedCode>", closing))
    assert report.outcome is Outcome.LOADED
    differ = {fault.path.split("/")[-1] for fault in report.faults if fault.kind is Kind.DIFFERS}
    assert differ >= {"AssessmentAuthorisationDate", "CPPendDate", "CINclosureDate", "LatestCategoryOfAbuse"}
    assert workplace.again(assessment).state == "UNDER_WAY"
    assert workplace.again(plan).state == "ACTIVE"
    assert Referral.objects.get(entry__person=the_child(4)).state == Referral.State.ACCEPTED
    kept = set(KeptForLater.objects.filter(entry__in=[assessment.pk, plan.pk]).values_list("kind", flat=True))
    assert kept == {
        "AssessmentAuthorisationDate", "FactorsIdentifiedAtAssessment", "CPPendDate", "LatestCategoryOfAbuse",
        "Reviews",
    }  # fmt: skip


def test_an_assessment_under_way_ends_with_its_referral(workplace: Workplace) -> None:
    load(file_of(4))
    closing = "</PrimaryNeedCode><CINclosureDate>2026-07-01</CINclosureDate><ReasonForClosure>RC8</ReasonForClosure>"
    load(of_child(next_year(file_of(4)), 4, "</PrimaryNeedCode>", closing))
    row = Assessment.objects.get(entry__person=the_child(4))
    assert row.state == "STOPPED"
    assert not Deadline.objects.filter(entry=row.pk).exists()


def test_a_file_that_was_loaded_before_a_process_was_there_is_gone_through_again(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = file_of(4)
    without_assessments: dict[str, Any] = {kind: page for kind, page in processes().items() if kind != "assessment"}
    with monkeypatch.context() as before:
        before.setattr(recording, "processes", lambda: without_assessments)
        assert load(text).counts.kept["Assessments"] == 4
    assert load(text).outcome is Outcome.ALREADY
    report = load(text, again=True)
    assert report.outcome is Outcome.LOADED
    assert report.counts.parts_new == {"assessments": 4}
    assert (report.counts.children_new, report.counts.referrals_new) == (0, 0)
    assert Assessment.objects.count() == 4
    assert KeptForLater.objects.filter(kind="Assessments").count() == 4  # what was kept stays as it came
    before_again = counted()
    load(text, again=True)
    assert {**counted(), "access_log": 0} == {**before_again, "access_log": 0}


def test_only_a_return_loads(workplace: Workplace, refused: Any) -> None:
    load(file_of(2))
    plan = ChildProtectionPlan.objects.get()
    for row, step in ((plan, "load_more"), (Assessment.objects.first(), "load_more")):
        with refused(saying="is for load a return"):
            workplace.take(row, step, "Leonard Swann")
    assert workplace.take(plan, "load_end", LOAD, ended_on=date(2026, 6, 1)).ended


def test_a_plan_of_which_the_return_does_not_say_how_many_were_before_it_says_that_it_is_not_known(
    workplace: Workplace,
) -> None:
    load(without(file_of(2), "<NumberOfPreviousCPP>"))
    assert ChildProtectionPlan.objects.get().previous_plans is None

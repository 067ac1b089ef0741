"""What a return becomes: people, referrals by their steps, and what is kept until there is a place for it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.utils import timezone

from righthelp.conftest import Workplace, counted
from righthelp.engine.journal import Journal
from righthelp.engine.process import process
from righthelp.guard.models import AccessLog
from righthelp.kernel.moments import local_day
from righthelp.people.models import Characteristic, Identifier
from righthelp.processes.assessment.models import Assessment
from righthelp.processes.child_protection_plan.models import ChildProtectionPlan
from righthelp.processes.referral.models import Referral
from righthelp.processes.section_47.models import Section47
from righthelp.record.models import Deadline, Holding, KeptForLater, Loaded, TimelineEvent
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.loading import Outcome
from righthelp.returns.cin.tests.conftest import kinds, load, the_child
from righthelp.returns.cin.tests.making import child_number, file_of, instead, upn, without

TITLE = "CIN Census 2025 to 2026, return of authority 884"


def test_every_child_and_referral_of_the_file_is_on_record(workplace: Workplace) -> None:
    before = counted()
    report = load(file_of(10))
    assert report.outcome is Outcome.LOADED
    assert (report.counts.children_new, report.counts.referrals_new) == (10, 11)
    added = Counter(counted())
    added.subtract(before)
    assert added["person"] == added["search_key"] == 10
    assert added["referral"] == 11
    assert (added["assessment"], added["section_47"], added["child_protection_plan"]) == (10, 3, 2)
    assert added["case_entry"] == added["timeline_event"] >= 11 + 10 + 3 + 2
    assert added["identifier"] == 10 + 7  # their own number each, and seven of them a UPN
    assert added["kept_for_later"] == sum(report.counts.kept.values()) > 0
    assert added["loaded"] == 1
    assert added["access_log"] == 1


def test_each_fact_names_its_source_and_the_day_as_at_which_it_was_said(loaded: Workplace) -> None:
    child = the_child(1)
    facts = [child, *child.identifiers.all(), *child.characteristics.all()]
    assert {(fact.source, fact.recorded_on) for fact in facts} == {(TITLE, date(2026, 3, 31))}


def test_a_child_is_called_by_their_number_until_a_worry_brings_a_name(loaded: Workplace) -> None:
    child = the_child(1)
    assert child.called == f"Child {child_number(1)}"
    assert child.called_sort
    assert not child.names.exists()


def test_a_child_of_two_disabilities_has_both(loaded: Workplace) -> None:
    rows = the_child(5).characteristics.filter(kind=Characteristic.Kind.DISABILITY)
    assert len(rows) == 2
    assert the_child(1).characteristics.get(kind=Characteristic.Kind.DISABILITY).code == "NONE"


def test_an_older_return_is_read_in_today_s_codes(workplace: Workplace) -> None:
    text = file_of(2, year=2023)
    assert "<GenderCurrent>" in text
    report = load(text)
    assert (report.outcome, report.faults) == (Outcome.LOADED, [])
    assert {the_child(1).sex, the_child(2).sex} <= {"F", "M"}
    assert the_child(1).source == "CIN Census 2022 to 2023, return of authority 884"


def test_a_number_that_cannot_be_right_is_kept_and_marked(workplace: Workplace) -> None:
    right = upn(1)
    wrong = ("B" if right[0] == "A" else "A") + right[1:]
    report = load(instead(file_of(1), right, wrong))
    assert (report.outcome, kinds(report)) == (Outcome.LOADED, [Kind.UPN])
    number = the_child(1).identifiers.get(kind=Identifier.Kind.UPN)
    assert (number.value, number.sound) == (wrong, False)


def test_a_closed_referral_is_closed_and_nobody_holds_it(loaded: Workplace) -> None:
    referral = Referral.objects.get(entry__person=the_child(1))
    assert referral.state == Referral.State.CLOSED
    assert (referral.closure_reason, referral.no_further_action) == ("RC7", False)
    assert referral.closed_on is not None
    assert not Holding.objects.filter(entry=referral.entry, until__isnull=True).exists()


def test_an_open_referral_lands_with_the_team_that_receives_referrals(loaded: Workplace) -> None:
    referral = Referral.objects.get(entry__person=the_child(2))
    assert referral.state == Referral.State.ACCEPTED
    assert referral.return_source
    assert referral.return_need.startswith("N")
    assert Holding.objects.get(entry=referral.entry, until__isnull=True).team == Journal().team_that_receives(
        "referral"
    )


def test_a_referral_that_led_to_nothing_does_not_wait_for_a_social_worker(loaded: Workplace) -> None:
    referral = Referral.objects.get(entry__person=the_child(7), no_further_action=True)
    assert (referral.state, referral.closed_on) == (Referral.State.CLOSED, None)


def test_a_reason_for_closing_without_a_day_leaves_the_referral_open_and_is_kept(workplace: Workplace) -> None:
    report = load(without(file_of(1), "<CINclosureDate>"))
    assert (report.outcome, kinds(report)) == (Outcome.LOADED, [Kind.REASON_WITHOUT_CLOSURE])
    referral = Referral.objects.get()
    assert (referral.state, referral.closure_reason) == (Referral.State.ACCEPTED, "")
    assert KeptForLater.objects.get(kind="ReasonForClosure").content == "<ReasonForClosure>RC7</ReasonForClosure>"


def test_history_keeps_its_own_days(loaded: Workplace) -> None:
    for referral in Referral.objects.all():
        event = TimelineEvent.objects.get(entry=referral.entry)
        assert event.at == referral.received_at == referral.entry.begun_at
        assert timezone.localtime(event.at).strftime("%H:%M") == "00:00"
        assert event.recorded_at > event.at
        assert event.by_name == "load a return"


def test_an_assessment_keeps_its_days_and_the_answer_whether_they_were_kept(loaded: Workplace) -> None:
    row = Assessment.objects.get(entry__person=the_child(1))
    assert row.state == "TOLD"
    assert row.authorised_at is not None
    assert (local_day(row.authorised_at) - local_day(row.started_at)).days == 29
    assert row.entry.arose_from_id == row.referral_id
    assert not Holding.objects.filter(entry=row.entry, until__isnull=True).exists()
    # Of what a return cannot know (visits, reviews, looks) no time runs.
    assert set(Deadline.objects.values_list("entry__kind", "clock")) == {
        ("assessment", "completed"),
        ("child_protection_plan", "two years"),
    }
    assert Deadline.objects.get(entry=row.pk).stopped_at == row.authorised_at


def test_an_assessment_that_is_under_way_is_with_who_has_its_referral(loaded: Workplace) -> None:
    row = Assessment.objects.get(entry__person=the_child(4))
    assert (row.state, row.authorised_at, row.factors) == ("UNDER_WAY", None, [])
    held = Holding.objects.filter(entry__in=[row.pk, row.referral_id], until__isnull=True)
    assert len({holding.team_id for holding in held}) == 1
    assert len(held) == 2
    assert row.domains.exists()


def test_an_assessment_of_a_closed_referral_that_nobody_authorised_ended_with_it(workplace: Workplace) -> None:
    load(without(file_of(1), "<AssessmentAuthorisationDate>"))
    row = Assessment.objects.get()
    assert (row.state, row.authorised_at) == ("STOPPED", None)
    assert not Deadline.objects.filter(entry=row.pk).exists()
    assert not process("assessment_visit").objects.exists()


def test_enquiries_tell_of_their_conference(loaded: Workplace) -> None:
    row = Section47.objects.get(entry__person=the_child(5))
    assert (row.state, row.conference, row.is_ours) == ("CONCLUDED", True, False)
    assert row.conference_due_on is not None
    assert row.conference_held_on is not None
    assert row.entry.arose_from_id == row.referral_id
    assert not Section47.objects.get(entry__person=the_child(1)).conference
    assert not process("child_protection_conference").objects.exists()


def test_a_plan_is_in_force_until_the_return_says_that_it_ended(loaded: Workplace) -> None:
    open_, ended = (ChildProtectionPlan.objects.get(entry__person=the_child(number)) for number in (2, 10))
    assert (open_.state, open_.category, open_.latest_category, open_.previous_plans) == ("ACTIVE", "NEG", "EMO", 2)
    assert (open_.reviews, open_.review_dates) == (1, [open_.reviewed_on])
    assert open_.about.startswith("Child INV")
    assert open_.referral is not None
    assert open_.referral.initial_conference_on == open_.started_on
    assert (ended.state, ended.reviews, ended.ended_on) == ("ENDED", 2, ended.reviewed_on)


def test_a_code_that_is_given_no_more_keeps_its_place_in_an_old_assessment(workplace: Workplace) -> None:
    report = load(file_of(1).replace("<AssessmentFactors>4B", "<AssessmentFactors>18A"))
    assert kinds(report) == [Kind.OLD_CODE]
    assert Assessment.objects.get().factors == ["3B", "18A"]


def test_what_has_no_place_yet_is_kept_word_for_word_with_its_child_and_referral(workplace: Workplace) -> None:
    proceedings = "<PreProceedingsandFGDM><PPStartDate>2026-01-09</PPStartDate></PreProceedingsandFGDM>"
    load(instead(file_of(3), "</ReferralNFA>", f"</ReferralNFA>{proceedings}", 2))
    child = the_child(2)
    referral = Referral.objects.get(entry__person=child)
    kept = KeptForLater.objects.get(person=child, kind="PreProceedingsandFGDM")
    assert (kept.entry, kept.content, kept.source) == (referral.entry, proceedings, TITLE)
    assert kept.line > 1
    reason = KeptForLater.objects.get(person=the_child(3), kind="UPNunknown")
    assert (reason.entry, reason.content) == (None, "<UPNunknown>UN4</UPNunknown>")


def test_an_element_that_nobody_knows_is_kept_too(workplace: Workplace) -> None:
    report = load(instead(file_of(1), "</UPN>", "</UPN><ShoeSize>4</ShoeSize>"))
    assert kinds(report) == [Kind.UNKNOWN_ELEMENT]
    assert KeptForLater.objects.get(kind="ShoeSize").person == the_child(1)
    assert report.counts.kept["ShoeSize"] == 1


def test_what_was_loaded_is_written_down_with_its_counts(loaded: Workplace) -> None:
    row = Loaded.objects.get()
    assert (row.name, row.kind) == ("return.xml", "CIN Census")
    assert "children new: 10" in row.counts
    assert "assessments new: 10" in row.counts
    assert "UPNunknown, kept until righthelp has a place for it: 3" in row.counts


def test_the_load_is_in_the_access_log_and_names_no_child(loaded: Workplace) -> None:
    row = AccessLog.objects.get()
    assert (row.purpose, row.kind) == ("load a return", AccessLog.Kind.PURPOSE)
    assert TITLE in row.what
    assert child_number(1)[:4] not in row.what + row.reason

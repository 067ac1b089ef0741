"""An assessment, from the allocation of its referral until everybody concerned is told; its refusals and its clocks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import LOAD, STEP, looking
from righthelp.kernel.moments import local
from righthelp.kernel.timing import Answer
from righthelp.record.models import Deadline, Document, Holding, Issue, Notice, Quotation, TimelineEvent
from tests.assessed import (
    ADE,
    AGREED,
    LEONARD,
    MEANS,
    PETRA,
    RUTH,
    SAYS,
    agreed,
    asked_of,
    at,
    authorised,
    begun,
    handed_in,
    visited,
    written,
)


def test_from_the_allocation_until_everybody_is_told(workplace: Any) -> None:
    assessment = begun(workplace)
    assert (assessment.of_kind, assessment.about) == ("CHILD_AND_FAMILY", "Ada Pugh, born 3 April 2016")
    assert assessment.counted_from_at == assessment.referral.received_at
    assert Holding.objects.get(entry=assessment.pk, until__isnull=True).worker.name == ADE
    assert assessment.domains.count() == 10
    agreed(workplace, assessment)
    part = asked_of(workplace, assessment, name="Helen Marsh")
    workplace.take(part, "give", "Helen Marsh", goes_well="She is well", worries="Her teeth")
    visited(workplace, assessment)
    written(workplace, assessment)
    workplace.take(assessment, "look", LEONARD, looks=[{"found": "She was seen.", "asks_for": "Speak to the father"}])
    row = workplace.take(workplace.again(assessment), "hand_in", ADE)
    row = workplace.take(row, "send_back", LEONARD, sent_back_because="Say what the father thinks.")
    row = workplace.take(row, "hear", ADE, **{**SAYS, "parents_say": "Her father would take her at weekends."})
    row = workplace.take(row, "hand_in", ADE)
    row = workplace.take(row, "authorise", LEONARD, outcome="CHILD_IN_NEED", outcome_because="A plan will help.")
    assert (row.state, row.calls_for_plan, row.steps_down) == ("AUTHORISED", True, False)
    row = workplace.take(
        row, "tell", ADE, told_parents="Jane Pugh\nJohn Pugh", child_says_shared="no",
        told_agencies="There will be a plan, and you are asked to the first meeting.",
    )  # fmt: skip
    assert (row.state, row.ended) == ("TOLD", True)
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)][-4:] == [
        "What the child and the family say was written",
        "It was handed to a manager",
        "It was authorised: Child in need: a plan under section 17",
        "Those concerned were told what came of it",
    ]
    whole, short = Document.objects.filter(entry=row.pk).order_by("pk")
    assert [issue.to for issue in Issue.objects.filter(document=whole)] == ["Jane Pugh", "John Pugh"]
    assert "would take her at weekends" in whole.words
    assert "I get my own tea" not in whole.words
    assert Quotation.objects.filter(document=whole, field="analysis").exists()
    assert {issue.worker.name for issue in Issue.objects.filter(document=short)} == {RUTH, "Helen Marsh"}
    assert "Her teeth" not in short.words
    assert "nights" not in short.words


def test_the_child_s_words_are_for_the_parents_only_where_that_is_said(workplace: Any) -> None:
    row = authorised(workplace, begun(workplace))
    workplace.take(row, "tell", ADE, told_parents="Jane Pugh", child_says_shared="yes", told_agencies="A plan.")
    assert "I get my own tea" in Document.objects.get(title__startswith="Child and family").words


def test_nobody_authorises_their_own_work(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    visited(workplace, assessment)
    written(workplace, assessment, who=LEONARD)
    row = workplace.take(workplace.again(assessment), "hand_in", ADE)
    choice = {"outcome": "CHILD_IN_NEED", "outcome_because": "A plan."}
    with refused(saying="Another manager must authorise it"):
        workplace.take(row, "authorise", LEONARD, **choice)
    with refused(kind=NotAllowed):
        workplace.take(row, "authorise", ADE, **choice)
    with refused(saying="Authorise it is for", kind=NotAllowed):
        workplace.take(row, "authorise", PETRA, **choice)
    row = workplace.take(row, "send_back", LEONARD, sent_back_because="Say more")
    row = workplace.take(row, "hand_in", LEONARD)
    with refused(saying="handed it in"):
        workplace.take(row, "authorise", LEONARD, **choice)


def test_a_manager_is_told_that_it_waits_and_the_worker_of_one_thing_that_was_handed_to_them(workplace: Any) -> None:
    assessment = begun(workplace)
    of_ade = Notice.objects.filter(worker__name=ADE)
    assert [(one.kind, one.entry.kind) for one in of_ade] == [("HANDED", "referral")]
    handed_in(workplace, assessment)
    assert Notice.objects.filter(worker__name=LEONARD, entry=assessment.pk, kind="CHECK").exists()


def test_a_manager_who_mended_a_word_may_authorise(workplace: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    visited(workplace, assessment)
    row = written(workplace, assessment)
    row = workplace.take(row, "analyse", LEONARD, **MEANS)
    row = workplace.take(row, "hand_in", ADE)
    row = workplace.take(row, "authorise", LEONARD, outcome="EARLY_HELP", outcome_because="They agree.")
    assert row.steps_down


def test_a_finish_is_agreed_within_45_working_days_of_the_referral(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace, at(2026, 5, 18, 10, 0))
    now = at(2026, 5, 19, 10, 0)
    # 45 working days after Monday 18 May, over the bank holiday of 25 May, is Tuesday 21 July.
    with refused("finish_agreed_on", saying="21 July 2026"):
        agreed(workplace, assessment, now, finish_agreed_on=date(2026, 7, 22))
    with refused("finish_agreed_on", saying="today or a later day"):
        agreed(workplace, assessment, now, finish_agreed_on=date(2026, 5, 18))
    row = agreed(workplace, assessment, now, finish_agreed_on=date(2026, 7, 21))
    assert row.finish_agreed_on == date(2026, 7, 21)


def test_it_is_not_handed_in_before_it_is_whole(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    with refused(saying="what was agreed at the start, what goes well and what worries, the child's own voice"):
        workplace.take(assessment, "hand_in", ADE)
    agreed(workplace, assessment)
    row = written(workplace, assessment)
    with refused("not_seen_because", saying="not seen for this assessment"):
        workplace.take(row, "hand_in", ADE)
    asked_of(workplace, row)
    with refused("without_parts_because", saying="Wyeside Community Health"):
        workplace.take(row, "hand_in", ADE, not_seen_because="They have fled abroad; police look for them.")
    reasons = {"not_seen_because": "They have fled abroad.", "without_parts_because": "They are on holiday."}
    assert workplace.take(row, "hand_in", ADE, **reasons).state == "WITH_MANAGER"


def test_that_no_factors_were_found_stands_alone_and_for_no_further_action(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    with refused("factors", saying="stands alone"):
        workplace.take(assessment, "analyse", ADE, **{**MEANS, "factors": ["21", "4B"]})
    row = handed_in(workplace, assessment, factors=["21"])
    with refused("outcome", saying="no factors"):
        workplace.take(row, "authorise", LEONARD, outcome="CHILD_IN_NEED", outcome_because="x")
    with refused("outcome", saying="cannot come of it"):
        workplace.take(row, "authorise", LEONARD, outcome="STEP_UP", outcome_because="x")
    assert workplace.take(row, "authorise", LEONARD, outcome="NO_FURTHER_ACTION", outcome_because="x").authorised_at


def test_parents_are_told_or_it_is_said_why_not(workplace: Any, refused: Any) -> None:
    row = authorised(workplace, begun(workplace))
    answers = {"child_says_shared": "no", "told_agencies": "A plan follows."}
    with refused("told_parents"):
        workplace.take(row, "tell", ADE, **answers)
    row = workplace.take(row, "tell", ADE, parents_not_told_because="It would put her at risk tonight.", **answers)
    assert [document.title for document in Document.objects.filter(entry=row.pk)] == [
        "What came of an assessment: Ada Pugh, born 3 April 2016"
    ]


# --- Agencies ------------------------------------------------------------------------------------------------


def test_what_has_not_come_is_waited_for_no_more_once_it_is_authorised(workplace: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    part = asked_of(workplace, assessment)
    visited(workplace, assessment)
    written(workplace, assessment)
    row = workplace.take(workplace.again(assessment), "hand_in", ADE, without_parts_because="They are on holiday.")
    workplace.take(row, "authorise", LEONARD, outcome="CHILD_IN_NEED", outcome_because="A plan.")
    assert workplace.again(part).state == "WITHDRAWN"
    assert not process("assessment_visit").objects.filter(state="DUE").exists()


# --- Whole family --------------------------------------------------------------------------------------------


def test_a_school_leads_a_whole_family_s_assessment(workplace: Any, refused: Any) -> None:
    ada = workplace.person("Ada", "Pugh")
    tom = workplace.worker("Tom Fairley")
    row = workplace.begin("assessment", "begin_whole_family", PETRA, person=ada, lead=tom)
    assert Holding.objects.get(entry=row.pk).team.key == "early_help"
    row = workplace.take(row, "agree", "Tom Fairley", finish_agreed_on=timezone.localdate(), **AGREED)
    row = written(workplace, row, who="Tom Fairley")
    with refused("not_seen_because"):
        workplace.take(row, "hand_in", "Tom Fairley")
    row = workplace.take(row, "hand_in", "Tom Fairley", not_seen_because="Her teacher speaks with her each day.")
    with refused(saying="Authorise it is for", kind=NotAllowed):
        workplace.take(row, "authorise", LEONARD, outcome="EARLY_HELP", outcome_because="They agree.")
    row = workplace.take(row, "authorise", PETRA, outcome="EARLY_HELP", outcome_because="They agree.")
    workplace.take(row, "tell", PETRA, told_parents="Jane Pugh", child_says_shared="yes", told_agencies="A plan.")
    assert {issue.to for issue in Issue.objects.all()} == {"Jane Pugh", "Tom Fairley, Hill Lane Primary School"}


def test_who_no_longer_leads_no_longer_sees_it(workplace: Any) -> None:
    row = workplace.begin(
        "assessment", "begin_whole_family", PETRA, person=workplace.person("Ada", "Pugh"),
        lead=workplace.worker("Tom Fairley"),
    )  # fmt: skip
    workplace.take(row, "name_lead", PETRA, lead=workplace.worker("Helen Marsh"))
    for who, sees in (("Tom Fairley", False), ("Helen Marsh", True), ("Kate Lomas", False)):
        with looking(workplace.as_(who)):
            assert process("assessment").objects.exists() is sees


# --- Once more, and its end with the referral ----------------------------------------------------------------


def test_a_child_is_assessed_again_while_a_social_worker_is_with_them(workplace: Any, refused: Any) -> None:
    first = begun(workplace)
    child, again = first.person, {"anew_because": "A new partner has moved in."}
    with refused(saying="is under way already"):
        workplace.begin("assessment", "assess_again", ADE, person=child, **again)
    workplace.take(first, "stop", LEONARD, stopped_because="It was begun on the wrong facts.")
    row = workplace.begin("assessment", "assess_again", ADE, person=child, **again)
    assert (row.referral, row.counted_from_at) == (first.referral, row.started_at)
    stranger = workplace.person("Zed", "Quill")
    with refused(saying="No referral of this child is open"):
        workplace.begin("assessment", "assess_again", ADE, person=stranger, **again)


def test_it_goes_with_its_referral_to_another_worker_and_ends_with_it(workplace: Any) -> None:
    assessment = begun(workplace)
    referral = workplace.take(assessment.referral, "allocate", LEONARD, social_worker=workplace.worker("Fiona Garrick"))
    assert process("assessment").objects.count() == 1
    held = Holding.objects.filter(until__isnull=True).values_list("entry__kind", "worker__name")
    assert set(held) >= {("assessment", "Fiona Garrick"), ("assessment_visit", "Fiona Garrick")}
    workplace.take(referral, "close", LEONARD, closed_on=timezone.localdate(), closure_reason="RC7")
    assert workplace.again(assessment).state == "STOPPED"
    assert process("assessment_visit").objects.get().state == "LAPSED"


# --- As a return brings it -----------------------------------------------------------------------------------


def test_a_return_brings_an_assessment_and_later_its_authorisation(workplace: Any, refused: Any) -> None:
    began = at(2025, 3, 4)
    referral = workplace.begin(
        "referral", "load_open", LOAD, on=began, person=workplace.person("", ""), received_at=began
    )
    known = {"referral": referral, "started_at": began, "internal_review_on": "18 3 2025"}
    done = workplace.begin(
        "assessment", "load_authorised", LOAD, on=began, authorised_at=at(2025, 4, 1), factors=["4B"], **known
    )
    assert (done.state, done.internal_review_on, done.factors) == ("TOLD", date(2025, 3, 18), ["4B"])
    assert {one.clock for one in Deadline.objects.filter(entry=done.pk)} == {"completed"}
    row = workplace.begin("assessment", "load_open", LOAD, on=began, **known)
    assert not Deadline.objects.filter(entry__kind="assessment_visit").exists()
    later = workplace.take(row, "load_authorisation", LOAD, authorised_at=at(2025, 5, 1), factors=["21"])
    assert (later.state, later.factors) == ("TOLD", ["21"])
    other = workplace.begin("assessment", "load_open", LOAD, on=began, **known)
    agreed(workplace, other)
    with refused(saying="Somebody works on this"):
        workplace.take(other, "load_authorisation", LOAD, authorised_at=at(2025, 5, 1))
    # What was assessed before it was loaded is not assessed again when somebody takes it up.
    workplace.take(referral, "allocate", LEONARD, social_worker=workplace.worker(ADE))
    assert process("assessment").objects.count() == 3


# --- Clocks --------------------------------------------------------------------------------------------------


def answers(row: Any, now: datetime) -> dict[str, Answer]:
    return {clock.name: timing.answer for clock, _, timing in asked(row, now)}


@pytest.mark.county
def test_over_a_bank_holiday_each_day_is_the_next_working_one(workplace: Any) -> None:
    assessment = begun(workplace, at(2026, 5, 18, 10, 0))
    agreed(workplace, assessment, at(2026, 5, 19, 10, 0), finish_agreed_on=date(2026, 6, 30))
    due = {one.clock: local(one.due_at).date() for one in Deadline.objects.filter(entry=assessment.pk)}
    assert due == {
        "completed": date(2026, 7, 21),
        "agreed finish": date(2026, 6, 30),
        "first look": date(2026, 6, 2),
        "second look": date(2026, 6, 16),
        "third look": date(2026, 7, 7),
    }


@pytest.mark.county
def test_looks_are_met_in_turn_and_authorising_is_one(workplace: Any) -> None:
    assessment = begun(workplace, at(2026, 6, 1, 10, 0))
    looked = at(2026, 6, 10, 10, 0)
    workplace.take(assessment, "look", LEONARD, on=looked, looks=[{"found": "She was seen."}])
    assert assessment.looks.get().looked_by == LEONARD
    on = at(2026, 6, 22, 10, 0)
    row = authorised(workplace, workplace.again(assessment), on)
    found = answers(row, at(2026, 8, 20, 10, 0))
    assert {found[name] for name in ("first look", "second look", "third look", "completed")} == {Answer.MET}
    assert found["outcome told"] is Answer.MISSED
    assert found["whole family"] is Answer.NOT_APPLICABLE


def test_only_the_allocation_of_a_referral_begins_it(workplace: Any, refused: Any) -> None:
    row = begun(workplace)
    with refused(kind=NotAllowed):
        workplace.begin("assessment", "start", LEONARD, referral=row.referral)
    closed = workplace.take(row.referral, "close", LEONARD, closed_on=timezone.localdate(), closure_reason="RC7")
    with refused("referral"):
        workplace.begin("assessment", "start", STEP, referral=closed)

"""A school leads the help of a family, from asking to closing; up to section 17 and down again; and without a team."""

from datetime import timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.guard.viewers import looking
from righthelp.record.models import Action, Deadline, Document, Holding, Issue, Outcome, Participant, TimelineEvent
from tests import help_given as given


@pytest.mark.county
def test_a_school_leads_from_asking_to_closing(workplace: Any) -> None:
    row = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    assert (row.state, row.lead, row.about) == ("ACTIVE", workplace.worker(given.LEAD), "Ada Pugh, born 3 April 2016")
    assert Action.objects.get(entry=row.pk).worker == workplace.worker(given.LEAD)
    assert Deadline.objects.get(entry=row.pk, clock="lead named").stopped_at is not None

    meeting = process("family_meeting").objects.get(plan=row.pk)
    assert [one.name for one in meeting.invited()] == [given.LEAD, given.OF_THE_TEAM, "Mia Pugh"]
    assert [one.law for one in Deadline.objects.filter(entry=meeting.pk)] == ["early_help.first_meeting"]

    with looking(workplace.as_(given.LEAD)):
        assert process("family_help").objects.get(pk=row.pk).child_wants == "I want it to be quiet."
    row = workplace.take(row, "close", given.LEAD, **given.closing(row))
    assert row.ended
    assert Outcome.objects.get(entry=row.pk).reached == "REACHED"
    letter = Document.objects.get(entry=row.pk)
    assert "Early nights" in letter.words
    assert sorted(issue.to for issue in Issue.objects.filter(document=letter)) == [
        "Helen Marsh, Wyeside Community Health",
        "Mia Pugh, Mother",
        "The parents or carers",
        "Tom Fairley, Hill Lane Primary School",
    ]
    assert workplace.again(meeting).state == "CALLED_OFF"
    assert not Participant.objects.filter(until__isnull=True).exists()
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)][-1] == (
        "Family help ended: What the plan was for has been reached"
    )


def test_up_to_section_17_and_down_again_with_the_same_plan_and_people(workplace: Any) -> None:
    row = given.in_need(workplace, workplace.person("Ada", "Pugh"))
    assert (row.level, row.section_17_from, row.section_17_until) == (4, given.today(), None)
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker == workplace.worker(given.SOCIAL_WORKER)
    assert Outcome.objects.filter(entry=row.pk).count() == 1, "the same plan"
    assert {one.name for one in row.team_now()} == {given.LEAD, given.OF_THE_TEAM, "Mia Pugh"}, "the same people"
    assert given.seen_by(workplace, given.LEAD, row), "who led is of the team now"
    meeting = process("family_meeting").objects.get(plan=row.pk, state="DUE")
    assert Deadline.objects.get(entry=meeting.pk).law == "child_in_need.first_review"
    assert Holding.objects.get(entry=meeting.pk, until__isnull=True).worker == workplace.worker(given.SOCIAL_WORKER)
    told = Document.objects.get(entry=row.pk)
    assert "taken to hospital twice" in told.words
    assert Issue.objects.filter(document=told, worker=workplace.worker(given.OF_THE_TEAM)).exists()

    school = workplace.staff.agencies[given.SCHOOL]
    answers = {"to_level": 3, "level_why": "Her mother is well.", "lead_agency": school, "lead_name": given.LEAD}
    row = workplace.take(row, "step_down", given.SOCIAL_WORKER, **answers, **given.agreement())
    assert (row.level, row.section_17_until, row.lead) == (3, given.today(), workplace.worker(given.LEAD))
    assert Deadline.objects.get(entry=meeting.pk).law == "early_help.first_meeting"
    assert [(one.level, one.why) for one in row.levels.order_by("number")] == [
        (3, "Mornings are hard and Ada is often late."),
        (4, "Her mother was taken to hospital twice."),
        (3, "Her mother is well."),
    ]
    told = Document.objects.filter(entry=row.pk).order_by("made_at").last()
    assert "Tom Fairley, Hill Lane Primary School" in told.words
    workplace.take(row, "add", given.LEAD, **given.plan())


def test_one_agency_helps_by_a_plan_of_its_own(workplace: Any) -> None:
    child = {"child_given": "Ada", "child_family": "Pugh", "child_born_on": "3 4 2016"}
    again = given.today() + timedelta(days=30)
    row = workplace.begin(
        "family_help", "begin_single_agency", given.LEAD, **child, asked_for="Help with mornings.",
        review_due_on=again, **given.agreement(), **given.plan(),
    )  # fmt: skip
    assert (row.state, row.level, row.about) == ("ACTIVE", 2, "Ada Pugh")
    clock = Deadline.objects.get(entry=row.pk)
    assert (clock.law, clock.due_at.date()) == ("early_help.single_agency_review", again)
    assert not process("family_meeting").objects.exists(), "no team meets"
    row = workplace.take(row, "register", given.WORKER, match_reason="Nobody on record is like her.")
    assert (row.about, row.entry.person.called) == ("Ada Pugh, born 3 April 2016", "Ada Pugh")
    later = given.today() + timedelta(days=60)
    row = workplace.take(
        row, "review_single_agency", given.LEAD, outcomes_now=given.reached(row, "PARTLY"), review_due_on=later
    )
    assert Deadline.objects.get(entry=row.pk).due_at.date() == later
    row = workplace.take(row, "step_up", given.MANAGER, to_level=3, level_why="Health is needed too.")
    assert row.lead == workplace.worker(given.LEAD)
    assert process("family_meeting").objects.filter(plan=row.pk).exists()
    assert not Deadline.objects.filter(entry=row.pk, clock="review of one agency's plan").exists()


def test_a_partner_asks_and_is_told_what_the_panel_decided(workplace: Any) -> None:
    row = workplace.begin(
        "family_help", "ask_for_family", given.LEAD, child_given="Ada", child_family="Pugh",
        asked_for="Help with mornings.", **given.agreement(),
    )  # fmt: skip
    ada = workplace.person("Ada", "Pugh")
    row = workplace.take(row, "match", given.WORKER, matched_to=ada, match_reason="The school rang.")
    assert row.entry.person == ada
    decision = {"panel_on": given.today(), "panel_decision": "NOT_NOW", "panel_reason": "The school can do this alone."}
    row = workplace.take(row, "decide_at_panel", given.MANAGER, **decision)
    assert row.state == "NOT_AGREED"
    with looking(workplace.as_(given.LEAD)):
        assert "The school can do this alone" in Document.objects.get(entry=row.pk).words


def test_what_early_help_recommends_waits_for_the_panel_with_what_is_known(workplace: Any) -> None:
    call = {"who_rang": "FAMILY", "wants": "Help with mornings.", "harm_likely": False, "child_named": True,
            "child_given": "Ada", "child_family": "Pugh", "agreed": True}  # fmt: skip
    request = workplace.begin("help_request", "take_call", given.WORKER, **call)
    ada = workplace.person("Ada", "Pugh")
    request = workplace.take(request, "match", given.WORKER, matched_to=ada, match_reason="She said so.")
    answer = {"outcome": "ASSESSMENT", "might_lead": "The school", "level_found": 3, "outcome_reason": "Two agencies."}
    workplace.take(request, "answer", given.WORKER, **answer)
    row = process("family_help").objects.get(help_request=request.pk)
    assert (row.state, row.entry.person, row.lead_name) == ("ASKED", ada, "The school")
    assert row.asked_for == "Help with mornings.\n\nTwo agencies."

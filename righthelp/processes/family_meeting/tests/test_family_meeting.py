"""The team around a family meets, led by a school; for brothers and sisters together; and a plan is reviewed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.siblings import Own, take_for_all
from righthelp.guard.viewers import looking
from righthelp.record.models import Deadline, Document, Invitation, Issue, Outcome
from tests.help_given import HEALTH, LEAD, OF_THE_TEAM, WORKER, begun


def plan_for(workplace: Any, person: Any, lead: str = LEAD) -> Any:
    """A plan under way, with a mother first in its team."""
    health = {"name": OF_THE_TEAM, "agency": workplace.staff.agencies[HEALTH], "who": "Health visitor"}
    team = [{"name": "Mia Pugh", "who": "Mother"}, health]
    return workplace.take(begun(workplace, person, lead), "add_to_team", lead, team=team)


def arranged(workplace: Any, plan: Any, who: str = LEAD) -> Any:
    meeting = process("family_meeting").objects.get(plan=plan.pk)
    when = {"meets_at": timezone.now() + timedelta(minutes=1), "minutes": 60, "place": "At school."}
    meeting = workplace.take(meeting, "arrange", who, **when)
    return workplace.take(meeting, "invite", who)


def held(meeting: Any) -> dict[str, Any]:
    there = Invitation.objects.filter(entry=meeting.pk)
    return {
        "held_at": timezone.now(),
        "attendance": [{"row": str(one.pk), "attendance": "IN_PERSON", "view": "AGREES"} for one in there],
        "child_part": "She drew her kitchen.",
        "family_part": "It is calmer.",
        "summary": "Breakfast club helps.",
        "decided": "Go on for six weeks.",
        "outcomes_now": [
            {"row": str(one.pk), "reached": "PARTLY", "reached_says": "Three days a week."}
            for one in Outcome.objects.filter(entry=meeting.plan_id)
        ],
    }


@pytest.mark.county
def test_a_school_arranges_holds_and_sends_the_record(workplace: Any) -> None:
    plan = plan_for(workplace, workplace.person("Ada", "Pugh"))
    meeting = arranged(workplace, plan)
    assert Deadline.objects.get(entry=meeting.pk).due_at.date() == date.fromordinal(
        timezone.localdate().toordinal() + 42
    )
    meeting = workplace.take(meeting, "hold", LEAD, **held(meeting))
    assert Deadline.objects.get(entry=meeting.pk).stopped_at is not None
    assert Outcome.objects.get(entry=plan.pk).reached == "PARTLY"
    meeting = workplace.take(meeting, "send_record", LEAD)
    record = Document.objects.get(entry=meeting.pk, title__startswith="Record")
    assert "She drew her kitchen" in record.words
    assert sorted(issue.to for issue in Issue.objects.filter(document=record)) == [
        "Helen Marsh, Wyeside Community Health", "Mia Pugh, Mother", "Tom Fairley, Hill Lane Primary School",
    ]  # fmt: skip
    following = process("family_meeting").objects.get(plan=plan.pk, state="DUE")
    assert Deadline.objects.get(entry=following.pk).law == "early_help.meeting"
    assert [one.name for one in following.invited()] == ["Mia Pugh", OF_THE_TEAM, LEAD]


def test_who_is_invited_does_not_arrange_it(workplace: Any, refused: Any) -> None:
    meeting = arranged(workplace, plan_for(workplace, workplace.person("Ada", "Pugh")))
    with refused(saying="whoever leads", kind=NotAllowed):
        workplace.take(meeting, "hold", OF_THE_TEAM, **held(meeting))


def test_one_meeting_for_brothers_and_sisters_and_each_with_a_part_of_their_own(workplace: Any) -> None:
    ada, bob = workplace.person("Ada", "Pugh"), workplace.person("Bob", "Pugh", date(2018, 1, 1))
    workplace.household(ada, bob)
    meetings = [arranged(workplace, plan_for(workplace, child, WORKER), WORKER) for child in (ada, bob)]
    by = workplace.as_(WORKER)
    with looking(by):
        hers, his = take_for_all(
            meetings[0], "hold", by=by, others={meetings[1].pk: Own({"child_part": "He hid under the table."})},
            **held(meetings[0]),
        )  # fmt: skip
    assert (hers.summary, his.summary) == ("Breakfast club helps.", "Breakfast club helps.")
    assert (hers.child_part, his.child_part) == ("She drew her kitchen.", "He hid under the table.")
    assert {one.attendance for one in Invitation.objects.filter(entry=his.pk)} == {"IN_PERSON"}


def test_a_child_in_need_is_reviewed_by_another_clock(workplace: Any) -> None:
    plan = plan_for(workplace, workplace.person("Ada", "Pugh"))
    worker = workplace.worker("Ade Bankole")
    up = {"to_level": 4, "level_why": "Her mother is in hospital.", "social_worker": worker}
    workplace.take(plan, "step_up", "Leonard Swann", **up)
    meeting = arranged(workplace, plan, "Ade Bankole")
    assert Deadline.objects.get(entry=meeting.pk).law == "child_in_need.first_review"
    workplace.take(meeting, "hold", "Ade Bankole", **held(meeting))
    following = process("family_meeting").objects.get(plan=plan.pk, state="DUE")
    assert Deadline.objects.get(entry=following.pk).law == "child_in_need.review"

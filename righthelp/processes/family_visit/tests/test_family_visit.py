"""A family that gets help is visited by whoever leads; by which clock, and who reads what was seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import looking
from righthelp.record.models import Deadline
from tests import help_given as given


def said() -> dict[str, Any]:
    return {
        "visited_at": timezone.now(), "purpose": "To see how mornings go.", "place": "HOME", "expected": "yes",
        "seen_alone": "yes", "child_says": "It is quiet now.", "finds": "Go on.",
    }  # fmt: skip


@pytest.mark.county
def test_a_child_in_need_is_visited_and_the_next_visit_is_due(workplace: Any) -> None:
    plan = given.in_need(workplace, workplace.person("Ada", "Pugh"))
    visit = process("family_visit").objects.get(plan=plan.pk)
    assert Deadline.objects.get(entry=visit.pk).law == "child_in_need.visit"
    visit = workplace.take(visit, "record", given.SOCIAL_WORKER, **said())
    assert visit.state == "MADE"
    assert Deadline.objects.get(entry=visit.pk).stopped_at is not None
    following = process("family_visit").objects.get(plan=plan.pk, state="DUE")
    assert Deadline.objects.get(entry=following.pk).law == "child_in_need.visit"


def test_a_family_is_visited_by_the_clock_of_early_help_where_the_county_leads(workplace: Any) -> None:
    row = given.begun(workplace, workplace.person("Ada", "Pugh"), given.WORKER)
    visit = process("family_visit").objects.get(plan=row.pk)
    assert Deadline.objects.get(entry=visit.pk).law == "early_help.visit"


def test_a_school_that_leads_visits_by_no_clock_and_alone_reads_what_it_wrote(workplace: Any, refused: Any) -> None:
    plan = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    visit = process("family_visit").objects.get(plan=plan.pk)
    assert not Deadline.objects.filter(entry=visit.pk).exists()
    with refused(kind=NotAllowed):
        workplace.take(visit, "record", given.OF_THE_TEAM, **said())
    visit = workplace.take(visit, "record", given.LEAD, **said())
    with looking(workplace.as_(given.LEAD)):
        assert process("family_visit").objects.get(pk=visit.pk).child_says == "It is quiet now."
    with looking(workplace.as_(given.OF_THE_TEAM)):
        assert not process("family_visit").objects.exists()


def test_a_child_who_was_not_seen_alone_has_a_reason(workplace: Any, refused: Any) -> None:
    plan = given.in_need(workplace, workplace.person("Ada", "Pugh"))
    visit = process("family_visit").objects.get(plan=plan.pk)
    with refused("not_alone_because"):
        workplace.take(visit, "record", given.SOCIAL_WORKER, **{**said(), "seen_alone": "no"})

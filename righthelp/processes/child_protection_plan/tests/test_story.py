"""A child protection plan, from the conference that makes it to the one that ends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.guard.viewers import LOAD
from righthelp.record.models import Deadline, Holding, Participant


def open_one(kind: str, plan: Any) -> Any:
    return process(kind).objects.get(plan=plan.pk, state__in=["DUE", "ARRANGED"])


def reviewed(chain: Any, plan: Any, **more: Any) -> Any:
    return chain.conference(chain.arranged(open_one("child_protection_conference", plan)), **more)


@pytest.mark.county
def test_reviews_go_on_until_one_ends_the_plan_and_all_that_it_called_for(workplace: Any, chain: Any) -> None:
    plan = chain.planned()
    reviewed(chain, plan, decision="PLAN_GOES_ON", category="NEG")
    plan = workplace.again(plan)
    assert (plan.reviews, plan.category, plan.latest_category) == (1, "PHY", "NEG")
    second = open_one("child_protection_conference", plan)
    assert {deadline.clock for deadline in Deadline.objects.filter(entry=second.pk)} >= {"review"}
    reviewed(chain, plan, decision="PLAN_ENDS", end_reason="HELP_GOES_ON")
    plan = workplace.again(plan)
    assert (plan.state, plan.ended_on) == ("ENDED", plan.reviewed_on)
    for kind in ("core_group", "child_protection_visit", "child_protection_conference"):
        page = process(kind)
        waiting = page.objects.filter(plan=plan.pk, state__in=["DUE", "ARRANGED"])
        assert not waiting.exists(), kind
        assert not Deadline.objects.filter(entry__in=waiting.values("pk"), stopped_at__isnull=True).exists()


def test_a_child_has_one_plan_and_help_goes_on_after_protection(workplace: Any, chain: Any) -> None:
    """Returns count no child as in need by two plans at once (CIN Census, rules 4001 and 4016)."""
    plan = chain.planned()
    reviewed(chain, plan, decision="PLAN_ENDS", end_reason="HELP_GOES_ON")
    in_need = process("family_help").objects.get(protection_plan=plan.pk)
    assert (in_need.is_in_need, in_need.level_why) == (True, "He was hurt and may be again.")


def test_a_second_plan_within_two_years_says_so(workplace: Any, chain: Any, another_chain: Any) -> None:
    chain.on -= timedelta(days=364)
    plan = chain.planned()
    reviewed(chain, plan, decision="PLAN_ENDS", end_reason="SAFE")
    again = another_chain(workplace, chain.child, chain.later(days=200))
    again.conference(again.arranged(_called_again(again)))
    second = process("child_protection_plan").objects.get(state="ACTIVE")
    assert (second.previous_plans, second.is_repeat) == (1, True)
    assert "1 before it, the last less than two years before" in second.happening()


def _called_again(chain: Any) -> Any:
    held = chain.held(chain.discussion())
    enquiry = process("section_47").objects.get(discussion=held.pk)
    enquiry = chain.at.take(
        enquiry, "find", "Ade Bankole", on=chain.later(days=3), not_seen_because="Seen at school by the police.",
        parents_say="Nothing", agencies_say="The same", found="Hurt again", outcome="AT_RISK", conference="yes",
    )  # fmt: skip
    chain.at.take(enquiry, "conclude", "Leonard Swann", on=chain.later(hours=3), rationale="I agree.")
    return process("child_protection_conference").objects.get(enquiry=enquiry.pk)


def test_those_who_came_take_part_and_a_new_worker_gets_what_it_called_for(workplace: Any, chain: Any) -> None:
    plan = chain.planned()
    assert {one.worker.name for one in Participant.objects.filter(entry=plan.pk)} >= {"Ruth Adeyemi", "Kate Lomas"}
    workplace.take(
        plan, "allocate", "Leonard Swann", on=chain.later(days=1), social_worker=workplace.worker("Fiona Garrick")
    )
    for kind in ("core_group", "child_protection_visit"):
        row = open_one(kind, plan)
        assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Fiona Garrick"


def test_the_chair_looks_between_conferences(workplace: Any, chain: Any, refused: Any) -> None:
    plan = chain.planned()
    before = Deadline.objects.get(entry=plan.pk, clock="chair's oversight").due_at
    with refused("oversight"):
        workplace.take(plan, "oversee", "Beverley Ashdown", on=chain.later(days=20))
    workplace.take(plan, "oversee", "Beverley Ashdown", on=chain.on, oversight="Two visits were late: Leonard, please.")
    assert Deadline.objects.get(entry=plan.pk, clock="chair's oversight").due_at > before


def loaded(workplace: Any, **more: Any) -> Any:
    """A plan that a return says is in force, reviewed once."""
    said = {"started_on": date(2026, 1, 12), "category": "NEG", "latest_category": "NEG", "previous_plans": 0,
            "review_dates": [date(2026, 4, 7)], "returned_as_at": date(2026, 3, 31)}  # fmt: skip
    child = workplace.person("Cy", "Moss", date(2019, 4, 4))
    return workplace.begin("child_protection_plan", "load_in_force", LOAD, person=child, **{**said, **more})


def called_for_by(plan: Any) -> dict[str, Any]:
    kinds = ("core_group", "child_protection_visit", "child_protection_conference")
    return {kind: process(kind).objects.filter(plan=plan.pk).first() for kind in kinds}


def test_a_plan_that_was_loaded_calls_for_nothing_until_somebody_leads_it(workplace: Any) -> None:
    plan = loaded(workplace)
    assert set(called_for_by(plan).values()) == {None}
    plan = workplace.take(plan, "allocate", "Leonard Swann", social_worker=workplace.worker("Ade Bankole"))
    due = called_for_by(plan)
    assert all(row is not None for row in due.values())
    assert due["core_group"].due_from_on == due["child_protection_visit"].due_from_on == timezone.localdate()
    review = due["child_protection_conference"]
    assert (review.number, review.due_from_on) == (2, date(2026, 4, 7)), "counted from the last review, wherever it was"
    assert Deadline.objects.filter(entry=plan.pk, clock="chair's oversight").exists()


def test_another_worker_leads_it_later_and_nothing_is_called_for_twice(workplace: Any) -> None:
    plan = loaded(workplace)
    for who in ("Ade Bankole", "Fiona Garrick"):
        plan = workplace.take(plan, "allocate", "Leonard Swann", social_worker=workplace.worker(who))
    for kind in called_for_by(plan):
        assert process(kind).objects.filter(plan=plan.pk).count() == 1

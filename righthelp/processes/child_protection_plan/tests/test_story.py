"""A child protection plan, from the conference that makes it to the one that ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.kernel.moments import local
from righthelp.record.models import Deadline, Holding, Invitation, Participant


def visited(chain: Any, visit: Any, **more: Any) -> Any:
    return chain.at.take(
        visit, "record", "Ade Bankole", on=chain.later(days=7),
        **{
            "visited_at": chain.on - timedelta(hours=2), "purpose": "To see how he is", "place": "HOME",
            "expected": "no", "seen_alone": "yes", "child_says": "I like it at Gran's.", "finds": "He is safer.",
            **more,
        },
    )  # fmt: skip


def open_one(kind: str, plan: Any) -> Any:
    return process(kind).objects.get(plan=plan.pk, state__in=["DUE", "ARRANGED"])


def reviewed(chain: Any, plan: Any, **more: Any) -> Any:
    return chain.conference(chain.arranged(open_one("child_protection_conference", plan)), **more)


@pytest.mark.county
def test_visits_follow_one_another_and_each_keeps_its_day(workplace: Any, chain: Any) -> None:
    plan = chain.planned()
    first = visited(chain, open_one("child_protection_visit", plan))
    second = open_one("child_protection_visit", plan)
    assert second.due_from_on == local(first.visited_at).date()
    assert Deadline.objects.get(entry=first.pk).stopped_at is not None
    assert Deadline.objects.get(entry=second.pk).stopped_at is None
    assert Holding.objects.get(entry=second.pk, until__isnull=True).worker.name == "Ade Bankole"
    workplace.take(
        second, "attempt", "Ade Bankole", on=chain.later(days=3),
        tries=[{"tried_at": chain.on, "tried_how": "Nobody opened."}],
    )  # fmt: skip
    assert workplace.again(second).state == "DUE"


def test_a_child_who_was_seen_alone_has_a_voice(chain: Any, refused: Any) -> None:
    visit = open_one("child_protection_visit", chain.planned())
    with refused("child_says"):
        visited(chain, visit, child_says="")
    assert visited(chain, visit, child_says="", child_shows="He hid behind the door.").state == "MADE"


def test_a_core_group_works_in_the_plan_and_the_next_is_due(workplace: Any, chain: Any) -> None:
    plan = chain.planned()
    group = open_one("core_group", plan)
    asked = {one.name for one in Invitation.objects.filter(entry=group.pk)}
    assert asked == {"Kate Lomas", "Helen Marsh", "Ruth Adeyemi", "Ade Bankole"}
    group = workplace.take(
        group, "arrange", "Ade Bankole", on=chain.later(days=2), meets_at=chain.on + timedelta(days=3), minutes=60,
        place="The school", invitations=[{"name": "Ann Moss", "who": "Mother"}],
    )  # fmt: skip
    group = workplace.take(group, "invite", "Ade Bankole", on=chain.on)
    action = plan.entry.actions.order_by("number").first()
    on = chain.later(days=4)
    group = workplace.take(
        group, "hold", "Ade Bankole", on=on, held_at=on - timedelta(hours=2), attendance=chain.came(group),
        child_part="He told his teacher what he wants.", family_part="Gran can do Tuesdays.", summary="It goes well.",
        decided="Gran stays part of the plan.",
        progress=[{"row": str(action.pk), "done": "DONE", "progress": "Seen each week"}],
        actions=[{"what": "Fit a lock.", "who": "Gran", "due_on": (on + timedelta(days=3)).date()}],
    )  # fmt: skip
    assert [(one.done, one.who) for one in plan.entry.actions.order_by("number")] == [
        ("DONE", "Ade Bankole"), ("NOT_YET", "Ruth Adeyemi"), ("NOT_YET", "Gran"),
    ]  # fmt: skip
    group = workplace.take(group, "send_record", "Ade Bankole", on=chain.later(days=1))
    following = open_one("core_group", plan)
    assert (following.first, following.due_from_on) == (False, local(group.held_at).date())


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

"""A core group works in the plan, and the next is due when it has met."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.kernel.moments import local
from righthelp.record.models import Invitation


def open_one(kind: str, plan: Any) -> Any:
    return process(kind).objects.get(plan=plan.pk, state__in=["DUE", "ARRANGED"])


@pytest.mark.county
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

"""Visits under a child protection plan: one after another, each with its own day, and the child's voice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.kernel.moments import local
from righthelp.record.models import Deadline, Holding


def open_one(kind: str, plan: Any) -> Any:
    return process(kind).objects.get(plan=plan.pk, state__in=["DUE", "ARRANGED"])


def visited(chain: Any, visit: Any, **more: Any) -> Any:
    return chain.at.take(
        visit, "record", "Ade Bankole", on=chain.later(days=7),
        **{
            "visited_at": chain.on - timedelta(hours=2), "purpose": "To see how he is", "place": "HOME",
            "expected": "no", "seen_alone": "yes", "child_says": "I like it at Gran's.", "finds": "He is safer.",
            **more,
        },
    )  # fmt: skip


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

"""Two records of one child become one, and may become two again: the Department is told, and ends up with the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from righthelp.guard.viewers import DAILY, looking
from righthelp.processes.same_person.tests.conftest import Merging
from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.payload import canonical, draw, in_social_care
from righthelp.returns.daily.tests.played import Department

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 6, 1, 9, tzinfo=UTC)


def known_to(played: Department) -> dict[str, Any]:
    return {number: canonical(payload) for number, payload in played.children.items()}


def on_record() -> dict[str, Any]:
    with looking(DAILY):
        return {one.number: one.payload for one in draw(in_social_care())}


def episodes(payload: Any) -> set[str]:
    return {episode["social_care_episode_id"] for episode in payload["social_care_episodes"]}


def test_two_records_that_become_one_and_two_again(workplace: Any, played: Department, send_now: Any) -> None:
    one, other = (workplace.person("Ada", family) for family in ("Pugh", "Pughe"))
    for child in (one, other):
        workplace.begin("referral", "accept", "Marian Blythe", person=child, received_at=THEN)
    send_now()
    two = known_to(played)
    assert two == on_record()
    assert len(two) == 2

    merging = Merging(workplace)
    merged = merging.one(one, other)
    sent = send_now()
    assert sent.stopped == ""
    [only] = known_to(played).values()
    assert known_to(played) == on_record()
    assert episodes(only) == set.union(*(episodes(payload) for payload in two.values()))
    assert send_now().found.waiting == 0

    merging.separate(merged)
    send_now()
    assert known_to(played) == on_record()
    assert known_to(played).keys() == two.keys()
    assert send_now().found.waiting == 0


def test_a_child_who_is_referred_no_longer_is_taken_back(workplace: Any, played: Department, send_now: Any) -> None:
    """The referral was another child's: it is moved to them."""
    child = workplace.person("Ada", "Pugh")
    referral = workplace.begin("referral", "accept", "Marian Blythe", person=child, received_at=THEN)
    send_now()
    other = workplace.person("Cy", "Moss")
    referral.entry.person = other
    referral.entry.save()
    sent = send_now()
    assert len(sent.taken_back) == 1
    [only] = known_to(played).values()
    assert only["child_details"]["surname"] == "Moss"
    assert DailyPayload.objects.get(person=child).holds == []
    assert send_now().found.waiting == 0

"""The conference service's board and next week's list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

PLACE = "/child_protection_conference/"


@pytest.fixture
def seen(client: Any, workplace: Any) -> Any:
    def page(who: str, address: str = PLACE) -> str:
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
        return str(client.get(address).content.decode())

    return page


def test_each_conference_stands_where_it_waits(workplace: Any, chain: Any, seen: Any) -> None:
    conference = chain.called_for()
    before = seen("Colin Ember")
    assert "The request to convene is awaited" in before
    assert f"{PLACE}{conference.pk}/remind/" in before
    workplace.take(
        conference, "convene", "Ade Bankole", on=chain.later(hours=2), asked_because="He was burned.",
        invitations=chain.who,
    )  # fmt: skip
    after = seen("Colin Ember")
    assert "To be arranged" in after
    assert "The request to convene is awaited" not in after
    assert f"{PLACE}{conference.pk}/arrange/" in after


def test_next_weeks_list_makes_itself(workplace: Any, chain: Any, seen: Any) -> None:
    conference = chain.called_for()
    workplace.take(
        conference, "convene", "Ade Bankole", on=chain.later(hours=2), asked_because="He was burned.",
        invitations=chain.who,
    )  # fmt: skip
    today = timezone.localtime()
    tuesday = today + timedelta(days=8 - today.weekday())
    assert "None is arranged" in seen("Leonard Swann", f"{PLACE}next-week/")
    workplace.take(
        conference, "arrange", "Colin Ember", meets_at=tuesday, minutes=90, place="The Old Library",
        chair=workplace.worker("Beverley Ashdown"),
    )  # fmt: skip
    shown = seen("Leonard Swann", f"{PLACE}next-week/")
    for words in ("Cy Moss", "The Old Library", "Beverley Ashdown", "Send the invitations", "Meet the parents"):
        assert words in shown


def test_who_is_invited_from_elsewhere_has_it_in_their_workspace_and_sends_a_report(
    client: Any, workplace: Any, chain: Any
) -> None:
    """They see no list of conferences; and are told on the page of the step what their report still lacks."""
    conference = chain.arranged(chain.called_for())
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Helen Marsh").pk})
    assert [client.get(place).status_code for place in (PLACE, f"{PLACE}next-week/")] == [403, 403]
    answer = client.post(
        f"{PLACE}{conference.pk}/report/", {"report-TOTAL_FORMS": "0", "report-INITIAL_FORMS": "0"}, follow=True
    )
    assert answer.status_code == 200
    assert "Your agency is not invited to this meeting." in answer.content.decode()


def test_a_chair_sees_the_plans_at_which_they_are_to_look(chain: Any, seen: Any) -> None:
    plan = chain.planned()
    assert f"/child_protection_plan/{plan.pk}/" in seen("Beverley Ashdown")
    assert "Plans to look at" not in seen("Colin Ember")


def test_it_is_not_for_everybody(client: Any, workplace: Any) -> None:
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Jo Ferris").pk})
    assert client.get(PLACE).status_code == 403

"""Last week's decisions are drawn at random and reviewed by somebody who did not make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.packs import pack
from righthelp.processes.decision_review.drawing import WEEK, draw, sample, week_of
from righthelp.processes.decision_review.models import DecisionReview
from righthelp.record.models import Deadline

pytestmark = pytest.mark.county

FOUND = {"agrees": "yes", "recording": "GOOD", "voice": "PARTLY", "consent": "GOOD", "finding": "Clear and in time."}
OTHERWISE = {**FOUND, "agrees": "no", "would_outcome": "EARLY_HELP", "would_level": 3}


@pytest.fixture
def last_week() -> datetime:
    """Wednesday of last week, at noon."""
    monday = week_of(timezone.localdate()) - WEEK
    noon = datetime(monday.year, monday.month, monday.day, 12, tzinfo=timezone.get_current_timezone())
    return noon + timedelta(days=2)


def drawn_one(workplace: Any, last_week: datetime) -> Any:
    workplace.decided(on=last_week)
    assert draw(timezone.now()) == 1
    return DecisionReview.objects.get()


def test_a_decision_is_drawn_and_reviewed(workplace: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    assert (review.decided_by.name, review.decided_on) == ("Marian Blythe", last_week.date())
    assert review.entry.person is not None
    assert review.entry.arose_from == review.decision.contact.entry
    assert Deadline.objects.get(entry=review.pk).stopped_at is None
    review = workplace.take(review, "review", "Sylvia Marchetti", **FOUND)
    assert review.ended
    assert Deadline.objects.get(entry=review.pk).stopped_at is not None


def test_the_review_is_due_in_the_week_after_the_decision(workplace: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    assert review.week_began_on == week_of(timezone.localdate())
    due = timezone.localtime(Deadline.objects.get(entry=review.pk).due_at).date()
    assert due == review.week_began_on + WEEK


def test_nobody_reviews_their_own(workplace: Any, refused: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    with refused(saying="You decided on this contact yourself"):
        workplace.take(review, "review", "Marian Blythe", **FOUND)


def test_whoever_decided_otherwise_says_how(workplace: Any, refused: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    with refused("would_outcome"):
        workplace.take(review, "review", "Sylvia Marchetti", **{**OTHERWISE, "would_outcome": ""})
    with refused("would_outcome", saying="This is the decision that was made"):
        workplace.take(
            review, "review", "Sylvia Marchetti", **{**OTHERWISE, "would_outcome": "ADVICE", "would_level": 2}
        )
    review = workplace.take(review, "review", "Sylvia Marchetti", **OTHERWISE)
    assert (review.agrees, review.would_level) == (False, 3)


def test_a_social_worker_neither_draws_nor_reviews(workplace: Any, refused: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    with refused(kind=NotAllowed):
        workplace.take(review, "review", "Nia Prosser", **FOUND)
    with refused(kind=NotAllowed):
        workplace.begin("decision_review", "draw", "Marian Blythe", decision=review.decision,
                        decided_on=last_week.date(), week_began_on=week_of(timezone.localdate()))  # fmt: skip


def test_as_many_are_drawn_as_the_pack_says_and_the_same_again(workplace: Any, last_week: datetime) -> None:
    size = int(pack().word("decisions_reviewed_a_week"))
    for number in range(size + 3):
        told = workplace.registered(
            on=last_week, child_given=f"Ada{'abcdefghij'[number]}", child_family=f"Pugh{number}"
        )
        workplace.decide(told, on=last_week)
    expected = {one.pk for one in sample(week_of(timezone.localdate()))}
    assert draw(timezone.now()) == size
    assert draw(timezone.now()) == 0
    assert set(DecisionReview.objects.values_list("decision", flat=True)) == expected


def test_a_decision_that_was_drawn_is_not_drawn_for_another_week(workplace: Any, last_week: datetime) -> None:
    review = drawn_one(workplace, last_week)
    assert sample(review.week_began_on) == []
    later = workplace.registered(on=last_week, child_given="Bea", child_family="Moss")
    workplace.decide(later, on=last_week)
    assert [one.contact_id for one in sample(review.week_began_on)] == [later.pk]


def test_this_weeks_decisions_wait_for_next_week(workplace: Any) -> None:
    workplace.decided(on=timezone.now())
    assert draw(timezone.now()) == 0
    assert draw(timezone.now() + WEEK) == 1


def test_a_locked_child_is_not_drawn(workplace: Any, last_week: datetime) -> None:
    contact = workplace.decided(on=last_week)
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=contact.entry.person, why="A worker is her aunt."
    )
    assert draw(timezone.now()) == 0


def test_whoever_decided_reads_the_review_of_their_own(client: Any, workplace: Any, last_week: datetime) -> None:
    workplace.decided(on=last_week)
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Marian Blythe").pk})
    page = client.get("/decision_review/").content.decode()
    assert "You: somebody else reviews it" in page
    review = DecisionReview.objects.get()
    workplace.take(review, "review", "Sylvia Marchetti", **FOUND)
    page = client.get("/decision_review/").content.decode()
    assert "What was found of your own decisions" in page
    assert "Clear and in time." in client.get(f"/decision_review/{review.pk}/").content.decode()


def test_the_list_is_for_reviewers(client: Any, workplace: Any) -> None:
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Nia Prosser").pk})
    assert client.get("/decision_review/").status_code == 403

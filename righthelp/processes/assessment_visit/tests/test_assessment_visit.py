"""The child who is assessed is seen, and seen alone, in time; the assessment and the referral are told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.kernel.moments import local
from righthelp.record.models import Deadline
from tests.assessed import at, begun, visited


@pytest.mark.county
def test_the_child_is_seen_alone_in_time_however_often_they_were_not(workplace: Any) -> None:
    assessment = begun(workplace, at(2026, 5, 18, 10, 0))
    visits = process("assessment_visit").objects
    first = visited(
        workplace, assessment, at(2026, 5, 20, 16, 0), seen_alone="no", not_alone_because="Her mother stayed."
    )
    assert workplace.again(assessment).child_seen_on == date(2026, 5, 20)
    assert workplace.again(assessment).child_seen_alone_on is None
    assert not Deadline.objects.filter(entry=first.pk).exists()
    second = visits.get(state="DUE")
    assert local(Deadline.objects.get(entry=second.pk).due_at).date() == date(2026, 6, 2)
    called = visited(workplace, assessment, at(2026, 5, 21, 16, 0), place="REMOTE")
    assert workplace.again(assessment).child_seen_alone_on is None, "a call is no visit"
    assert not Deadline.objects.filter(entry=called.pk).exists()
    third = visited(workplace, assessment, at(2026, 5, 27, 16, 0))
    assert workplace.again(assessment).child_seen_alone_on == date(2026, 5, 27)
    assert Deadline.objects.get(entry=third.pk).stopped_at is not None
    assert not Deadline.objects.filter(entry=visits.get(state="DUE").pk).exists()


def test_a_visit_says_to_the_referral_that_the_child_was_seen(workplace: Any) -> None:
    assessment = begun(workplace)
    visited(workplace, assessment)
    assert workplace.again(assessment.referral).seen_by_whom == "Ade Bankole, on a visit"


def test_whoever_did_not_see_the_child_alone_says_why(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    with refused("not_alone_because"):
        visited(workplace, assessment, seen_alone="no")

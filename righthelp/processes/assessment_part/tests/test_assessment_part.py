"""An agency is asked for its part in an assessment and gives it; its refusals, its clock and who reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.viewers import looking
from righthelp.record.models import CaseEntry, Deadline
from tests.assessed import ADE, QUESTION, agreed, asked_of, begun, written

HEALTH = "Wyeside Community Health"


@pytest.mark.county
def test_an_agency_is_asked_and_gives_its_part(workplace: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    part = asked_of(workplace, assessment, name="Helen Marsh")
    assert (part.state, part.about, part.worker) == ("ASKED", assessment.about, workplace.worker("Helen Marsh"))
    assert part.allowed_by == "With the parents' agreement: Her mother, today"
    due = Deadline.objects.get(entry=part.pk)
    assert timezone.localdate(due.due_at) == part.answer_by_on
    part = workplace.take(part, "give", "Helen Marsh", goes_well="Ada is well", worries="Her teeth")
    assert (part.state, part.given_by) == ("GIVEN", "Helen Marsh, Wyeside Community Health")
    assert Deadline.objects.get(entry=part.pk).stopped_at is not None


def test_a_part_that_says_nothing_is_not_given(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    part = asked_of(workplace, assessment, name="Helen Marsh")
    with refused("goes_well", saying="does not know the child"):
        workplace.take(part, "give", "Helen Marsh")


def test_an_agency_is_not_asked_for_yesterday_and_the_council_does_not_ask_itself(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    row = agreed(workplace, assessment)
    asked = {"assessment": row, "question": QUESTION, "answer_by_on": timezone.localdate()}
    with refused("answer_by_on", saying="within the next six weeks"):
        gone = {"answer_by_on": timezone.localdate() - timedelta(days=1)}
        workplace.begin("assessment_part", "ask", ADE, agency=workplace.staff.agencies[HEALTH], **{**asked, **gone})
    with refused("agency"):
        workplace.begin("assessment_part", "ask", ADE, agency=workplace.staff.agencies["county"], **asked)


def test_what_is_withdrawn_is_waited_for_no_more(workplace: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    part = asked_of(workplace, assessment)
    part = workplace.take(part, "withdraw", ADE, withdrawn_because="They have never met her.")
    assert part.ended
    assert not Deadline.objects.filter(entry=part.pk, stopped_at__isnull=True).exists()


def test_agencies_are_asked_with_agreement_or_a_reason(workplace: Any, refused: Any) -> None:
    assessment = begun(workplace)
    with refused(saying="whether the parents agree"):
        asked_of(workplace, assessment)
    row = agreed(workplace, assessment, agencies_agreed="no", agreed_by="", without_agreement="NEED_REMAINS")
    assert asked_of(workplace, row).allowed_by.startswith("Without it: They refused")


def test_an_agency_sees_its_own_part_and_no_more(workplace: Any, client: Any) -> None:
    assessment = begun(workplace)
    agreed(workplace, assessment)
    school = asked_of(workplace, assessment, "Hill Lane Primary School", "Tom Fairley")
    health = asked_of(workplace, assessment, name="Helen Marsh")
    workplace.take(health, "give", "Helen Marsh", worries="Her teeth")
    written(workplace, assessment)
    for who, mine in (("Tom Fairley", [school.pk]), ("Helen Marsh", [health.pk]), ("Kate Lomas", [])):
        with looking(workplace.as_(who)):
            assert [row.pk for row in process("assessment_part").objects.all()] == mine
            assert not process("assessment").objects.exists()
            assert not any(row.objects.exists() for row in hanging_on_it())
            assert not CaseEntry.objects.exists()
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Tom Fairley").pk})
    page = client.get(f"/assessment_part/{school.pk}/").content.decode()
    assert QUESTION in page
    assert "Her teeth" not in page
    assert "nights" not in page
    assert client.get(f"/assessment_part/{health.pk}/").status_code == 404
    assert client.get(f"/assessment/{assessment.pk}/").status_code == 404


def hanging_on_it() -> list[type[GuardedModel]]:
    """Every kind of row that belongs to an assessment."""
    relations = process("assessment")._meta.related_objects
    found = [one.related_model for one in relations if issubclass(one.related_model, GuardedModel)]  # type: ignore[arg-type]
    return [model for model in found if model is not process("assessment_part")]  # type: ignore[misc]

"""An outcome is claimed with evidence from the record, and looked over by somebody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.record.models import Document, Outcome, Quotation

CLAIM = {"area": "EDUCATION", "evidence": "Attendance is 96% since May: the school's register."}


@pytest.fixture
def helped(workplace: Any) -> Any:
    """A child whose family has a plan, of which something was reached."""
    ada, day = workplace.person("Ada", "Pugh"), timezone.localdate()
    plan = workplace.begin(
        "family_help", "record_single_agency", "Jo Ferris", person=ada, asked_for="Mornings are hard.",
        consent="GIVEN", consent_from="Her mother", consent_on=day, lead_name="Tom Fairley",
        lead_agency=workplace.worker("Tom Fairley").agency, review_due_on=day + timedelta(days=30),
        outcomes=[{"words": "Mornings without shouting"}],
    )  # fmt: skip
    said = [{"row": str(Outcome.objects.get(entry=plan.pk).pk), "reached": "REACHED", "reached_says": "Since May."}]
    return workplace.take(plan, "review", "Jo Ferris", outcomes_now=said)


def claimed(workplace: Any, plan: Any, who: str = "Jo Ferris", **more: Any) -> Any:
    said = {**CLAIM, "sustained_until": timezone.localdate(), **more}
    return workplace.begin("outcome_claim", "claim", who, person=plan.entry.person, **said)


@pytest.mark.county
def test_it_is_claimed_with_what_the_record_says_and_accepted_by_somebody_else(workplace: Any, helped: Any) -> None:
    claim = claimed(workplace, helped)
    evidence = Document.objects.get(entry=claim.pk)
    assert "Mornings without shouting Yes. Since May." in evidence.words
    assert Quotation.objects.filter(document=evidence, entry=helped.pk, field="outcomes").exists()
    claim = workplace.take(claim, "accept", "Petra Lind", finds="The register shows it.")
    assert (claim.state, claim.plan_id) == ("ACCEPTED", helped.pk)
    assert claim.looked_over_by.startswith("Petra Lind")


def test_nobody_looks_over_their_own(workplace: Any, helped: Any, refused: Any) -> None:
    claim = claimed(workplace, helped, "Petra Lind")
    with refused(saying="your own claim", kind=NotAllowed):
        workplace.take(claim, "accept", "Petra Lind", finds="I say so.")
    with refused(saying="Only whoever claimed", kind=NotAllowed):
        workplace.take(claim, "take_back", "Jo Ferris", taken_back_because="No.")


def test_what_was_refused_is_claimed_again_and_nothing_twice(workplace: Any, helped: Any, refused: Any) -> None:
    claim = claimed(workplace, helped)
    with refused("area", saying="claimed for this plan already"):
        claimed(workplace, helped)
    workplace.take(claim, "refuse", "Petra Lind", finds="The register is missing.")
    assert claimed(workplace, helped).state == "CLAIMED"


def test_what_has_not_lasted_or_was_not_helped_is_not_claimed(workplace: Any, helped: Any, refused: Any) -> None:
    with refused("sustained_until"):
        claimed(workplace, helped, sustained_until=timezone.localdate() + timedelta(days=1))
    bob, said = workplace.person("Bob", "Pugh"), {**CLAIM, "sustained_until": timezone.localdate()}
    with refused(saying="no family help"):
        workplace.begin("outcome_claim", "claim", "Jo Ferris", person=bob, **said)
    assert process("outcome_claim").objects.count() == 0

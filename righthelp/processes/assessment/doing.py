"""What an assessment's steps do beside setting its own facts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from righthelp.engine.meeting import in_short
from righthelp.engine.process import Process, process, processes
from righthelp.packs import pack
from righthelp.processes.assessment.parts import AssessmentDomain
from righthelp.record.models import Participant

if TYPE_CHECKING:
    from righthelp.processes.assessment.begun import Begun


def begin_it(assessment: Begun, on: datetime, *, counts_from: datetime) -> None:
    """It is about the child of its entry, and counted from a moment."""
    assessment.started_at = on
    assessment.counted_from_at = counts_from
    assessment.about = in_short(assessment.person)


def write_domains(assessment: Begun) -> None:
    """A row for each part of the child's life, to be written in."""
    rows = [
        AssessmentDomain(assessment_id=assessment.pk, number=number, domain=code.code)
        for number, code in enumerate(pack().codes("family_domain"), start=1)
        if code.until is None
    ]
    assessment.also.write(*rows)
    assessment.also.journal.parts[(AssessmentDomain, assessment.pk)] += rows


def call_for_a_visit(assessment: Begun, *, still_to_be_seen: bool = True) -> None:
    """The child is to be visited, first of all to be seen alone; a visit of what is loaded is under no clock."""
    if "assessment_visit" not in processes():
        return
    assessment.also.begin(
        process("assessment_visit"),
        "fall_due",
        assessment.person,
        {"assessment": assessment, "still_to_be_seen": still_to_be_seen},
        arose_from=assessment.entry,
    )


def agency_parts(assessment: Begun, page: type[Process]) -> list[Any]:
    """What each agency was asked, with what this and earlier steps wrote."""
    also = assessment.also
    fresh = [part for part in also.journal.rows(page) if part.assessment_id == assessment.pk]
    if also.journal.holds(assessment.entry):
        return fresh
    kept = page.objects.filter(assessment=assessment.pk).select_related("agency", "worker", "answered_by")
    return [*(also.journal.touched.get(part.pk, part) for part in kept), *fresh]


def let_lead(assessment: Begun) -> None:
    """Whoever of another agency leads it sees it and writes in it; whoever led it before no longer does."""
    assessment.also.no_longer_involve(part=Participant.Part.LEADS)
    if assessment.lead is not None:
        assessment.also.involve(assessment.lead.agency, assessment.lead, Participant.Part.LEADS)

"""Telling what came of an assessment: the parents, who get it whole, and those who referred or were asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from righthelp.engine.composing import Passage, Section, of
from righthelp.engine.issuing import Recipient
from righthelp.engine.process import processes
from righthelp.processes.assessment import doing
from righthelp.record.models import Basis, Issue

if TYPE_CHECKING:
    from righthelp.processes.assessment.models import Assessment


def tell_parents(assessment: Assessment) -> None:
    """The assessment as it was authorised, to each parent or carer by name."""
    names = [line.strip() for line in assessment.told_parents.splitlines() if line.strip()]
    if names:
        assessment.also.issue_composed(
            f"{assessment.heading}: {assessment.about}", _whole(assessment), [Recipient(name) for name in names]
        )


def tell_agencies(assessment: Assessment) -> None:
    """What came of it, and what they need for their own work with the child, to who referred and who was asked."""
    recipients = list(dict.fromkeys(_agencies(assessment)))
    if not recipients:
        return
    also = assessment.also
    sections = [
        Section("What was decided", [of(assessment, "outcome", also, label="")]),
        Section("What happens next", [of(assessment, "told_agencies", also, label="")]),
        Section(
            "If you disagree, or your worry grows",
            [
                Passage(f"Talk with {also.by.name}, who signed this. Whoever worries more tells us again, at once."),
                Passage("If a child is in danger now, ring 999."),
            ],
        ),
    ]
    also.issue_composed(f"What came of an assessment: {assessment.about}", sections, recipients)


def _agencies(assessment: Assessment) -> Iterator[Recipient]:
    contact = getattr(assessment.referral, "contact", None)
    if contact is not None and contact.from_agency_id:
        yield _recipient(contact.from_worker, contact.from_agency, contact.from_name)
    page = processes().get("assessment_part")
    for part in doing.agency_parts(assessment, page) if page else ():
        yield _recipient(part.answered_by or part.worker, part.agency, part.name)
    if assessment.lead is not None:
        yield Recipient(worker=assessment.lead)


def _recipient(worker: Any, agency: Any, name: str) -> Recipient:
    """A worker reads it in their workspace; of whoever has none the ledger says to whom it was sent."""
    if worker is not None:
        return Recipient(worker=worker)
    return Recipient(f"{name or 'Safeguarding lead'}, {agency}", how=Issue.How.POST)


def _whole(assessment: Assessment) -> list[Section]:
    also = assessment.also
    domains = [domain for domain in assessment.domains_now() if domain.is_written]
    return [
        Section("What was agreed at the start", [of(assessment, name, also) for name in ("looks_at", "speaks_to")]),
        *(
            Section(
                str(domain),
                [
                    Passage(getattr(domain, name), label=_question(domain, name))
                    for name in ("strengths", "worries", "to_change")
                ],
            )
            for domain in domains
        ),
        Section(
            "What the child says",
            [of(assessment, "child_says", also, said_by=str(assessment.person), basis=Basis.TOLD, label="")]
            if assessment.child_says_shared
            else [],
        ),
        Section("What parents and carers say", [of(assessment, "parents_say", also, basis=Basis.TOLD, label="")]),
        Section("What others in the family say", [of(assessment, "others_say", also, basis=Basis.TOLD, label="")]),
        Section("What it means", [of(assessment, "analysis", also, basis=Basis.OPINION, label="")]),
        Section(
            "What was decided, and why",
            [of(assessment, "outcome", also, label=""), of(assessment, "outcome_because", also, label="")],
        ),
        Section(
            "If something is wrong here",
            [Passage("Tell us what is wrong or missing. Your words are kept with the assessment.")],
        ),
    ]


def _question(row: Any, name: str) -> str:
    words = str(row._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]

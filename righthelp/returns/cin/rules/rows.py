"""Where each value of a row stands in the return, and whose row it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from righthelp.returns.cin.tables import (
    Assessment,
    Child,
    Enquiry,
    Episode,
    Header,
    Plan,
    PreProceedings,
    ProtectionPlan,
    Review,
)

Row = Header | Child | Episode | Assessment | Plan | Enquiry | ProtectionPlan | Review | PreProceedings

ELEMENTS: dict[type[Row], dict[str, str]] = {
    Header: {"Collection": "collection", "Year": "year", "ReferenceDate": "reference", "LEA": "authority"},
    Child: {
        "LAchildID": "number",
        "UPN": "upn",
        "FormerUPN": "former_upn",
        "UPNunknown": "upn_unknown",
        "PersonBirthDate": "born_on",
        "ExpectedPersonBirthDate": "expected_on",
        "Sex": "sex",
        "GenderCurrent": "sex",
        "PersonDeathDate": "died_on",
        "Ethnicity": "ethnicity",
        "Disability": "disabilities",
        "CINdetails": "",  # a group: it has no value of its own
    },
    Episode: {
        "CINreferralDate": "referred_on",
        "ReferralSource": "source",
        "PrimaryNeedCode": "need",
        "CINclosureDate": "closed_on",
        "ReasonForClosure": "reason",
        "DateOfInitialCPC": "conference_on",
        "ReferralNFA": "nfa",
        "Assessments": "",
        "CINPlanDates": "",
        "Section47": "",
        "ChildProtectionPlans": "",
    },
    Assessment: {
        "AssessmentActualStartDate": "started_on",
        "AssessmentInternalReviewDate": "review_on",
        "AssessmentAuthorisationDate": "authorised_on",
        "AssessmentFactors": "factors",
    },
    Plan: {"CINPlanStartDate": "started_on", "CINPlanEndDate": "ended_on"},
    Enquiry: {
        "S47ActualStartDate": "started_on",
        "InitialCPCtarget": "target_on",
        "DateOfInitialCPC": "conference_on",
        "ICPCnotRequired": "not_required",
    },
    ProtectionPlan: {
        "CPPstartDate": "started_on",
        "CPPendDate": "ended_on",
        "InitialCategoryOfAbuse": "first_category",
        "LatestCategoryOfAbuse": "latest_category",
        "NumberOfPreviousCPP": "previous",
    },
    Review: {"CPPreviewDate": "on"},
    PreProceedings: {
        "PPStartDate": "started_on",
        "LBPSentDate": "letter_sent_on",
        "FGDMMeetingOffer": "meeting_offered",
        "FGDMMeetingFac": "meeting_held",
        "InitialPPMeetingDate": "first_meeting_on",
        "ReviewMeetingsCount": "reviews",
        "StepDecisionDate": "decided_on",
        "PPOutcome": "outcome",
        "CourtAppDate": "applied_on",
        "LetterInitCPDate": "letter_on",
    },
}
"""The name of each element that rules speak of, and the attribute that holds its value."""


def child_of(row: Row) -> Child | None:
    """The child whose row it is; None for the header."""
    if isinstance(row, Header):
        return None
    if isinstance(row, Child):
        return row
    if isinstance(row, Episode):
        return row.child
    return row.plan.episode.child if isinstance(row, Review) else row.episode.child


def value_of(row: Row, element: str) -> str:
    """The value as it was given, and otherwise as a return writes it; empty where there is none."""
    said = getattr(row, "said", None)
    if said and element in said:
        return str(said[element][0])
    attribute = ELEMENTS[type(row)].get(element)
    return _written(getattr(row, attribute)) if attribute else ""


def line_of(row: Row, element: str) -> int:
    """The line of the value, or else of its row; 0 where there is no file."""
    said = getattr(row, "said", None)
    return int(said[element][1]) if said and element in said else row.line


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, list) else str(value)

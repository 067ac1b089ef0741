"""Where each element of a CIN Census stands in the tables: which row its group makes, which field its value is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from righthelp.returns.cin.structure import CHILD, HEADER, Item
from righthelp.returns.cin.tables import (
    Assessment,
    Child,
    Enquiry,
    Episode,
    Plan,
    PreProceedings,
    ProtectionPlan,
    Review,
    Tables,
)

FIELDS = {
    "CollectionDetails": {"Collection": "collection", "Year": "year", "ReferenceDate": "reference"},
    "Source": {"LEA": "authority"},
    "ChildIdentifiers": {
        "LAchildID": "number",
        "UPN": "upn",
        "FormerUPN": "former_upn",
        "UPNunknown": "upn_unknown",
        "PersonBirthDate": "born_on",
        "ExpectedPersonBirthDate": "expected_on",
        "GenderCurrent": "sex",
        "Sex": "sex",
        "PersonDeathDate": "died_on",
    },
    "ChildCharacteristics": {"Ethnicity": "ethnicity"},
    "CINdetails": {
        "CINreferralDate": "referred_on",
        "ReferralSource": "source",
        "PrimaryNeedCode": "need",
        "CINclosureDate": "closed_on",
        "ReasonForClosure": "reason",
        "DateOfInitialCPC": "conference_on",
        "ReferralNFA": "nfa",
    },
    "Assessments": {
        "AssessmentActualStartDate": "started_on",
        "AssessmentInternalReviewDate": "review_on",
        "AssessmentAuthorisationDate": "authorised_on",
    },
    "CINPlanDates": {"CINPlanStartDate": "started_on", "CINPlanEndDate": "ended_on"},
    "Section47": {
        "S47ActualStartDate": "started_on",
        "InitialCPCtarget": "target_on",
        "DateOfInitialCPC": "conference_on",
        "ICPCnotRequired": "not_required",
    },
    "ChildProtectionPlans": {
        "CPPstartDate": "started_on",
        "CPPendDate": "ended_on",
        "InitialCategoryOfAbuse": "first_category",
        "LatestCategoryOfAbuse": "latest_category",
        "NumberOfPreviousCPP": "previous",
    },
    "PreProceedingsandFGDM": {
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
"""The field of each value, by the group that it stands in."""

LISTS = {"Disabilities": "disabilities", "FactorsIdentifiedAtAssessment": "factors"}
"""Groups that only hold one value, many times: the list that these are."""

REVIEWS = "Reviews"

PARTS: dict[str, tuple[Callable[..., Any], str]] = {
    "Assessments": (Assessment, "assessments"),
    "CINPlanDates": (Plan, "plans"),
    "Section47": (Enquiry, "enquiries"),
    "ChildProtectionPlans": (ProtectionPlan, "protection_plans"),
    "PreProceedingsandFGDM": (PreProceedings, "pre_proceedings"),
}
"""What stands in an episode and is a row of its own, with the list that it joins in the episode and in the tables."""


def begins(name: str, tables: Tables) -> Callable[[Any, int], Any]:
    """How the row of a group begins: of the row that it stands in, and its line. Many groups go on with that row."""
    if name == "CINdetails":
        return lambda child, line: _episode(tables, child, line)
    if name in PARTS:
        made, listed = PARTS[name]
        whole: list[Any] = getattr(tables, listed)

        def begin(episode: Episode, line: int) -> Any:
            row = made(episode, line=line)
            getattr(episode, listed).append(row)
            whole.append(row)
            return row

        return begin
    return lambda row, line: row


def begin_child(tables: Tables, line: int) -> Child:
    """A child of whom nothing is known yet."""
    child = Child(line=line)
    tables.children.append(child)
    return child


def add_review(tables: Tables, plan: ProtectionPlan, on: Any, line: int) -> None:
    """A review of a protection plan; without a day where none can be read."""
    review = Review(plan, on, line)
    plan.reviews.append(review)
    tables.reviews.append(review)


def forget(tables: Tables, child: Child) -> None:
    """Take out the latest child with all their rows, to read them anew."""
    tables.children.pop()
    for episode in child.episodes:
        tables.episodes.pop()
        for _, listed in PARTS.values():
            whole: list[Any] = getattr(tables, listed)
            del whole[len(whole) - len(getattr(episode, listed)) :]
        for plan in episode.protection_plans:
            del tables.reviews[len(tables.reviews) - len(plan.reviews) :]


def _episode(tables: Tables, child: Child, line: int) -> Episode:
    episode = Episode(child, line=line)
    child.episodes.append(episode)
    tables.episodes.append(episode)
    return episode


def _groups(item: Item) -> dict[str, Item]:
    found = {item.name: item} if item.holds else {}
    for each in item.holds:
        found |= _groups(each)
    return found


GROUPS = _groups(HEADER) | _groups(CHILD)
"""Every group of the return, by name."""

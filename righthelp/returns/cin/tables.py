"""The tables of a CIN Census: what the rules of the Department ask their questions of.

Rows are made by streaming through a file, from the county's own record for an export, or from one child's record when
a fact is written down: the same rules run over all three. A table holds every row of its kind; each row knows its
child and its episode (`CINdetails`), and they know it.

A value is None where there is none, and where it cannot be read as its kind: then its words are in `said`. A code is
kept as it was given, valid or not: whether it is one is a rule's question. Days are days; `line` is that of the file,
0 where there is no file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

Said = dict[str, tuple[str, int]]
"""The words of a value as given, and their line, by the name of their element."""


@dataclass(slots=True, eq=False)
class Header:
    """Whose return it is, and of which year: 2026 is the one from 1 April 2025 to 31 March 2026."""

    collection: str | None = None
    year: int | None = None
    reference: date | None = None
    authority: str | None = None
    line: int = 0
    said: Said = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Child:
    """`ChildIdentifiers` and `ChildCharacteristics` of one child."""

    number: str | None = None  # LAchildID
    upn: str | None = None
    former_upn: str | None = None
    upn_unknown: str | None = None
    born_on: date | None = None
    expected_on: date | None = None
    sex: str | None = None
    died_on: date | None = None
    ethnicity: str | None = None
    disabilities: list[str] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None  # in the county's record: the person that the row was made from


@dataclass(slots=True, eq=False)
class Episode:
    """`CINdetails`: one referral of a child and all that came of it."""

    child: Child
    referred_on: date | None = None
    source: str | None = None
    need: str | None = None
    closed_on: date | None = None
    reason: str | None = None
    conference_on: date | None = None  # an initial conference without enquiries in this episode
    nfa: bool | None = None  # ReferralNFA
    assessments: list[Assessment] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    pre_proceedings: list[PreProceedings] = field(default_factory=list)
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None  # in the county's record: the entry that the row was made from


@dataclass(slots=True, eq=False)
class Assessment:
    """`Assessments`."""

    episode: Episode
    started_on: date | None = None  # AssessmentActualStartDate
    review_on: date | None = None  # AssessmentInternalReviewDate
    authorised_on: date | None = None  # AssessmentAuthorisationDate
    factors: list[str] = field(default_factory=list)
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None


@dataclass(slots=True, eq=False)
class Plan:
    """`CINPlanDates`."""

    episode: Episode
    started_on: date | None = None
    ended_on: date | None = None
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None


@dataclass(slots=True, eq=False)
class Enquiry:
    """`Section47`."""

    episode: Episode
    started_on: date | None = None
    target_on: date | None = None  # InitialCPCtarget
    conference_on: date | None = None  # DateOfInitialCPC
    not_required: bool | None = None  # ICPCnotRequired
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None


@dataclass(slots=True, eq=False)
class ProtectionPlan:
    """`ChildProtectionPlans`."""

    episode: Episode
    started_on: date | None = None
    ended_on: date | None = None
    first_category: str | None = None
    latest_category: str | None = None
    previous: int | None = None  # NumberOfPreviousCPP
    reviews: list[Review] = field(default_factory=list)
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None


@dataclass(slots=True, eq=False)
class Review:
    """`CPPreviewDate`, one of a plan's `Reviews`; `on` is None where the element or its date is missing."""

    plan: ProtectionPlan
    on: date | None = None
    line: int = 0


@dataclass(slots=True, eq=False)
class PreProceedings:
    """`PreProceedingsandFGDM`, from 2026/27."""

    episode: Episode
    started_on: date | None = None
    letter_sent_on: date | None = None  # LBPSentDate
    meeting_offered: bool | None = None  # FGDMMeetingOffer
    meeting_held: bool | None = None  # FGDMMeetingFac
    first_meeting_on: date | None = None  # InitialPPMeetingDate
    reviews: int | None = None  # ReviewMeetingsCount
    decided_on: date | None = None  # StepDecisionDate
    outcome: str | None = None  # PPOutcome
    applied_on: date | None = None  # CourtAppDate
    letter_on: date | None = None  # LetterInitCPDate
    line: int = 0
    said: Said = field(default_factory=dict)
    entry: object = None


@dataclass(slots=True)
class Tables:
    """Every row of one return, by kind, in the order of the file; filled by whoever makes the rows."""

    header: Header = field(default_factory=Header)
    children: list[Child] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    protection_plans: list[ProtectionPlan] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    pre_proceedings: list[PreProceedings] = field(default_factory=list)

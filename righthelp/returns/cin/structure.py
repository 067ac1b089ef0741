"""What a CIN Census is made of: every element, in order, how often it may stand, and what its value is.

Department for Education, Children in Need Census, technical specification for the years to March 2022 to March 2027;
each item's number is the Department's (Common Basic Data Set). An element that was asked in some years only says in
which: a year is the one in which the period ends, 2026 for 2025 to 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Value(Enum):
    """What kind of value an element holds."""

    TEXT = "text"
    DATE = "date"  # 2026-03-31
    MOMENT = "date and time"  # 2026-05-01T10:00:00
    YEAR = "year"
    COUNT = "whole number"
    YES_NO = "yes or no"  # 0, 1, true, false
    CODE = "code"
    CHILD_NUMBER = "child's number"
    UPN = "unique pupil number"


@dataclass(frozen=True)
class Item:
    """An element: a value, or a group of others in order."""

    name: str
    value: Value | None = None
    holds: tuple[Item, ...] = ()
    number: str = ""  # the Department's number of the item
    code_set: str = ""  # of the nation's pack
    codes: frozenset[str] = frozenset()  # where no pack has the set
    must: bool = False  # the Department asks that it be there
    needed: bool = False  # without it nothing can be recorded
    many: bool = False
    kept: bool = False  # righthelp has no place for it yet: it is kept word for word
    part: bool = False  # recorded whole; one that cannot be recorded truly is kept word for word, and stops nothing
    ahead: bool = False  # a day that may lie in the future
    since: int = 0
    until: int = 9999
    within: dict[str, int] = field(default_factory=dict, compare=False)  # its elements' places, by name

    def __post_init__(self) -> None:
        self.within.update({item.name: place for place, item in enumerate(self.holds)})

    def item(self, name: str) -> Item | None:
        """The element of this name within it, or None."""
        place = self.within.get(name)
        return None if place is None else self.holds[place]


def _date(name: str, number: str, *, must: bool = False, needed: bool = False, ahead: bool = False) -> Item:
    return Item(name, Value.DATE, number=number, must=must, needed=needed, ahead=ahead)


def _code(name: str, number: str, code_set: str, *, must: bool = False, many: bool = False) -> Item:
    return Item(name, Value.CODE, number=number, code_set=code_set, must=must, many=many)


IDENTIFIERS = Item(
    "ChildIdentifiers",
    needed=True,
    holds=(
        Item("LAchildID", Value.CHILD_NUMBER, number="N00097", needed=True),
        Item("UPN", Value.UPN, number="N00001"),
        Item("FormerUPN", Value.UPN, number="N00002"),
        Item("UPNunknown", Value.CODE, number="N00135", code_set="upn_unknown", kept=True),
        _date("PersonBirthDate", "N00066"),
        _date("ExpectedPersonBirthDate", "N00098", ahead=True),
        Item("GenderCurrent", Value.CODE, code_set="sex", until=2024),
        Item("Sex", Value.CODE, number="N00783", code_set="sex", since=2025),
        _date("PersonDeathDate", "N00108"),
    ),
)

CHARACTERISTICS = Item(
    "ChildCharacteristics",
    must=True,
    holds=(
        _code("Ethnicity", "N00177", "ethnicity", must=True),
        Item("Disabilities", holds=(_code("Disability", "N00099", "disability", must=True, many=True),)),
    ),
)

ASSESSMENTS = Item(
    "Assessments",
    part=True,
    many=True,
    holds=(
        _date("AssessmentActualStartDate", "N00159", must=True),
        Item("AssessmentInternalReviewDate", Value.DATE, ahead=True),
        _date("AssessmentAuthorisationDate", "N00160"),
        Item(
            "FactorsIdentifiedAtAssessment",
            holds=(_code("AssessmentFactors", "N00181", "assessment_factors", must=True, many=True),),
        ),
    ),
)

PLANS = Item(
    "CINPlanDates",
    part=True,
    many=True,
    holds=(_date("CINPlanStartDate", "N00689", must=True), _date("CINPlanEndDate", "N00690")),
)

SECTION_47 = Item(
    "Section47",
    part=True,
    many=True,
    holds=(
        _date("S47ActualStartDate", "N00148", must=True),
        _date("InitialCPCtarget", "N00109", ahead=True),
        _date("DateOfInitialCPC", "N00110"),
        Item("ICPCnotRequired", Value.YES_NO, number="N00111", must=True),
    ),
)

PROTECTION_PLANS = Item(
    "ChildProtectionPlans",
    part=True,
    many=True,
    holds=(
        _date("CPPstartDate", "N00105", must=True),
        _date("CPPendDate", "N00115"),
        _code("InitialCategoryOfAbuse", "N00113", "abuse_category", must=True),
        _code("LatestCategoryOfAbuse", "N00114", "abuse_category", must=True),
        Item("NumberOfPreviousCPP", Value.COUNT, number="N00106", must=True),
        # Several groups are not the specification's form, and are what some systems write.
        Item("Reviews", many=True, holds=(Item("CPPreviewDate", Value.DATE, number="N00116", must=True, many=True),)),
    ),
)

PRE_PROCEEDINGS = Item(
    "PreProceedingsandFGDM",
    kept=True,
    many=True,
    since=2027,
    holds=(
        _date("PPStartDate", "N00826", must=True),
        _date("LBPSentDate", "N00827"),
        Item("FGDMMeetingOffer", Value.YES_NO, number="N00828"),
        Item("FGDMMeetingFac", Value.YES_NO, number="N00829"),
        _date("InitialPPMeetingDate", "N00830"),
        Item("ReviewMeetingsCount", Value.COUNT, number="N00831"),
        _date("StepDecisionDate", "N00832"),
        Item("PPOutcome", Value.CODE, number="N00833", codes=frozenset("ABC")),
        _date("CourtAppDate", "N00834"),
        _date("LetterInitCPDate", "N00835"),
    ),
)

REFERRAL = Item(
    "CINdetails",
    must=True,
    many=True,
    holds=(
        _date("CINreferralDate", "N00100", needed=True),
        _code("ReferralSource", "N00152", "referral_source", must=True),
        _code("PrimaryNeedCode", "N00101", "primary_need"),
        _date("CINclosureDate", "N00102"),
        _code("ReasonForClosure", "N00103", "closure_reason"),
        Item("DateOfInitialCPC", Value.DATE, number="N00110", part=True),
        ASSESSMENTS,
        PLANS,
        SECTION_47,
        Item("ReferralNFA", Value.YES_NO, number="N00112", must=True),
        PROTECTION_PLANS,
        PRE_PROCEEDINGS,
    ),
)

CHILD = Item("Child", many=True, holds=(IDENTIFIERS, CHARACTERISTICS, REFERRAL))

HEADER = Item(
    "Header",
    must=True,
    holds=(
        Item(
            "CollectionDetails",
            must=True,
            holds=(
                Item("Collection", Value.TEXT, must=True),
                Item("Year", Value.YEAR, must=True),
                _date("ReferenceDate", "N00603", must=True, ahead=True),
            ),
        ),
        Item(
            "Source",
            must=True,
            many=True,
            holds=(
                Item("SourceLevel", Value.TEXT),
                Item("LEA", Value.TEXT, must=True),
                Item("SoftwareCode", Value.TEXT),
                Item("Release", Value.TEXT),
                Item("SerialNo", Value.COUNT),
                Item("DateTime", Value.MOMENT),
            ),
        ),
    ),
)

# The header is read first, and the children one at a time: here only their places are.
MESSAGE = Item(
    "Message", holds=(Item("Header", must=True), Item("Children", needed=True, holds=(Item("Child", many=True),)))
)


def _names(item: Item) -> set[str]:
    return {item.name}.union(*(_names(each) for each in item.holds))


KNOWN = frozenset(_names(MESSAGE) | _names(HEADER) | _names(CHILD))
"""Every name that an element of the return has somewhere."""

"""A CIN Census written as the Department's XML: elements in the order of the specification, values as it types them.

The order is `structure.py`'s; here is only where each element's value stands in the tables. What has no value is left
out, for an empty element is not valid. The same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any
from xml.sax.saxutils import escape

from righthelp.returns.cin.structure import CHILD, Item
from righthelp.returns.cin.tables import Child, Tables

SOFTWARE = "righthelp"
_FORMER_SEX = {"M": "1", "F": "2", "U": "0"}  # as `GenderCurrent` had it

Get = Callable[[Any], Any]


def _attributes(**names: str) -> dict[str, Get]:
    return {element: (lambda row, name=name: getattr(row, name)) for element, name in names.items()}  # type: ignore[misc]


_VALUES: dict[str, Mapping[str, Get]] = {
    "ChildIdentifiers": {
        **_attributes(
            LAchildID="number", UPN="upn", FormerUPN="former_upn", UPNunknown="upn_unknown",
            PersonBirthDate="born_on", ExpectedPersonBirthDate="expected_on", Sex="sex", PersonDeathDate="died_on",
        ),
        "GenderCurrent": lambda child: _FORMER_SEX.get(child.sex, child.sex),
    },
    "ChildCharacteristics": _attributes(Ethnicity="ethnicity"),
    "Disabilities": _attributes(Disability="disabilities"),
    "CINdetails": _attributes(
        CINreferralDate="referred_on", ReferralSource="source", PrimaryNeedCode="need", CINclosureDate="closed_on",
        ReasonForClosure="reason", DateOfInitialCPC="conference_on", ReferralNFA="nfa",
    ),
    "Assessments": _attributes(
        AssessmentActualStartDate="started_on", AssessmentInternalReviewDate="review_on",
        AssessmentAuthorisationDate="authorised_on",
    ),
    "FactorsIdentifiedAtAssessment": _attributes(AssessmentFactors="factors"),
    "CINPlanDates": _attributes(CINPlanStartDate="started_on", CINPlanEndDate="ended_on"),
    "Section47": _attributes(
        S47ActualStartDate="started_on", InitialCPCtarget="target_on", DateOfInitialCPC="conference_on",
        ICPCnotRequired="not_required",
    ),
    "ChildProtectionPlans": _attributes(
        CPPstartDate="started_on", CPPendDate="ended_on", InitialCategoryOfAbuse="first_category",
        LatestCategoryOfAbuse="latest_category", NumberOfPreviousCPP="previous",
    ),
    "Reviews": {"CPPreviewDate": lambda plan: [review.on for review in plan.reviews if review.on]},
    "PreProceedingsandFGDM": _attributes(
        PPStartDate="started_on", LBPSentDate="letter_sent_on", FGDMMeetingOffer="meeting_offered",
        FGDMMeetingFac="meeting_held", InitialPPMeetingDate="first_meeting_on", ReviewMeetingsCount="reviews",
        StepDecisionDate="decided_on", PPOutcome="outcome", CourtAppDate="applied_on", LetterInitCPDate="letter_on",
    ),
}  # fmt: skip
# The rows of which a group is written, from the row of the group around it; others are of that row itself.
_ROWS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "CINdetails": lambda child: child.episodes,
    "Assessments": lambda episode: episode.assessments,
    "CINPlanDates": lambda episode: episode.plans,
    "Section47": lambda episode: episode.enquiries,
    "ChildProtectionPlans": lambda episode: episode.protection_plans,
    "PreProceedingsandFGDM": lambda episode: episode.pre_proceedings,
}


def write(tables: Tables, out: IO[bytes]) -> None:
    """The whole message, a child at a time."""
    for piece in _message(tables):
        out.write(piece.encode("utf-8"))


def _message(tables: Tables) -> Iterator[str]:
    header = tables.header
    assert header.year is not None
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n'
    yield from _group("CollectionDetails", 2, [("Collection", "CIN"), ("Year", header.year),
                                                ("ReferenceDate", header.reference)])  # fmt: skip
    # No moment of making: the same record gives the same file.
    yield from _group("Source", 2, [("SourceLevel", "L"), ("LEA", header.authority), ("SoftwareCode", SOFTWARE),
                                    ("SerialNo", "001")])  # fmt: skip
    yield "  </Header>\n  <Children>\n"
    for child in tables.children:
        yield from child_element(child, header.year)
    yield "  </Children>\n</Message>\n"


def _group(name: str, depth: int, values: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield f"{'  ' * depth}<{name}>\n"
    for element, value in values:
        yield _value(element, value, depth + 1)
    yield f"{'  ' * depth}</{name}>\n"


def child_element(child: Child, year: int) -> Iterator[str]:
    """One child, as lines."""
    yield from _written(CHILD, child, year, 2)


def _written(item: Item, row: Any, year: int, depth: int) -> Iterator[str]:
    within = [line for each in item.holds for line in _each(item, each, row, year, depth + 1)]
    if within or item.must or item.needed:
        yield f"{'  ' * depth}<{item.name}>\n"
        yield from within
        yield f"{'  ' * depth}</{item.name}>\n"


def _each(around: Item, item: Item, row: Any, year: int, depth: int) -> Iterator[str]:
    if not item.since <= year <= item.until:
        return
    if item.holds:
        for one in _ROWS[item.name](row) if item.name in _ROWS else (row,):
            yield from _written(item, one, year, depth)
        return
    value = _VALUES[around.name][item.name](row)
    for one in value if isinstance(value, list) else (value,):
        if one not in (None, ""):
            yield _value(item.name, one, depth)


def _value(name: str, value: Any, depth: int) -> str:
    words = str(int(value)) if isinstance(value, bool) else value.isoformat() if isinstance(value, date) else str(value)
    return f"{'  ' * depth}<{name}>{escape(words)}</{name}>\n"

"""The parts of a referral that a return tells of, each a row of its own: assessments, enquiries, plans.

A part is recorded whole or not at all. One in which something cannot be so, or cannot be read, is kept word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from righthelp.returns.cin.elements import Element, as_text
from righthelp.returns.cin.faults import Kind
from righthelp.returns.cin.reading import Group, Reading

ASSESSMENT, IN_NEED, ENQUIRY, PROTECTION = "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans"
BEGAN = {
    ASSESSMENT: "AssessmentActualStartDate",
    IN_NEED: "CINPlanStartDate",
    ENQUIRY: "S47ActualStartDate",
    PROTECTION: "CPPstartDate",
}
ENDED = {ASSESSMENT: "AssessmentAuthorisationDate", IN_NEED: "CINPlanEndDate", PROTECTION: "CPPendDate"}
LISTS = {"FactorsIdentifiedAtAssessment": "AssessmentFactors", "Reviews": "CPPreviewDate"}
MOST_PLANS = 100  # before this one: more are no child's


@dataclass
class ToldPart:
    """An assessment, enquiry or plan as a return tells it: values by the name of their element, several as a list.

    `said` are the elements in which they stand, `kept` those for which there is no place.
    """

    name: str
    at: Element
    on: date
    values: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Element] = field(default_factory=dict)
    kept: list[Element] = field(default_factory=list)


def told_parts(referral: Group, reading: Reading) -> tuple[list[ToldPart], list[Element]]:
    """The parts that can be recorded, each once, and those that are only kept. Their faults are the reading's."""
    parts, kept = [], []
    for name in BEGAN:
        met: dict[date, Element] = {}
        for group in referral.groups.get(name, []):
            on = group.value(BEGAN[name])
            _agree(name, group, reading)
            if on is None or not group.sound:
                kept.append(group.element)
            elif on not in met:
                met[on] = group.element
                parts.append(_part(name, group, on))
            elif not _again(group.element, met[on], reading):
                kept.append(group.element)
    return parts, kept


def _again(part: Element, first: Element, reading: Reading) -> bool:
    """Two of one referral that began on one day are one: whether both say the same."""
    alike = as_text(part) == as_text(first)
    how = "says the same" if alike else "says something else"
    sentence = f"{part.name} of this day stands in line {first.line} already, and this one {how}. Leave one out."
    reading.note(Kind.REPEATED_ALIKE if alike else Kind.REPEATED, part, sentence, kept=True)
    return alike


def _agree(name: str, group: Group, reading: Reading) -> None:
    """Nothing ends, or is reviewed, before it begins; and nobody had a hundred plans."""
    on = group.value(BEGAN[name])
    for found in _days_after(name, group):
        if on and found.value and found.value < on:
            at, day = found.element, found.value
            sentence = f"{at.name} is {day}, before the beginning on {on}. Mend one of the two."
            reading.note(Kind.ENDED_BEFORE_BEGUN, at, sentence, value=str(day), kept=True)
            group.sound = False
    if (group.value("NumberOfPreviousCPP") or 0) > MOST_PLANS:
        at = group.at("NumberOfPreviousCPP")
        reading.note(Kind.NUMBER, at, "NumberOfPreviousCPP is more than any child had. Mend it.", kept=True)
        group.sound = False


def _days_after(name: str, group: Group) -> Iterator[Any]:
    yield from group.values.get(ENDED.get(name, ""), [])
    for reviews in group.groups.get("Reviews", []):
        yield from reviews.values.get("CPPreviewDate", [])


def _part(name: str, group: Group, on: date) -> ToldPart:
    part = ToldPart(name, group.element, on, kept=list(group.kept))
    for said, found in group.values.items():
        part.values[said], part.said[said] = found[0].value, found[0].element
    for outer, inner in LISTS.items():
        for each in group.groups.get(outer, []):
            listed = [found.value for found in each.values.get(inner, [])]
            part.values[inner] = list(dict.fromkeys([*part.values.get(inner, []), *listed]))
            part.said[inner] = each.element
            part.kept += each.kept
    return part

"""A return read into tables in the plainest way, whole and by hand: what the streaming reader is held against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from righthelp.returns.cin.rules.rows import ELEMENTS, Row
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
    Tables,
)

_NUMBERS = {"Year", "NumberOfPreviousCPP", "ReviewMeetingsCount"}
_TRUTHS = {"ReferralNFA", "ICPCnotRequired", "FGDMMeetingOffer", "FGDMMeetingFac"}
_MANY = {"Disability", "AssessmentFactors"}


def read_plainly(tree: Any) -> Tables:
    """The tables of a whole return."""
    tables = Tables()
    top = tree.getroot() if hasattr(tree, "getroot") else tree
    head = top.find("Header")
    if head is not None:
        tables.header = _filled(Header(), head, deep=True)
    for element in top.iter("Child"):
        child = _filled(Child(), element, deep=False)
        for group in ("ChildIdentifiers", "ChildCharacteristics", "ChildCharacteristics/Disabilities"):
            if (found := element.find(group)) is not None:
                _filled(child, found, deep=False)
        tables.children.append(child)
        for each in element.findall("CINdetails"):
            _episode(each, child, tables)
    return tables


def _episode(element: Any, child: Child, tables: Tables) -> None:
    episode = _filled(Episode(child), element, deep=False)
    child.episodes.append(episode)
    tables.episodes.append(episode)
    kinds: list[tuple[str, Callable[..., Any], list[Any], list[Any]]] = [
        ("Assessments", Assessment, episode.assessments, tables.assessments),
        ("CINPlanDates", Plan, episode.plans, tables.plans),
        ("Section47", Enquiry, episode.enquiries, tables.enquiries),
        ("ChildProtectionPlans", ProtectionPlan, episode.protection_plans, tables.protection_plans),
        ("PreProceedingsandFGDM", PreProceedings, episode.pre_proceedings, tables.pre_proceedings),
    ]
    for name, kind, own, all_of_them in kinds:
        for each in element.findall(name):
            row = _filled(kind(episode), each, deep=name == "Assessments")
            own.append(row)
            all_of_them.append(row)
            for reviews in each.findall("Reviews"):
                for review in reviews.findall("CPPreviewDate") or [reviews]:
                    row.reviews.append(Review(row, _date((review.text or "").strip()), review.sourceline))
                    tables.reviews.append(row.reviews[-1])


def _filled(row: Any, element: Any, *, deep: bool) -> Any:
    """The row with the values of the elements in this one, or also of those further within."""
    row.line = row.line or element.sourceline
    attributes = ELEMENTS[type(row)]
    for part in element.iter() if deep else element:
        words = (part.text or "").strip()
        if (attribute := attributes.get(part.tag)) is None or not words:
            continue
        row.said[part.tag] = (words, part.sourceline)
        if part.tag in _MANY:
            getattr(row, attribute).append(words)
        else:
            setattr(row, attribute, _value(part.tag, words))
    return row


def _value(name: str, words: str) -> Any:
    if "Date" in name or name in {"InitialCPCtarget", "DateOfInitialCPC"}:
        return _date(words)
    if name in _NUMBERS:
        return int(words) if words.isdigit() else None
    if name in _TRUTHS:
        return {"1": True, "true": True, "0": False, "false": False}.get(words)
    return words


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def rows_of(tables: Tables) -> list[Row]:
    """Every row, for a test that holds two readers against each other."""
    return [
        tables.header,
        *tables.children,
        *tables.episodes,
        *tables.assessments,
        *tables.plans,
        *tables.enquiries,
        *tables.protection_plans,
        *tables.reviews,
        *tables.pre_proceedings,
    ]

"""Where each value of a row stands in the return, and whose row it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from righthelp.returns.cin.layout import FIELDS, LISTS
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

_GROUPS = ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans")

ELEMENTS: dict[type[Row], dict[str, str]] = {
    Header: FIELDS["CollectionDetails"] | FIELDS["Source"],
    Child: FIELDS["ChildIdentifiers"]
    | FIELDS["ChildCharacteristics"]
    | {"Disability": LISTS["Disabilities"], "CINdetails": ""},
    Episode: FIELDS["CINdetails"] | dict.fromkeys(_GROUPS, ""),
    Assessment: FIELDS["Assessments"] | {"AssessmentFactors": LISTS["FactorsIdentifiedAtAssessment"]},
    Plan: FIELDS["CINPlanDates"],
    Enquiry: FIELDS["Section47"],
    ProtectionPlan: FIELDS["ChildProtectionPlans"],
    Review: {"CPPreviewDate": "on"},
    PreProceedings: FIELDS["PreProceedingsandFGDM"],
}
"""The elements of each kind of row, and the field of its value; a group has no value of its own."""


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
    """The value as it was given, and otherwise as a return writes it; of many, all. Empty where there is none."""
    attribute = ELEMENTS[type(row)].get(element)
    value = getattr(row, attribute) if attribute else None
    said = getattr(row, "said", None)
    if said and element in said and not isinstance(value, list):
        return str(said[element][0])
    return _written(value)


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

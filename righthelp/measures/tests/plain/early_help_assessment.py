from __future__ import annotations

from righthelp.measures.tests.plain import Record, Rows
from righthelp.measures.tests.plain.standing import (
    Counted,
    amounts,
    clock_of,
    counts,
    known,
    one,
    words,
)

OURS = "The council's early help team"


def _led(row: Record) -> dict[str, str]:
    return {"led_by": words(row, "lead_agency_kind", OURS), "agency": known(row, "lead_agency", OURS)}


def _of_families(rows: Rows) -> list[Record]:
    return [row for row in rows["assessment"] if row["of_kind"] == "WHOLE_FAMILY"]


def _completed(rows: Rows) -> list[Record]:
    return [row for row in _of_families(rows) if row["authorised_on"]]


def _by_partners(rows: Rows) -> list[Record]:
    return [row for row in _completed(rows) if row["lead_agency_kind"] not in {None, "county"}]


@counts
def early_help_assessments_begun(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1, _led(row)) for row in _of_families(rows)]


@counts
def early_help_assessments_completed(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], 1, _led(row)) for row in _completed(rows)]


@counts
def early_help_assessments_by_partners(rows: Rows) -> Counted:
    partners = _by_partners(rows)
    return [(row["entry"], row["authorised_on"], one(row in partners), _led(row)) for row in _completed(rows)]


@counts
def early_help_assessments_by_education(rows: Rows) -> Counted:
    education = {"school", "early_years", "education"}
    return [(row["entry"], row["authorised_on"], one(row["lead_agency_kind"] in education),
             {"led_by": words(row, "lead_agency_kind"), "agency": row["lead_agency"]})
            for row in _by_partners(rows)]  # fmt: skip


@amounts
def early_help_assessment_days(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], clock["days"], {"led_by": _led(row)["led_by"]})
            for row in _completed(rows)
            for clock in clock_of(rows, row["entry"], "whole family") if clock["days"] is not None]  # fmt: skip

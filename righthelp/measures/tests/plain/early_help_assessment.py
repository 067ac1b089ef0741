from __future__ import annotations

from righthelp.measures.tests.plain import Counted, Row, Rows, clock_of, one


def _of_families(rows: Rows) -> list[Row]:
    return [row for row in rows["assessment"] if row["of_kind"] == "WHOLE_FAMILY"]


def _completed(rows: Rows) -> list[Row]:
    return [row for row in _of_families(rows) if row["authorised_on"]]


def _by_partners(rows: Rows) -> list[Row]:
    return [row for row in _completed(rows) if row["lead_agency_kind"] not in {None, "county"}]


def early_help_assessments_begun(rows: Rows) -> Counted:
    return [(row["entry"], row["started_on"], 1) for row in _of_families(rows)]


def early_help_assessments_completed(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], 1) for row in _completed(rows)]


def early_help_assessments_by_partners(rows: Rows) -> Counted:
    partners = _by_partners(rows)
    return [(row["entry"], row["authorised_on"], one(row in partners)) for row in _completed(rows)]


def early_help_assessments_by_education(rows: Rows) -> Counted:
    education = {"school", "early_years", "education"}
    return [(row["entry"], row["authorised_on"], one(row["lead_agency_kind"] in education))
            for row in _by_partners(rows)]  # fmt: skip


def early_help_assessment_days(rows: Rows) -> Counted:
    return [(row["entry"], row["authorised_on"], clock["days"]) for row in _completed(rows)
            for clock in clock_of(rows, row["entry"], "whole family") if clock["days"] is not None]  # fmt: skip

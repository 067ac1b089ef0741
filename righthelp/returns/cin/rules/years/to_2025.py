"""The return of 2024/25: sex in the place of gender, the form of the child's number, school age, two factors split."""

from __future__ import annotations

import re
from datetime import date

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.characteristics import sexed_before_birth
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.upn import without_upn
from righthelp.returns.cin.rules.whole_return import sex_is_missing
from righthelp.returns.cin.tables import Tables

NOT_KNOWN = "U"
_SEXES = frozenset("MFU")
_LONGEST_NUMBER = 20
_NUMBER = re.compile(r"[A-Za-z0-9]*")


@rule(
    "1570",
    module="ChildIdentifiers",
    fields="LAchildID",
    since=2025,
    message="LA Child ID must not be longer than 20 characters",
    mend="Give the child a number of at most 20 letters and figures.",
)
def number_too_long(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.number and len(child.number) > _LONGEST_NUMBER]


@rule(
    "1580",
    module="ChildIdentifiers",
    fields="LAchildID",
    since=2025,
    message="LA Child ID must not contain any non-alphanumeric characters",
    mend="Give the child a number of letters and figures alone, without spaces, dashes or other signs.",
)
def number_with_other_signs(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.number and not _NUMBER.fullmatch(child.number)]


@rule(
    "2886Q",
    module="ChildIdentifiers",
    fields="Sex ExpectedPersonBirthDate",
    scope="return",
    since=2025,
    message=(
        "Please check and either amend or provide a reason: Percentage of children with no sex recorded is more than"
        " 2% (excluding unborns)"
    ),
    mend="Record the sex of the children who have none yet, or explain why it is not known of so many.",
)
def sex_missing_often(tables: Tables, census: Census) -> Broken:
    return [tables.header] if sex_is_missing(tables, NOT_KNOWN) else []


@rule(
    "4180",
    module="ChildIdentifiers",
    fields="Sex",
    since=2025,
    message="Sex must be provided and equal M, F, or U",
    mend="Record the child's sex, or that it is not known.",
)
def no_sex(tables: Tables, census: Census) -> Broken:
    return [child for child in tables.children if child.sex not in _SEXES]


@rule(
    "8750",
    module="ChildIdentifiers",
    fields="Sex PersonBirthDate ExpectedPersonBirthDate",
    since=2025,
    message="Sex must equal U for an unborn child",
    mend="Until the child is born, record the sex as not known.",
)
def sex_before_birth(tables: Tables, census: Census) -> Broken:
    return sexed_before_birth(tables, NOT_KNOWN)


@rule(
    "8770Q",
    module="ChildIdentifiers",
    fields="UPNunknown UPN",
    since=2025,
    message=(
        "Please check and either amend data or provide a reason: UPN is missing or reason UPN is missing or is UN1"
        " for a child who is of school age."
    ),
    mend=(
        "The child is of school age. Ask the school for the UPN, or choose why there is none; that the child is too"
        " young for school does not fit."
    ),
)
def no_upn_at_school_age(tables: Tables, census: Census) -> Broken:
    """Of school age is a child who was four, and so could begin school, in the autumn before the census year began."""
    return without_upn(tables, date(census.end.year - 6, 8, 31))


@rule(
    "8945Q",
    module="Assessments",
    fields="AssessmentFactors",
    since=2025,
    message=(
        "Please check and either amend data or provide a reason: the assessment factors code '18A' should not be used"
        " ('18B' or '18C' should be used instead)"
    ),
    mend="Physical abuse is now two factors: by another child (18B) and by an adult (18C). Choose the right one.",
)
def physical_abuse_not_split(tables: Tables, census: Census) -> Broken:
    return [assessment for assessment in tables.assessments if "18A" in assessment.factors]


@rule(
    "8950Q",
    module="Assessments",
    fields="AssessmentFactors",
    since=2025,
    message=(
        "Please check and either amend data or provide a reason: the assessment factors code '19A' should not be used"
        " ('19B' or '19C' should be used instead)"
    ),
    mend="Sexual abuse is now two factors: by another child (19B) and by an adult (19C). Choose the right one.",
)
def sexual_abuse_not_split(tables: Tables, census: Census) -> Broken:
    return [assessment for assessment in tables.assessments if "19A" in assessment.factors]

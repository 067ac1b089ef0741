"""The Department's rules of the CIN Census, by the group they concern; `years` holds what a year changed.

Children in Need Census validation rules, Department for Education, 2022/23 to 2026/27. The message of each is the
Department's; what it asks was learnt from public validators and is told where they differ from those words.
"""

from righthelp.returns.cin.rules import (
    assessment,
    characteristics,
    cin_plan,
    closing,
    episodes,
    identifiers,
    lifetime,
    protection_plan,
    referral,
    section_47,
    two_plans,
    upn,
    whole_return,
    years,
)
from righthelp.returns.cin.rules.census import CannotRun, Census
from righthelp.returns.cin.rules.rule import Rule, Severity, rules_of
from righthelp.returns.cin.rules.running import Finding, Result, run, run_for_child, year_in_progress

__all__ = [
    "CannotRun",
    "Census",
    "Finding",
    "Result",
    "Rule",
    "Severity",
    "assessment",
    "characteristics",
    "cin_plan",
    "closing",
    "episodes",
    "identifiers",
    "lifetime",
    "protection_plan",
    "referral",
    "rules_of",
    "run",
    "run_for_child",
    "section_47",
    "two_plans",
    "upn",
    "whole_return",
    "year_in_progress",
    "years",
]

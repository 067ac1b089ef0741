"""The Department's rules of the CIN Census, by the group they concern; `years` holds what a year changed.

Children in Need Census validation rules, Department for Education, 2022/23 to 2026/27. The message of each is the
Department's. What it asks was learnt from what public validators quote of the Department's specification, to be held
against its guide. Where those differ among themselves, or from the message, it is read so:

- 1104, 8715 and 8875 ask the same of an initial conference wherever it is recorded; 2884 is one day in both places.
- 1510 is asked of a UPN that is otherwise well formed: what is wrong with another is told by 1540 or 1550.
- 4003: an open child in need plan counts until the reference date, as in 4016 and 4017.
- 4009Q and 8920: a plan without an end has not ended after the child's death.
- 4014, 8863Q, 8890 and 8940: what begins on the last day of another overlaps it; a referral (8820) may come on the day
  on which the last case was closed, and a plan may follow one of the other kind on its last day (4016, 4017).
- 8606 goes by the date of birth once there is one; 8750 asks only of a child who is not born.
- 8675Q, 8740, 8839 and 8868: whether a conference was needed, where nobody said, is yes.
- 8770Q: of school age is who could begin school before the census year began.
- 8873Q: a case still open at the end of the year was not closed after assessment.
- 9000Q is asked of each pre-proceedings, and 8995Q where there are none; 9007 asks for the offer, as its words do.
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

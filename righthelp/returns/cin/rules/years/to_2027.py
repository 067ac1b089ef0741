"""The return of 2026/27: its fifth module, pre-proceedings and family group decision-making (FGDM) meetings.

Children in Need Census 2026/27, items N00826 to N00835. The texts of these rules are known from a public validator's
draft alone, and are to be held against the Department's guide when it is out.
"""

from __future__ import annotations

from datetime import date

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Tables

MODULE = "PreProceedingsandFGDM"
_OUTCOMES = frozenset("ABC")  # code set CS131


def _fits(day: date | None, not_before: date | None, census: Census) -> bool:
    """Whether a day falls within the year and not before another; what is not given fits."""
    return day is None or (census.has(day) and (not_before is None or day >= not_before))


@rule(
    "8995Q",
    module=MODULE,
    fields="PPStartDate",
    scope="return",
    since=2027,
    message="No module 5 (pre-proceedings and FGM data) has been provided for any child.",
    mend="Record the pre-proceedings of the year; explain if there were none, or if they are not recorded yet.",
)
def none_at_all(tables: Tables, census: Census) -> Broken:
    return [] if tables.pre_proceedings else [tables.header]


@rule(
    "9000Q",
    module=MODULE,
    fields="PPStartDate",
    since=2027,
    message=("Please check: If you do not yet collect this data, please leave this field blank and provide a reason."),
    mend="Record the day on which it was decided to begin pre-proceedings, or explain why it is not known.",
)
def beginning_not_said(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if each.started_on is None]


@rule(
    "9005",
    module=MODULE,
    fields="PPStartDate",
    since=2027,
    message=(
        "The date of the legal planning meeting or other decision making forum where the LA made the decision to"
        " commence pre-proceedings cannot fall outside the reporting year."
    ),
    mend="Check the day on which it was decided to begin pre-proceedings: it is not in this year.",
)
def begun_in_another_year(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.started_on, None, census)]


@rule(
    "9006",
    module=MODULE,
    fields="LBPSentDate PPStartDate",
    since=2027,
    message=(
        "The date the letter before proceedings was sent must be within the reporting year and after the date"
        " pre-proceedings began."
    ),
    mend="Check the day on which the letter before proceedings was sent: in this year, and not before they began.",
)
def letter_at_another_time(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.letter_sent_on, each.started_on, census)]


@rule(
    "9007",
    module=MODULE,
    fields="FGDMMeetingOffer LBPSentDate",
    since=2027,
    message=(
        "You have confirmed that a letter before proceedings was sent. Please confirm whether or not a FGDM meeting was"
        " offered in the letter."
    ),
    mend="Record whether the letter before proceedings offered the family a meeting to make its own plan.",
)
def offer_not_said(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if each.letter_sent_on and each.meeting_offered is None]


@rule(
    "9008",
    module=MODULE,
    fields="InitialPPMeetingDate",
    since=2027,
    message="The date of the first effective pre-proceedings meeting must be within the reporting year.",
    mend="Check the day of the first pre-proceedings meeting: it is not in this year.",
)
def met_in_another_year(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.first_meeting_on, None, census)]


@rule(
    "9009",
    module=MODULE,
    fields="StepDecisionDate PPStartDate",
    since=2027,
    message=(
        "The date when the decision was made to step up or down must be on or after the date of the decision to begin"
        " pre-proceedings and must fall within the reporting year"
    ),
    mend="Check the day on which it was decided how to go on: in this year, and not before pre-proceedings began.",
)
def decided_at_another_time(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.decided_on, each.started_on, census)]


@rule(
    "9010Q",
    module=MODULE,
    fields="FGDMMeetingFac FGDMMeetingOffer",
    since=2027,
    message=(
        "Please check: You have reported that a FGDM meeting was offered in the letter before proceedings. Please"
        " confirm whether or not a FGDM meeting was facilitated in the pre-proceedings period following this offer."
    ),
    mend="The family was offered a meeting to make its own plan. Record whether it was held.",
)
def meeting_not_said(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if each.meeting_offered and each.meeting_held is None]


@rule(
    "9011",
    module=MODULE,
    fields="PPOutcome",
    since=2027,
    message="The outcome of the pre-proceedings must be reported using a valid value",
    mend="Choose the outcome of the pre-proceedings from the list.",
)
def unknown_outcome(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if each.outcome and each.outcome not in _OUTCOMES]


@rule(
    "9012",
    module=MODULE,
    fields="CourtAppDate StepDecisionDate",
    since=2027,
    message=(
        "The date that the local authority submitted the court application to commence care proceedings must fall"
        " within the reporting year and be on or after the date of the decision to initiate care proceedings."
    ),
    mend="Check the day of the application to the court: in this year, and not before it was decided on.",
)
def applied_at_another_time(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.applied_on, each.decided_on, census)]


@rule(
    "9013",
    module=MODULE,
    fields="LetterInitCPDate CourtAppDate",
    since=2027,
    message=(
        "The date on which the letter to initiate care proceedings was sent to parents/guardians must fall within the"
        " reporting year and be on or after the date when the local authority submitted the court application to"
        " commence care proceedings."
    ),
    mend="Check the day of the letter to the parents: in this year, and not before the application to the court.",
)
def told_at_another_time(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if not _fits(each.letter_on, each.applied_on, census)]


@rule(
    "9015Q",
    module=MODULE,
    fields="ReviewMeetingsCount InitialPPMeetingDate",
    since=2027,
    message=(
        "Please check: if review meetings were held  following the initial pre-proceedings meeting, the total number"
        " held should be reported."
    ),
    mend="Record how many review meetings followed the first pre-proceedings meeting; 0 if none.",
)
def reviews_not_said(tables: Tables, census: Census) -> Broken:
    return [each for each in tables.pre_proceedings if each.first_meeting_on and each.reviews is None]

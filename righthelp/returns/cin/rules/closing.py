"""Rules about the end of an episode: when, why, and that what belongs to it had ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rows import Row
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Episode, Tables

AFTER_ASSESSMENT = frozenset({"RC8", "RC9"})


@rule(
    "8620",
    module="CINdetails",
    fields="CINclosureDate",
    message="CIN Closure Date present and does not fall within the Census year",
    mend="Check the day on which help ended. A case that ended in another year belongs in that year's return.",
)
def closed_in_another_year(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.closed_on and not census.has(episode.closed_on)]


@rule(
    "8630",
    module="CINdetails",
    fields="CINclosureDate CINreferralDate",
    message="CIN Closure Date is before CIN Referral Date for the same CIN episode",
    mend="Check both dates: help cannot have ended before the referral came.",
)
def closed_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for episode in tables.episodes
        if episode.closed_on and episode.referred_on and episode.closed_on < episode.referred_on
    ]


@rule(
    "8640",
    module="CINdetails",
    fields="ReasonForClosure",
    message="CIN Reason for closure code invalid (see Reason for Closure table in CIN Census code set)",
    mend="Choose why help ended from the list.",
)
def unknown_reason(tables: Tables, census: Census) -> Broken:
    known = codes("closure_reason")
    return [episode for episode in tables.episodes if episode.reason and episode.reason not in known]


@rule(
    "8805",
    module="CINdetails",
    fields="ReasonForClosure CINclosureDate",
    message="A CIN case cannot have a CIN closure date without a Reason for Closure",
    mend="Choose why help ended.",
)
def closed_without_reason(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.closed_on and not episode.reason]


@rule(
    "8810",
    module="CINdetails",
    fields="CINclosureDate ReasonForClosure",
    message="A CIN case cannot have a Reason for Closure without a CIN Closure Date",
    mend="Record the day on which help ended. If it goes on, take the reason out.",
)
def reason_without_closing(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.reason and not episode.closed_on]


@rule(
    "8825Q",
    module="CINdetails",
    fields="ReasonForClosure Assessments",
    message=(
        "Please check and either amend data or provide a reason: Reason for Closure code RC8 (case closed after"
        " assessment) or RC9 (case closed after assessment, referred to early help) has been returned but there is no"
        " assessment present for the episode."
    ),
    mend="The case is said to have ended after an assessment, and there is none. Record it, or choose another reason.",
)
def closed_after_no_assessment(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.reason in AFTER_ASSESSMENT and not episode.assessments]


@rule(
    "2990",
    module="CINdetails",
    fields="ReasonForClosure CINPlanDates Section47 ChildProtectionPlans DateOfInitialCPC",
    message=(
        "Activity is recorded against a case marked as ‘Case closed after assessment, no further action’ or 'case"
        " closed after assessment, referred to early help'."
    ),
    mend=(
        "The case is said to have ended after assessment, and a plan, enquiries or a conference followed. Choose"
        " another reason for closing, or move what followed to the case it belongs to."
    ),
)
def more_than_assessment(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for episode in tables.episodes
        if episode.reason in AFTER_ASSESSMENT
        and (episode.plans or episode.enquiries or episode.protection_plans or episode.conference_on)
    ]


@rule(
    "8867",
    module="CINdetails",
    fields="CINclosureDate AssessmentAuthorisationDate",
    message="CIN episode is shown as closed, however Assessment is not shown as completed",
    mend="The case is closed with an assessment still open. Finish the assessment, or check whether help has ended.",
)
def closed_while_assessing(tables: Tables, census: Census) -> Broken:
    return [
        (assessment, "AssessmentAuthorisationDate")
        for assessment in tables.assessments
        if assessment.authorised_on is None and assessment.episode.closed_on
    ]


@rule(
    "8868",
    module="CINdetails",
    fields="CINclosureDate ICPCnotRequired DateOfInitialCPC",
    message=(
        "CIN episode is shown as closed, however Section 47 enquiry is not shown as completed by ICPC date or ICPC"
        " not required flag"
    ),
    mend=(
        "The case is closed with section 47 enquiries still open. Record the date of the initial conference, or that"
        " none was needed."
    ),
)
def closed_while_enquiring(tables: Tables, census: Census) -> Broken:
    return [
        (enquiry, "DateOfInitialCPC")
        for enquiry in tables.enquiries
        if enquiry.conference_on is None and not enquiry.not_required and enquiry.episode.closed_on
    ]


@rule(
    "8565",
    module="ChildProtectionPlans",
    fields=(
        "CINclosureDate DateOfInitialCPC AssessmentActualStartDate AssessmentAuthorisationDate S47ActualStartDate"
        " CPPendDate CINPlanStartDate CINPlanEndDate"
    ),
    message="Activity shown after a case has been closed",
    mend="Something is dated after the case was closed. Check that date and the day on which help ended.",
)
def activity_after_closing(tables: Tables, census: Census) -> Broken:
    return [
        (row, element)
        for episode in tables.episodes
        if (closed := episode.closed_on)
        for row, element, day in _activity(episode)
        if day and day > closed
    ]


def _activity(episode: Episode) -> Iterator[tuple[Row, str, date | None]]:
    yield episode, "DateOfInitialCPC", episode.conference_on
    for assessment in episode.assessments:
        yield assessment, "AssessmentActualStartDate", assessment.started_on
        yield assessment, "AssessmentAuthorisationDate", assessment.authorised_on
    for enquiry in episode.enquiries:
        yield enquiry, "S47ActualStartDate", enquiry.started_on
        yield enquiry, "DateOfInitialCPC", enquiry.conference_on
    for plan in episode.plans:
        yield plan, "CINPlanStartDate", plan.started_on
        yield plan, "CINPlanEndDate", plan.ended_on
    for protection in episode.protection_plans:
        yield protection, "CPPendDate", protection.ended_on

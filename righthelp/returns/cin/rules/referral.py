"""Rules about a referral: when it came, from whom, for what need, and whether anything followed."""

from __future__ import annotations

from datetime import date

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Tables

_SOURCE_ASKED_SINCE = date(2013, 4, 1)


@rule(
    "8600",
    module="CINdetails",
    fields="CINreferralDate",
    message="Child referral date missing or after data collection period",
    mend="Record the day on which the referral came. It cannot be after the end of the year of the return.",
)
def not_referred_by_the_end(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.referred_on is None or episode.referred_on > census.end]


@rule(
    "8866",
    module="CINdetails",
    fields="ReferralSource CINreferralDate",
    message="Source of Referral is missing or an invalid code",
    mend="Choose who the referral came from.",
)
def no_source(tables: Tables, census: Census) -> Broken:
    known = codes("referral_source")
    return [
        episode
        for episode in tables.episodes
        if episode.source not in known and not (episode.referred_on and episode.referred_on < _SOURCE_ASKED_SINCE)
    ]


@rule(
    "8610",
    module="CINdetails",
    fields="PrimaryNeedCode ReferralNFA",
    message="Primary Need code is missing for a referral which led to further action.",
    mend="The referral led to help. Choose the child's main need when it came.",
)
def no_need(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.nfa is False and not episode.need]


@rule(
    "8650",
    module="CINdetails",
    fields="PrimaryNeedCode",
    message="Primary Need Code invalid (see Primary Need table in CIN census code set)",
    mend="Choose the child's main need from the list.",
)
def unknown_need(tables: Tables, census: Census) -> Broken:
    known = codes("primary_need")
    return [episode for episode in tables.episodes if episode.need and episode.need not in known]


@rule(
    "8568",
    module="CINdetails",
    fields="ReferralNFA",
    message="RNFA flag is missing or invalid",
    mend="Record what was decided on the referral: whether it led to help or to no further action.",
)
def not_decided(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.nfa is None]


@rule(
    "8569Q",
    module="CINdetails",
    fields="ReferralNFA CINreferralDate",
    message=(
        "A case with referral date before one working day prior to the collection start date must not be flagged as a"
        " no further action case"
    ),
    mend=(
        "The referral came before this year began and led to no further action, so it belongs in last year's return."
        " Check the date and the decision; leave it out if both are right."
    ),
)
def nothing_followed_long_ago(tables: Tables, census: Census) -> Broken:
    nothing_followed = [episode for episode in tables.episodes if episode.nfa and episode.referred_on]
    if not nothing_followed:
        return []
    first = census.working_days_before(census.start, 1)
    return [episode for episode in nothing_followed if episode.referred_on and episode.referred_on < first]


@rule(
    "8831",
    module="CINdetails",
    fields="ReferralNFA AssessmentActualStartDate AssessmentAuthorisationDate S47ActualStartDate DateOfInitialCPC",
    message="Activity is recorded against a case marked as a referral with no further action",
    mend=(
        "The referral is marked as leading to no further action, and an assessment, enquiries or a conference followed."
        " Correct the decision, or move what followed to the referral it belongs to."
    ),
)
def activity_after_nothing(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for episode in tables.episodes
        if episode.nfa and (episode.assessments or episode.enquiries or episode.conference_on)
    ]


@rule(
    "4000",
    module="CINplanDates",
    fields="ReferralNFA CINPlanStartDate",
    message="CIN Plan details provided for a referral with no further action",
    mend=(
        "The referral is marked as leading to no further action, and a child in need plan followed. Correct the"
        " decision, or move the plan to the referral it belongs to."
    ),
)
def plan_after_nothing(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.nfa and episode.plans]


@rule(
    "8832",
    module="ChildProtectionPlans",
    fields="ReferralNFA CPPstartDate",
    message="Child Protection details provided for a referral with no further action.",
    mend=(
        "The referral is marked as leading to no further action, and a child protection plan followed. Correct the"
        " decision, or move the plan to the referral it belongs to."
    ),
)
def protection_after_nothing(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.nfa and episode.protection_plans]

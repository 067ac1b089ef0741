"""Rules that hold help against a child's birth and death."""

from __future__ import annotations

from datetime import timedelta

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.tables import Tables

FORTY_WEEKS = timedelta(days=280)
DIED = "RC2"


@rule(
    "8606",
    module="CINdetails",
    fields="CINreferralDate PersonBirthDate ExpectedPersonBirthDate",
    message="Child referral date is more than 40 weeks before DOB or expected DOB",
    mend="Check the referral date and the date of birth, or when the child is expected: the referral is too early.",
)
def referred_before_conception(tables: Tables, census: Census) -> Broken:
    """Held against the date of birth once there is one, and until then against the expected date."""
    return [
        episode
        for episode in tables.episodes
        if (referred := episode.referred_on)
        and (birth := episode.child.born_on or episode.child.expected_on)
        and referred < birth
        and birth - referred > FORTY_WEEKS
    ]


@rule(
    "8555Q",
    module="CINdetails",
    fields="CINreferralDate PersonDeathDate",
    message="Child cannot be referred after its recorded date of death",
    mend="Check the referral date and the date of death: the referral is after the child died.",
)
def referred_after_death(tables: Tables, census: Census) -> Broken:
    return [
        episode
        for episode in tables.episodes
        if (died := episode.child.died_on) and episode.referred_on and episode.referred_on > died
    ]


@rule(
    "8585Q",
    module="CINdetails",
    fields="ReasonForClosure PersonDeathDate",
    message=(
        "Please check and either amend or provide a reason: CIN episode shows Died as the Closure Reason, however"
        " child has no recorded Date of Death"
    ),
    mend="Record the date on which the child died. If the child is alive, give the right reason for closing.",
)
def died_without_a_date(tables: Tables, census: Census) -> Broken:
    return [episode for episode in tables.episodes if episode.reason == DIED and episode.child.died_on is None]


@rule(
    "4008",
    module="ChildIdentifiers",
    fields="CINPlanStartDate PersonDeathDate",
    message="CIN Plan shown as starting after the child’s Date of Death.",
    mend="Check the start of the child in need plan and the date of death: the plan begins after the child died.",
)
def plan_began_after_death(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.plans
        if (died := plan.episode.child.died_on) and plan.started_on and plan.started_on > died
    ]


@rule(
    "4009Q",
    module="ChildIdentifiers",
    fields="CINPlanEndDate PersonDeathDate",
    message="CIN Plan cannot end after the child’s Date of Death",
    mend="Check the end of the child in need plan and the date of death. The plan ends when the child dies.",
)
def plan_ended_after_death(tables: Tables, census: Census) -> Broken:
    return [
        plan for plan in tables.plans if (died := plan.episode.child.died_on) and plan.ended_on and plan.ended_on > died
    ]


@rule(
    "8915",
    module="ChildProtectionPlans",
    fields="CPPstartDate PersonDeathDate",
    message="Child Protection Plan shown as starting after the child’s Date of Death",
    mend="Check the start of the child protection plan and the date of death: the plan begins after the child died.",
)
def protection_began_after_death(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.protection_plans
        if (died := plan.episode.child.died_on) and plan.started_on and plan.started_on > died
    ]


@rule(
    "8920",
    module="ChildProtectionPlans",
    fields="CPPendDate PersonDeathDate",
    message="Child Protection Plan cannot end after the child’s Date of Death",
    mend="Check the end of the child protection plan and the date of death. The plan ends when the child dies.",
)
def protection_ended_after_death(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.protection_plans
        if (died := plan.episode.child.died_on) and plan.ended_on and plan.ended_on > died
    ]

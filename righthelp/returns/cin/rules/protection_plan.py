"""Rules about child protection plans and their reviews."""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.codes import codes
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import Stretch, begun_during_another, by_child, conferences
from righthelp.returns.cin.tables import Enquiry, Tables


@rule(
    "1105",
    module="ChildProtectionPlans",
    fields="CPPstartDate CINreferralDate",
    message="The child protection plan start date cannot be before the referral date",
    mend="Check both dates: a child protection plan cannot begin before the referral that led to it.",
)
def begun_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.protection_plans
        if plan.started_on and (referred := plan.episode.referred_on) and plan.started_on < referred
    ]


@rule(
    "2885",
    module="ChildProtectionPlans",
    fields="CPPstartDate DateOfInitialCPC",
    message="Child protection plan shown as starting a different day to the initial child protection conference.",
    mend="A child protection plan begins on the day of the initial conference. Check both dates.",
)
def begun_without_conference(tables: Tables, census: Census) -> Broken:
    """Of a plan that began in the year: a conference on that day, with enquiries of the same case or with the case."""
    held = {(row.episode if isinstance(row, Enquiry) else row, day) for row, day in conferences(tables)}
    return [
        plan
        for plan in tables.protection_plans
        if plan.started_on and (plan.episode, plan.started_on) not in held and census.has(plan.started_on)
    ]


@rule(
    "8720",
    module="ChildProtectionPlans",
    fields="CPPstartDate",
    message="Child Protection Plan Start Date missing or out of data collection period",
    mend="Record when the child protection plan began. It cannot begin after the end of the year of the return.",
)
def not_begun_by_the_end(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.protection_plans if plan.started_on is None or plan.started_on > census.end]


@rule(
    "8730",
    module="ChildProtectionPlans",
    fields="NumberOfPreviousCPP",
    message="Total Number of previous Child Protection Plans missing",
    mend="Record how many child protection plans the child had before, in any council; 0 if none.",
)
def earlier_plans_not_said(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.protection_plans if plan.previous is None]


@rule(
    "8840",
    module="ChildProtectionPlans",
    fields="CPPendDate CPPstartDate",
    message="Child Protection Plan cannot start and end on the same day",
    mend="The child protection plan began and ended on one day. Check both dates.",
)
def one_day_long(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.protection_plans if plan.ended_on and plan.ended_on == plan.started_on]


@rule(
    "8841",
    module="ChildProtectionPlans",
    fields="CPPreviewDate CPPstartDate",
    message="The review date cannot be on the same day or before the Child protection Plan start date.",
    mend="Check both dates: a review comes after the day on which the child protection plan began.",
)
def reviewed_before_it_began(tables: Tables, census: Census) -> Broken:
    return [
        review
        for review in tables.reviews
        if review.on and (started := review.plan.started_on) and review.on <= started
    ]


@rule(
    "8842Q",
    module="Reviews",
    fields="CPPreviewDate",
    message="Please check and either amend or provide a reason: Review Record has a missing date",
    mend="Record the day of the review conference, or take the review out.",
)
def review_without_date(tables: Tables, census: Census) -> Broken:
    return [review for review in tables.reviews if review.on is None]


@rule(
    "8905",
    module="ChildProtectionPlans",
    fields="InitialCategoryOfAbuse",
    message="Initial Category of Abuse code missing or invalid (see Category of Abuse table in CIN Census code set)",
    mend="Choose the category of abuse that the initial conference decided on.",
)
def unknown_first_category(tables: Tables, census: Census) -> Broken:
    known = codes("abuse_category")
    return [plan for plan in tables.protection_plans if plan.first_category not in known]


@rule(
    "8910",
    module="ChildProtectionPlans",
    fields="LatestCategoryOfAbuse",
    message="Latest Category of Abuse code missing or invalid (see Category of Abuse table in CIN Census code set)",
    mend="Choose the category of abuse that the last conference decided on.",
)
def unknown_latest_category(tables: Tables, census: Census) -> Broken:
    known = codes("abuse_category")
    return [plan for plan in tables.protection_plans if plan.latest_category not in known]


@rule(
    "8925",
    module="ChildProtectionPlans",
    fields="CPPendDate CPPstartDate",
    message="Child Protection Plan End Date earlier than Start Date",
    mend="Check both dates: the child protection plan cannot end before it began.",
)
def ended_before_it_began(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.protection_plans
        if plan.ended_on and plan.started_on and plan.ended_on < plan.started_on
    ]


@rule(
    "8930",
    module="ChildProtectionPlans",
    fields="CPPendDate",
    message="Child Protection Plan End Date must fall within the census year",
    mend="Check when the child protection plan ended. One that ended in another year belongs in that year's return.",
)
def ended_in_another_year(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.protection_plans if plan.ended_on and not census.has(plan.ended_on)]


@rule(
    "8935",
    module="ChildProtectionPlans",
    fields="CPPendDate",
    message="This child is showing more than one open Child Protection plan, i.e. with no End Date",
    mend="The child has more than one open child protection plan. Record when the earlier one ended.",
)
def open_twice(tables: Tables, census: Census) -> Broken:
    still_open = by_child(plan for plan in tables.protection_plans if plan.ended_on is None)
    return [plan for plans in still_open.values() if len(plans) > 1 for plan in plans]


@rule(
    "8940",
    module="ChildProtectionPlans",
    fields="CPPstartDate CPPendDate",
    message="Child Protection Plan data contains overlapping dates",
    mend="This child protection plan began while another was open. Check when the other one ended.",
)
def overlapping(tables: Tables, census: Census) -> Broken:
    return begun_during_another(
        [Stretch(plan, plan.started_on, plan.ended_on or census.end) for plan in plans if plan.started_on]
        for plans in by_child(tables.protection_plans).values()
    )

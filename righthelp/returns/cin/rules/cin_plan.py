"""Rules about child in need plans."""

from __future__ import annotations

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import Stretch, begun_during_another, by_child
from righthelp.returns.cin.tables import Tables


@rule(
    "4004",
    module="CINplanDates",
    fields="CINPlanEndDate",
    message="This child is showing more than one open CIN Plan, i.e. with no End Date",
    mend="The child has more than one open child in need plan. Record when the earlier one ended.",
)
def open_twice(tables: Tables, census: Census) -> Broken:
    still_open = by_child(plan for plan in tables.plans if plan.ended_on is None)
    return [plan for plans in still_open.values() if len(plans) > 1 for plan in plans]


@rule(
    "4010",
    module="CINplanDates",
    fields="CINPlanStartDate",
    message="CIN Plan start date is missing or out of data collection period",
    mend="Record when the child in need plan began. It cannot begin after the end of the year of the return.",
)
def not_begun_by_the_end(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.plans if plan.started_on is None or plan.started_on > census.end]


@rule(
    "4011",
    module="CINplanDates",
    fields="CINPlanEndDate CINPlanStartDate",
    message="CIN Plan End Date earlier than Start Date",
    mend="Check both dates: the child in need plan cannot end before it began.",
)
def ended_before_it_began(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.plans if plan.ended_on and plan.started_on and plan.ended_on < plan.started_on]


@rule(
    "4012Q",
    module="CINplanDates",
    fields="CINPlanStartDate CINPlanEndDate",
    message="Please check and either amend or provide a reason: CIN Plan shown as starting and ending on the same day",
    mend="The child in need plan began and ended on one day. Check both dates; if they are right, explain.",
)
def one_day_long(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.plans if plan.ended_on and plan.ended_on == plan.started_on]


@rule(
    "4013",
    module="CINplanDates",
    fields="CINPlanEndDate",
    message="CIN Plan end date must fall within the census year",
    mend="Check when the child in need plan ended. One that ended in another year belongs in that year's return.",
)
def ended_in_another_year(tables: Tables, census: Census) -> Broken:
    return [plan for plan in tables.plans if plan.ended_on and not census.has(plan.ended_on)]


@rule(
    "4014",
    module="CINplanDates",
    fields="CINPlanStartDate CINPlanEndDate",
    message="CIN Plan data contains overlapping dates",
    mend="This child in need plan began while another was open. Check when the other one ended.",
)
def overlapping(tables: Tables, census: Census) -> Broken:
    return begun_during_another(
        [Stretch(plan, plan.started_on, plan.ended_on or census.end) for plan in plans if plan.started_on]
        for plans in by_child(tables.plans).values()
    )


@rule(
    "4015",
    module="CINplanDates",
    fields="CINPlanStartDate CINreferralDate",
    message="The CIN Plan start date cannot be before the referral date",
    mend="Check both dates: the child in need plan cannot begin before the referral that led to it.",
)
def begun_before_referral(tables: Tables, census: Census) -> Broken:
    return [
        plan
        for plan in tables.plans
        if plan.started_on and (referred := plan.episode.referred_on) and plan.started_on < referred
    ]

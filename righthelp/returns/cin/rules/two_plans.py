"""Rules that a child has a child in need plan or a child protection plan, and never both at once.

One may end on the day on which the other begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from righthelp.returns.cin.rules.census import Census, day_before
from righthelp.returns.cin.rules.rule import Broken, rule
from righthelp.returns.cin.rules.together import AnyPlan, Covered
from righthelp.returns.cin.tables import Child, Plan, ProtectionPlan, Tables


def _covered(plans: Iterable[Plan | ProtectionPlan], census: Census) -> Covered:
    """The days of the plans, without the last day of one that has ended."""

    def days(plan: Plan | ProtectionPlan, first: date) -> tuple[date, date]:
        return first, day_before(plan.ended_on) if plan.ended_on else census.end

    return Covered(days(plan, plan.started_on) for plan in plans if plan.started_on)


@rule(
    "4001",
    module="CINplanDates",
    fields="CINPlanEndDate CPPendDate",
    message="A CIN Plan cannot run concurrently with a Child Protection Plan",
    mend=(
        "A child in need plan and a child protection plan are open at once. The child in need plan ends on the day on"
        " which protection begins: record it."
    ),
)
def both_open(tables: Tables, census: Census) -> Broken:
    protected = {plan.episode for plan in tables.protection_plans if plan.ended_on is None}
    return [plan for plan in tables.plans if plan.ended_on is None and plan.episode in protected]


@rule(
    "4003",
    module="Reviews",
    fields="CPPreviewDate CINPlanStartDate CINPlanEndDate",
    message="A CPP review date is shown as being held at the same time as an open CIN Plan.",
    mend=(
        "A child protection plan was reviewed while the child had a child in need plan. Check the date of the review"
        " and those of both plans."
    ),
)
def reviewed_during_other_plan(tables: Tables, census: Census) -> Broken:
    """A review that ended the child protection plan may fall on the first day of the plan that follows."""
    reviewed = [review for review in tables.reviews if review.on and review.plan.episode.plans]
    covered = {episode: _covered(episode.plans, census) for episode in {review.plan.episode for review in reviewed}}
    return [
        review
        for review in reviewed
        if review.on and review.on != review.plan.ended_on and review.on in covered[review.plan.episode]
    ]


@rule(
    "4016",
    module="CINplanDates",
    fields="CINPlanStartDate CPPstartDate CPPendDate",
    message="A CIN Plan has been reported as open at the same time as a Child Protection Plan.",
    mend="The child in need plan began while a child protection plan was open. Check when that one ended.",
)
def plan_during_protection(tables: Tables, census: Census) -> Broken:
    return _begun_during(tables.plans, tables.protection_plans, census)


@rule(
    "4017",
    module="CINplanDates",
    fields="CPPstartDate CINPlanStartDate CINPlanEndDate",
    message="A CIN Plan has been reported as open at the same time as a Child Protection Plan.",
    mend="The child protection plan began while a child in need plan was open. Record the day that plan ended.",
)
def protection_during_plan(tables: Tables, census: Census) -> Broken:
    return _begun_during(tables.protection_plans, tables.plans, census)


def _begun_during(plans: Sequence[AnyPlan], others: Iterable[Plan | ProtectionPlan], census: Census) -> list[AnyPlan]:
    """The plans that begin while the same child has one of the others."""
    concerned = {plan.episode.child for plan in plans}
    found: dict[Child, list[Plan | ProtectionPlan]] = {}
    for other in others:
        if other.episode.child in concerned:
            found.setdefault(other.episode.child, []).append(other)
    covered = {child: _covered(each, census) for child, each in found.items()}
    return [
        plan
        for plan in plans
        if plan.started_on and (days := covered.get(plan.episode.child)) and plan.started_on in days
    ]

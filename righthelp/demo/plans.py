"""A child protection plan in force: visits, core groups, the chair's looks, and reviews until one ends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from righthelp.demo.hours import DAY, HOUR
from righthelp.demo.protecting import CATEGORIES, EVERYBODY, hold, prepare
from righthelp.demo.ways import Way, due
from righthelp.kernel.moments import local_day

PLAN, VISIT, CORE = "child_protection_plan", "child_protection_visit", "core_group"
BEFORE_A_REVIEW = DAY * 24
FIRST, LATER = "child_protection.first_review", "child_protection.review"
OVERSIGHT = 0.6  # of the chair's looks that are made (assumed)


@dataclass
class InForce:
    """How long it lasts, whether the child had one before, and what is in time."""

    again: bool
    ends_at_review: int
    end_reason: str
    reviewed_in_time: bool
    visits_in_time: float
    core_groups_in_time: float


def keep(way: Way, begins: datetime, plan: InForce, until: datetime) -> datetime | None:
    """All that is done under the plan, as far as that moment. Gives when it ended, if it did before."""
    chair = way.random.choice(way.staff.in_role["conference chair"])
    if plan.again:
        way.act(begins + HOUR, way.worker, PLAN, "count_before", previous_plans=way.random.choice((1, 1, 1, 2)))
    ended = _reviews(way, begins, plan, chair, until)
    last = min(until, ended or until)
    _visits(way, begins, last, plan.visits_in_time)
    _core_groups(way, begins, last, plan.core_groups_in_time)
    looks = begins + DAY * way.random.uniform(30, 45)
    while looks < last - DAY:
        if way.chance(OVERSIGHT):
            at = min(way.office(looks), last - HOUR)
            way.act(at, chair, PLAN, "oversee", oversight=way.words("plan", "oversight"))
        looks += DAY * way.random.uniform(36, 56)
    return ended


def keep_until_review(way: Way, begins: datetime, plan: InForce, meets: datetime, until: datetime) -> datetime:
    """The same until a first review at a moment that is set, which ends it. Gives when that was recorded."""
    chair = way.random.choice(way.staff.in_role["conference chair"])
    prepare(way, meets - BEFORE_A_REVIEW, meets, chair, invite=way.around())
    ended = hold(way, meets, chair, "PLAN_ENDS", end_reason=plan.end_reason)
    _visits(way, begins, min(until, meets), plan.visits_in_time)
    _core_groups(way, begins, min(until, meets), plan.core_groups_in_time)
    return ended


def _reviews(way: Way, begins: datetime, plan: InForce, chair: Any, until: datetime) -> datetime | None:
    since, late = begins, 0 if plan.reviewed_in_time else way.random.randint(1, plan.ends_at_review)
    for number in range(1, plan.ends_at_review + 1):
        last = due(FIRST if number == 1 else LATER, local_day(since))
        meets = last - DAY * way.random.uniform(1.5, 16)
        if number == late:
            meets = last + DAY * way.random.uniform(2, 24)
        meets = way.in_the_day(way.office(meets, 1))
        if number == late and meets <= last:
            meets += DAY * 4
        if meets - BEFORE_A_REVIEW > until:
            return None
        prepare(way, meets - BEFORE_A_REVIEW, meets, chair, invite=way.around())
        ends = number == plan.ends_at_review
        decision = "PLAN_ENDS" if ends else "PLAN_GOES_ON"
        category = "" if ends else way.random.choice(CATEGORIES)
        reason = plan.end_reason if ends else ""
        since = hold(way, meets, chair, decision, category=category, end_reason=reason)
    return since


def _visits(way: Way, begins: datetime, until: datetime, in_time: float) -> None:
    last = begins
    while way.born:
        by = due("child_protection.visit", local_day(last))
        if way.chance(in_time):
            at = way.worked(last, by, way.random.uniform(0.45, 0.97))[0]
        else:
            at = way.office(by + DAY * way.random.uniform(0.5, 8))
        if at + HOUR * 8 > until:
            return
        last = way.visit(VISIT, max(at, last + HOUR), alone=way.chance(0.9))


def _core_groups(way: Way, begins: datetime, until: datetime, in_time: float) -> None:
    last, key = begins, "child_protection.first_core_group"
    while True:
        by = due(key, local_day(last))
        if way.chance(in_time):
            meets = way.worked(last, by, way.random.uniform(0.6, 0.96))[0]
        else:
            meets = way.office(by + DAY * way.random.uniform(1, 12))
        arranged = way.worked(last, meets, 0.3)[0]
        recorded = meets + timedelta(hours=way.random.uniform(1.5, 26))
        if recorded + HOUR > until or recorded - last < DAY:
            return
        way.act(arranged, way.worker, CORE, "arrange", meets_at=meets, minutes=60, place="The school's meeting room")
        way.act(
            recorded, way.worker, CORE, "hold", held_at=meets, attendance={EVERYBODY: {"attendance": "IN_PERSON"}},
            went_ahead_because="", child_part=way.words("conference", "child_part"),
            family_part=way.words("conference", "family_part"), summary=way.words("plan", "core_summary"),
            decided=way.words("plan", "core_decided"),
        )  # fmt: skip
        way.act(recorded + DAY * way.random.uniform(0.5, 6), way.worker, CORE, "send_record")
        last, key = meets, "child_protection.core_group"

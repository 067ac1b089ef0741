"""Small returns without a fault, told in few words, in which an example changes one thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

from righthelp.returns.cin.tables import (
    Assessment,
    Child,
    Enquiry,
    Episode,
    Header,
    Plan,
    PreProceedings,
    ProtectionPlan,
    Review,
    Tables,
)

Part = Callable[[Episode], Any]
_numbers = count(1)


def census(*children: Child, year: int = 2026, reference: str | None = "") -> Tables:
    """The return of these children; its reference date is the right one unless it is said."""
    day = reference if reference is None else date.fromisoformat(reference or f"{year}-03-31")
    tables = Tables(Header("CIN", year, day, "850"))
    for each in children:
        tables.children.append(each)
        for episode in each.episodes:
            tables.episodes.append(episode)
            tables.assessments += episode.assessments
            tables.plans += episode.plans
            tables.enquiries += episode.enquiries
            tables.protection_plans += episode.protection_plans
            tables.pre_proceedings += episode.pre_proceedings
            tables.reviews += [review for plan in episode.protection_plans for review in plan.reviews]
    return tables


def child(*episodes: Episode, **given: Any) -> Child:
    """A girl of eleven whose school is abroad; with one referral unless others are given."""
    usual = {
        "number": f"C{next(_numbers):05}",
        "upn_unknown": "UN3",
        "born_on": "2014-03-05",
        "sex": "F",
        "ethnicity": "WBRI",
        "disabilities": ["NONE"],
    }
    made = Child(**_days(usual | given))
    made.episodes = list(episodes)
    for each in episodes:
        each.child = made
    return made


def episode(*parts: Part, **given: Any) -> Episode:
    """A referral from a school on 6 May 2025, that led to help and is open."""
    usual = {"referred_on": "2025-05-06", "source": "2A", "need": "N1", "nfa": False}
    made = Episode(Child(), **_days(usual | given))
    homes: dict[type, list[Any]] = {
        Assessment: made.assessments,
        Plan: made.plans,
        Enquiry: made.enquiries,
        ProtectionPlan: made.protection_plans,
        PreProceedings: made.pre_proceedings,
    }
    for part in parts:
        row = part(made)
        homes[type(row)].append(row)
    return made


def nothing_followed(*parts: Part, **given: Any) -> Episode:
    """A referral that led to no further action."""
    return episode(*parts, **{"nfa": True} | given)


def closed(*parts: Part, **given: Any) -> Episode:
    """A case that ended on 1 December 2025, since the child is no longer in need."""
    return episode(*parts, **{"closed_on": "2025-12-01", "reason": "RC7"} | given)


def assessment(**given: Any) -> Part:
    """An assessment from 7 May to 10 June 2025."""
    usual = {"started_on": "2025-05-07", "authorised_on": "2025-06-10", "factors": ["1A", "2B"]}
    return lambda episode: Assessment(episode, **_days(usual | given))


def plan(started_on: str | None = "2025-06-11", ended_on: str | None = None) -> Part:
    """A child in need plan, open since 11 June 2025."""
    return lambda episode: Plan(episode, **_days({"started_on": started_on, "ended_on": ended_on}))


def enquiry(**given: Any) -> Part:
    """Enquiries from 2 June 2025, with an initial conference on Monday, 16 June."""
    usual = {
        "started_on": "2025-06-02",
        "target_on": "2025-06-23",
        "conference_on": "2025-06-16",
        "not_required": False,
    }
    return lambda episode: Enquiry(episode, **_days(usual | given))


def protection(*reviewed_on: str | None, **given: Any) -> Part:
    """A child protection plan, open since 16 June 2025, the child's first."""
    usual = {"started_on": "2025-06-16", "first_category": "NEG", "latest_category": "NEG", "previous": 0}

    def made(episode: Episode) -> ProtectionPlan:
        plan = ProtectionPlan(episode, **_days(usual | given))
        plan.reviews = [Review(plan, **_days({"on": day})) for day in reviewed_on]
        return plan

    return made


def pre_proceedings(**given: Any) -> Part:
    """Pre-proceedings from 9 September 2026 to a letter before care proceedings on 5 February 2027."""
    usual = {
        "started_on": "2026-09-09",
        "letter_sent_on": "2026-09-21",
        "meeting_offered": True,
        "meeting_held": True,
        "first_meeting_on": "2026-09-28",
        "reviews": 3,
        "decided_on": "2026-12-01",
        "outcome": "A",
        "applied_on": "2026-12-18",
        "letter_on": "2027-02-05",
    }
    return lambda episode: PreProceedings(episode, **_days(usual | given))


def _days(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if value and (name == "on" or name.endswith("_on")) else value
        for name, value in given.items()
    }

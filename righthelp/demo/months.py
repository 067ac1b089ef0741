"""Fills months with what came to the front door and to early help, and what was done with it.

The latest months are made with the county. The earlier ones are made backwards from there, each in a transaction of
its own, while the county is in use already; whoever breaks that off finds the months made, and it goes on from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from django.db import connection

from righthelp.demo.acting import perform
from righthelp.demo.after import After, referrals_in
from righthelp.demo.calls import Calls
from righthelp.demo.days import Days, Figures
from righthelp.demo.helping import Helping
from righthelp.demo.known import Family, families_of, households
from righthelp.demo.models import DemonstrationCounty, PlannedStep
from righthelp.demo.plan import MONTH, Plan, Report, making, plan_of, plan_simply, timed
from righthelp.demo.referred import Busy, Referred
from righthelp.demo.reviewing import review_weeks
from righthelp.demo.seasons import Spell, spells, whole_ones
from righthelp.demo.shares import Bag, parted
from righthelp.demo.staff import Staff, staff_on_record
from righthelp.demo.stories import Story, Telling
from righthelp.demo.supervising import supervise
from righthelp.engine.journal import Journal
from righthelp.guard.viewers import DEMONSTRATION
from righthelp.packs import pack

STORIES = 150  # in one journal: more would make each step look through more of the others
KEPT = 60  # families of whom nothing is told yet, kept for the days to come


def still_made_from() -> datetime | None:
    """The moment from which the county is whole while its earlier months are still being made; None when they are."""
    county = DemonstrationCounty.objects.first()
    if county is None or county.made_back_to is None:
        return None
    made: datetime = county.made_back_to
    return made if made > plan_of(county).begins else None


def earlier(*, report: Report = lambda line: None) -> None:
    """Make the months before the latest ones, as far back as the county goes."""
    with making():
        county = DemonstrationCounty.objects.get()
    plan = plan_of(county)
    back = county.made_back_to
    if back is None or back <= plan.begins:
        return
    owed: dict[str, float] = {}
    for spell in reversed(list(spells(plan.begins, back))):
        with timed(report, f"{spell.since:%B %Y}"), making():
            _one_earlier(plan, spell, owed)
            if spell.since <= plan.begins:  # the last: now every week is there to be drawn from
                review_weeks(plan.random("reviews"), staff_on_record(), plan.begins, plan.latest, plan.now)
                supervise(plan, staff_on_record(), plan.begins, plan.now - MONTH, goes_on=False)
            DemonstrationCounty.objects.update(made_back_to=spell.since)


def _one_earlier(plan: Plan, spell: Spell, owed: dict[str, float]) -> None:
    staff, random = staff_on_record(), plan.random(f"days {spell.since.isoformat()}")
    wanted = whole_ones(_sized(plan, plan.seasons.decisions(spell)), owed)
    number = sum(wanted.values())
    fresh, again = households()
    random.shuffle(fresh)
    random.shuffle(again)
    people, seen = families_of(fresh[KEPT:][:number]), families_of(again[:number])
    days = Days(random, staff, Figures(staff, pack().demonstration()), people, seen)
    perform_all(plan, staff, days.stories(spell.since, spell.until, wanted), random, spell)
    calls = whole_ones({"calls": plan.seasons.calls(spell) * plan.size}, owed)["calls"]
    ring(random, staff, [*people, *seen], spell, calls, plan.now)


def latest_stories(plan: Plan, part: int, days: Days, less: Mapping[str, int]) -> list[tuple[Spell, list[Story]]]:
    """The stories of the latest months for one part of the county, without so many that are told as scenes."""
    owed = {name: -float(number) for name, number in less.items()}
    found = []
    for spell in reversed(list(spells(plan.latest, plan.now))):  # the scenes are of the last weeks
        wanted = whole_ones(_sized(plan, plan.seasons.decisions(spell)), owed)
        found.append((spell, days.stories(spell.since, spell.until, parted(wanted, part, plan.parts))))
    return found[::-1]


def latest_calls(plan: Plan, part: int, staff: Staff, people: Sequence[Family]) -> None:
    """What early help's own telephone line rang in the latest months, for one part of the county."""
    owed: dict[str, float] = {}
    for spell in spells(plan.latest, plan.now):
        calls = whole_ones({"calls": plan.seasons.calls(spell) * plan.size}, owed)
        random = plan.random(f"calls {part} {spell.month}")
        ring(random, staff, people, spell, parted(calls, part, plan.parts)["calls"], plan.now)


def ring(random: Random, staff: Staff, people: Sequence[Family], spell: Spell, number: int, now: datetime) -> None:
    """So many calls to early help about these families."""
    journal = Journal()
    Calls(random, staff, journal, now).make(people, spell.since, spell.until, number)
    journal.now = now
    journal.write(DEMONSTRATION)


def perform_all(plan: Plan, staff: Staff, stories: Sequence[Story], random: Random, spell: Spell | None = None) -> None:
    """Take every step of these stories that lies before now, and plan the others."""
    plan_simply()
    figures = pack().demonstration()
    helped = sum(len(story.children) for story in stories if story.outcome == "EARLY_HELP")
    kept = plan.seasons.helped_in_time(spell) if spell else figures.value("timeliness", "early_help_in_72_hours")
    after = After(
        random,
        staff,
        Bag(random, {name: share * helped for name, share in figures.shares("early_help_outcomes").items()}),
        Bag(random, {True: round(helped * kept), False: helped - round(helped * kept)}),
        Referred(random, staff, referrals_in(stories), plan.now, Helping(random, staff), Busy()),
    )
    ahead: list[PlannedStep] = []
    for first in range(0, len(stories), STORIES):
        journal = Journal()
        for story in stories[first : first + STORIES]:
            acts = [*Telling(story, random).acts(), *after.acts(story)]
            ahead += perform(acts, journal, staff, plan.now)
        journal.now = plan.now
        journal.write(DEMONSTRATION)
        connection.check_constraints()
    PlannedStep.objects.bulk_create(ahead, batch_size=1000)


def decisions_between(plan: Plan, since: datetime, until: datetime) -> dict[str, int]:
    """How many of each decision there are between two moments, for a county of this size."""
    found: dict[str, float] = {}
    for spell in spells(since, until):
        for name, number in _sized(plan, plan.seasons.decisions(spell)).items():
            found[name] = found.get(name, 0.0) + number
    return whole_ones(found, {})


def _sized(plan: Plan, many: Mapping[str, float]) -> dict[str, float]:
    return {name: number * plan.size for name, number in many.items()}

"""Makes the invented county, and carries it on to the present moment when time has passed since.

The same seed and the same present moment give the same county. It is made in parts, each in one transaction of its
own, so that two processors are both at work and what is whole stays when the making is broken off.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, connections
from django.db.models import F

from righthelp.demo import shown
from righthelp.demo.acting import work_off
from righthelp.demo.days import LEAST_OPEN, MOST_OPEN, Days, Figures, keep_board_alive
from righthelp.demo.doors import Doors
from righthelp.demo.families import Numbers, families
from righthelp.demo.hours import DAY
from righthelp.demo.known import families_of, households
from righthelp.demo.locks import (
    WORKER_WITH_A_FAMILY,
    lock_some,
    locked_by_hand,
    opened_in_an_emergency,
    workers_family,
)
from righthelp.demo.models import DemonstrationCounty
from righthelp.demo.months import KEPT, decisions_between, latest_calls, latest_stories, perform_all
from righthelp.demo.notifications import MOST_INCIDENTS, WEEKS, Notifications
from righthelp.demo.people import People
from righthelp.demo.places import Places
from righthelp.demo.plan import LATEST, MONTH, Plan, Report, making, plan_of, timed
from righthelp.demo.reviewing import review_weeks
from righthelp.demo.scenes import Scenes, outcomes
from righthelp.demo.shares import parted
from righthelp.demo.staff import Staff, make_staff, staff_on_record
from righthelp.demo.supervising import supervise
from righthelp.engine.journal import Journal
from righthelp.guard import log
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.kernel.moments import local_day
from righthelp.packs import pack
from righthelp.people.models import HouseholdMember

STAGED = 60  # families among whom those of the scenes are looked for
SPECIAL = 3  # numbers kept for people who are in no part


def made() -> DemonstrationCounty | None:
    """The county that has been made or begun, if any."""
    with looking(DEMONSTRATION):
        there: DemonstrationCounty | None = DemonstrationCounty.objects.first()
        return there


def make(
    seed: int,
    now: datetime,
    children: int = 36000,
    months: float = LATEST,
    *,
    report: Report = lambda line: None,
    processes: int | None = None,
) -> None:
    """Make the county with its latest months, or finish one that was begun from where it stopped.

    The months before those are made by `months.earlier`. Raises `RuntimeError` in words.
    """
    begun = made()
    if begun and begun.made_up_to:
        raise RuntimeError("A demonstration county is there already.")
    if begun:
        plan = plan_of(begun)
    else:
        plan = Plan(seed, children, months, now)
        with timed(report, "Agencies, teams and workers"):
            _found(plan)
    missing = [part for part in range(plan.parts) if not (begun and begun.parts_made & 1 << part)]
    if (processes or min(plan.parts, os.cpu_count() or 1)) > 1 and len(missing) > 1:
        _side_by_side(plan, missing, report)
    else:
        for part in missing:
            make_part(plan, part, report)
    with timed(report, "The board at this moment, and locked records"):
        _finish(plan)


def catch_up(now: datetime, *, report: Report = lambda line: None) -> None:
    """Carry the county on: work off what was open, and let new worries come in, up to the present moment."""
    with making():
        log.job(DEMONSTRATION, "the demonstration county is carried on")
        county = DemonstrationCounty.objects.get()
        assert county.made_up_to is not None
        staff = staff_on_record()
        with timed(report, "What was left to do until now"):
            work_off(staff, now)
        plan = plan_of(county, now)
        with timed(report, "New worries"):
            # After a long pause the months shown are the last ones, as on the first day.
            _new_days(plan, staff, max(county.made_up_to, plan.latest))
            _notifications(plan, staff, max(county.made_up_to, now - 7 * DAY * WEEKS))
        county.made_up_to = now
        county.save(force_update=True, update_fields=["made_up_to"])


def _new_days(plan: Plan, staff: Staff, since: datetime) -> None:
    random = plan.random(f"days {since.isoformat()} {plan.now.isoformat()}")
    scenes = outcomes(earlier=False)
    volume = decisions_between(plan, since, plan.now)
    ordinary = {outcome: max(0, number - scenes[outcome]) for outcome, number in volume.items()}
    wanted = sum(ordinary.values())
    fresh, again = households()
    random.shuffle(fresh)
    random.shuffle(again)
    known = families_of(fresh[: wanted + STAGED])
    seen = families_of(again[: wanted + STAGED])
    staged = known[:STAGED] if len(known) >= STAGED else [*known, *seen]
    days = Days(random, staff, Figures(staff, pack().demonstration()), known[STAGED:], seen)
    stories = days.stories(since, plan.now, ordinary)
    keep_board_alive(days, stories, plan.now, *_open_wanted(plan, 1))
    stories += Scenes(random, staff, plan.now, staged).open_now()
    perform_all(plan, staff, stories, random)


def _notifications(plan: Plan, staff: Staff, since: datetime) -> None:
    """What the police told since; the hub has done what was open before."""
    random = plan.random(f"notifications {since.isoformat()}")
    _, homes = households()
    random.shuffle(homes)
    hub = Notifications(random, staff, plan.now)
    hub.work_off(since)
    hub.tell(families_of(homes[:MOST_INCIDENTS]), since, plan.size)


# --- The making ---------------------------------------------------------------------------------------------


def _found(plan: Plan) -> None:
    """The agencies and workers, the family of one of them, and the note of what is being made."""
    with making():
        log.job(DEMONSTRATION, "the demonstration county is made")
        journal = Journal()
        make_staff(journal, plan.seed, size=plan.size)
        journal.write(DEMONSTRATION)
        DemonstrationCounty.objects.bulk_create(
            [DemonstrationCounty(seed=plan.seed, children=plan.children, months=plan.months, began_at=plan.now)]
        )


def make_part(plan: Plan, part: int, report: Report = lambda line: None) -> None:
    """One part of the county: its families, and their days at the front door."""
    named = "" if plan.parts == 1 else f" (part {part + 1} of {plan.parts})"
    with making():
        staff = staff_on_record()
        with timed(report, f"Families{named}"):
            known = _families(plan, part, staff)
        with timed(report, f"Worries and what came of them{named}"):
            _days(plan, part, staff, known)
        DemonstrationCounty.objects.update(parts_made=F("parts_made").bitor(1 << part))


def _families(plan: Plan, part: int, staff: Staff) -> list[UUID]:
    figures, today = pack().demonstration(), local_day(plan.now)
    people = People(plan.random(f"people {part}"), staff, today)
    known = []
    children = parted({"all": plan.children}, part, plan.parts)["all"]
    places = _places(staff, part, plan.parts)
    for family in families(plan.random(f"families {part}"), children, today, places, figures, part, plan.months):
        household = people.add(family)
        if family.known:
            known.append(UUID(household))
    if part == 0:
        numbers = Numbers(SPECIAL)
        workers_family(people, plan.random("worker"), places, numbers, today)
        shown.add_families(people, plan.random("shown"), places, numbers, today)
    people.write()
    connection.check_constraints()  # now, or all that follows waits on a longer list of keys to be checked
    return known


def _days(plan: Plan, part: int, staff: Staff, known: list[UUID]) -> None:
    figures = Figures(staff, pack().demonstration())
    random = plan.random(f"days {part}")
    told = sum(decisions_between(plan, plan.latest, plan.now).values()) / plan.parts
    enough = round(told * 1.15) + 2 * KEPT  # the others are kept for the earlier months
    people = families_of(known[:enough])
    locked = _to_lock(people, figures.record["children_locked"] * plan.children / plan.parts)
    journal = Journal()
    lock_some(plan.random(f"locks {part}"), journal, staff, people[:locked], plan.now, plan.months)
    # Some are kept for the scenes, and some for the days to come.
    days = Days(random, staff, figures, people[locked:][: -max(KEPT, len(people) // 8)])
    made = latest_stories(plan, part, days, outcomes(earlier=True))
    drawn = [story for _, stories in made for story in stories]
    keep_board_alive(days, drawn, plan.now, *_open_wanted(plan, plan.parts))
    for spell, stories in made:
        perform_all(plan, staff, stories, random, spell)
    latest_calls(plan, part, staff, people[locked:])
    journal.write(DEMONSTRATION)  # only now: until then nobody is locked, and a worry need not be held against them


def _open_wanted(plan: Plan, parts: int) -> tuple[int, int]:
    """How many ordinary worries of a part are open at the present moment, at least and at most, beside the scenes."""
    scenes = sum(outcomes(earlier=False).values())
    least = round((LEAST_OPEN - scenes) * min(1.0, plan.size) / parts)
    return least, max(1, round((MOST_OPEN - scenes) / parts))


def _to_lock(people: Sequence[object], children: float) -> int:
    """How many of the families first in the list, so that about so many children are locked."""
    return int(children / 1.85) if len(people) > 100 else 0


def _finish(plan: Plan) -> None:
    with making():
        staff = staff_on_record()
        random = plan.random("scenes")
        fresh, _ = households()
        random.shuffle(fresh)
        theirs = _household_of_the_worker()
        people = families_of([home for home in fresh if home != theirs][:400])
        workers, hidden = families_of([theirs])[0], people.pop()
        locked_by_hand(staff, workers, hidden, plan.now)
        opened_in_an_emergency(staff, workers, hidden, plan.now)
        _notifications(plan, staff, plan.now - 7 * DAY * WEEKS)
        shown.play(plan, staff)
        scenes = Scenes(random, staff, plan.now, people)
        days = Days(random, staff, Figures(staff, pack().demonstration()), [])
        stories = [*scenes.open_now(), *scenes.before_now(days.courses), scenes.about_locked(workers)]
        perform_all(plan, staff, stories, random)
        Doors(staff, plan.now, scenes.families).play()
        review_weeks(plan.random("latest reviews"), staff, plan.latest, plan.now, plan.now)
        supervise(plan, staff, plan.now - MONTH, plan.now, goes_on=True)
        DemonstrationCounty.objects.update(made_up_to=plan.now, made_back_to=plan.latest)


def _places(staff: Staff, part: int, parts: int) -> Places:
    return Places(
        pack().demonstration(),
        schools=[school.name for school in staff.schools],
        surgeries=[surgery.name for surgery in staff.practices],
        part=part,
        parts=parts,
    )


def _household_of_the_worker() -> UUID:
    homes = HouseholdMember.objects.filter(person__called=WORKER_WITH_A_FAMILY)
    return homes.values_list("household", flat=True)[0]  # type: ignore[no-any-return]


def _side_by_side(plan: Plan, parts: Iterable[int], report: Report) -> None:
    """Each part in a process of its own."""
    connections.close_all()  # none is shared
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=make_part, args=(plan, part, report), daemon=True) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("A part of the county could not be made; what is above says why.")

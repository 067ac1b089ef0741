"""Locked circles of the invented county, and the emergency openings of two of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from righthelp.demo.families import DAY, InventedAdult, InventedChild, InventedFamily, Numbers
from righthelp.demo.hours import HOUR, OFFICE, open_from
from righthelp.demo.known import Child, Family
from righthelp.demo.people import People
from righthelp.demo.places import Places
from righthelp.demo.staff import Staff
from righthelp.demo.words import PRONOUNS, answers
from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker, worker_looking
from righthelp.people.models import Person
from righthelp.processes.break_glass.models import BreakGlass
from righthelp.processes.locked_circle.models import LockedCircle

WORKER_WITH_A_FAMILY = "Fiona Garrick"  # whose own children are in the record, where she may not look
MEMBERS = ("Marian Blythe", "Sam Holt", "Leonard Swann")
LOCKED_AS = {"of_a_worker": 0.7, "for_safety": 0.3}  # why (assumed)


def workers_family(people: People, random: Random, places: Places, numbers: Numbers, today: date) -> UUID:
    """The family of one of the named workers, as rows. Gives the household."""
    given, surname = WORKER_WITH_A_FAMILY.split()
    area = random.choice(list(places.shares))
    eldest = today - DAY * random.randint(4300, 4500)
    children = [
        InventedChild("Isla", surname, "F", eldest, nhs=numbers.nhs()),
        InventedChild("Rowan", surname, "M", eldest + DAY * random.randint(900, 1300), nhs=numbers.nhs()),
    ]
    for child in children:
        assert child.born_on is not None
        number, child.school = places.school(random, area, high=today.year - child.born_on.year > 11, near=children)
        child.upn = numbers.upn(number, child.born_on.year + 5)
    mother = InventedAdult(given, surname, "F", eldest - DAY * 11000, "MOTHER", "YES", numbers.nhs())
    father = InventedAdult("Duncan", surname, "M", eldest - DAY * 11400, "FATHER", "YES", numbers.nhs())
    family = InventedFamily(
        children, places.home(area), area, places.surgery(random, area), "WBRI", adults=[mother, father]
    )
    return UUID(people.add(family))


def lock(
    journal: Journal, staff: Staff, child: Child, why: str, members: Sequence[Worker], on: datetime, by: Worker
) -> LockedCircle:
    """Lock a child's record, and those of all who live with them."""
    journal.now = on
    assert child.person is not None
    person = Person.objects.get(pk=child.person.pk)
    named = [{"worker": worker} for worker in members]
    return begin(LockedCircle, "lock", by=staff.viewer(by), on=on, person=person, into=journal, why=why, members=named)


def lock_some(
    random: Random, journal: Journal, staff: Staff, families: Sequence[Family], now: datetime, months: float
) -> None:
    """Lock families for whom it has become necessary in the months before now."""
    locksmiths = [*staff.in_role["head of service"], *staff.in_role["information governance"]]
    for family in families:
        reason = random.choices(list(LOCKED_AS), weights=list(LOCKED_AS.values()))[0]
        why = random.choice(answers()["locked"][reason]).format(**PRONOUNS.get(family.children[0].sex, PRONOUNS["F"]))
        on = open_from(now - DAY * random.uniform(1.5, 30 * months), OFFICE) + timedelta(minutes=random.uniform(1, 300))
        on = min(on, now - HOUR)
        members = random.sample([*staff.in_role["front door manager"], *staff.in_role["team manager"]], 2)
        lock(journal, staff, family.children[0], why, members, on.replace(microsecond=0), random.choice(locksmiths))


def locked_by_hand(staff: Staff, workers: Family, hidden: Family, now: datetime) -> None:
    """The two locked families of whom the guides speak: a worker's own, and one that moved for its safety."""
    members = [staff.workers[name] for name in MEMBERS]
    sylvia, ivan = staff.workers["Sylvia Marchetti"], staff.workers["Ivan Brandt"]
    for family, reason, by, days in ((workers, "of_a_worker", sylvia, 47), (hidden, "for_safety", ivan, 20)):
        journal = Journal()
        why = answers()["locked"][reason][0].format(**PRONOUNS["F"])
        lock(journal, staff, family.children[0], why, members, open_from(now - DAY * days, OFFICE), by)
        journal.write(staff.viewer(by))


def opened_in_an_emergency(staff: Staff, workers: Family, hidden: Family, now: datetime) -> None:
    """One emergency opening that was reviewed, and one that waits for its review."""
    reviewed, waiting = answers()["break_glass"]
    night = open_from(now - DAY * 9, OFFICE) + HOUR * 13
    opening = _open(staff, workers.children[0], reviewed["why"], "Nia Prosser", night)
    sylvia = _looking(staff, "Sylvia Marchetti")  # a member of the circle: she locked it
    later = open_from(night, OFFICE) + HOUR * 2
    journal = Journal(now=later)
    row = BreakGlass.objects.get(pk=opening.pk)
    found = {"finding": reviewed["finding"], "finding_reason": reviewed["reason"]}
    take(row, "review", by=sylvia, on=later, into=journal, **found)
    journal.write(sylvia)
    _open(staff, hidden.children[0], waiting["why"], "Nia Prosser", (now - HOUR * 9).replace(microsecond=0))


def _open(staff: Staff, child: Child, why: str, worker: str, on: datetime) -> BreakGlass:
    by = _looking(staff, worker)
    journal = Journal(now=on)
    opening = begin(
        BreakGlass,
        "open",
        by=by,
        on=on,
        into=journal,
        child_given=child.given,
        child_family=child.family,
        child_born_on=child.born_on,
        why=why,
    )
    journal.write(by)
    return opening


def _looking(staff: Staff, name: str) -> AsWorker:
    viewer = worker_looking(staff.workers[name].pk)
    assert viewer is not None, f"{name} holds no role."
    return viewer

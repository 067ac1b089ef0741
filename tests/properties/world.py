"""The little world in which walks are walked: staff, some children, one of them locked, and a worry to point at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from righthelp.demo.staff import Staff, make_staff
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION, PURPOSES, AsWorker, Viewer, looking, worker_looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.page import Step
from righthelp.people.models import Household, HouseholdMember, Person, Relationship
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told

BEGAN = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)
SOURCE = Source("Birth registration", date(2020, 1, 1))
SAID = {"source": SOURCE.words, "recorded_on": SOURCE.on}
CHILDREN = (
    Told(given="Ada", family="Pugh", born_on=date(2016, 4, 3), lines="4 Mill Road", postcode="HR4 9AA"),
    Told(given="Bob", family="Pugh", born_on=date(2018, 1, 1), lines="4 Mill Road", postcode="HR4 9AA"),
    Told(born_on=date(2019, 9, 9), identifiers=(("LA_CHILD", "77"),)),
    Told(given="Nye", family="Lock", born_on=date(2017, 5, 5)),
)


class World:
    """Who is there before a walk begins."""

    def __init__(self, staff: Staff, children: list[Person]) -> None:
        self.staff = staff
        self.children = children

    def who_may(self, random: Random, step: Step, row: Process | None = None) -> Viewer | None:
        """Somebody whose role takes this step, and who may see the row; None when there is nobody."""
        roles = sorted(step.by)
        random.shuffle(roles)
        for role in roles:
            if role in PURPOSES:
                return PURPOSES[role]
            workers = list(self.staff.in_role.get(role, []))
            random.shuffle(workers)
            for worker in workers:
                viewer = viewer_of(worker)
                if row is None or sees(viewer, row):
                    return viewer
        return None

    def who_may_not(self, random: Random, step: Step) -> AsWorker:
        """Somebody whose role does not take this step."""
        others = [worker for role, held in self.staff.in_role.items() if role not in step.by for worker in held]
        return viewer_of(random.choice(others))


def viewer_of(worker: Worker) -> AsWorker:
    """The viewer that a worker is now."""
    viewer = worker_looking(worker.pk)
    assert viewer is not None
    return viewer


def sees(viewer: AsWorker, row: Process) -> bool:
    with looking(viewer):
        return bool(type(row).objects.filter(pk=row.pk).exists())


def make_world() -> World:
    """The world, in the database."""
    with looking(DEMONSTRATION):
        journal = Journal()
        staff = make_staff(journal, schools=2, practices=1)
        journal.write(DEMONSTRATION)
        children = []
        for told in CHILDREN:
            rows = new_person(told, SOURCE)
            assert isinstance(rows[0], Person)
            children.append(rows[0])
            journal.add(*rows)
        home = Household()
        journal.add(home)
        for child in children[:2]:
            journal.add(HouseholdMember(household=home, person=child, source="School", recorded_on=date(2020, 1, 1)))
        journal.add(Relationship(person=children[0], other=children[1], kind="SIBLING", **SAID))
        journal.write(DEMONSTRATION)
        world = World(staff, children)
        sylvia = viewer_of(staff.workers["Sylvia Marchetti"])
        begin(process("locked_circle"), "lock", by=sylvia, on=BEGAN, person=children[3], why="Her own nephew")
        _a_worry(world)
        return world


def _a_worry(world: World) -> None:
    ruth, nia = (viewer_of(world.staff.workers[name]) for name in ("Ruth Adeyemi", "Nia Prosser"))
    contact = begin(
        process("contact"), "send", by=ruth, on=BEGAN - timedelta(hours=3), child_given="Cy", child_family="Moss",
        child_born_on="4 4 2014", worry="He is cold.", significant_harm_likely="no", child_says_basis="NOT_ASKED",
        consent="GIVEN", consent_from="His mother", family_knows="yes", sender_telephone="1",
    )  # fmt: skip
    take(contact, "register", by=nia, on=BEGAN - timedelta(hours=2), match_reason="New to us")

"""The little world in which walks are walked: staff, some children, one of them locked, a worry, a service."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from righthelp.conftest import Workplace, write_person
from righthelp.demo.staff import Staff, make_staff
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import DEMONSTRATION, DIRECTORY, PURPOSES, STEP, AsWorker, Viewer, looking, worker_looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.page import Step
from righthelp.people.models import Household, HouseholdMember, Person, Relationship
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told
from righthelp.processes.conftest import Chain
from righthelp.processes.statistics_release.periods import over_by
from righthelp.record.models import Holding, Participant
from tests.properties.snapshots import keys

BEGAN = datetime(2026, 6, 1, 9, 0, tzinfo=LONDON)
SOURCE = Source("Birth registration", date(2020, 1, 1))
SAID = {"source": SOURCE.words, "recorded_on": SOURCE.on}
CHILDREN = (
    Told(given="Ada", family="Pugh", born_on=date(2016, 4, 3), lines="4 Mill Road", postcode="HR4 9AA"),
    Told(given="Bob", family="Pugh", born_on=date(2018, 1, 1), lines="4 Mill Road", postcode="HR4 9AA"),
    Told(born_on=date(2019, 9, 9), identifiers=(("LA_CHILD", "77"),)),
    Told(given="Nye", family="Lock", born_on=date(2017, 5, 5)),
    Told(given="Baby", family="Pugh", expected_on=date(2026, 9, 1), lines="4 Mill Road", postcode="HR4 9AA"),
)


class World:
    """Who is there before a walk begins."""

    def __init__(self, staff: Staff, children: list[Person]) -> None:
        self.staff = staff
        self.children = children
        self.keys: frozenset[UUID] = frozenset()  # the number of every row that is there
        self.county = {agency.pk for agency in staff.agencies.values() if agency.kind == "county"}

    def who_may(self, random: Random, step: Step, row: Process | None = None) -> Viewer | None:
        """Somebody whose role takes this step, and who may see the row; None when there is nobody."""
        roles = sorted(step.by)
        random.shuffle(roles)
        agencies, named = _who_works_on(row) if row else (set(), set())
        agencies |= self.county
        for role in roles:
            if role in PURPOSES:
                return PURPOSES[role]
            held = self.staff.in_role.get(role, [])
            workers = random.sample(held, len(held))
            if row is not None:
                near = [worker for worker in workers if worker.agency_id in agencies]
                # Most of all whoever the row names: who was asked, who must answer, who holds it.
                workers = [*(one for one in near if one.pk in named and random.random() < 0.9), *near]
            for worker in workers:
                viewer = viewer_of(worker)
                if row is None or may_be_by(viewer, step, row):
                    return viewer
        return None

    def who_may_not(self, random: Random, step: Step) -> AsWorker:
        """Somebody whose role does not take this step."""
        others = [worker for role, held in self.staff.in_role.items() if role not in step.by for worker in held]
        return viewer_of(random.choice(others))


def _who_works_on(row: Process) -> tuple[set[Any], set[Any]]:
    """The agencies of which anybody may come to see a row, and the workers whom it names."""
    held: dict[Any, set[Any]] = {Agency: set(), Worker: set()}
    for field in row._meta.concrete_fields:
        if field.related_model in held:
            held[field.related_model].add(getattr(row, field.attname))
    with looking(STEP):
        held[Worker] |= set(Holding.objects.filter(entry=row.pk, until__isnull=True).values_list("worker", flat=True))
        for worker, agency, until in Participant.objects.filter(entry=row.pk).values_list("worker", "agency", "until"):
            held[Agency].add(agency)
            if until is None:
                held[Worker].add(worker)
    return held[Agency], held[Worker]


def viewer_of(worker: Worker) -> AsWorker:
    """The viewer that a worker is now."""
    viewer = worker_looking(worker.pk)
    assert viewer is not None
    return viewer


def may_be_by(viewer: AsWorker, step: Step, row: Process) -> bool:
    with looking(viewer):
        return type(row).objects.shows(row.pk) and not row.not_for(step, viewer)


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
        _an_answered_family(world)
        _a_listing()
        _a_release(world)
        _a_notification(world)
        _open_cases(world)
        _calls(world)
        _a_plan_in_force(world)
        _family_help(world)
        world.keys = keys()
        return world


def _a_worry(world: World) -> None:
    ruth, nia = (viewer_of(world.staff.workers[name]) for name in ("Ruth Adeyemi", "Nia Prosser"))
    contact = begin(
        process("contact"), "send", by=ruth, on=BEGAN - timedelta(hours=3), child_given="Cy", child_family="Moss",
        child_born_on="4 4 2014", worry="He is cold.", significant_harm_likely="no", child_says_basis="NOT_ASKED",
        consent="GIVEN", consent_from="His mother", family_knows="yes", sender_telephone="1",
    )  # fmt: skip
    take(contact, "register", by=nia, on=BEGAN - timedelta(hours=2), match_reason="New to us")


def _an_answered_family(world: World) -> None:
    """A worry that was decided for early help, and answered by it: another request may begin with it."""
    ruth, nia, marian, jo = (
        viewer_of(world.staff.workers[name]) for name in ("Ruth Adeyemi", "Nia Prosser", "Marian Blythe", "Jo Ferris")
    )
    contact = begin(
        process("contact"), "send", by=ruth, on=BEGAN - timedelta(hours=6), child_given="Di", child_family="Reed",
        child_born_on="5 5 2015", worry="She is tired.", significant_harm_likely="no", child_says_basis="NOT_ASKED",
        consent="GIVEN", consent_from="Her mother", family_knows="yes", sender_telephone="1",
    )  # fmt: skip
    contact = take(contact, "register", by=nia, on=BEGAN - timedelta(hours=5), match_reason="New to us")
    take(
        contact, "decide", by=marian, on=BEGAN - timedelta(hours=4), outcome="EARLY_HELP", level=2,
        decision_reason="Her mother asks for help.", early_help_agreed="yes", parents_told="YES",
    )  # fmt: skip
    request = process("help_request").objects.get(contact=contact.pk)
    request = take(request, "take_on", by=jo, on=BEGAN - timedelta(hours=3))
    take(
        request, "answer", by=jo, on=BEGAN - timedelta(hours=2), outcome="ADVICE", level_found=2,
        outcome_reason="They have a plan.",
    )  # fmt: skip


def _a_listing() -> None:
    """A service to which somebody is pointed, and of which somebody says that it is wrong."""
    begin(
        process("service_listing"), "bring_in", by=DIRECTORY, on=BEGAN - timedelta(days=9), name="Harbour Room",
        organisation="Friends", what="A warm room with tea", for_whom="Anybody", how="Walk in.", pack_key="room",
        helps_with=["COMPANY"], asked_by=["DROP_IN"], places=["COUNTY"], source="Invented",
    )  # fmt: skip


def _a_release(world: World) -> None:
    """What is published of the county's measures, for what corrects it."""
    preparer, publisher = (viewer_of(world.staff.workers[name]) for name in ("Ivan Brandt", "Sylvia Marchetti"))
    over = over_by(timezone.localdate())[-1].code
    release = begin(
        process("statistics_release"), "prepare", by=preparer, subject="services", period=over, note="Once."
    )
    take(release, "publish", by=publisher)


def _a_notification(world: World) -> None:
    """What the police told, for what points to it; one of the children has a worker who helps them."""
    gwen, marian, leonard = (
        viewer_of(world.staff.workers[name]) for name in ("Gwen Tarrant", "Marian Blythe", "Leonard Swann")
    )
    begin(
        process("police_notification"), "notify", by=gwen, on=BEGAN - timedelta(hours=3), incident_number="W1",
        attended_at=BEGAN - timedelta(hours=9), category="HARM", risk_grading="HIGH", officers_saw="He was hurt.",
        child_given="Cy", child_family="Moss", child_was="SAW",
    )  # fmt: skip
    referral = begin(
        process("referral"), "accept", by=marian, on=BEGAN - timedelta(hours=2), person=world.children[0],
        received_at=BEGAN - timedelta(hours=2),
    )  # fmt: skip
    take(
        referral,
        "allocate",
        by=leonard,
        on=BEGAN - timedelta(hours=1),
        social_worker=world.staff.workers["Ade Bankole"],
    )


def _open_cases(world: World) -> None:
    """Whoever is not locked has a social worker; of one of them there is news."""
    marian, nia, ruth = (
        viewer_of(world.staff.workers[name]) for name in ("Marian Blythe", "Nia Prosser", "Ruth Adeyemi")
    )
    then = BEGAN - timedelta(days=3)
    for child in world.children[:3]:
        case = begin(process("referral"), "accept", by=marian, on=then, person=child, received_at=then)
        if child == world.children[1]:
            _was_assessed(world, case)
    news = begin(
        process("contact"), "send", by=ruth, on=then, child_given="Ada", child_family="Pugh", worry="They move.",
        significant_harm_likely="no", child_says_basis="NOT_ASKED", consent="GIVEN", consent_from="Her mother",
        family_knows="yes", sender_telephone="1",
    )  # fmt: skip
    take(news, "match", by=nia, on=then, matched_to=world.children[0], match_reason="Same name")
    take(news, "pass_on", by=nia, on=then, passed_on_because="It is news")


def _was_assessed(world: World, case: Process) -> None:
    """A child with a social worker whose assessment was stopped, so that another may begin; of Ada one is under way."""
    leonard, then = viewer_of(world.staff.workers["Leonard Swann"]), BEGAN - timedelta(days=3)
    take(case, "allocate", by=leonard, on=then, social_worker=world.staff.workers["Ade Bankole"])
    stopped = process("assessment").objects.get(referral=case.pk)
    # Of the other, it is agreed how agencies are asked.
    going_on = process("assessment").objects.get(state="UNDER_WAY", entry__person=world.children[0])
    take(
        going_on, "agree", by=leonard, on=BEGAN, finish_agreed_on=BEGAN.date() + timedelta(days=40),
        agencies_agreed="yes", agreed_by="Her mother", looks_at="Home", speaks_to="Everybody",
    )  # fmt: skip
    take(stopped, "stop", by=leonard, on=then, stopped_because="They were away.")


def _calls(world: World) -> None:
    """Every agency has rung, and has not yet confirmed it in writing."""
    dale, then = viewer_of(world.staff.workers["Dale Winters"]), BEGAN - timedelta(hours=1)
    journal = Journal()
    for agency in world.staff.agencies.values():
        begin(
            process("contact"), "take_down", by=dale, on=then, into=journal, came_by="TELEPHONE", received_at=then,
            who_told="AGENCY", from_agency=agency, from_name="Somebody", child_given="Jo", worry="Cold",
            consent="GIVEN",
        )  # fmt: skip
    journal.write(dale)


def _a_plan_in_force(world: World) -> None:
    """A child's way from a discussion to a plan, with what it calls for: of each kind one from which others begin."""
    child = write_person(Told(given="Cy", family="Moss", born_on=date(2019, 4, 4)))
    Chain(Workplace(world.staff), child, on=BEGAN - timedelta(days=35)).planned()


def _family_help(world: World) -> None:
    """A family with whom a team works by a plan, which has a meeting and a visit to come."""
    ada, then = world.children[2], BEGAN - timedelta(days=20)
    at = Workplace(world.staff)
    agreed = {"consent": "GIVEN", "consent_from": "Her mother", "consent_on": then.date(), "consent_for": "School."}
    plan = at.begin(
        "family_help", "ask", "Jo Ferris", on=then, person=ada, asked_for="Mornings are hard.", child_wants="Quiet.",
        **agreed,
    )  # fmt: skip
    plan = at.take(
        plan, "decide_at_panel", "Petra Lind", on=then, panel_on=then.date(), panel_decision="TAKE_UP",
        help_by="PARTNER", panel_reason="Two agencies.",
    )  # fmt: skip
    plan = at.take(
        plan, "allocate", "Jo Ferris", on=then, lead_agency=world.staff.agencies["Hill Lane Primary School"],
        lead_name="Tom Fairley",
    )  # fmt: skip
    plan = at.take(
        plan, "begin_work", "Tom Fairley", on=then, started_on=then.date(), outcomes=[{"words": "Calm mornings"}],
        actions=[{"what": "Breakfast club", "who": "Tom Fairley", "due_on": then.date()}],
    )  # fmt: skip
    health = world.staff.agencies["Wyeside Community Health"]
    at.take(
        plan, "add_to_team", "Tom Fairley", on=then,
        team=[{"name": "Helen Marsh", "agency": health, "who": "Health visitor"}, {"name": "Mia", "who": "Mother"}],
    )  # fmt: skip

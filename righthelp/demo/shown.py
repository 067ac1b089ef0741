"""The families with names in the guides: one way up, down and out, each family in the middle of another stage of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.acting import perform
from righthelp.demo.families import InventedAdult, InventedChild, InventedFamily, Numbers
from righthelp.demo.helping import Helped, begin_work, close, meet_and_visit
from righthelp.demo.hours import DAY, HOUR, OFFICE, is_open, open_from
from righthelp.demo.known import Child, families_of
from righthelp.demo.models import PlannedStep
from righthelp.demo.people import People
from righthelp.demo.places import Places
from righthelp.demo.plan import Plan
from righthelp.demo.plans import PLAN, InForce, keep_until_review
from righthelp.demo.protecting import Harm, discuss, enquire, hold, prepare
from righthelp.demo.staff import Staff
from righthelp.demo.stories import AHEAD, Act, Course, Story
from righthelp.demo.ways import Way
from righthelp.demo.words import shown, worries
from righthelp.engine.journal import Journal
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION
from righthelp.kernel.moments import local_day
from righthelp.people.models import HouseholdMember

KIND = "family_help"
SCHOOL = "Hill Lane Primary School"
NAMED = {
    "early help worker": "Jo Ferris",
    "early help manager": "Petra Lind",
    "social worker": "Ade Bankole",
    "team manager": "Leonard Swann",
    "conference chair": "Beverley Ashdown",
    "business support": "Colin Ember",
}
LEAD, HEALTH, POLICE = "Tom Fairley", "Helen Marsh", "Kate Lomas"
HELPED = Helped("PRIMARY", "PARTNER", True, 0, needs_met=1, meetings_in_time=1, longest_wait=1, claimed=False)


def add_families(people: People, random: Random, places: Places, numbers: Numbers, today: date) -> None:
    """The people of these families, as rows. Their children go to the school that leads."""
    for told in shown()["families"]:
        area = next(iter(places.shares))
        children = [
            InventedChild(given, told["surname"], sex, _born(today, age, random), nhs=numbers.nhs(), school=SCHOOL)
            for given, sex, age in told["children"]
        ]
        eldest = min(child.born_on for child in children if child.born_on)
        mother = InventedAdult(
            told["mother"], told["surname"], "F", eldest - DAY * 10200, "MOTHER", "YES", numbers.nhs()
        )
        surgery = places.surgery(random, area)
        people.add(InventedFamily(children, places.home(area), area, surgery, "WBRI", adults=[mother]))


def _born(today: date, age: int, random: Random) -> date:
    return today - timedelta(days=round(age * 365.25) + random.randint(20, 320))


def play(plan: Plan, staff: Staff) -> None:
    """Every step of theirs that lies before now; the others are planned."""
    theirs = _only_named(staff)
    ahead: list[PlannedStep] = []
    for told in shown()["families"]:
        member = HouseholdMember.objects.filter(person__called=f"{told['children'][0][0]} {told['surname']}").first()
        if member is None:
            continue
        [family] = families_of([member.household_id])
        children = sorted(family.children, key=lambda child: str(child.born_on))
        since = plan.now.astimezone(UTC).replace(microsecond=0) - DAY * told["day"]
        course = Course(since, theirs.workers[NAMED["early help worker"]], theirs.workers[NAMED["early help manager"]])
        worry = next(worry for worry in worries() if worry.key == "late_and_tired")
        story = Story(worry, family, children, theirs.workers[LEAD], course, "EARLY_HELP", 3, "GREEN", "GIVEN", False)
        journal = Journal()
        acts = [act for place, child in enumerate(children) for act in _Way(theirs, story, child, place, plan.now).acts]
        people = [child.person for child in children if child.person]
        ahead += perform(acts, journal, theirs, plan.now, people=people)
        journal.now = plan.now
        journal.write(DEMONSTRATION)
    PlannedStep.objects.bulk_create(ahead)


def _only_named(staff: Staff) -> Staff:
    """The workers of these families: the named ones, so that whoever signs in has them among their own."""
    in_role = {
        role: [staff.workers[name]] if name in staff.workers else staff.in_role[role] for role, name in NAMED.items()
    }
    one = {"police": POLICE, "health_visiting": HEALTH, "school_nursing": HEALTH, "voluntary": HEALTH}
    by_kind = {kind: [staff.workers[name]] for kind, name in one.items() if name in staff.workers}
    return replace(staff, in_role={**staff.in_role, **in_role}, by_kind={**staff.by_kind, **by_kind})


def _working(moment: datetime) -> datetime:
    return moment if is_open(moment, OFFICE) else open_from(moment, OFFICE)


class _Way:
    """The way of one child, from early help up, down and out."""

    def __init__(self, staff: Staff, story: Story, child: Child, place: int, now: datetime) -> None:
        self.staff, self.now, self.since = staff, now, story.course.received + timedelta(seconds=70) * place
        self.days = shown()["days"]
        lead = staff.workers[LEAD]
        self.way = Way(Random(story.children[0].family), staff, story, child, place, lead)  # noqa: S311
        self.social_worker, self.manager = self._one("social worker"), self._one("team manager")
        self._early_help()
        self._up()
        conferred = self._protect()
        down = self._in_need_again(conferred)
        self._down_and_out(down)

    @property
    def acts(self) -> Iterator[Act]:
        """In time as far as anybody looks ahead."""
        return (act for act in self.way.acts if act.at < self.now + AHEAD)

    def _one(self, role: str) -> Worker:
        return self.staff.in_role[role][0]

    def _at(self, day: str, hours: float = 0) -> datetime:
        return _working(self.since + DAY * self.days[day] + HOUR * hours)

    def _words(self, which: str) -> str:
        return self.way.fill(shown()["words"][which])

    def _consent(self, at: datetime) -> dict[str, Any]:
        agreed = "That school, health and early help talk with each other."
        return {"consent": "GIVEN", "consent_from": self.way.mother, "consent_on": local_day(at), "consent_for": agreed}

    def _early_help(self) -> None:
        way, helper = self.way, self._one("early help worker")
        asked = self._at("asked")
        way.act(
            asked, helper, KIND, "ask", asked_for=self._words("asked_for"), child_wants=self._words("child_wants"),
            **self._consent(asked),
        )  # fmt: skip
        panel = self._at("panel")
        way.act(
            panel, self._one("early help manager"), KIND, "decide_at_panel", panel_on=local_day(panel),
            panel_decision="TAKE_UP", help_by="PARTNER", panel_reason=way.words("help", "panel", "TAKE_UP"),
        )  # fmt: skip
        lead = self.staff.workers[LEAD]
        way.act(
            self._at("lead_named"), helper, KIND, "allocate", lead_agency=lead.agency, lead_name=LEAD, supporter=helper
        )
        way.worker = lead
        begun = self._at("begun")
        self.wanted = begin_work(way, begun, lead)
        self._team(begun + HOUR, lead)
        self._meet(begun, self._at("in_need"), "early_help", visits=False)

    def _team(self, at: datetime, by: Worker) -> None:
        health = self.staff.workers[HEALTH]
        member = {"name": health.name, "agency": health.agency, "who": health.job_title}
        self.way.act(at, by, KIND, "add_to_team", team=[member, {"name": self.way.mother, "who": "Mother"}])

    def _meet(self, since: datetime, until: datetime, law: str, *, visits: bool = True) -> None:
        first, later = ("first_meeting", "meeting") if law == "early_help" else ("first_review", "review")
        meet_and_visit(
            self.way, since, until, self.now, HELPED, first=f"{law}.{first}", later=f"{law}.{later}",
            visits=f"{law}.visit" if visits else "",
        )  # fmt: skip

    def _up(self) -> None:
        up = self._at("in_need")
        self.way.act(
            up, self.manager, KIND, "step_up", to_level=4, level_why=self._words("up"), social_worker=self.social_worker
        )
        self.way.worker, self.way.manager = self.social_worker, self.manager
        self._meet(up, self._at("conference"), "child_in_need")

    def _protect(self) -> datetime:
        """Gives when the plan began."""
        way = self.way
        harm = Harm(discussion_in_time=True, joint=True, conference=True)
        suspected = self.since + DAY * self.days["suspected"] - HOUR  # on any day of the week
        held = discuss(way, suspected, harm, concern=self._words("concern"), at_once=True)
        concluded = enquire(way, held, harm)
        chair = self._one("conference chair")
        meets = way.in_the_day(self._at("conference"))
        prepare(way, concluded, meets, chair, invite=way.around())
        return hold(way, meets, chair, "PLAN", category="EMO", outline=True)

    def _in_need_again(self, begins: datetime) -> datetime:
        """The plan until its first review, which ends it; then a child in need. Gives when that began."""
        way = self.way
        plan = InForce(False, 1, "HELP_GOES_ON", True, 1.0, 1.0)
        review = way.in_the_day(self._at("review"))
        ended = keep_until_review(way, begins, plan, review, self.now + AHEAD)
        way.act(
            begins + DAY * 40, self._one("conference chair"), PLAN, "oversee", oversight=way.words("plan", "oversight")
        )
        named = way.office(ended + HOUR * 20, 60)
        way.act(named, self.manager, KIND, "allocate_social_worker", social_worker=self.social_worker)
        begun = way.office(named + DAY * 5, 60)
        self.wanted = begin_work(way, begun, self.social_worker)
        self._team(begun + HOUR, self.social_worker)
        self._meet(begun, self._at("down"), "child_in_need")
        return begun

    def _down_and_out(self, begun: datetime) -> None:
        way, lead = self.way, self.staff.workers[LEAD]
        down = self._at("down")
        way.act(
            down, self.social_worker, KIND, "step_down", to_level=3, level_why=self._words("down"),
            **self._consent(down), lead_agency=lead.agency, lead_name=LEAD, supporter=self._one("early help worker"),
        )  # fmt: skip
        way.worker = lead
        out = self._at("out")
        self._meet(down, out, "early_help", visits=False)
        close(way, out, lead, self.wanted, needs_met=1)

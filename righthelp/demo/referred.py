"""What comes of a referral: closed, assessed, or the child is protected; as often as the county's papers say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from righthelp.demo.assessing import assess
from righthelp.demo.helping import Helped, Helping, help_by_a_team, help_in_need
from righthelp.demo.hours import DAY, HOUR
from righthelp.demo.known import Child
from righthelp.demo.plans import InForce, keep
from righthelp.demo.protecting import Harm, confer, discuss, enquire
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.stories import AHEAD, Act, Story
from righthelp.demo.ways import Way
from righthelp.guard.models import Worker
from righthelp.kernel.moments import local_day
from righthelp.packs import pack
from righthelp.record.models import CaseEntry

A_HUNDRED = 100  # drawn from at a time, where nobody knows how many there will be
NOT_ASSESSED, ASSESSED, ENQUIRED, CONFERRED = "NOT_ASSESSED", "ASSESSED", "ENQUIRED", "CONFERRED"
# No paper gives these.
SOON = 0.6  # of strategy discussions about a referral that was not for the same day: called within three days
DISCUSSED_ONLY = 0.06  # of children who are assessed: a discussion decided that no enquiries were needed
AFTER_HELP = {"NO_FURTHER_ACTION": "RC8", "EARLY_HELP": "RC9"}
MONTHS_IN_NEED, MONTHS_AFTER_A_PLAN = (3, 14.5), (3, 8)


def shares_of_referrals() -> dict[str, float]:
    """How often each comes of a referral: from a year's referrals, assessments, enquiries and conferences."""
    figures = pack().demonstration()
    a_month = {name: figure.monthly for name, figure in figures["volumes"].items()}
    referrals = sum(figures["outcomes"][one].monthly for one in ("IMMEDIATE", "REFERRAL"))
    assessed, enquired = a_month["assessments"] / referrals, a_month["section_47_enquiries"] / referrals
    conferred = a_month["initial_conferences"] / referrals
    return {
        NOT_ASSESSED: max(0.0, 1 - assessed),
        ASSESSED: max(0.0, assessed - enquired),
        ENQUIRED: enquired - conferred,
        CONFERRED: conferred,
    }


@dataclass
class CameOf:
    """What came of the referral of the children of one story."""

    kind: str
    outcome: str
    chance: float  # from which each of the children has the same
    assessed_in_time: bool
    harm: Harm
    plan: InForce
    helped: Helped


class Referred:
    """Draws what comes of referrals. One for so many of them, so that its shares come out whole."""

    def __init__(self, random: Random, staff: Staff, number: int, now: datetime, helping: Helping, busy: Busy) -> None:
        self.random, self.staff, self.now, self.helping, self.busy = random, staff, now, helping, busy
        figures = pack().demonstration()
        self.kinds = Bag(random, {kind: share * number for kind, share in shares_of_referrals().items()})
        self.outcomes, self.ends, self.reasons = (
            Bag(random, {one: share * A_HUNDRED for one, share in figures.shares(group).items()})
            for group in ("assessment_outcomes", "plan_ends_at_review", "plan_end_reasons")
        )
        self.shares = {name: figure.value for name, figure in figures["protection"].items()}
        self.times = {name: figure.value for name, figure in figures["timeliness"].items()}
        self._bags: dict[str, Bag[bool]] = {}

    def came_of(self, story: Story, *, today: bool, unborn: bool) -> CameOf:
        """What comes of this one. One that must be acted on the same day leads to enquiries."""
        size = len(story.children)
        busy = self.busy.holds(story)
        among = {ENQUIRED, CONFERRED} if today else {NOT_ASSESSED, ASSESSED} if unborn or busy else None
        kind = self.kinds.take(size, among={ENQUIRED} if today and busy else among)
        outcome = "NO_FURTHER_ACTION" if busy else self._outcome(kind, size)
        if kind == CONFERRED or outcome != "NO_FURTHER_ACTION":
            self.busy.add(story)
        on = local_day(story.course.received)
        return CameOf(
            kind=kind,
            outcome=outcome,
            helped=self.helping.helped(story, [child.age(on) for child in story.children]),
            chance=self.random.random(),
            assessed_in_time=self._yes("assessed_in_45_days", size),
            harm=Harm(
                discussion_in_time=self._yes("discussion_in_time", size),
                joint=self.random.random() < self.shares["joint_with_police"],
                conference=kind == CONFERRED,
                conference_in_time=kind == CONFERRED and self._yes("conference_in_15_days", size),
            ),
            plan=self._plan(size) if kind == CONFERRED else NO_PLAN,
        )

    def _outcome(self, kind: str, size: int) -> str:
        if kind == ASSESSED:
            return self.outcomes.take(size)
        if self.random.random() < self.shares["in_need_after_enquiries"]:
            return "CHILD_IN_NEED"
        return self.random.choice(("EARLY_HELP", "NO_FURTHER_ACTION"))

    def _plan(self, size: int) -> InForce:
        return InForce(
            again=self._yes("plans_again", size, self.shares["plans_again"]),
            ends_at_review=int(self.ends.take(size)),
            end_reason=self.reasons.take(size),
            reviewed_in_time=self._yes("plans_reviewed_in_time", size),
            visits_in_time=self.times["visits_in_time"],
            core_groups_in_time=self.times["core_groups_in_time"],
        )

    def _yes(self, what: str, size: int, share: float | None = None) -> bool:
        """From a bag of its own, of a hundred: as often as the figures say."""
        if what not in self._bags:
            yes = self.times[what] if share is None else share
            self._bags[what] = Bag(self.random, {True: A_HUNDRED * yes, False: A_HUNDRED * (1 - yes)})
        return self._bags[what].take(size)

    # --- Written out -----------------------------------------------------------------------------------------

    def acts(
        self,
        story: Story,
        child: Child,
        place: int,
        came: CameOf,
        allocated: datetime,
        worker: Worker,
        seen: Sequence[Act],
    ) -> list[Act]:
        """Every step from the allocation on, for one of its children."""
        way = Way(Random(came.chance), self.staff, story, child, place, worker)  # noqa: S311
        way.acts += seen
        received = story.course.received
        if came.kind == NOT_ASSESSED:
            way.close(allocated + DAY * way.random.uniform(3, 30), "RC7")
            return way.acts
        held = self._harm(way, came, received, allocated)
        concluded = enquire(way, held, came.harm) if held and came.kind != ASSESSED else None
        plan_from: datetime | None = None
        if concluded and held and came.harm.conference:
            recorded, planned = confer(way, held, concluded, in_time=came.harm.conference_in_time)
            plan_from = recorded if planned else None
        outcome = "PROTECTION" if plan_from else came.outcome
        in_time, harmed = came.assessed_in_time, concluded is not None
        authorised, told = assess(way, allocated, received, outcome, in_time=in_time, harmed=harmed)
        if plan_from:
            self._after_plan(way, came, plan_from, told)
        else:
            self._after_assessment(way, came, outcome, authorised, max(told, concluded or told))
        return way.acts

    def _harm(self, way: Way, came: CameOf, received: datetime, allocated: datetime) -> datetime | None:
        """The strategy discussion, where there is one: the same day, or when more is known."""
        if came.kind == ASSESSED:
            if not (way.born and way.chance(DISCUSSED_ONLY)):
                return None
            return discuss(way, allocated + DAY * way.random.uniform(2, 20), came.harm, enquiries=False)
        if way.story.outcome == "IMMEDIATE" and not way.story.course.changed:
            return discuss(way, allocated + timedelta(minutes=way.random.uniform(5, 40)), came.harm)
        days = way.random.uniform(0.1, 3) if way.chance(SOON) else way.random.uniform(4, 25)
        return discuss(way, allocated + DAY * days, came.harm)

    def _after_assessment(self, way: Way, came: CameOf, outcome: str, authorised: datetime, told: datetime) -> None:
        if outcome == "CHILD_IN_NEED":
            months = way.random.uniform(*MONTHS_IN_NEED)
            ended, why = help_in_need(way, authorised, way.worker, came.helped, months, self.now)
            way.close(max(ended, told), why, after=ended)
            return
        closed = told + DAY * way.random.uniform(1, 14)
        # Where enquiries were made, more was done than to assess.
        way.close(closed, AFTER_HELP[outcome] if came.kind == ASSESSED else "RC7")
        if outcome == "EARLY_HELP":
            help_by_a_team(way, authorised, came.helped, self.now)

    def _after_plan(self, way: Way, came: CameOf, begins: datetime, told: datetime) -> None:
        ended = keep(way, begins, came.plan, self.now + AHEAD)
        if ended is None or came.plan.end_reason == "LOOKED_AFTER":
            return  # still protected; or in the care of the county, where a referral stays open
        if came.plan.end_reason == "HELP_GOES_ON":
            months = way.random.uniform(*MONTHS_AFTER_A_PLAN)
            ended, why = help_in_need(way, ended, way.worker, came.helped, months, self.now)
            way.close(max(ended, told), why, after=ended)
            return
        way.close(max(ended, told) + HOUR + DAY * way.random.uniform(7, 25), "RC7")


class Busy:
    """Children for whom something longer is under way: what is told of them again goes to those who help already."""

    KINDS = ("family_help", "child_protection_conference", "child_protection_plan")

    def __init__(self) -> None:
        found = CaseEntry.objects.filter(kind__in=self.KINDS, person__isnull=False)
        self._people = set(found.values_list("person", flat=True))

    def holds(self, story: Story) -> bool:
        return any(child.person and child.person.pk in self._people for child in story.children)

    def add(self, story: Story) -> None:
        self._people |= {child.person.pk for child in story.children if child.person}


NO_PLAN = InForce(False, 1, "SAFE", True, 1.0, 1.0)

"""A child protection plan: from the conference that makes it to the one that ends it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.meeting import in_short
from righthelp.engine.plan import ACTIVE, Plan, becomes_the_plans
from righthelp.engine.process import process, processes
from righthelp.engine.recurring import end_what_it_called_for, hand_on_what_it_called_for
from righthelp.guard.appointed import holders_of
from righthelp.guard.models import Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Expect, Fault, step
from righthelp.record.models import Participant

LEADERS = {"social worker", "team manager"}
TWO_YEARS = timedelta(days=730)
LATEST = ["latest_category", "review_dates", "returned_as_at"]
LOADED = ["referral", "started_on", "category", "previous_plans", *LATEST]
MAY_LACK = ["referral", "category", "previous_plans", *LATEST]


def a_real_number(plan: ChildProtectionPlan) -> Fault | None:
    """Nobody has had more plans than years."""
    if (plan.previous_plans or 0) > 20:
        sentence = "Enter how many child protection plans this child has had before, here or elsewhere."
        return Fault(sentence, at="previous_plans")
    return None


class ChildProtectionPlan(Plan):
    """What is done, by whom and by when, so that a child is safe; reviewed until a conference ends it.

    Working Together to Safeguard Children. A lead social worker is responsible for it; the core group of family and
    agencies first meets within ten working days and makes the outline whole; the child is seen as often as the plan
    says; the conference's chair looks at it between reviews.
    """

    class State(models.TextChoices):
        ACTIVE = ACTIVE, "in force"
        ENDED = "ENDED", "ended"

    ENDS = {State.ENDED}
    team_receives = "child_protection_plan"
    planners = LEADERS
    queue_title = "Child protection plans"

    conference = models.ForeignKey(
        "child_protection_conference.ChildProtectionConference", verbose_name="conference that made it", null=True,
        blank=True, on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    referral = models.ForeignKey(
        "referral.Referral", verbose_name="referral", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    about = models.CharField("who it is about", max_length=300, blank=True)
    started_on = models.DateField("begun on", null=True)
    category = CodeField("category at first", code_set="abuse_category")
    latest_category = CodeField("category now", code_set="abuse_category")
    previous_plans = models.PositiveSmallIntegerField(
        "how many such plans has the child had before?", null=True, default=0
    )
    last_ended_on = models.DateField("last plan ended on", null=True)
    social_worker = models.ForeignKey(
        Worker, verbose_name="who is the lead social worker?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField("last reviewed on", null=True)
    reviews = models.PositiveSmallIntegerField("reviews held", default=0)
    # As they stood in a return that was loaded, and the day as at which it spoke
    review_dates = ArrayField(models.DateField(), verbose_name="reviews held on, as returned", default=list, blank=True)
    returned_as_at = models.DateField("as returned for the year to", null=True)
    taken_up_on = models.DateField("taken up here on, after it was loaded", null=True)
    overseen_on = models.DateField("chair last looked on", null=True)
    oversight = models.TextField(
        "what did you look at, is the plan working, and what do you ask of whom?", max_length=4000, blank=True
    )
    ended_on = models.DateField("ended on", null=True)
    end_reason = CodeField("why does it end?", code_set="protection_plan_end_reason")
    ended_because = models.TextField("what the conference that ended it decided", max_length=4000, blank=True)

    clocks = [
        Clock("chair's oversight", law="child_protection.chair_oversight", starts="look_from_on", stops="nothing",
              when="is_in_force", awaits="The chair looks at the plan"),
        Clock("two years", law="child_protection.two_years", starts="started_on", stops="ended_on",
              awaits="The plan ends before two years"),
    ]  # fmt: skip
    expects = [
        Expect(of=kind, step="fall_due", when="is_in_force", link="plan", carries={"due_from_on": "worked_from_on"})
        for kind in ("core_group", "child_protection_visit")
    ] + [
        Expect(of="family_help", step="begin_in_need", when="goes_on_as_help", link="protection_plan",
               carries={"level_why": "ended_because", "social_worker": "social_worker"}),
    ]  # fmt: skip

    class Shown:
        everyone = {"started_on", "category", "latest_category", "previous_plans", "social_worker", "reviewed_on",
                    "reviews", "review_dates", "taken_up_on", "overseen_on", "ended_on", "end_reason"}  # fmt: skip
        team = {"conference", "referral", "about", "last_ended_on", "oversight", "ended_because", "returned_as_at"}
        restricted: set[str] = set()
        involved = {"about", "started_on", "latest_category", "social_worker", "reviewed_on", "ended_on", "end_reason"}

    class Meta(Plan.Meta):
        verbose_name = "child protection plan"
        verbose_name_plural = "child protection plans"

    @classmethod
    def offered(cls, field: str) -> Any:
        """Who may be the lead social worker."""
        return holders_of(LEADERS) if field == "social_worker" else None

    @property
    def workspace_words(self) -> str:
        return f"{self.title()}: {self.about}"

    def happening(self) -> str:
        again = ""
        if self.previous_plans:
            again = f"; {self.previous_plans} before it"
            if self.is_repeat:
                again += ", the last less than two years before"
        return f"{self.title()}: {self.label('latest_category', self.latest_category)}{again}"

    def because(self) -> str:
        return self.conference.decided if self.conference else ""

    @property
    def is_in_force(self) -> bool:
        """Not ended, and worked to here: made here, or known from a return and given to a social worker since."""
        return self.state == self.State.ACTIVE and self.is_ours

    @property
    def is_ours(self) -> bool:
        """Of one that is known from a return alone, visits and reviews are recorded elsewhere."""
        return self.conference_id is not None or self.taken_up_on is not None

    @property
    def worked_from_on(self) -> date | None:
        """From when visits and core groups are recorded here."""
        return self.taken_up_on or self.started_on

    @property
    def is_repeat(self) -> bool:
        """Whether the plan before it ended less than two years before it began."""
        return bool(self.last_ended_on and self.started_on and self.started_on - self.last_ended_on < TWO_YEARS)

    @property
    def look_from_on(self) -> date | None:
        """From when the chair's next look is counted: their last, or the last conference."""
        days = [day for day in (self.overseen_on, self.reviewed_on, self.started_on) if day]
        return max(days, default=None)

    @property
    def nothing(self) -> None:
        """The chair looks again as long as the plan is in force."""

    @step(
        "Make a child protection plan",
        past="A child protection plan was made: {category}",
        reaches=State.ACTIVE,
        by={STEP.name},
        asks=["conference", "started_on", "category", "latest_category", "about"],
        significant=True,
    )
    def begin_plan(self, on: datetime) -> None:
        """A conference decides on it: the outline that it agreed is the plan's from the start."""
        assert self.conference is not None  # the step asks for it
        enquiry = self.conference.enquiry
        if enquiry is not None and enquiry.social_worker is not None:
            self.social_worker = enquiry.social_worker
            self.also.hold(worker=self.social_worker)
        self._those_before()
        becomes_the_plans(self, self.conference.pk, self.entry)
        self._who_is_invited_takes_part()
        self._takes_the_place_of_another_plan()
        self._call_for_a_review(number=1)

    def _takes_the_place_of_another_plan(self) -> None:
        page: Any = processes().get("family_help")
        there = page.open_of(self.entry.person_id, also=self.also) if page else None
        if there is not None and there.is_in_need:
            self.also.take(there, "give_way", {"closed_on": self.started_on})

    @property
    def goes_on_as_help(self) -> bool:
        """Whether it ended with the decision that the child is in need of help, and none is given yet."""
        page: Any = processes().get("family_help")
        ended = self.state == self.State.ENDED and self.end_reason == "HELP_GOES_ON" and self.is_ours
        return ended and page is not None and page.open_of(self.entry.person_id, also=self._doing) is None

    def _those_before(self) -> None:
        before = list(
            ChildProtectionPlan.objects.filter(entry__person=self.entry.person_id)
            .exclude(pk=self.pk)
            .order_by("started_on", "pk")
        )
        if before:
            self.previous_plans = max((before[-1].previous_plans or 0) + 1, len(before))
            self.last_ended_on = max((plan.ended_on for plan in before if plan.ended_on), default=None)

    def _who_is_invited_takes_part(self) -> None:
        assert self.conference is not None  # a plan made here has one
        for one in self.conference.invited():
            if one.agency is not None and one.was_there:
                self.also.involve(one.agency, one.worker, Participant.Part.TEAM)

    def _call_for_a_review(self, number: int) -> None:
        last = self.reviewed_on or self.started_on
        answers = {"plan": self, "due_from_on": last, "about": self.about, "number": number}
        page = process("child_protection_conference")
        self.also.begin(page, "fall_due_for_review", self.entry.person, answers, arose_from=self.entry)

    @step(
        "Say who leads it",
        past="{social_worker} is the lead social worker",
        leaves=State.ACTIVE,
        by={"team manager"},
        asks=["social_worker"],
        siblings=True,
        significant=True,
    )
    def allocate(self, on: datetime) -> None:
        """The social worker who is responsible for the plan, and holds what it calls for. A plan that was loaded is
        worked to here from now on: visits, core groups and the next review are due."""
        self.also.hold(worker=self.social_worker)
        if not self.is_ours:
            self.taken_up_on = local_day(on)
            self._call_for_a_review(number=self.reviews + 1)
        hand_on_what_it_called_for(self)

    @step(
        "Look at the plan between conferences",
        past="The chair looked at the plan",
        leaves=State.ACTIVE,
        by={"conference chair"},
        asks=["oversight"],
        siblings=True,
        own={"oversight"},
        significant=True,
    )
    def oversee(self, on: datetime) -> None:
        """Are visits and core groups held, is the plan moving, is the child safer? Ask for what is missing by name."""
        self.overseen_on = local_day(on)

    @step(
        "Say how many there were before",
        past="It was put right how many plans the child has had before",
        leaves=State.ACTIVE,
        by={*LEADERS, "conference chair"},
        asks=["previous_plans"],
        needs=[a_real_number],
    )
    def count_before(self, on: datetime) -> None:
        """Another council's plans count too."""

    @step(
        "Go on after a review",
        past="A review conference decided that the plan goes on",
        leaves=State.ACTIVE,
        by={STEP.name},
        asks=["reviewed_on", "latest_category"],
    )
    def go_on(self, on: datetime) -> None:
        """The next review is due six months later at most."""
        self.reviews += 1
        self._call_for_a_review(number=self.reviews + 1)

    @step(
        "End at a review",
        past="A review conference ended the plan: {end_reason}",
        leaves=State.ACTIVE,
        reaches=State.ENDED,
        by={STEP.name},
        asks=["reviewed_on", "end_reason", "ended_because"],
        significant=True,
    )
    def end_at_review(self, on: datetime) -> None:
        """Only a conference ends a plan, unless the child moves, dies or grows up."""
        self.reviews += 1
        self.ended_on = self.reviewed_on
        end_what_it_called_for(self)

    @step(
        "End without a conference",
        past="The plan ended: {end_reason}",
        leaves=State.ACTIVE,
        reaches=State.ENDED,
        by={"team manager"},
        asks=["ended_on", "end_reason"],
        offers={"end_reason": {"MOVED", "EIGHTEEN", "DIED"}},
        significant=True,
    )
    def end(self, on: datetime) -> None:
        """The child has moved and the other council has held its conference, is eighteen, or has died."""
        end_what_it_called_for(self)

    @step(
        "Load a plan in force",
        past="A child protection plan, known from a return that was loaded: {category}",
        reaches=State.ACTIVE,
        by={"load a return"},
        asks=LOADED,
        optional=MAY_LACK,
    )
    def load_in_force(self, on: datetime) -> None:
        """Opening data: a plan that a return says is in force."""
        self._load()

    @step(
        "Load a plan that has ended",
        past="A child protection plan that has ended, known from a return that was loaded: {category}",
        reaches=State.ENDED,
        by={"load a return"},
        asks=[*LOADED, "ended_on"],
        optional=MAY_LACK,
    )
    def load_ended(self, on: datetime) -> None:
        """Opening data: a plan that a return says has ended."""
        self._load()

    def _load(self) -> None:
        self.about = in_short(self.entry.person)
        if self.referral is not None:
            self.also.arises_from(self.referral.entry)
        self._count_reviews()

    def _count_reviews(self) -> None:
        self.reviews = len(self.review_dates)
        self.reviewed_on = max(self.review_dates, default=None)

    @step(
        "Load how a plan went on",
        past="More of the plan is known from a return that was loaded",
        leaves=State,
        by={"load a return"},
        asks=LATEST,
        optional=LATEST,
    )
    def load_more(self, on: datetime) -> None:
        """Opening data: a later return tells of more reviews, or of another category since."""
        self._count_reviews()

    @step(
        "Load the end of a plan",
        past="The plan ended, as a return that was loaded says",
        leaves=State.ACTIVE,
        reaches=State.ENDED,
        by={"load a return"},
        asks=["ended_on"],
    )
    def load_end(self, on: datetime) -> None:
        """Opening data: a later return says that a plan has ended."""
        end_what_it_called_for(self)

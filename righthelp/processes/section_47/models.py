"""Enquiries under section 47 of the Children Act 1989."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from righthelp.engine.process import Process
from righthelp.guard.appointed import holders_of
from righthelp.guard.models import Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, Expect, Fault, step

ENQUIRERS = {"social worker", "team manager"}
FINDINGS = ["found", "outcome", "conference", "no_conference_because"]
RETURNED = ["conference", "conference_due_on", "conference_held_on"]


def seen_by_now(enquiry: Section47) -> Fault | None:
    """A child who will be seen has not been seen."""
    if enquiry.child_seen_at and enquiry.child_seen_at > enquiry.also.on:
        return Fault("The child cannot have been seen in the future.", at="child_seen_at")
    return None


def seen_or_reason(enquiry: Section47) -> Fault | None:
    """Section 47(4): the child is seen, unless there is information enough already."""
    if enquiry.child_seen_at is None and not enquiry.not_seen_because:
        return Fault(
            "Record first that the child was seen; or say why there was enough to go by without.",
            at="not_seen_because",
        )
    return None


def not_by_its_author(enquiry: Section47) -> Fault | None:
    """A manager does not agree to their own findings."""
    if enquiry.also.called == enquiry.found_by:
        return Fault("You wrote these findings. Another manager must agree to them.")
    return None


def conference_or_reason(enquiry: Section47) -> Fault | None:
    """A child who is likely to suffer significant harm gets a conference, or it is said why none is needed."""
    if enquiry.outcome == enquiry.Outcome.AT_RISK and not enquiry.conference and not enquiry.no_conference_because:
        return Fault("Say why no conference is needed for a child who is at risk.", at="no_conference_because")
    return None


def who_may_make_them() -> list[tuple[str, str]]:
    """As the strategy discussion that decides on them has it."""
    discussion: Any = apps.get_model("strategy_discussion", "StrategyDiscussion")  # whose words stay, used or not
    choices: list[tuple[str, str]] = discussion.MadeBy.choices
    return choices


class Section47(Process):
    """Enquiries under section 47 of the Children Act 1989, to decide whether action is needed to safeguard a child.

    They begin with the strategy discussion that decides on them (Working Together to Safeguard Children). Where harm,
    or its likelihood, is substantiated and the child is still at risk of it, a conference is held within 15 working
    days of that discussion.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "under way"
        WITH_MANAGER = "WITH_MANAGER", "waiting for a manager"
        CONCLUDED = "CONCLUDED", "concluded"

    ENDS = {State.CONCLUDED}
    team_receives = "section_47"

    class Outcome(models.TextChoices):
        AT_RISK = "AT_RISK", "Substantiated, and the child is likely to suffer significant harm"
        NOT_AT_RISK = "NOT_AT_RISK", "Substantiated, and the child is not likely to suffer it now"
        NOT_SUBSTANTIATED = "NOT_SUBSTANTIATED", "Not substantiated"

    discussion = models.ForeignKey(
        "strategy_discussion.StrategyDiscussion", verbose_name="strategy discussion", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    referral = models.ForeignKey(
        "referral.Referral", verbose_name="referral", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField("begun on", null=True)
    made_by = models.CharField("who makes them", max_length=12, choices=who_may_make_them, blank=True)
    social_worker = models.ForeignKey(
        Worker, verbose_name="which social worker leads them?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    child_seen_at = models.DateTimeField("when was the child seen?", null=True)
    seen_alone = models.BooleanField("was the child seen alone?", null=True)
    child_says = models.TextField("what did the child say, in their own words, or show?", max_length=8000, blank=True)
    not_seen_because = models.TextField(
        "if the child was not seen: why was there enough to go by?", max_length=2000, blank=True
    )
    parents_say = models.TextField("what do the parents or carers say?", max_length=8000, blank=True)
    agencies_say = models.TextField("what did each agency find?", max_length=8000, blank=True)
    found = models.TextField("what was found, and what does it mean for the child?", max_length=8000, blank=True)
    found_by = models.CharField("who wrote the findings", max_length=200, blank=True)
    outcome = models.CharField(
        "is harm, or its likelihood, substantiated?", max_length=18, choices=Outcome.choices, blank=True
    )
    conference = models.BooleanField("is a child protection conference to be held?", null=True)
    no_conference_because = models.TextField("why is none needed?", max_length=2000, blank=True)
    sent_back_because = models.TextField("what is still to be done?", max_length=2000, blank=True)
    rationale = models.TextField("why do you agree, and what happens next?", max_length=4000, blank=True)
    agreed_by = models.CharField("agreed by", max_length=200, blank=True)
    concluded_at = models.DateTimeField("concluded", null=True)
    # As a return that was loaded has them
    conference_due_on = models.DateField("conference due, as returned", null=True)
    conference_held_on = models.DateField("conference held, as returned", null=True)

    clocks = [
        Clock("child seen", law="child_protection.section_47_child_seen", starts="started_on", stops="child_seen_at",
              when="is_ours", excused="not_seen_because"),
        Clock("enquiries concluded", law="child_protection.section_47_concluded", starts="started_on",
              stops="concluded_at", when="is_ours"),
    ]  # fmt: skip
    expects = [
        Expect(
            of="child_protection_conference", step="fall_due", when="calls_for_conference", link="enquiry",
            carries={"due_from_on": "started_on", "about": "about"},
        )
    ]  # fmt: skip

    class Shown:
        everyone = {"started_on", "made_by", "social_worker", "child_seen_at", "seen_alone", "outcome", "conference",
                    "concluded_at", "conference_due_on", "conference_held_on"}  # fmt: skip
        team = {"discussion", "referral", "child_says", "not_seen_because", "parents_say", "agencies_say", "found",
                "found_by", "no_conference_because", "sent_back_because", "rationale", "agreed_by"}  # fmt: skip
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "enquiry under section 47"
        verbose_name_plural = "enquiries under section 47"

    @classmethod
    def offered(cls, field: str) -> Any:
        """Who may lead them."""
        return holders_of(ENQUIRERS) if field == "social_worker" else None

    @property
    def about(self) -> str:
        return self.discussion.about if self.discussion else ""

    @property
    def is_ours(self) -> bool:
        """Made here, and not only known from a return."""
        return self.discussion_id is not None

    @property
    def calls_for_conference(self) -> bool:
        return self.state == self.State.CONCLUDED and bool(self.conference) and self.is_ours

    def because(self) -> str:
        return self.discussion.concern if self.discussion else ""

    @step(
        "Begin enquiries",
        past="Enquiries under section 47 began",
        reaches=State.OPEN,
        by={STEP.name},
        asks=["discussion", "made_by", "started_on"],
        significant=True,
    )
    def start(self, on: datetime) -> None:
        """The strategy discussion decides on them, and with it they begin."""
        assert self.discussion is not None  # the step asks for it
        self.also.arises_from(self.discussion.entry)

    @step(
        "Say who leads them",
        past="{social_worker} leads the enquiries",
        leaves=State.OPEN,
        by={"team manager"},
        asks=["social_worker"],
        siblings=True,
    )
    def allocate(self, on: datetime) -> None:
        """A qualified social worker leads them."""
        self.also.hold(worker=self.social_worker)

    @step(
        "Record that the child was seen",
        past="The child was seen in the enquiries",
        leaves=State.OPEN,
        by=ENQUIRERS,
        asks=["child_seen_at", "seen_alone", "child_says"],
        needs=[seen_by_now],
        siblings=True,
        own={"child_seen_at", "seen_alone", "child_says"},
        significant=True,
    )
    def see(self, on: datetime) -> None:
        """When the child was seen, whether alone, and what they said or showed."""

    @step(
        "Write the findings",
        past="The findings of the enquiries went to a manager",
        leaves=State.OPEN,
        reaches=State.WITH_MANAGER,
        by=ENQUIRERS,
        asks=["not_seen_because", "parents_say", "agencies_say", *FINDINGS],
        optional={"not_seen_because", "no_conference_because"},
        only_when={"no_conference_because": ("conference", {False})},
        needs=[seen_or_reason, conference_or_reason],
        siblings=True,
        own={"not_seen_because", *FINDINGS},
    )
    def find(self, on: datetime) -> None:
        """What parents say, what each agency found, what it means for this child, and whether harm is substantiated."""
        self.found_by = self.also.called

    @step(
        "Send back",
        past="A manager asked for more before the enquiries end",
        leaves=State.WITH_MANAGER,
        reaches=State.OPEN,
        by={"team manager"},
        asks=["sent_back_because"],
        siblings=True,
    )
    def send_back(self, on: datetime) -> None:
        """Something must still be done before the enquiries can end: say what."""

    @step(
        "Agree and conclude",
        past="Enquiries under section 47 concluded: {outcome}",
        leaves=State.WITH_MANAGER,
        reaches=State.CONCLUDED,
        by={"team manager"},
        asks=["rationale"],
        needs=[not_by_its_author],
        siblings=True,
        significant=True,
    )
    def conclude(self, on: datetime) -> None:
        """A manager who did not write the findings agrees to them. A conference that is called for is due from now."""
        self.agreed_by = self.also.called
        self.concluded_at = on

    @step(
        "Load enquiries",
        past="Enquiries under section 47, known from a return that was loaded",
        reaches=State.CONCLUDED,
        by={"load a return"},
        asks=["referral", "started_on", *RETURNED],
        optional={"referral", *RETURNED},
    )
    def load(self, on: datetime) -> None:
        """Opening data: enquiries that a return tells of."""
        if self.referral is not None:
            self.also.arises_from(self.referral.entry)

    @step(
        "Load what came of enquiries",
        past="More of the enquiries is known from a return that was loaded",
        leaves=State.CONCLUDED,
        by={"load a return"},
        asks=RETURNED,
        optional=RETURNED,
    )
    def load_more(self, on: datetime) -> None:
        """Opening data: a later return tells of the conference to which enquiries led."""

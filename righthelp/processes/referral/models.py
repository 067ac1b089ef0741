"""A referral to children's social care."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import several
from righthelp.engine.process import Process
from righthelp.engine.recurring import end_what_it_called_for, hand_on_what_it_called_for
from righthelp.guard.appointed import holders_of
from righthelp.guard.models import Appointment, Worker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Expect, Fault, step
from righthelp.record.models import Attempt

HOLDERS = {"social worker", "team manager"}
RETURNED = ["return_source", "return_need", "no_further_action", "initial_conference_on"]


def a_social_worker_is_named(referral: Referral) -> Fault | None:
    """A child in need has a social worker, who is somebody's by name and works for the county today."""
    held = Appointment.objects.filter(worker=referral.social_worker, role__in=HOLDERS, until__isnull=True)
    if held.exists():
        return None
    return Fault(f"{referral.social_worker} is not a social worker. Choose one who is.", at="social_worker")


def seen_before_now(referral: Referral) -> Fault | None:
    """A child who will be seen has not been seen."""
    if referral.child_seen_at and referral.child_seen_at > referral.also.on:
        return Fault("The child cannot have been seen in the future.", at="child_seen_at")
    return None


def closed_by_now(referral: Referral) -> Fault | None:
    """A referral that will close is open."""
    if referral.closed_on and referral.closed_on > local_day(referral.also.on):
        return Fault("A referral is closed today, or was closed before.", at="closed_on")
    return None


class Referral(Process):
    """A referral accepted by children's social care: a child who may be in need, or harmed, is to be assessed.

    Children Act 1989, sections 17 and 47; Working Together to Safeguard Children (assessment from the point of
    referral). Where a child may be harmed today, every attempt is made to see them the same working day.
    """

    class State(models.TextChoices):
        ACCEPTED = "ACCEPTED", "waiting for a social worker"
        ALLOCATED = "ALLOCATED", "with a social worker"
        CLOSED = "CLOSED", "closed"

    ENDS = {State.CLOSED}
    team_receives = "referral"

    contact = models.ForeignKey(
        "contact.Contact",
        verbose_name="worry",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    received_at = models.DateTimeField("received")
    reason = models.TextField("why it was accepted", blank=True)
    immediate = models.BooleanField("immediate action the same day", default=False)
    social_worker = models.ForeignKey(
        Worker, verbose_name="social worker", null=True, on_delete=models.PROTECT, related_name="+"
    )
    allocated_at = models.DateTimeField("allocated", null=True)
    child_seen_at = models.DateTimeField("when was the child seen?", null=True)
    seen_by_whom = models.CharField("who saw the child, and where?", max_length=200, blank=True)
    attempts = models.TextField("what was tried?", max_length=4000, blank=True)  # before each stood by itself
    closed_on = models.DateField("closed on", null=True)
    closure_reason = CodeField("why is it closed?", code_set="closure_reason", max_length=10)
    # As they stood in a return that was loaded, or are to stand in the next
    return_source = CodeField("source of referral", code_set="referral_source", max_length=10)
    return_need = CodeField("primary need", code_set="primary_need", max_length=10)
    no_further_action = models.BooleanField("no further action", null=True)
    initial_conference_on = models.DateField("initial conference without enquiries, as returned", null=True)

    clocks = [
        Clock(
            "child seen",
            law="front_door.immediate_harm_seen",
            starts="received_at",
            stops="child_seen_at",
            when="immediate",
        )
    ]

    expects = [Expect(of="assessment", step="start", when="is_with_a_social_worker", link="referral")]
    several = {"tries": several(Attempt, most=1)}

    class Shown:
        everyone = {
            "received_at", "immediate", "social_worker", "allocated_at", "closed_on", "closure_reason",
            "no_further_action", "initial_conference_on",
        }  # fmt: skip
        team = {
            "contact",
            "reason",
            "child_seen_at",
            "seen_by_whom",
            "attempts",
            "return_source",
            "return_need",
        }
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "referral to children's social care"
        verbose_name_plural = "referrals to children's social care"
        indexes = [models.Index(fields=["contact"], name="referral_contact")]

    def because(self) -> str:
        return self.reason

    @property
    def is_with_a_social_worker(self) -> bool:
        """Whether a social worker has it, and the child was not assessed for it yet, here or before it was loaded."""
        if self.state != self.State.ALLOCATED:
            return False
        assessed: Any = getattr(self, "assessments", None)
        return self._state.adding or not assessed.exists()  # nobody has assessed what is not written yet

    @classmethod
    def offered(cls, field: str) -> Any:
        """Whom a manager may choose."""
        return holders_of(HOLDERS) if field == "social_worker" else None

    @step(
        "Accept a referral",
        past="Accepted as a referral to children's social care",
        reaches=State.ACCEPTED,
        by={"front door manager"},
        asks=["contact", "received_at", "reason", "immediate"],
        optional={"contact", "reason", "immediate"},
        significant=True,
    )
    def accept(self, on: datetime) -> None:
        """The front door's decision makes it a referral; nobody types it again."""

    @step(
        "Allocate to a social worker",
        past="Allocated to {social_worker}",
        leaves={State.ACCEPTED, State.ALLOCATED},
        reaches=State.ALLOCATED,
        by={"team manager"},
        asks=["social_worker"],
        needs=[a_social_worker_is_named],
        significant=True,
        siblings=True,
    )
    def allocate(self, on: datetime) -> None:
        """A manager names the social worker who is responsible for the child."""
        self.allocated_at = self.allocated_at or on
        self.also.hold(worker=self.social_worker)
        hand_on_what_it_called_for(self)

    @step(
        "Record that the child was seen",
        past="The child was seen",
        leaves={State.ACCEPTED, State.ALLOCATED},
        by={"social worker", "team manager"},
        asks=["child_seen_at", "seen_by_whom"],
        needs=[seen_before_now],
        significant=True,
        siblings=True,
        own={"seen_by_whom"},  # nobody is recorded as seen by a tick alone
    )
    def record_seen(self, on: datetime) -> None:
        """When and where the child was seen, and by whom."""

    @step(
        "Record an attempt to see the child",
        past="An attempt was made to see the child",
        leaves={State.ACCEPTED, State.ALLOCATED},
        by={"social worker", "team manager"},
        asks=["tries"],
    )
    def record_attempt(self, on: datetime) -> None:
        """When it was tried, how, and what came of it. Each attempt stands; none replaces another."""

    @step(
        "Close",
        past="Referral closed",
        leaves={State.ACCEPTED, State.ALLOCATED},
        reaches=State.CLOSED,
        by={"team manager"},
        asks=["closed_on", "closure_reason"],
        needs=[closed_by_now],
        significant=True,
        siblings=True,
        own={"closure_reason"},
    )
    def close(self, on: datetime) -> None:
        """Children's social care is no longer involved, and why."""
        end_what_it_called_for(self)

    @step(
        "Say what the main need is",
        past="It was said what the main need is",
        leaves=State,
        by=HOLDERS,
        asks=["return_need", "return_source"],
        optional={"return_source"},
        words={
            "return_need": "why does the child need help, in the main? Of two that fit, the one higher in the list",
            "return_source": "who referred the child, if it was not who told the front door?",
        },
        siblings=True,
        own={"return_need"},
    )
    def name_need(self, on: datetime) -> None:
        """The main reason for helping, as it was when help began. The Children in Need Census asks it of every child
        with whom work goes on; said again, it is put right."""

    @step(
        "Load an open referral",
        past="Referral known from a return that was loaded",
        reaches=State.ACCEPTED,
        by={"load a return"},
        asks=["received_at", *RETURNED],
        optional=RETURNED,
    )
    def load_open(self, on: datetime) -> None:
        """Opening data: a referral that a return says is still open."""

    @step(
        "Load a closed referral",
        past="Referral known from a return that was loaded",
        reaches=State.CLOSED,
        by={"load a return"},
        asks=["received_at", *RETURNED, "closed_on", "closure_reason"],
        optional={*RETURNED, "closed_on", "closure_reason"},
    )
    def load_closed(self, on: datetime) -> None:
        """Opening data: a referral that a return says has ended."""

    @step(
        "Load a referral's closure",
        past="Closed, as a return that was loaded says",
        leaves=State.ACCEPTED,
        reaches=State.CLOSED,
        by={"load a return"},
        asks=["closed_on", "closure_reason"],
        optional={"closure_reason"},
    )
    def load_closure(self, on: datetime) -> None:
        """Opening data: a later return says that a referral, which nobody here has taken up, has ended."""
        end_what_it_called_for(self)

    @step(
        "Load the day of a conference",
        past="Initial conference held on {initial_conference_on}, as a return that was loaded says",
        leaves=State,
        by={"load a return"},
        asks=["initial_conference_on"],
    )
    def load_conference(self, on: datetime) -> None:
        """Opening data: a later return tells of a conference that no enquiries of this referral led to."""

"""Information on an open case, passed by the front door to who holds it."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.process import Process, processes
from righthelp.guard.models import Worker
from righthelp.kernel.page import Clock, Fault, step
from righthelp.record.models import Holding

FRONT_DOOR = {"front door social worker", "front door manager"}
HOLDERS = {"social worker", "team manager"}


def a_case_is_held(information: InformationOnCase) -> str | None:
    """It goes to whoever is with the child now. Without an open case it would lie where nobody looks."""
    return None if information.holder else "Nobody holds an open case for this child."


def is_passed_on(information: InformationOnCase) -> Fault | None:
    """It begins with what the front door passes on, and with nothing else."""
    if information.contact.is_passed_on:
        return None
    return Fault("Pass the worry on from its own page at the front door.", at="contact")


class InformationOnCase(Process):
    """News about a child with whom children's social care works already, told to the front door and passed on.

    It goes to the worker who holds the case, and is not a new contact. That worker says that they have read it and
    what they do, in the time that the county sets; or says that it is a new worry about harm, and it goes back to the
    front door to be decided (Working Together to Safeguard Children: concerns about a child are acted on, whoever
    holds the case).
    """

    class State(models.TextChoices):
        PASSED = "PASSED", "waiting to be read by who holds the case"
        ACKNOWLEDGED = "ACKNOWLEDGED", "read, and taken into the work"
        NEW_WORRY = "NEW_WORRY", "a new worry, back at the front door"

    ENDS = {State.ACKNOWLEDGED, State.NEW_WORRY}

    contact = models.ForeignKey(
        "contact.Contact", verbose_name="what we were told", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField("why it is not a new worry", max_length=2000)
    passed_at = models.DateTimeField("passed on")
    acknowledged_at = models.DateTimeField("read", null=True)
    acknowledged_by = models.ForeignKey(
        Worker, verbose_name="read by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    what_next = models.TextField("what do you make of it, and what do you do next?", max_length=4000, blank=True)
    harm = models.TextField("what harm do you fear, and why is it new?", max_length=2000, blank=True)

    clocks = [
        Clock(
            "read",
            law="front_door.information_acknowledged",
            starts="passed_at",
            stops="acknowledged_at",
            awaits="Read by who holds the case",
        )
    ]

    class Shown:
        everyone = {"passed_at", "acknowledged_at", "acknowledged_by"}
        team = {"contact", "reason", "what_next", "harm"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "information on an open case"
        verbose_name_plural = "information on open cases"
        indexes = [models.Index(fields=["contact"], name="information_on_case_contact")]

    @property
    def holder(self) -> Holding | None:
        """Who holds the child's open case: by worker before by team, the newest first."""
        page = processes().get("referral")
        if page is None:
            return None
        open_now = page.objects.filter(entry__person=self.contact.entry.person_id, state__in=page.open_states())
        held = Holding.objects.filter(entry__in=open_now.values("pk"), until__isnull=True)
        return held.order_by(models.F("worker").asc(nulls_last=True), "-since").first()  # type: ignore[no-any-return]

    def because(self) -> str:
        return self.reason

    @step(
        "Pass on information",
        past="Information was passed to who holds the case",
        reaches=State.PASSED,
        by=FRONT_DOOR,
        asks=["contact", "reason"],
        needs=[is_passed_on, a_case_is_held],
        significant=True,
    )
    def receive(self, on: datetime) -> None:
        """The front door's step on what it was told begins this; nobody types it again."""
        self.passed_at = on
        held = self.holder
        assert held is not None  # `a_case_is_held`
        self.also.arises_from(self.contact.entry)
        self.also.hold(team=held.team, worker=held.worker_id)

    @step("Take this on", past="Another worker took the information on", leaves=State.PASSED, by=HOLDERS)
    def take_over(self, on: datetime) -> None:
        """You hold the case now, or stand in for who does."""
        self.also.hold_myself()

    @step(
        "Say that you have read it",
        past="Who holds the case has read it",
        leaves=State.PASSED,
        reaches=State.ACKNOWLEDGED,
        by=HOLDERS,
        asks=["what_next"],
    )
    def acknowledge(self, on: datetime) -> None:
        """You have read what was told, and say what you do with it."""
        self._read(on)

    @step(
        "Say that it is a new worry about harm",
        past="Who holds the case says that it is a new worry about harm",
        leaves=State.PASSED,
        reaches=State.NEW_WORRY,
        by=HOLDERS,
        asks=["harm"],
        significant=True,
    )
    def escalate(self, on: datetime) -> None:
        """It goes back to the front door's board at once, and is decided there as a worry. Ring them as well."""
        self._read(on)
        self.also.take(self.contact, "bring_back", {"returned_because": self.harm})

    def _read(self, on: datetime) -> None:
        self.acknowledged_at = on
        self.acknowledged_by_id = getattr(self.also.by, "worker", None)

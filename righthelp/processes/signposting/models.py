"""Pointing a family to a service, and hearing whether it helped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from righthelp.engine.process import Process
from righthelp.kernel.page import Clock, step
from righthelp.processes.signposting import doing, needs

FRONT_DOOR = {"front door social worker", "front door manager"}
EARLY_HELP = {"early help worker", "early help manager"}
POINTERS = {*FRONT_DOOR, *EARLY_HELP}


class Signposting(Process):
    """A family pointed to a service that can help them, with their agreement, and asked later whether it did.

    Help as soon as a problem emerges (Children Act 2004, section 10; Working Together to Safeguard Children, early
    help). Nothing about the family goes to the service: the family goes, with a sheet that says what, where and how.
    """

    class State(models.TextChoices):
        POINTED = "POINTED", "to be asked whether it helped"
        ANSWERED = "ANSWERED", "asked and answered"
        LEFT = "LEFT", "not to be asked"

    ENDS = {State.ANSWERED, State.LEFT}
    team_receives = "signposting"
    queue_title = "Asking whether it helped"
    begins_from_child = True

    class Outcome(models.TextChoices):
        HELPED = "HELPED", "They went, and it helped"
        STARTED = "STARTED", "They have started; it is too soon to say"
        DID_NOT_HELP = "DID_NOT_HELP", "They went, and it did not help"
        WAITING = "WAITING", "They asked, and are waiting for a place"
        NOT_FOR_THEM = "NOT_FOR_THEM", "The service could not take them"
        NOT_WANTED = "NOT_WANTED", "They did not want it after all"
        NOT_REACHED = "NOT_REACHED", "They could not be reached"

    contact = models.ForeignKey(
        "contact.Contact", verbose_name="worry", null=True, on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        "service_listing.ServiceListing",
        verbose_name="service in the directory",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Leave it empty if it is not in the directory.",
    )
    own_words = models.TextField("what else are they pointed to, and how do they ask?", max_length=2000, blank=True)
    to = models.CharField("pointed to", max_length=200)
    why = models.TextField("what do they want help with?", max_length=8000)
    agreed = models.BooleanField("do they want this, and agree that we ask later whether it helped?", null=True)
    pointed_at = models.DateTimeField("pointed")
    tried_at = models.DateTimeField("last tried to ask", null=True)
    tried_how = models.CharField("how did you try, and what happened?", max_length=300, blank=True)
    outcome = models.CharField("what came of it?", max_length=12, choices=Outcome.choices, blank=True)
    outcome_says = models.TextField("in their words", max_length=2000, blank=True)
    told_by_whom = models.CharField("who told you?", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered", null=True)
    left_because = models.TextField("why are they not to be asked?", max_length=1000, blank=True)
    left_at = models.DateTimeField("left", null=True)

    clocks = [
        Clock(
            "asked whether it helped",
            law="services.signposting_followed_up",
            starts="pointed_at",
            stops="answered_at",
            when="may_be_asked",
            awaits="Asked whether it helped",
        )
    ]

    class Shown:
        everyone = {"to", "pointed_at", "outcome", "answered_at"}
        team = {
            "contact", "service", "own_words", "why", "agreed", "tried_at", "tried_how", "outcome_says",
            "told_by_whom", "left_because", "left_at",
        }  # fmt: skip
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "signposting"
        verbose_name_plural = "signpostings"
        indexes = [
            models.Index(fields=["contact"], name="signposting_contact"),
            models.Index(fields=["service", "pointed_at"], name="signposting_service"),
        ]

    @property
    def heading(self) -> str:
        return self.to

    @property
    def may_be_asked(self) -> bool:
        return self.state != self.State.LEFT

    def happening(self) -> str:
        return f"The family was pointed to {self.to}: {self.state_label}"

    def because(self) -> str:
        return self.why

    @classmethod
    def offered(cls, field: str) -> Any:
        """Services that a family can be pointed to today."""
        return doing.open_services() if field == "service" else None

    @step(
        "Point the family to a service",
        past="The family was pointed to {to}",
        reaches=State.POINTED,
        by=POINTERS,
        asks=["service", "own_words", "why", "agreed"],
        optional={"service", "own_words"},
        needs=[needs.a_child_is_named, needs.to_something, needs.with_their_agreement],
    )
    def point(self, on: datetime) -> None:
        """Tell the family where to turn, and make them a sheet to take away. The service is told nothing of them."""
        doing.point(self, on)
        doing.give_sheet(self, on)

    @step(
        "Point as the front door decided",
        past="The front door pointed the family to another service",
        reaches=State.POINTED,
        by={"front door manager"},
        asks=["contact", "own_words", "why"],
    )
    def follow(self, on: datetime) -> None:
        """The front door's decision makes it a signposting; nobody types it again."""
        doing.point(self, on)

    @step(
        "Give the family a sheet",
        past="The family was given a sheet about {to}",
        leaves={State.POINTED, State.ANSWERED},
        by=POINTERS,
        asks=["service", "own_words", "agreed"],
        optional={"service", "own_words"},
        needs=[needs.to_something, needs.with_their_agreement],
    )
    def give(self, on: datetime) -> None:
        """Choose the service in the directory, and make a sheet that says what it is, where, and how to ask."""
        doing.name(self)
        doing.give_sheet(self, on)

    @step(
        "Write down that you tried",
        past="Somebody tried to ask the family whether it helped",
        leaves=State.POINTED,
        by=POINTERS,
        asks=["tried_how"],
    )
    def attempt(self, on: datetime) -> None:
        """You tried to ask, and did not hear yet. It stays on the list."""
        self.tried_at = on

    @step(
        "Write down whether it helped",
        past="The family was asked whether it helped: {outcome}",
        leaves={State.POINTED, State.ANSWERED},
        reaches=State.ANSWERED,
        by=POINTERS,
        asks=["outcome", "outcome_says", "told_by_whom"],
        optional={"outcome_says", "told_by_whom"},
        needs=[needs.heard_from_somebody],
    )
    def hear(self, on: datetime) -> None:
        """What the family says came of it. If they still wait, ask again later and write it here."""
        self.answered_at = self.answered_at or on

    @step(
        "Do not ask them",
        past="The family is not to be asked whether it helped",
        leaves=State.POINTED,
        reaches=State.LEFT,
        by=POINTERS,
        asks=["left_because"],
    )
    def leave(self, on: datetime) -> None:
        """They do not want to be asked, it would not be safe, or somebody else works with them now and will know."""
        self.left_at = on

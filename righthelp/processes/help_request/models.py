"""A request for early help."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.process import Process
from righthelp.kernel.page import Clock, step

EARLY_HELP = {"early help worker", "early help manager"}


class HelpRequest(Process):
    """A request for early help, passed on by the front door with the parents' agreement.

    Help as soon as a problem emerges, at any point in a child's life (Children Act 2004, section 10; Working Together
    to Safeguard Children, early help). The county's own standard says how soon it is answered.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", "waiting for early help"
        WORKING = "WORKING", "with an early help worker"
        ANSWERED = "ANSWERED", "answered"

    ENDS = {State.ANSWERED}
    team_receives = "help_request"

    class Outcome(models.TextChoices):
        ADVICE = "ADVICE", "Advice and guidance given"
        SIGNPOSTED = "SIGNPOSTED", "Pointed to a service, with help to reach it"
        ASSESSMENT = "ASSESSMENT", "An early help assessment is recommended"
        ALREADY_HELPED = "ALREADY_HELPED", "The right help is already there"
        DECLINED = "DECLINED", "The family does not want help now"

    contact = models.ForeignKey("contact.Contact", verbose_name="worry", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("level of need")
    reason = models.TextField("why early help")
    asked_at = models.DateTimeField("asked")
    family_spoken_to = models.TextField("who was spoken to, and what do they want?", max_length=4000, blank=True)
    outcome = models.CharField("what came of it", max_length=16, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField("why, and what happens next?", max_length=4000, blank=True)
    answered_at = models.DateTimeField("answered", null=True)

    clocks = [
        Clock("early help answer", law="early_help.chat_contact", starts="asked_at", stops="answered_at"),
    ]

    class Shown:
        everyone = {"level", "asked_at", "outcome", "answered_at"}
        team = {"contact", "reason", "family_spoken_to", "outcome_reason"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "request for early help"
        verbose_name_plural = "requests for early help"
        indexes = [models.Index(fields=["contact"], name="help_request_contact")]

    def because(self) -> str:
        return self.reason

    @step(
        "Ask for early help",
        past="Passed to early help",
        reaches=State.WAITING,
        by={"front door manager"},
        asks=["contact", "level", "reason"],
        significant=True,
    )
    def ask(self, on: datetime) -> None:
        """The front door's decision makes it a request; nobody types it again."""
        self.asked_at = on

    @step(
        "Take on",
        past="An early help worker took this on",
        leaves={State.WAITING, State.WORKING},
        reaches=State.WORKING,
        by=EARLY_HELP,
    )
    def take_on(self, on: datetime) -> None:
        """Hold this request yourself from now on."""
        self.also.hold_myself()

    @step(
        "Write down what the family says",
        past="Early help spoke with the family",
        leaves=State.WORKING,
        by=EARLY_HELP,
        asks=["family_spoken_to"],
    )
    def speak(self, on: datetime) -> None:
        """Who was spoken to, what they and the child want, and what would help."""

    @step(
        "Answer the request",
        past="Early help answered: {outcome}",
        leaves=State.WORKING,
        reaches=State.ANSWERED,
        by=EARLY_HELP,
        asks=["outcome", "outcome_reason"],
        significant=True,
    )
    def answer(self, on: datetime) -> None:
        """What came of the request, why, and what happens next."""
        self.answered_at = on

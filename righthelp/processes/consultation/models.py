"""A consultation: a professional talks a worry through with a social worker of the front door."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.named import worker_called
from righthelp.engine.process import Process
from righthelp.guard.models import Agency, Worker
from righthelp.kernel.moments import local, local_day
from righthelp.kernel.page import Clock, Fault, step
from righthelp.kernel.written import write_when
from righthelp.people.matching import is_child, locked_match
from righthelp.people.models import Person
from righthelp.people.told import Told

FRONT_DOOR = {"front door social worker", "front door manager"}
CALL = ["held_at", "from_agency", "from_name", "telephone"]
CHILD = ["child_given", "child_family", "child_born_on"]


def held_by_now(consultation: Consultation) -> Fault | None:
    """What is written down has been said."""
    if consultation.held_at and consultation.held_at > consultation.also.on + timedelta(minutes=5):
        return Fault("The consultation cannot have been held in the future.", at="held_at")
    return None


def another_agency(consultation: Consultation) -> Fault | None:
    """A consultation is with a professional of another agency; colleagues talk in supervision."""
    if consultation.from_agency_id and consultation.from_agency.kind == "county":
        return Fault("Choose an agency outside the county council's children's services.", at="from_agency")
    return None


def named_child_is_told(consultation: Consultation) -> Fault | None:
    """A child who is named can be found by the name."""
    if consultation.child_named and not (consultation.child_given and consultation.child_family):
        return Fault("Write the child's first and last name, or say that no child was named.", at="child_given")
    return None


def born_by_now(consultation: Consultation) -> Fault | None:
    """A date of birth lies behind us."""
    if consultation.child_born_on and consultation.child_born_on > local_day(consultation.also.on):
        return Fault("The date of birth is in the future.", at="child_born_on")
    return None


def a_child_was_named(consultation: Consultation) -> str | None:
    """What nobody named is on nobody's record."""
    if consultation.child_named:
        return None
    return "No child was named in this consultation, so it stands on no child's record."


def is_a_child_of_ours(consultation: Consultation) -> Fault | None:
    """A consultation about a child is matched to a child."""
    if consultation.matched_to and not is_child(consultation.matched_to, local_day(consultation.also.on)):
        return Fault(f"{consultation.matched_to} is an adult. Choose the child.", at="matched_to")
    return None


class Consultation(Process):
    """A professional talks a worry through with a social worker of the front door, and is advised.

    It is always recorded, with the names of those who took part, whatever came of it. It is neither a contact nor a
    referral and never counts as one: where a worry is to be told, the professional who has it tells it.
    """

    class State(models.TextChoices):
        HELD = "HELD", "held, to be written down"
        RECORDED = "RECORDED", "written down"

    ENDS = {State.RECORDED}
    team_receives = "consultation"
    queue_title = "Consultations"

    class Outcome(models.TextChoices):
        GO_ON = "GO_ON", "They go on helping the child in their own work"
        EARLY_HELP = "EARLY_HELP", "They begin or look again at an early help assessment"
        OTHER_SERVICE = "OTHER_SERVICE", "They point the family to another service"
        SEND = "SEND", "They send a worry to the front door"
        SEND_NOW = "SEND_NOW", "A child may be harmed: they ring 999 or send a worry today"

    held_at = models.DateTimeField("when was it held?")
    from_agency = models.ForeignKey(Agency, verbose_name="agency", on_delete=models.PROTECT, related_name="+")
    from_name = models.CharField("name of the professional", max_length=200)
    from_worker = models.ForeignKey(
        Worker, verbose_name="worker who asked", null=True, on_delete=models.PROTECT, related_name="+"
    )
    telephone = models.CharField("telephone number to reach them on", max_length=30, blank=True)
    also_there = models.CharField("who else took part?", max_length=300, blank=True)
    child_named = models.BooleanField("did they name the child?", null=True)
    child_given = models.CharField("first name", max_length=100, blank=True)
    child_family = models.CharField("last name", max_length=100, blank=True)
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    consent = CodeField("does the family agree that they talk to us about the child?", code_set="consent")
    worry = models.TextField("what did they ask about?", max_length=8000, blank=True)
    advice = models.TextField(
        "what did you advise, and why?", max_length=8000, blank=True, help_text="They read this in their workspace."
    )
    who_does_what = models.TextField(
        "who does what next, and by when?", max_length=4000, blank=True, help_text="They read this too."
    )
    outcome = models.CharField("what comes of it?", max_length=20, choices=Outcome.choices, blank=True)
    own_note = models.TextField("anything for the front door alone", max_length=4000, blank=True)
    recorded_at = models.DateTimeField("written down", null=True)
    advised_by = models.CharField("who advised", max_length=200, blank=True)
    matched_to = models.ForeignKey(
        Person, verbose_name="which child is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    match_reason = models.TextField("how do you know?", max_length=2000, blank=True)

    clocks = [
        Clock(
            "written down",
            law="front_door.consultation_recorded",
            starts="held_at",
            stops="recorded_at",
            awaits="Written down",
        )
    ]

    class Shown:
        everyone = {"held_at", "from_agency", "outcome", "recorded_at"}
        team = {
            "from_name", "from_worker", "telephone", "also_there", *CHILD, "child_named", "consent", "worry", "advice",
            "who_does_what", "own_note", "advised_by", "matched_to", "match_reason",
        }  # fmt: skip
        restricted: set[str] = set()
        agencies = {
            ("from_agency", "from_worker"): {
                "held_at", "from_agency", "from_worker", "from_name", "also_there", *CHILD, "child_named", "consent",
                "worry", "advice", "who_does_what", "outcome", "recorded_at", "advised_by",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "consultation with the front door"
        verbose_name_plural = "consultations with the front door"
        indexes = [models.Index(fields=["from_agency", "held_at"], name="consultation_from_agency")]

    @property
    def told(self) -> Told:
        """The child as the professional named them."""
        return Told(given=self.child_given, family=self.child_family, born_on=self.child_born_on)

    @property
    def heading(self) -> str:
        return f"{self.child_given} {self.child_family}".strip() or self.title()

    @property
    def workspace_words(self) -> str:
        whom = "" if self.heading == self.title() else f"{self.heading}: "
        return f"{whom}{'talked' if whom else 'Talked'} through {write_when(local(self.held_at))}"

    def happening(self) -> str:
        return f"{self.from_agency} talked this through with the front door: {self.state_label}"

    def because(self) -> str:
        return self.worry

    @step(
        "Begin a consultation",
        past="{from_agency} talked a worry through with the front door",
        reaches=State.HELD,
        by=FRONT_DOOR,
        asks=[*CALL, "child_named", *CHILD],
        optional={"telephone", "child_born_on"},
        only_when=dict.fromkeys(CHILD, ("child_named", {True})),
        needs=[held_by_now, another_agency, named_child_is_told, born_by_now],
    )
    def hold(self, on: datetime) -> None:
        """A professional rings or comes to talk a worry through. Note who, now; write down what was said today."""
        self.also.happened(self.held_at)
        self.also.hold_myself()
        self._find_professional()
        self._keep_within_a_locked_circle()

    @step(
        "Write it down",
        past="The consultation was written down: {outcome}",
        leaves=State.HELD,
        reaches=State.RECORDED,
        by=FRONT_DOOR,
        asks=[
            "from_name", "also_there", "child_named", *CHILD, "consent", "worry", "advice", "who_does_what", "outcome",
            "own_note",
        ],
        optional={"also_there", "child_born_on", "own_note"},
        only_when={**dict.fromkeys(CHILD, ("child_named", {True})), "consent": ("child_named", {True})},
        needs=[named_child_is_told, born_by_now],
        significant=True,
    )  # fmt: skip
    def record(self, on: datetime) -> None:
        """Who took part, what was asked, what you advised and who does what next. Whoever asked reads the advice."""
        self.recorded_at = on
        self.advised_by = self.also.by.name
        self._find_professional()
        self._keep_within_a_locked_circle()

    @step("Take over", past="Another worker took the consultation over", leaves=State.HELD, by=FRONT_DOOR)
    def take_over(self, on: datetime) -> None:
        """You write this consultation down."""
        self.also.hold_myself()

    @step(
        "Say which child this is",
        past="It was said which child the consultation was about",
        leaves={State.HELD, State.RECORDED},
        by=FRONT_DOOR,
        asks=["matched_to", "match_reason"],
        needs=[a_child_was_named, is_a_child_of_ours],
    )
    def match(self, on: datetime) -> None:
        """The child who was named is known already: the consultation stands on their timeline. Nothing is learned."""
        assert self.matched_to is not None  # the step asks for it
        self.also.about(self.matched_to)

    def _find_professional(self) -> None:
        """The worker of the agency who bears this name, if just one does: they read the advice in their workspace."""
        self.from_worker = worker_called(self.from_name, self.from_agency_id, local_day(self.also.on))

    def _keep_within_a_locked_circle(self) -> None:
        """A consultation that is likely about a locked child is locked before anybody else reads it."""
        match = locked_match(self.told) if self.child_named and not self.entry.person_id else None
        if match is not None:
            self.also.keep_within(match.person.circle_id)

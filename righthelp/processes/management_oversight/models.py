"""A manager's oversight of the work with a child, and a concern that somebody must answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.part import several
from righthelp.engine.plan import due_today_or_later, hand_out
from righthelp.engine.process import Process
from righthelp.engine.teams import team_of
from righthelp.guard.models import Appointment, Worker
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.page import Clock, Fault, step
from righthelp.kernel.written import write_date
from righthelp.record.models import Action

MANAGERS = {"front door manager", "early help manager", "team manager", "head of service"}
OVERSEERS = {*MANAGERS, "conference chair"}
WORKERS = {"front door social worker", "early help worker", "social worker"}


def looked_by_now(oversight: ManagementOversight) -> Fault | None:
    """Nobody has looked tomorrow."""
    if oversight.looked_at and oversight.looked_at > oversight.also.on:
        return Fault("You cannot have looked in the future. Enter when you did.", at="looked_at")
    return None


def unsafe_is_acted_on(oversight: ManagementOversight) -> Fault | None:
    """A child who is not safe enough is not left so until somebody next looks."""
    unsafe = oversight.safe_enough == ManagementOversight.Safe.NO
    if unsafe and not oversight.also.several.get("actions"):
        return Fault("The child is not safe enough: say what must happen, who does it and by when.", at="safe_enough")
    return None


def somebody_else_answers(oversight: ManagementOversight) -> Fault | None:
    """Nobody answers a concern of their own."""
    at = "higher_to" if oversight.higher_to_id else "raised_to"
    if getattr(oversight, f"{at}_id") == getattr(oversight.also.by, "worker", None):
        return Fault("You raise this yourself: choose somebody else, who must answer.", at=at)
    return None


def an_action_is_followed(oversight: ManagementOversight) -> Fault | None:
    """Where nothing was agreed, or all of it is done, nothing can have come of it."""
    if not oversight.also.several.get("progress"):
        return Fault(
            "Say of an open action what came of it. Where none is open there is nothing to say.", at="progress"
        )
    return None


def goes_to_another(oversight: ManagementOversight) -> Fault | None:
    """A stage higher is somebody else."""
    if oversight.higher_to_id == oversight.raised_to_id:
        return Fault("They have been asked already: choose somebody above them.", at="higher_to")
    return None


def answers_themselves(oversight: ManagementOversight) -> str | None:
    """Whoever was asked answers, and nobody for them."""
    if oversight.raised_to_id == getattr(oversight.also.by, "worker", None):
        return None
    return f"This was raised to {oversight.raised_to}, who answers it."


def raised_it(oversight: ManagementOversight) -> str | None:
    """Only whoever raised a concern says that it is settled, or takes it higher."""
    if oversight.raised_by_id == getattr(oversight.also.by, "worker", None):
        return None
    return f"{oversight.raised_by} raised this, and says whether it is settled."


class ManagementOversight(Process):
    """What a manager, or a conference chair, made of the work with a child: what they read, whether the child is safe
    enough today and why, what must happen; or a concern that they raise to somebody who must answer.

    Working Together to Safeguard Children asks for the effective oversight of practice; the county's policy on
    resolving professional differences sends a disagreement a stage higher until it is settled.
    """

    class State(models.TextChoices):
        NOTED = "NOTED", "on the record"
        RAISED = "RAISED", "raised, waiting for an answer"
        ANSWERED = "ANSWERED", "answered, not yet settled"
        RESOLVED = "RESOLVED", "settled"

    class Safe(models.TextChoices):
        YES = "YES", "Safe enough today"
        NO = "NO", "Not safe enough today"
        NOT_KNOWN = "NOT_KNOWN", "Not known whether safe enough"

    ENDS: ClassVar = {State.NOTED, State.RESOLVED}
    begins_from_child = frozenset({"look", "escalate"})
    several: ClassVar = {
        "actions": several(Action),
        "progress": several(Action, of_each=("done", "progress"), must_have=("done",), still="is_open"),
    }
    asked_afresh = frozenset({"concern", "raised_to"})
    queue_title = "Concerns that wait for an answer"

    looked_at = models.DateTimeField("when did you look?", null=True)
    looked_by = models.CharField("who looked", max_length=200, blank=True)
    in_supervision = models.BooleanField("talked about in supervision", default=False)
    looked_into = models.TextField(
        "what did you read, and with whom did you talk?", max_length=4000, blank=True,
        help_text="Of this child: how they are, what they say, what has changed.",
    )  # fmt: skip
    safe_enough = models.CharField("is the child safe enough today?", max_length=10, choices=Safe.choices, blank=True)
    safe_because = models.TextField("why do you say so?", max_length=4000, blank=True)
    direction_agreed = models.BooleanField("do you agree with the direction of the work?", null=True)
    direction = models.TextField("what is the direction from here, and why?", max_length=4000, blank=True)

    concern = models.TextField(
        "what are you concerned about, and what do you ask for?", max_length=4000, blank=True,
        help_text="What it means for the child; what should happen instead.",
    )  # fmt: skip
    raised_by = models.ForeignKey(
        Worker, verbose_name="raised by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_to = models.ForeignKey(
        Worker, verbose_name="who must answer?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField("raised", null=True)
    stage = models.PositiveSmallIntegerField("stage", null=True)
    answer = models.TextField("what is your answer, and what will be done?", max_length=4000, blank=True)
    answered_at = models.DateTimeField("answered", null=True)
    higher_concern = models.TextField(
        "what do you ask for now, and why is it not settled?", max_length=4000, blank=True
    )
    higher_to = models.ForeignKey(
        Worker, verbose_name="who must answer now?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    earlier = models.TextField("what was asked and answered before", blank=True)
    settled_because = models.TextField(
        "how was it settled, and what changed for the child?", max_length=4000, blank=True
    )
    settled_at = models.DateTimeField("settled", null=True)

    clocks = [
        Clock(
            "settled", law="child_protection.disagreement_resolved", starts="raised_at", stops="settled_at",
            awaits="Settled, or taken a stage higher, within {length}",
        )
    ]  # fmt: skip

    class Shown:
        everyone = {
            "looked_at", "looked_by", "in_supervision", "safe_enough", "direction_agreed", "raised_at", "raised_to",
            "stage", "answered_at", "settled_at",
        }  # fmt: skip
        team = {
            "looked_into", "safe_because", "direction", "concern", "raised_by", "answer", "earlier",
            "settled_because", "higher_concern", "higher_to",
        }  # fmt: skip
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "management oversight"
        verbose_name_plural = "management oversight"
        indexes = [models.Index(fields=["raised_to"], name="oversight_raised_to", condition=models.Q(state="RAISED"))]

    @classmethod
    def offered(cls, field: str) -> Any:
        """Managers in a team, who may be asked to answer."""
        if field not in {"raised_to", "higher_to"}:
            return None
        held = Appointment.objects.filter(role__in=MANAGERS, until__isnull=True, team__isnull=False)
        return Worker.objects.filter(pk__in=held.values("worker")).order_by("name")

    def happening(self) -> str:
        return f"A concern was raised to {self.raised_to}: {self.state_label}"

    def because(self) -> str:
        return self.concern

    @step(
        "Write down your oversight",
        past="Management oversight: {safe_enough}",
        reaches=State.NOTED,
        by=OVERSEERS,
        asks=["looked_at", "looked_into", "safe_enough", "safe_because", "direction_agreed", "direction", "actions"],
        needs=[looked_by_now, unsafe_is_acted_on, due_today_or_later],
        significant=True,
        siblings=True,
        own=["looked_into", "safe_enough", "safe_because", "direction_agreed", "direction"],
    )
    def look(self, on: datetime) -> None:
        """What you looked at, whether the child is safe enough today and why, what must happen by when and by whom."""
        self._noted()

    @step(
        "Note what supervision says of the child",
        past="Talked about in supervision: {safe_enough}",
        reaches=State.NOTED,
        by={STEP.name},
        asks=["looked_at", "looked_into", "safe_enough", "safe_because", "direction_agreed", "direction", "actions"],
        needs=[looked_by_now, due_today_or_later],
        optional={"direction"},
        significant=True,
    )
    def note_supervision(self, on: datetime) -> None:
        """What was said of this child in a worker's supervision; of the worker nothing stands here."""
        self.in_supervision = True
        self._noted()

    def _noted(self) -> None:
        assert self.looked_at is not None  # both steps ask for it
        self.looked_by = self.also.called
        self.also.happened(self.looked_at)
        hand_out(self)

    @step(
        "Say what came of it",
        past="It was written down what came of the actions",
        leaves=State.NOTED,
        by=OVERSEERS | WORKERS,
        asks=["progress"],
        needs=[an_action_is_followed],
    )
    def follow_up(self, on: datetime) -> None:
        """Of each action that is open: whether it is done, and what came of it for the child."""

    @step(
        "Raise a concern",
        past="A concern about the work was raised to {raised_to}",
        reaches=State.RAISED,
        by=OVERSEERS,
        asks=["concern", "raised_to"],
        needs=[somebody_else_answers],
        significant=True,
        siblings=True,
        own=["concern"],
    )
    def escalate(self, on: datetime) -> None:
        """You are concerned about the work with this child, and a manager must answer: say what you ask for."""
        assert isinstance(self.also.by, AsWorker)
        self.raised_by_id = self.also.by.worker
        self.stage = 1
        self._raised(on)

    def _raised(self, on: datetime) -> None:
        assert self.raised_to_id is not None
        self.raised_at = on
        self.also.hold(team=team_of(self.raised_to_id), worker=self.raised_to_id)

    @step(
        "Answer the concern",
        past="{raised_to} answered the concern",
        leaves=State.RAISED,
        reaches=State.ANSWERED,
        by=MANAGERS,
        asks=["answer"],
        needs=[answers_themselves],
    )
    def respond(self, on: datetime) -> None:
        """What you have found, what will be done for the child and by when; or why the work goes on as it is."""
        self.answered_at = on
        if self.raised_by_id and (team := team_of(self.raised_by_id)):
            self.also.hold(team=team, worker=self.raised_by_id)

    @step(
        "Take it a stage higher",
        past="The concern was taken a stage higher, to {raised_to}",
        leaves={State.RAISED, State.ANSWERED},
        reaches=State.RAISED,
        by=OVERSEERS,
        asks=["higher_concern", "higher_to"],
        needs=[raised_it, somebody_else_answers, goes_to_another],
        significant=True,
    )
    def raise_higher(self, on: datetime) -> None:
        """It is not settled, or nobody has answered in time: somebody above must answer."""
        assert self.raised_at is not None
        asked = f"Raised to {self.raised_to} on {write_date(self.raised_at)}: {self.concern}"
        answered = f"Answered on {write_date(self.answered_at)}: {self.answer}" if self.answered_at else "Not answered."
        self.earlier = "\n\n".join(filter(None, [self.earlier, f"{asked}\n{answered}"]))
        self.concern, self.raised_to, self.stage = self.higher_concern, self.higher_to, (self.stage or 1) + 1
        self.higher_concern, self.higher_to = "", None
        self.answer, self.answered_at = "", None
        self._raised(on)

    @step(
        "Say that it is settled",
        past="The concern was settled",
        leaves=State.ANSWERED,
        reaches=State.RESOLVED,
        by=OVERSEERS,
        asks=["settled_because"],
        needs=[raised_it],
        significant=True,
    )
    def settle(self, on: datetime) -> None:
        """You are content with the answer, and with what it changed for the child."""
        self.settled_at = on

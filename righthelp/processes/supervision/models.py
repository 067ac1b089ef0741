"""Supervision: a worker and their manager, together, monthly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.part import several
from righthelp.engine.plan import due_today_or_later, hand_out
from righthelp.engine.process import Process, process
from righthelp.engine.teams import team_of
from righthelp.guard.models import Appointment, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.rules import AnsweredForBy
from righthelp.guard.viewers import STEP, AsWorker, current
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Fault, step
from righthelp.processes.supervision.children import SupervisionChild, bring_up_to_date
from righthelp.record.models import Action

SUPERVISORS = {"front door manager", "early help manager", "team manager", "head of service"}
SUPERVISED = {role.name for role in ROLES.values() if role.county and role.works_with_children}


def answers_for_them(supervision: Supervision) -> Fault | None:
    """Who supervises a worker manages a team in which they work, or answers for every worker; nobody does it for
    themselves."""
    by = supervision.also.by
    if not isinstance(by, AsWorker):
        return None
    if supervision.worker_id == by.worker:
        return Fault("Nobody supervises themselves: your own manager does.", at="worker")
    theirs = Worker.objects.filter(AnsweredForBy("pk", by.worker), pk=supervision.worker_id)
    if not theirs.exists():
        return Fault(f"{supervision.worker} is in none of your teams: their own manager supervises them.", at="worker")
    return None


def none_is_due(supervision: Supervision) -> Fault | None:
    """One supervision of a worker at a time is due."""
    here = supervision.also.journal.touched.values()
    due = any(isinstance(one, Supervision) and one.waits_with(supervision) for one in here)
    due_by_now = Supervision.objects.filter(state=Supervision.State.DUE, due_from_on__lte=supervision.today)
    kept = due_by_now.filter(worker=supervision.worker_id)
    if due or kept.exists():
        return Fault("A supervision of this worker is due already. Record that one.", at="worker")
    return None


def held_by_now(supervision: Supervision) -> Fault | None:
    """What is still to come has not been talked about."""
    if supervision.held_at and supervision.held_at > supervision.also.on:
        return Fault("Supervision is recorded once it has been held. Enter when it was.", at="held_at")
    return None


def each_child_whole(supervision: Supervision) -> Iterator[Fault]:
    """Of a child who was talked about all is said; of one who was not, nothing."""
    today = local_day(supervision.also.on)
    for number, said in enumerate(supervision.also.several.get("children", [])):
        if all(said[name] in (None, "") for name in SupervisionChild.ASKED):
            continue
        for name in SupervisionChild.WHOLE:
            if said[name] in (None, ""):
                yield Fault(
                    "Answer this too, or leave out all that is asked of this child.", at=f"children-{number}-{name}"
                )
        if any([said["what"], said["who"], said["due_on"]]) and not all([said["what"], said["who"], said["due_on"]]):
            yield Fault("Say what will be done, who does it and by when.", at=f"children-{number}-what")
        if said["due_on"] and said["due_on"] < today:
            yield Fault("An action is due today or later.", at=f"children-{number}-due_on")
        if said["safe_enough"] == SupervisionChild.Safe.NO and not said["what"]:
            yield Fault("The child is not safe enough: say what will be done.", at=f"children-{number}-what")


def first_fault_of_a_child(supervision: Supervision) -> Fault | None:
    """The first of what is missing of a child."""
    return next(each_child_whole(supervision), None)


def their_own(supervision: Supervision) -> str | None:
    """The worker themselves says that they have read it."""
    if supervision.worker_id == getattr(supervision.also.by, "worker", None):
        return None
    return f"Only {supervision.worker} can say that they have read it."


class Supervision(Process):
    """Supervision of a worker by their manager: each child they help, what is decided and who does what by when, and
    how the worker is.

    The county measures supervision of each allocated child within the month, and reports it for all early help staff
    and their families. What is said of a child goes on the child's own record, at the same moment; what is said of the
    worker stays between the two.
    """

    class State(models.TextChoices):
        DUE = "DUE", "due"
        RECORDED = "RECORDED", "recorded; the worker has not yet read it"
        READ = "READ", "recorded and read"
        LAPSED = "LAPSED", "no longer due"

    ENDS: ClassVar = {State.READ, State.LAPSED}
    about_nobody = True
    several: ClassVar = {
        "children": several(SupervisionChild, of_each=SupervisionChild.ASKED, still="is_theirs"),
        "actions": several(Action),
        "progress": several(Action, of_each=("done", "progress"), must_have=("done",), still="is_open", at="previous"),
    }
    asked_afresh = frozenset({"held_at", "worker_is"})

    worker = models.ForeignKey(
        Worker, verbose_name="whose supervision is it?", on_delete=models.PROTECT, related_name="+"
    )
    previous = models.ForeignKey(
        "self", verbose_name="the supervision before", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_from_on = models.DateField("counted from", null=True)
    held_at = models.DateTimeField("when was it?", null=True)
    supervised_by = models.ForeignKey(
        Worker, verbose_name="by whom", null=True, on_delete=models.PROTECT, related_name="+"
    )
    summary = models.TextField(
        "what else was talked about: the work as a whole, learning, what gets in the way?", max_length=8000, blank=True
    )
    worker_is = models.TextField(
        "how is the worker, and what do they need?", max_length=4000, blank=True,
        help_text="Only the worker and their manager read this.",
    )  # fmt: skip
    worker_says = models.TextField("what do you want to add?", max_length=4000, blank=True)
    read_at = models.DateTimeField("read by the worker", null=True)
    lapsed_because = models.TextField("why is it no longer due?", max_length=1000, blank=True)

    clocks = [
        Clock(
            "supervision", law="supervision.monthly", starts="due_from_on", stops="held_at", when="is_expected",
            awaits="Supervised within {length}",
        )
    ]  # fmt: skip

    class Shown:
        everyone = {"worker", "due_from_on", "held_at", "supervised_by", "read_at"}
        team = {"previous", "summary", "lapsed_because"}
        restricted = {"worker_is", "worker_says"}

    class Meta(Process.Meta):
        verbose_name = "supervision of a worker"
        verbose_name_plural = "supervision of workers"
        indexes = [models.Index(fields=["worker", "held_at"], name="supervision_of_worker")]

    @property
    def heading(self) -> str:
        return f"Supervision of {self.worker}" if self.worker_id else self.title()  # what is typed names nobody yet

    @property
    def is_expected(self) -> bool:
        return self.state != self.State.LAPSED

    @property
    def today(self) -> date:
        """The day of the step in hand."""
        return local_day(self.also.on)

    def waits_with(self, other: Supervision) -> bool:
        """Whether this one is due of the same worker."""
        return self.pk != other.pk and self.worker_id == other.worker_id and self.state == self.State.DUE

    @classmethod
    def offered(cls, field: str) -> Any:
        """The workers for whose practice the viewer answers."""
        if field != "worker":
            return None
        held = Appointment.objects.filter(role__in=SUPERVISED, until__isnull=True)
        workers = Worker.objects.filter(pk__in=held.values("worker")).order_by("name")
        viewer = current()
        return workers.filter(AnsweredForBy("pk", viewer.worker)) if isinstance(viewer, AsWorker) else workers

    def happening(self) -> str:
        return f"{self.heading}: {self.state_label}"

    @step(
        "Begin to supervise a worker",
        past="Supervision was called for",
        reaches=State.DUE,
        by=SUPERVISORS,
        asks=["worker"],
        needs=[answers_for_them, none_is_due],
    )
    def call_for(self, on: datetime) -> None:
        """A worker has joined your team. When one supervision is recorded, the next falls due of itself."""
        assert isinstance(self.also.by, AsWorker)
        self.due_from_on = self.today
        self._held_by_manager(self.also.by.worker)

    @step(
        "Call for the next supervision",
        past="Supervision fell due",
        reaches=State.DUE,
        by={STEP.name},
        asks=["worker", "previous", "due_from_on", "supervised_by"],
        optional={"previous"},
    )
    def fall_due(self, on: datetime) -> None:
        """The last was recorded: the next is due from that day."""
        assert self.supervised_by_id is not None  # by whoever held the last
        self._held_by_manager(self.supervised_by_id)
        self.supervised_by = None

    def _held_by_manager(self, manager: Any) -> None:
        self.also.about_worker(self.worker)
        self.also.hold(team=team_of(self.worker_id) or team_of(manager), worker=manager)
        bring_up_to_date(self)

    @step(
        "Bring the list of children up to date",
        past="The list of children was brought up to date",
        leaves=State.DUE,
        by=SUPERVISED,
    )
    def list_children(self, on: datetime) -> None:
        """The children whom the worker helps today: who has joined, and who has gone to somebody else."""
        bring_up_to_date(self)

    @step(
        "Record supervision",
        past="Supervision was recorded",
        leaves=State.DUE,
        reaches=State.RECORDED,
        by=SUPERVISORS,
        asks={
            "The children": ["held_at", "children"],
            "The worker and the work": ["summary", "worker_is"],
            "Who does what": ["progress", "actions"],
        },
        optional={"worker_is"},
        needs=[answers_for_them, held_by_now, first_fault_of_a_child, due_today_or_later],
    )
    def record(self, on: datetime) -> None:
        """Each child who was talked about, the work as a whole, how the worker is, and who does what by when."""
        assert isinstance(self.also.by, AsWorker)
        assert self.held_at is not None
        self.supervised_by_id = self.also.by.worker
        hand_out(self)
        for child in self.also.told.get("children", []):
            if child.talked:
                self._on_their_record(child)
        self.also.begin(
            type(self), "fall_due", None,
            {
                "worker": self.worker, "previous": self, "due_from_on": local_day(self.held_at),
                "supervised_by": self.supervised_by,
            },
        )  # fmt: skip
        self.also.hold(worker=self.worker_id)

    def _on_their_record(self, child: SupervisionChild) -> None:
        self.also.begin(
            process("management_oversight"), "note_supervision", child.person,
            {
                "looked_at": self.held_at, "looked_into": child.talked, "safe_enough": child.safe_enough,
                "safe_because": child.safe_because, "direction_agreed": child.agreed, "direction": child.decided,
                "actions": child.act,
            },
        )  # fmt: skip

    @step(
        "Say that you have read it",
        past="The worker has read it",
        leaves=State.RECORDED,
        reaches=State.READ,
        by=SUPERVISED,
        asks=["worker_says"],
        optional={"worker_says"},
        needs=[their_own],
    )
    def read(self, on: datetime) -> None:
        """It says what you talked about; what you see otherwise, you add in your own words."""
        self.read_at = on

    @step(
        "Say that it is no longer due",
        past="Supervision is no longer due",
        leaves=State.DUE,
        reaches=State.LAPSED,
        by=SUPERVISORS,
        asks=["lapsed_because"],
        needs=[answers_for_them],
    )
    def lapse(self, on: datetime) -> None:
        """The worker has left, is away for long, or is supervised by another manager from now on."""

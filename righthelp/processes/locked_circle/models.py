"""Locking a family's records to a circle of workers, and lifting the lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from righthelp.engine.part import Part
from righthelp.engine.process import Process
from righthelp.engine.unmatched import likely_about, naming
from righthelp.guard.models import Appointment, Circle, CircleMember, Worker
from righthelp.guard.rules import Through
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, step
from righthelp.people.merging import went_into
from righthelp.people.models import HouseholdMember, Person
from righthelp.record.models import CaseEntry

LOCKSMITHS = {"head of service", "information governance"}


def a_child_is_named(lock: LockedCircle) -> str | None:
    """A lock is put on somebody's record."""
    return None if lock.entry.person_id else "Open the child's record first, and lock it from there."


def not_locked_yet(lock: LockedCircle) -> str | None:
    """One circle keeps a person; another would let in whom the first keeps out."""
    # Read under the child's own lock: of two workers who lock at once, the second is told.
    found = Person.objects.select_for_update().filter(pk=lock.entry.person_id).first()
    if found and found.became_id:
        return "This record has just been merged with another. Open that one, and lock it from there."
    return "This record is locked already." if found and found.circle_id else None


def members_may_work_with_children(lock: LockedCircle) -> Fault | None:
    """Somebody is named, and the circle is never empty: whoever locks is a member too."""
    if lock.member is not None and lock.member.agency.kind != "county":
        return Fault("Only the county's own workers may be members.", at="member")
    return None


def not_a_member_yet(lock: LockedCircle) -> Fault | None:
    """A worker is let in once."""
    return Fault(f"{lock.member} may open it already.", at="member") if lock.member_id in _members(lock) else None


def somebody_stays(lock: LockedCircle) -> Fault | None:
    """The circle is never left without anybody who may let others in, or lift it."""
    members = _members(lock)
    if lock.member_id not in members:
        return Fault(f"{lock.member} is not of this circle.", at="member")
    stay = members - {lock.member_id}
    if Appointment.objects.filter(worker__in=stay, role__in=LOCKSMITHS, until__isnull=True).exists():
        return None
    return Fault("Let in another head of service or information governance officer first.", at="member")


def _members(lock: LockedCircle) -> set[UUID | None]:
    return set(CircleMember.objects.filter(circle=lock.circle, until__isnull=True).values_list("worker", flat=True))


def county_workers() -> Any:
    """Workers who may be members of a circle."""
    return Worker.objects.filter(agency__kind="county").order_by("name")


class LockedCircle(Process):
    """The records of a family that only named workers may open: a worker is of that family, or safety needs it.

    Confidentiality of a child's record within the authority (UK GDPR, articles 5 and 32). Everybody who lives with the
    child is locked with them.
    """

    class State(models.TextChoices):
        LOCKED = "LOCKED", "locked"
        LIFTED = "LIFTED", "lifted"

    ENDS = {State.LIFTED}
    begins_from_child = True
    written_at_once = True  # who may see what is read by every step that looks for a child

    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    why = models.TextField("why must this record be locked?", max_length=2000)
    member = models.ForeignKey(
        Worker, verbose_name="worker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_because = models.TextField("why is the lock lifted?", max_length=2000, blank=True)

    class Shown:
        everyone: set[str] = set()
        team = {"circle", "why", "member", "lifted_because"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "locked circle"
        verbose_name_plural = "locked circles"

    @classmethod
    def offered(cls, field: str) -> Any:
        """Whom to choose from."""
        return county_workers() if field == "member" else None

    @step(
        "Lock this record",
        past="The record was locked to a circle of workers",
        reaches=State.LOCKED,
        by=LOCKSMITHS,
        asks=["why", "members"],
        optional={"members"},
        needs=[a_child_is_named, not_locked_yet],
        significant=True,
    )
    def lock(self, on: datetime) -> None:
        """Lock the child's record, and the records of everybody who lives with them, to the workers named."""
        today = local_day(on)
        self.circle = Circle(why=self.why, since=today)
        named = [part.worker_id for part in self.also.journal.rows(LockedCircleMember)]
        by = self.also.by
        if isinstance(by, AsWorker):
            named.append(by.worker)
        self.also.write(
            self.circle,
            *(CircleMember(circle=self.circle, worker_id=worker, since=today) for worker in dict.fromkeys(named)),
        )
        child = self.entry.person
        assert child is not None  # `a_child_is_named`
        for person in _who_live_together(child):
            for record in (person, *went_into(person)):
                record.circle = self.circle
                self.also.change(record, "circle")
            for entry in (*likely_about(person), *naming(person.pk)):
                self.also.keep_within(self.circle.pk, entry)

    @step(
        "Let another worker in",
        past="Another worker was let into the circle",
        leaves=State.LOCKED,
        by=LOCKSMITHS,
        asks=["member"],
        needs=[members_may_work_with_children, not_a_member_yet],
    )
    def let_in(self, on: datetime) -> None:
        """One more worker may open what is locked."""
        self.also.write(CircleMember(circle=self.circle, worker=self.member, since=local_day(on)))

    @step(
        "Take a worker out",
        past="A worker was taken out of the circle",
        leaves=State.LOCKED,
        by=LOCKSMITHS,
        asks=["member"],
        needs=[somebody_stays],
    )
    def take_out(self, on: datetime) -> None:
        """One worker fewer may open what is locked, from this moment."""
        for member in CircleMember.objects.filter(circle=self.circle, worker=self.member, until__isnull=True):
            member.until = local_day(on) - timedelta(days=1)
            self.also.change(member, "until")

    @step(
        "Lift the lock",
        past="The lock was lifted",
        leaves=State.LOCKED,
        reaches=State.LIFTED,
        by=LOCKSMITHS,
        asks=["lifted_because"],
        significant=True,
    )
    def lift(self, on: datetime) -> None:
        """The records may be opened again by everybody whose work needs them."""
        self.circle.until = local_day(on)
        self.also.change(self.circle, "until")
        for row in (
            *Person.objects.filter(circle=self.circle),
            *CaseEntry.objects.filter(circle=self.circle),
        ):
            row.circle = None
            self.also.change(row, "circle")


def _who_live_together(person: Person) -> Iterator[Person]:
    yield person
    homes = HouseholdMember.objects.filter(person=person, until__isnull=True).values_list("household", flat=True)
    yield from (
        Person.objects.filter(
            households__household__in=list(homes), households__until__isnull=True, circle__isnull=True
        )
        .exclude(pk=person.pk)
        .distinct()
    )


class LockedCircleMember(Part):
    """A worker named when a record is locked."""

    lock = models.ForeignKey(LockedCircle, on_delete=models.PROTECT, related_name="members")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    asked_with = ("worker",)
    must_have = frozenset({"worker"})
    seen_by = [Through("lock")]

    @classmethod
    def offered(cls, field: str) -> Any:
        """Whom to choose from."""
        return county_workers()

    class Meta(Part.Meta):
        verbose_name = "worker who may open it"

    def __str__(self) -> str:
        return str(self.worker)

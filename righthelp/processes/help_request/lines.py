"""The lines of early help's list: each open request with who holds it, how long it has waited and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.processes.help_request.models import HelpRequest
from righthelp.record.models import Deadline, Holding

DAY_HOURS = 48  # what has waited longer is told in days


@dataclass
class Line:
    """One open request."""

    row: HelpRequest
    waited: str
    holding: Holding | None = None
    clocks: list[ClockFace] = field(default_factory=list)

    @property
    def about(self) -> str:
        """The child, or that nobody has said who it is."""
        person = self.row.entry.person
        if person:
            return str(person)
        return "Not yet said which child" if self.row.child_named else "A call without a name"

    @property
    def came(self) -> str:
        """By which of its two doors."""
        return f"Rang: {self.row.label('who_rang', self.row.who_rang)}" if self.row.is_a_call else "Passed on"


def lines(rows: Any) -> Any:
    """Open requests, what is due soonest first and then what has waited longest."""
    due = Deadline.objects.filter(entry=OuterRef("pk"), stopped_at__isnull=True).order_by("due_at").values("due_at")
    return rows.select_related("entry__person").alias(soonest=Subquery(due[:1])).order_by(
        F("soonest").asc(nulls_last=True), "asked_at", "pk"
    )  # fmt: skip


def faced(rows: Iterable[HelpRequest], now: datetime) -> Iterator[Line]:
    """These rows as lines: in two queries, however many they are."""
    listed = list(rows)
    numbers = [row.pk for row in listed]
    held = Holding.objects.filter(entry__in=numbers, until__isnull=True).select_related("team", "worker")
    holdings = {holding.entry_id: holding for holding in held}
    clocks: dict[UUID, list[ClockFace]] = defaultdict(list)
    running = Deadline.objects.filter(entry__in=numbers, stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(running, now):
        clocks[deadline.entry_id].append(face)
    for row in listed:
        yield Line(row, _waited(now - row.asked_at), holdings.get(row.pk), clocks[row.pk])


def _waited(length: Any) -> str:
    hours = int(length.total_seconds() // 3600)
    if hours < 1:
        return "Less than an hour"
    if hours < DAY_HOURS:
        return f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{hours // 24} days"

"""The pathway of a child: what was done with and for them, how long each took, and where it waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.process import Process
from righthelp.engine.sight import Relation
from righthelp.engine.views.asked import for_workers
from righthelp.kernel.written import write_length
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Deadline, Holding, TimelineEvent
from righthelp.web.child import about_a_person, came_of, context_of
from righthelp.web.pathway_picture import draw
from righthelp.web.rows import rows_of

MOST = 100  # pieces of work in one picture: the latest
MOST_STEPS = 400


@dataclass
class Stretch:
    """One piece of work: from when to when, when it waited for a worker, what stood out, and what was due."""

    row: Process
    href: str
    begun: datetime
    until: datetime  # its end, or now
    number: int = 0  # by which the list finds it in the picture
    waits: list[tuple[datetime, datetime]] = field(default_factory=list)
    steps: list[TimelineEvent] = field(default_factory=list)
    deadlines: list[ClockFace] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return not self.row.ended

    @property
    def took(self) -> str:
        return write_length(self.until - self.begun) or "no time"

    @property
    def waited(self) -> str:
        return write_length(sum((until - since for since, until in self.waits), timedelta(0)))

    @property
    def waits_now(self) -> bool:
        return self.open and any(until == self.until for _, until in self.waits)

    @property
    def came(self) -> str:
        return came_of(self.row)

    @property
    def spoken(self) -> str:
        """The bar in words."""
        waited = f", {self.waited} of it with no worker" if self.waited else ""
        missed = sum(clock.late for clock in self.deadlines)
        late = f", {missed} {'deadline' if missed == 1 else 'deadlines'} missed" if missed else ""
        return f"{self.number}: {self.row.title()}, {'open for' if self.open else 'took'} {self.took}{waited}{late}"


@for_workers
@about_a_person("a child's pathway")
def pathway(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """The picture, and the same in words."""
    now = timezone.now()
    entries = CaseEntry.objects.filter(person=person)
    every = entries.count()
    last = TimelineEvent.objects.filter(entry=OuterRef("pk")).order_by("-at").values("at")[:1]
    shown = list(entries.annotate(last=Subquery(last)).order_by("-begun_at", "-pk")[:MOST])
    stretches = _stretches(shown, {entry.pk: entry.last or now for entry in shown}, now)
    picture = draw(stretches, now)
    return render(
        request,
        "web/child/pathway.html",
        {
            **context_of(person, "pathway"),
            "picture": picture,
            "stretches": stretches,
            "left_out": max(every - MOST, 0),
            "waiting": [one for one in stretches if one.waits_now],
        },
    )


def _stretches(entries: list[CaseEntry], last: Mapping[UUID, datetime], now: datetime) -> list[Stretch]:
    """Pieces of work in the order in which they began: a fixed number of questions, and one a kind of work."""
    found = {
        row.pk: Stretch(
            row=row,
            href=reverse(f"{row.kind()}_record", args=[row.pk]),
            begun=row.entry.begun_at,
            until=max(row.entry.begun_at, last[row.pk] if row.ended else now),
        )
        for row in rows_of(entries)
    }
    keys = list(found)
    steps = TimelineEvent.objects.filter(entry__in=keys, significant=True).order_by("-at", "-recorded_at", "-pk")
    for event in reversed(steps[:MOST_STEPS]):
        found[event.entry_id].steps.append(event)
    deadlines = list(Deadline.objects.filter(entry__in=keys).order_by("due_at", "clock"))
    for deadline in deadlines:
        deadline.entry = found[deadline.entry_id].row.entry
    for deadline, face in kept_faces(deadlines, now):
        if found[deadline.entry_id].open or deadline.stopped_at:  # of what has ended, nothing is awaited any more
            found[deadline.entry_id].deadlines.append(face)
    for key, waits in _waits(found).items():
        found[key].waits = waits
    in_order = sorted(found.values(), key=lambda one: (one.begun, str(one.row.pk)))
    for number, one in enumerate(in_order, start=1):
        one.number = number
    return in_order


def _waits(found: dict[UUID, Stretch]) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """When a team held each with no worker of it; of what no team ever held, from its beginning to the next step."""
    waits: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    held = set()
    for holding in Holding.objects.filter(entry__in=list(found)).order_by("since", "pk"):
        one = found[holding.entry_id]
        held.add(holding.entry_id)
        since, until = max(holding.since, one.begun), min(holding.until or one.until, one.until)
        if holding.worker_id is None and since < until:
            waits[holding.entry_id].append((since, until))
    unheld = [key for key in found if key not in held]
    second = TimelineEvent.objects.filter(entry=OuterRef("pk")).order_by("recorded_at", "pk").values("at")[1:2]
    answered = CaseEntry.objects.filter(pk__in=unheld).annotate(second=Subquery(second)).values_list("pk", "second")
    for key, next_step in answered:
        one = found[key]
        until = min(next_step or one.until, one.until)
        if one.begun < until:
            waits[key].append((one.begun, until))
    return waits

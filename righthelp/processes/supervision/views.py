"""The list of supervision: for a manager each worker, and when each of their children was last talked about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, faces
from righthelp.engine.process import process
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.kernel.moments import last_moment, local_day
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.processes.supervision.models import SUPERVISED, SUPERVISORS, Supervision
from righthelp.record.models import Holding

MOST = 24
EACH_CHILD = "supervision.monthly"


@dataclass
class Talked:
    """A child whom a worker helps, and when supervision last talked about them."""

    child: Person
    with_them_since: date
    on: date | None

    @property
    def late(self) -> bool:
        """Whether it is longer ago than the county lets it be."""
        counted_from = max(self.on, self.with_them_since) if self.on else self.with_them_since
        return timezone.now() > last_moment(pack().due(EACH_CHILD, counted_from))


@dataclass
class Line:
    """A worker, their last supervision, the one that is due, and their children."""

    worker: Worker
    last: Supervision | None = None
    due: Supervision | None = None
    clocks: list[ClockFace] = field(default_factory=list)
    children: list[Talked] = field(default_factory=list)

    @property
    def late(self) -> list[Talked]:
        return [one for one in self.children if one.late]


@for_workers
def supervision(request: HttpRequest) -> HttpResponse:
    """The workers for whom the viewer answers; and the viewer's own supervision."""
    viewer = viewer_of(request)
    if not viewer.roles & SUPERVISED:
        raise Refused("Supervision is for the county's workers with children, and their managers.")
    log.looked(f"a list: {Supervision.list_title()}")
    own = Supervision.objects.filter(worker=viewer.worker).order_by("-entry__begun_at")[:MOST]
    lines = list(_lines(viewer)) if viewer.roles & SUPERVISORS else []
    begins = may_begin(Supervision.steps["call_for"], viewer)
    return render(request, "supervision/list.html", {"lines": lines, "own": own, "begins": begins})


def _lines(viewer: AsWorker) -> list[Line]:
    """A line for each worker, who waits longest first: so many queries, however many workers."""
    lines = {worker.pk: Line(worker) for worker in Supervision.offered("worker")}
    rows = Supervision.objects.filter(worker__in=list(lines)).select_related("entry").order_by("entry__begun_at")
    now = timezone.now()
    for row in rows:
        line = lines[row.worker_id]
        if row.held_at and (line.last is None or line.last.held_at < row.held_at):
            line.last = row
        if row.state == Supervision.State.DUE:
            line.due, line.clocks = row, list(faces(row, now))
    for worker, children in _children(list(lines)).items():
        lines[worker].children = children
    never = datetime.min.replace(tzinfo=now.tzinfo)
    return sorted(
        lines.values(),
        key=lambda line: (not line.late, line.last.held_at if line.last else never, line.worker.name),
    )


def _children(workers: list[UUID]) -> dict[UUID, list[Talked]]:
    """The children of each worker, as far as the viewer may know of them."""
    held = Holding.objects.filter(worker__in=workers, until__isnull=True, entry__person__isnull=False)
    since: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    people: dict[UUID, Person] = {}
    for one in held.select_related("entry__person"):
        person = one.entry.person
        people[person.pk] = person
        before = since[one.worker_id].get(person.pk)
        since[one.worker_id][person.pk] = min(before, one.since) if before else one.since
    # Of each child it stands on their own record, whoever was supervised.
    said = process("management_oversight").objects.filter(in_supervision=True, entry__person__in=list(people))
    last = dict(said.order_by().values_list("entry__person").annotate(Max("looked_at")))
    return {
        worker: sorted(
            (
                Talked(people[pk], local_day(moment), local_day(last[pk]) if last.get(pk) else None)
                for pk, moment in theirs.items()
            ),
            key=lambda one: (one.on or date.min, str(one.child)),
        )
        for worker, theirs in since.items()
    }


urlpatterns = [path("supervision/", supervision, name="supervision_queue")]

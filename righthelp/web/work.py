"""My work, for each worker; my team, for each manager."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.process import Process
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import Team
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.record.models import CaseEntry, Deadline, Holding
from righthelp.returns.mending import of_my_work
from righthelp.web.home import drafts
from righthelp.web.rows import rows_of, whom

FAR = datetime.max.replace(tzinfo=timezone.get_default_timezone())


@dataclass
class Line:
    """One entry that somebody holds: the child, what it is, what is due next."""

    row: Process
    child: str
    href: str
    holding: Holding
    clocks: list[ClockFace] = field(default_factory=list)
    soonest: datetime = FAR

    @property
    def late(self) -> bool:
        return any(clock.late for clock in self.clocks)


def lines(holdings: Any) -> list[Line]:
    """Held entries with what is due, soonest first: a fixed number of queries, whatever is held."""
    held: dict[UUID, Holding] = {
        holding.entry_id: holding for holding in holdings.select_related("entry__person", "team", "worker")
    }
    entries: list[CaseEntry] = [holding.entry for holding in held.values()]
    made = {
        row.pk: Line(
            row=row,
            child=whom(row),
            href=reverse(f"{row.kind()}_record", args=[row.pk]),
            holding=held[row.pk],
        )
        for row in rows_of(entries)
    }
    waiting = Deadline.objects.filter(entry__in=list(made), stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(waiting.order_by("due_at", "clock"), timezone.now()):
        line = made[deadline.entry_id]
        line.clocks.append(face)
        line.soonest = min(line.soonest, deadline.due_at)
    return sorted(made.values(), key=lambda line: (line.soonest, line.child, line.row.pk))


def waiting_in_circles(viewer: AsWorker) -> list[Line]:
    """What is locked to this worker's circles and held by nobody: where no member works at the front door, no other
    list shows it to anybody."""
    if not viewer.circles:
        return []
    kept = Q(entry__circle__in=viewer.circles) | Q(entry__person__circle__in=viewer.circles)
    return lines(Holding.objects.filter(kept, worker__isnull=True, until__isnull=True))


@for_workers
def work(request: HttpRequest) -> HttpResponse:
    """What I hold and what is due, and what I have not finished typing."""
    viewer = viewer_of(request)
    log.looked("a list: my work")
    mine = lines(Holding.objects.filter(worker=viewer.worker, until__isnull=True))
    return render(
        request,
        "web/work.html",
        {
            "lines": mine,
            "waiting": waiting_in_circles(viewer),
            "late": sum(line.late for line in mine),
            "drafts": list(drafts(viewer)),
            **of_my_work(viewer),
        },
    )


@for_workers
def team(request: HttpRequest) -> HttpResponse:
    """What each worker of my teams holds, what is late, and what nobody holds yet."""
    viewer = viewer_of(request)
    if not viewer.managed_teams:
        raise Refused("This page is for those who manage a team.")
    log.looked("a list: my team")
    held = lines(Holding.objects.filter(team__in=viewer.managed_teams, until__isnull=True))
    by_worker: dict[str, list[Line]] = defaultdict(list)
    for line in held:
        by_worker[str(line.holding.worker or "")].append(line)
    unheld = by_worker.pop("", [])
    return render(
        request,
        "web/team.html",
        {
            "teams": Team.objects.filter(pk__in=viewer.managed_teams).order_by("name"),
            "workers": sorted(by_worker.items()),
            "unheld": unheld,
            "late": [line for line in held if line.late],
        },
    )

"""The hub's list: every open incident, its children together, what is due, and which schools wait to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case, Exists, IntegerField, Min, OuterRef, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.kernel.moments import first_moment
from righthelp.packs import pack
from righthelp.processes.police_notification.models import PoliceNotification, may_triage
from righthelp.processes.police_notification.needs import is_locked
from righthelp.record.models import Deadline

ON_A_PAGE = 25
State = PoliceNotification.State
TO_TELL = Q(school_must_know=True, school_told_at__isnull=True, school_not_told_because="")


@dataclass
class Incident:
    """An incident with the children of it who wait for triage."""

    children: list[PoliceNotification]
    clocks: list[ClockFace] = field(default_factory=list)

    @property
    def first(self) -> PoliceNotification:
        return self.children[0]

    @property
    def late(self) -> bool:
        return any(clock.late for clock in self.clocks)

    @property
    def category(self) -> str:
        return self.first.label("category", self.first.category)

    @property
    def grading(self) -> str:
        return self.first.label("risk_grading", self.first.risk_grading)

    @property
    def locked(self) -> bool:
        return any(is_locked(child) for child in self.children)

    @property
    def unmatched(self) -> int:
        return sum(1 for child in self.children if not (child.entry.person_id or child.is_not_known))

    @property
    def to_tell(self) -> int:
        return sum(1 for child in self.children if child.school_is_awaited and not child.school_told_at)


@for_workers
def triage(request: HttpRequest) -> HttpResponse:
    """Open incidents: those that the police graded high first, then what is due soonest."""
    viewer = viewer_of(request)
    if not may_triage(viewer):
        raise Refused("Police notifications are for the hub that triages them.")
    log.looked("a list: police notifications")
    now = timezone.now()
    chosen = request.GET.get("category", "")
    categories = [(code.code, code.label) for code in pack().codes("police_category")]
    waiting = PoliceNotification.objects.filter(state=State.RECEIVED)
    listed = waiting.filter(category=chosen) if chosen in dict(categories) else waiting
    pages = Paginator(_numbers(listed), ON_A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    today = first_moment(timezone.localdate(now))
    return render(
        request,
        "police_notification/triage.html",
        {
            "incidents": incidents_of(waiting, [one["incident"] for one in shown], now),
            "pages": shown,
            "many": pages.count,
            "children": listed.count(),
            "late": _late(listed, now),
            "schools": PoliceNotification.objects.filter(TO_TELL, state=State.RECEIVED).count(),
            "done_today": PoliceNotification.objects.filter(triaged_at__gte=today).count(),
            "categories": categories,
            "chosen": chosen,
            "query": f"category={chosen}" if chosen in dict(categories) else "",
            "now": now,
        },
    )


def _numbers(listed: Any) -> Any:
    """Incidents in order: the police's own grade "high" first, then as they came in."""
    high = Case(When(risk_grading="HIGH", then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        listed.values("incident")
        .annotate(graded=Min(high), since=Min("received_at"), attended=Min("attended_at"))
        .order_by("graded", "since", "attended", "incident")
    )


def _late(listed: Any, now: datetime) -> int:
    due = Deadline.objects.filter(entry=OuterRef("pk"), stopped_at__isnull=True, due_at__lt=now)
    return int(listed.filter(Exists(due)).values("incident").distinct().count())


def incidents_of(rows: Any, numbers: Iterable[UUID], now: datetime) -> list[Incident]:
    """These incidents with their children and clocks, in this order: a fixed number of queries."""
    wanted = list(numbers)
    by_incident: dict[UUID, list[PoliceNotification]] = defaultdict(list)
    found = rows.filter(incident__in=wanted).select_related("entry__person", "from_agency", "school")
    for row in found.order_by("child_born_on", "child_given", "pk"):
        by_incident[row.incident].append(row)
    of = {row.pk: row.incident for children in by_incident.values() for row in children}
    clocks: dict[UUID, dict[tuple[str, str], ClockFace]] = defaultdict(dict)
    due = Deadline.objects.filter(entry__in=list(of), stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(due.order_by("due_at", "clock"), now):
        clocks[of[deadline.entry_id]].setdefault((face.title, face.left), face)
    return [Incident(by_incident[number], list(clocks[number].values())) for number in wanted if number in by_incident]

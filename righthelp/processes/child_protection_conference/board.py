"""The conference service's board: who has not asked to convene, what to arrange and to send, next week's list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.meeting import MeetingState
from righthelp.engine.process import process
from righthelp.engine.taking import may_take
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import first_moment
from righthelp.processes.child_protection_conference.models import ChildProtectionConference
from righthelp.processes.child_protection_conference.needs import MOST_REMINDERS
from righthelp.record.models import Deadline

FAR = datetime.max.replace(tzinfo=UTC)
SOON = timedelta(weeks=6)  # a review that is due later is on nobody's desk yet


@dataclass
class Line:
    """One conference on the board, what is due of it, and the next step of it that the viewer may take."""

    row: ChildProtectionConference
    clocks: list[ClockFace] = field(default_factory=list)
    soonest: datetime = FAR
    step: str = ""
    href: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the board: conferences that wait for the same thing."""

    title: str
    says: str
    lines: list[Line]


# What waits, in the order of the work: its heading, what it means, the rows, and the step that moves them on.
PARTS: tuple[tuple[str, str, Any, tuple[str, ...]], ...] = (
    (
        "The request to convene is awaited",
        f"The worker has not yet said whom to invite. Remind them, {MOST_REMINDERS} times; then it is their manager's.",
        lambda line: _awaited(line) and not _far(line),
        ("remind", "convene"),
    ),
    (
        "To be arranged",
        "It is known who is to come. Find a day in time, a room and a chair.",
        lambda line: line.row.state == MeetingState.DUE and line.row.convened_at is not None,
        ("arrange",),
    ),
    (
        "Invitations to send",
        "It is arranged, and nobody has been told yet.",
        lambda line: line.row.state == MeetingState.ARRANGED and line.row.invited_at is None,
        ("invite",),
    ),
    (
        "Arranged, and everybody told",
        "What is still to be done before it is held is on its page.",
        lambda line: line.row.state == MeetingState.ARRANGED and line.row.invited_at is not None,
        ("prepare", "hold"),
    ),
    (
        "Held: decisions or record to send",
        "Decisions go out on the next working day, the record after that.",
        lambda line: line.row.state == MeetingState.HELD,
        ("send_decisions", "send_record"),
    ),
    (
        "Reviews due later",
        "More than six weeks away. The worker may ask to convene at any time.",
        lambda line: _awaited(line) and _far(line),
        ("convene",),
    ),
)


def _awaited(line: Line) -> bool:
    return line.row.state == MeetingState.DUE and line.row.convened_at is None


def _far(line: Line) -> bool:
    return line.soonest > timezone.now() + SOON


@for_workers
def board(request: HttpRequest) -> HttpResponse:
    """Everything that is open, by what it waits for; of a chair, theirs first."""
    viewer = _reader(request)
    log.looked("a list: child protection conferences")
    rows = ChildProtectionConference.objects.filter(state__in=ChildProtectionConference.open_states())
    mine = request.GET.get("mine") == "yes"
    if mine:
        rows = rows.filter(chair=viewer.worker)
    lines = _lines(rows.select_related("entry__person", "chair"), viewer)
    parts = [
        Part(title, says, [_with_step(line, steps, viewer) for line in lines if waits(line)])
        for title, says, waits, steps in PARTS
    ]
    chairs = "conference chair" in viewer.roles
    return render(
        request,
        "child_protection_conference/board.html",
        {
            "parts": parts,
            "many": sum(len(part.lines) for part in parts),
            "late": sum(any(clock.late for clock in line.clocks) for line in lines),
            "chairs": chairs,
            "mine": mine,
            "plans": _plans_to_look_at(viewer) if chairs else [],
        },
    )


@for_workers
def next_week(request: HttpRequest) -> HttpResponse:
    """Next week's conferences, for workers and managers: it makes itself, and prints."""
    viewer = _reader(request)
    log.looked("a list: next week's child protection conferences")
    monday = _monday(timezone.localdate())
    begins, ends = first_moment(monday), first_moment(monday + timedelta(days=7))
    rows = ChildProtectionConference.objects.filter(
        state=MeetingState.ARRANGED, meets_at__gte=begins, meets_at__lt=ends
    )
    lines = _lines(rows.select_related("entry__person", "chair").order_by("meets_at"), viewer, by_day=True)
    return render(
        request,
        "child_protection_conference/next_week.html",
        {"lines": lines, "monday": monday, "friday": monday + timedelta(days=4)},
    )


def _reader(request: HttpRequest) -> AsWorker:
    viewer = viewer_of(request)
    theirs = any(step.by & viewer.roles for step in ChildProtectionConference.steps.values())
    if not (viewer.works_with_children and theirs):  # who is invited from elsewhere has it in their workspace
        raise PermissionDenied("Child protection conferences are not part of your role.")
    return viewer


def _monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _lines(rows: Iterable[ChildProtectionConference], viewer: AsWorker, *, by_day: bool = False) -> list[Line]:
    made = {row.pk: Line(row) for row in rows}
    waiting = Deadline.objects.filter(entry__in=list(made), stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(waiting.order_by("due_at", "clock"), timezone.now()):
        made[deadline.entry_id].clocks.append(face)
        made[deadline.entry_id].soonest = min(made[deadline.entry_id].soonest, deadline.due_at)
    if by_day:
        return list(made.values())
    return sorted(made.values(), key=lambda line: (line.soonest, line.row.pk))


def _with_step(line: Line, steps: tuple[str, ...], viewer: AsWorker) -> Line:
    row = line.row
    for name in steps:
        step = row.steps[name]
        done = (name == "remind" and row.reminders >= MOST_REMINDERS) or (
            name == "send_decisions" and row.decisions_sent_at is not None
        )
        if not done and may_take(row, step, viewer):
            line.step, line.href = step.title, reverse(f"{row.kind()}_take", args=[row.pk, name])
            break
    return line


def _plans_to_look_at(viewer: AsWorker) -> list[tuple[Any, ClockFace]]:
    """Plans of the chair's own conferences, at which they are to look between them, the soonest first."""
    plans = process("child_protection_plan").objects.filter(conference__chair=viewer.worker, ended_on__isnull=True)
    found = {plan.pk: plan for plan in plans.select_related("entry__person")}
    due = Deadline.objects.filter(entry__in=list(found), clock="chair's oversight", stopped_at__isnull=True)
    faces = kept_faces(due.select_related("entry").order_by("due_at"), timezone.now())
    return [(found[deadline.entry_id], face) for deadline, face in faces]

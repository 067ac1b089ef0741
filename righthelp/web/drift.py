"""Drift: what is late, about to be late, or has gone quiet, by child, worker, team or kind of work.

For those who manage a team, its work; for those who oversee the service, the whole county's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp import law
from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.process import Process, processes
from righthelp.engine.rendering.fields import ChoiceField, ChoicesField
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import Team, Worker
from righthelp.guard.viewers import Refused
from righthelp.kernel.moments import local_day
from righthelp.packs import pack
from righthelp.record.models import CaseEntry, Deadline
from righthelp.web.drifting import (
    DUE_SOON,
    GONE_QUIET,
    LATE,
    NOBODY,
    QUIET,
    SOON,
    Bounds,
    Drift,
    Drifting,
    Wanted,
    bounds,
    drifting,
    reads_drift,
)
from righthelp.web.rows import rows_of, whom

WORDS = {LATE: "Late", SOON: "About to be late", QUIET: "Gone quiet"}
WAYS = {"team": "Team", "worker": "Worker", "child": "Child", "kind": "Kind of work"}


@dataclass(frozen=True)
class Line:
    """One thing that drifts, as the page shows it."""

    drift: Drift
    row: Process
    href: str
    face: ClockFace | None
    days: int
    worker: str
    team: str

    @property
    def child(self) -> str:
        return whom(self.row)


@dataclass(frozen=True)
class Group:
    """Lines of one child, worker, team or kind of work, and how many it has on all pages together."""

    title: str
    href: str
    counts: Drift
    lines: list[Line]


class DriftForm(forms.Form):
    """How the lines are grouped, and what to leave out. Kept in the address."""

    mark_optional = False
    by = ChoiceField(label="Group by", choices=list(WAYS.items()), required=False)
    what = ChoicesField(label="Show", choices=list(WORDS.items()), required=False)
    team = ChoicesField(label="Team", required=False)

    def __init__(self, data: Any, teams: Iterable[Team]) -> None:
        super().__init__(data)
        offered = [(str(team.pk), team.name) for team in teams]
        self.fields["team"].choices = [*offered, (str(NOBODY), "Nobody holds it")]  # type: ignore[attr-defined]
        self.fields["by"].widget.attrs["class"] = "govuk-radios--small"
        for name in ("what", "team"):
            self.fields[name].widget.attrs["class"] = "govuk-checkboxes--small"

    def wanted(self, teams: Sequence[UUID] | None) -> Wanted:
        """What is asked for. An address that somebody has changed into nonsense asks for everything."""
        if not self.is_valid():
            return Wanted(teams)
        chosen = self.cleaned_data
        only_teams = [UUID(team) for team in chosen["team"]]
        return Wanted(teams, way=chosen["by"] or "team", only=chosen["what"], only_teams=only_teams)


@for_workers
def drift(request: HttpRequest) -> HttpResponse:
    """The page: how much drifts, then what, the worst group first."""
    viewer = viewer_of(request)
    if not reads_drift(viewer):
        raise Refused("This page is for those who manage a team or oversee the service.")
    log.looked("a list: drift")
    teams = None if viewer.oversees else sorted(viewer.managed_teams)
    offered = Team.objects.filter(pk__in=teams) if teams is not None else Team.objects.filter(agency=viewer.agency)
    form = DriftForm(request.GET or {"by": "team"}, offered.order_by("name"))
    within, wanted = bounds(timezone.now()), form.wanted(teams)
    found, page = _page(request, within, wanted)
    return render(
        request,
        "web/drift.html",
        {
            "form": form,
            "whole_county": teams is None,
            "manages": bool(viewer.managed_teams),
            "found": found,
            "rules": list(_rules(within)),
            "groups": _groups(found.lines, wanted.way, within),
            "pages": page,
            "narrowed": bool(wanted.only or wanted.only_teams),
        },
    )


def _page(request: HttpRequest, within: Bounds, wanted: Wanted) -> tuple[Drifting, Any]:
    """What is on the page that was asked for; the last one where there are not so many."""
    number = request.GET.get("page", "1")
    asked = int(number) if number.isdecimal() and len(number) < 6 else 1
    found = drifting(within, replace(wanted, first=max(asked - 1, 0) * wanted.most))
    page = Paginator(range(found.shown), wanted.most).get_page(asked)
    if page.number != asked:
        found = drifting(within, replace(wanted, first=(page.number - 1) * wanted.most))
    return found, page


def _rules(within: Bounds) -> Iterator[tuple[str, str, str]]:
    """What is about to be late and what is quiet, where each comes from, and whether that is confirmed."""
    today = local_day(within.now)
    for key in (DUE_SOON, GONE_QUIET):
        value, standard = law.value(key, today), pack().clock(key, today)
        source, caution = (standard.source, "") if standard else (value.source, value.caution)
        yield pack().allowed(key, today), source, caution


def _groups(shown: Sequence[Drift], way: str, within: Bounds) -> list[Group]:
    """The lines of one page in their groups: a fixed number of questions, and one a kind of work."""
    lines, groups = _lines(shown, within), []
    for _, several in groupby(shown, key=lambda one: one.group(way)):
        theirs = [lines[one] for one in several if one in lines]
        if theirs:
            groups.append(Group(*_titled(theirs[0], way), theirs[0].drift, theirs))
    return groups


def _titled(line: Line, way: str) -> tuple[str, str]:
    """What a group is called, and where its title leads."""
    if way == "team":
        return line.team or "Nobody holds this", ""
    if way == "worker":
        return line.worker or "With no worker yet", ""
    if way == "kind":
        return processes()[line.drift.kind].titles(), ""
    return line.child, reverse("child", args=[line.drift.person]) if line.drift.person else ""


def _lines(shown: Sequence[Drift], within: Bounds) -> dict[Drift, Line]:
    """Things that drift with who and what they are about, as the viewer may see it."""
    entries = {
        entry.pk: entry
        for entry in CaseEntry.objects.filter(pk__in={one.entry for one in shown}).select_related("person")
    }
    rows = {row.pk: row for row in rows_of(list(entries.values()))}
    workers = Worker.objects.in_bulk({one.worker for one in shown if one.worker})
    teams = Team.objects.in_bulk({one.team for one in shown if one.team})
    deadlines = list(Deadline.objects.filter(entry__in=list(rows), clock__in={one.clock for one in shown}))
    for deadline in deadlines:
        deadline.entry = entries[deadline.entry_id]
    faces = {(deadline.entry_id, deadline.clock): face for deadline, face in kept_faces(deadlines, within.now)}
    return {
        one: Line(
            drift=one,
            row=rows[one.entry],
            href=reverse(f"{one.kind}_record", args=[one.entry]),
            face=faces.get((one.entry, one.clock)),
            days=(within.now - one.at).days,
            worker=_name(workers, one.worker),
            team=_name(teams, one.team),
        )
        for one in shown
        if one.entry in rows
    }


def _name(found: dict[UUID, Any], key: UUID | None) -> str:
    return str(found[key]) if key in found else ""

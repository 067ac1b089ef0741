"""The weekly panel, whose agenda makes itself, and the list of families who wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from righthelp.engine.taking import may_take
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.who import MATCH
from righthelp.guard import log
from righthelp.processes.family_help.lines import Line, agenda, lines, totals, waiting
from righthelp.processes.family_help.models import FamilyHelp
from righthelp.processes.family_help.questions import EARLY_HELP, SOCIAL_CARE, State

ON_A_PAGE = 25


@for_workers
def panel(request: HttpRequest) -> HttpResponse:
    """What was asked since the panel last met, what waits, whom social care stepped down: each with what is decided."""
    viewer = _for_helpers(request, "the panel")
    today = timezone.localdate()
    found = agenda(today)
    parts = [
        ("Asked for since the panel last met", found.asked, "Nobody asked."),
        ("Back from an earlier panel", found.again, "Nothing was put off."),
        ("Stepped down by social care since the panel last met", found.stepped_down, "Nobody was stepped down."),
        ("Waiting for somebody to begin, the longest first", found.waiting, "Nobody waits."),
        ("Decided today", found.decided, "Nothing yet."),
    ]
    shown = [(title, _with_step(listed, viewer), otherwise) for title, listed, otherwise in parts]
    return render(
        request, "family_help/panel.html", {"page": FamilyHelp, "agenda": found, "today": today, "parts": shown}
    )


@for_workers
def waiting_list(request: HttpRequest) -> HttpResponse:
    """Who waits longest, for the county's own help, a commissioned service or another agency; how many in all."""
    viewer = _for_helpers(request, "the waiting list")
    today: date = timezone.localdate()
    rows = waiting()
    pages = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "family_help/waiting.html",
        {
            "page": FamilyHelp,
            "pages": pages,
            "lines": _with_step(lines(pages, today), viewer),
            "totals": totals(rows, today),
        },
    )


def _for_helpers(request: HttpRequest, what: str) -> Any:
    viewer = viewer_of(request)
    if not viewer.roles & (EARLY_HELP | SOCIAL_CARE):
        raise PermissionDenied("This page is for early help and social care.")
    log.looked(f"a list: {what}")
    return viewer


def _with_step(listed: list[Line], viewer: Any) -> list[tuple[Line, Any]]:
    """Each line with the step that is waited for, where this viewer may take it."""
    return [(line, _step(line.row, viewer)) for line in listed]


def _step(row: FamilyHelp, viewer: Any) -> Any:
    """What is done next from a list, if it is this viewer's to do."""
    if row.state == State.ASKED:
        name = "decide_at_panel" if row.entry.person_id else MATCH
    elif row.state == State.WAITING and row.is_in_need:
        name = "begin_work" if row.lead_agency_id else "allocate_social_worker"
    elif row.state == State.WAITING:
        name = "begin_work" if row.lead_agency_id else "allocate"
    else:
        return None
    return row.steps[name] if may_take(row, row.steps[name], viewer) else None


urlpatterns = [
    path("family_help/panel/", panel, name="family_help_panel"),
    path("family_help/waiting/", waiting_list, name="family_help_waiting"),
]

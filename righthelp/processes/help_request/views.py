"""Early help's own pages: what waits longest, who holds what, how this month goes, and a request with its child."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from righthelp.engine.process import Process
from righthelp.engine.sight import Relation
from righthelp.engine.taking import may_begin, may_take
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.records import context_of
from righthelp.engine.views.who import MATCH, candidates
from righthelp.guard import log
from righthelp.processes.help_request.figures import figures
from righthelp.processes.help_request.lines import faced, lines
from righthelp.processes.help_request.models import HelpRequest
from righthelp.processes.help_request.questions import EARLY_HELP

ON_A_PAGE = 25
ASK_AFTER, ASK_WITHIN = timedelta(days=7), timedelta(days=90)


@for_workers
def team_list(request: HttpRequest) -> HttpResponse:
    """What is open, what is due soonest and has waited longest first; and families to be asked what they make of it."""
    viewer = viewer_of(request)
    if not viewer.roles & EARLY_HELP:
        raise PermissionDenied(f"{HelpRequest.titles()} are not part of your role.")
    log.looked(f"a list: {HelpRequest.titles()}")
    now = timezone.now()
    rows = HelpRequest.objects.filter(state__in=HelpRequest.open_states())
    mine = request.GET.get("held") == "me"
    if mine:
        rows = rows.filter(entry__holdings__worker=viewer.worker, entry__holdings__until__isnull=True)
    pages = Paginator(lines(rows), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "help_request/list.html",
        {
            "page": HelpRequest,
            "pages": pages,
            "lines": list(faced(pages, now)),
            "open": rows.count(),
            "mine": mine,
            "begins": [
                (step, reverse("help_request_begin", args=[step.name]))
                for step in HelpRequest.steps.values()
                if may_begin(step, viewer)
            ],
            "figures": figures(now),
            "to_ask": _to_ask(now),
        },
    )


def _to_ask(now: datetime) -> Any:
    """Answered some days ago, and the family not asked yet: the longest waiting first."""
    answered = HelpRequest.objects.filter(
        state=HelpRequest.State.ANSWERED, answered_at__gte=now - ASK_WITHIN, answered_at__lte=now - ASK_AFTER
    )
    waiting = answered.filter(feedback_at__isnull=True, left_at__isnull=True)
    return waiting.select_related("entry__person").order_by("answered_at")[:ON_A_PAGE]


def record(request: HttpRequest, row: Process, relation: Relation) -> HttpResponse:
    """The request's own page, with the children whom a caller may mean and without steps that it does not call for."""
    viewer = viewer_of(request)
    context = context_of(row, viewer, relation)
    assert isinstance(row, HelpRequest)
    unmatched = bool(row.child_named) and not row.entry.person_id
    not_now = {MATCH, "register"} if not unmatched else set()
    if row.feedback_at or row.left_at:
        not_now |= {"hear_family", "leave_family"}
    context["actions"] = [action for action in context["actions"] if action.step.name not in not_now]
    may_match = may_take(row, row.steps[MATCH], viewer)
    context |= {"candidates": candidates(row, row.told, most=3) if unmatched and relation else [],
                "unmatched": unmatched, "may_match": may_match}  # fmt: skip
    return render(request, "help_request/record.html", context)


urlpatterns = [path("help_request/", team_list, name="help_request_queue")]

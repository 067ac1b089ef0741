"""The page of the daily return: what was sent and when, what the Department refused and why, what waits."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.returns.daily.models import DailyPayload, DailySend
from righthelp.returns.readers import reads_board

ON_A_PAGE = 25
LATEST = 14  # sendings


@for_workers
def daily(request: HttpRequest) -> HttpResponse:
    """For whoever answers for the work. Of children who are locked from them they see and count none."""
    if not reads_board(viewer_of(request)):
        raise Refused("The daily return is for those who manage the work, and for information governance.")
    log.looked("a list: the daily return to the Department")
    children = DailyPayload.objects.select_related("person")
    refused: Any = children.exclude(refused="").order_by("-refused_at", "number")
    waiting: Any = children.filter(waits_since__isnull=False).order_by("waits_since", "number")
    return render(
        request,
        "daily/daily.html",
        {
            "sendings": DailySend.objects.order_by("-began_at")[:LATEST],
            "accepted": children.exclude(accepted="").count(),
            "refused": Paginator(refused, ON_A_PAGE).get_page(request.GET.get("refused")),
            "waiting": Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("waiting")),
        },
    )

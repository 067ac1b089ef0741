"""All lists of open work that a worker's roles lead to, and how much of each is open and late."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.notices.due import running
from righthelp.engine.process import Process
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.web.shell import queues

HEADS = [{"label": "List"}, {"label": "Open", "numeric": True}, {"label": "Late", "numeric": True}]


@for_workers
def lists(request: HttpRequest) -> HttpResponse:
    """Each list with how many open rows of it the viewer may see: two counts a process, however long the lists are."""
    viewer = viewer_of(request)
    pages = queues(viewer)
    if not (viewer.works_with_children and pages):
        raise PermissionDenied("This page is for those with whom work lands.")
    log.looked("a list: all lists")
    return render(request, "web/lists.html", {"heads": HEADS, "lists": [_counted(page) for page in pages]})


def _counted(page: type[Process]) -> dict[str, Any]:
    rows = page.objects.filter(state__in=page.open_states())
    late = running().filter(entry__in=rows.values("entry"), due_at__lt=timezone.now())
    return {
        "title": page.list_title(),
        "href": reverse(f"{page.kind()}_queue"),
        "open": rows.count(),
        "late": late.aggregate(late=Count("entry", distinct=True))["late"],
    }

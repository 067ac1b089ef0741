"""Notices: what waits for whoever is signed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.notices import reading
from righthelp.engine.notices.marking import mark, mark_all
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.record.notices import Notice

MARKS = {"read": True, "unread": False}


@for_workers
def notices(request: HttpRequest) -> HttpResponse:
    """What is due soon or late, what is not read yet, what was read lately; and marking it as read, or not."""
    viewer = viewer_of(request)
    if request.method == "POST":
        if "all" in request.POST:
            mark_all(viewer, timezone.now())
            messages.success(request, "All notices are marked as read.")
        for word, as_read in MARKS.items():
            if pk := _number(request.POST.get(word, "")):
                mark(_notice(pk), timezone.now() if as_read else None)
        return redirect("notices")
    log.looked("a list: notices")
    lines = reading.notices(viewer, timezone.now())
    return render(
        request,
        "web/notices/list.html",
        {
            "due": reading.due_now(viewer, timezone.now()) if viewer.works_with_children else [],
            "unread": [line for line in lines if line.notice and not line.notice.read_at],
            "read": [line for line in lines if line.notice and line.notice.read_at],
            "partner": not viewer.works_with_children,
        },
    )


@for_workers
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The way from a notice to what it is about; taking it is reading it."""
    found = _notice(pk)
    onward = reading.leads_to(viewer_of(request), found)
    if not onward:
        raise Http404("What the notice is about is not there, or no longer for this viewer.")
    mark(found, timezone.now())
    return redirect(onward)


def _notice(pk: UUID) -> Any:
    found = Notice.objects.filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such notice.")
    return found


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

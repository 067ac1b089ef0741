"""The first page after signing in: where each role's day begins."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from righthelp.engine.drafts import about, reached
from righthelp.engine.process import processes
from righthelp.engine.taking import may_begin, may_take
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import AsWorker
from righthelp.record.models import Document, Draft, Issue
from righthelp.web.shell import queues

RECENT = 50


@for_workers
def home(request: HttpRequest) -> HttpResponse:
    """A partner's workspace; for county staff, the list that their day begins with."""
    viewer = viewer_of(request)
    if viewer.works_with_children:
        first = queues(viewer)
        return redirect(f"{first[0].kind()}_queue" if first else "work")
    if "user administrator" in viewer.roles:
        return redirect("workers")
    return workspace(request, viewer)


def workspace(request: HttpRequest, viewer: AsWorker) -> HttpResponse:
    """What a partner sent and what came of it, what they are asked, and what they have not finished."""
    log.looked("a list: their own worries and requests")
    return render(
        request,
        "web/workspace.html",
        {
            "begins": [
                (step, reverse(f"{page.kind()}_begin", args=[step.name]))
                for page in processes().values()
                for step in page.steps.values()
                if may_begin(step, viewer)
            ],
            "lists": list(_lists(viewer)),
            "drafts": list(drafts(viewer)),
            "letters": letters(viewer),
        },
    )


def letters(viewer: AsWorker) -> list[Document]:
    """What was issued to them, the latest first: some of it is of what no list of theirs shows."""
    lines = Issue.objects.filter(agency=viewer.agency).select_related("document").defer("document__words")
    return list(dict.fromkeys(line.document for line in lines.order_by("-at", "-pk")[:RECENT]))


def _lists(viewer: AsWorker) -> Iterator[dict[str, Any]]:
    for page in processes().values():
        if not page.reaches_agencies():
            continue
        rows = list(page.objects.order_by("-entry")[:RECENT])  # keys are in order of time
        open_to = [row for row in rows if row.waits_for_agency]
        waiting = [row for row in open_to if any(may_take(row, step, viewer) for step in row.steps.values())]
        rest = [row for row in rows if row not in waiting]
        yield {"page": page, "waiting": waiting, "rest": rest, "kind": page.kind()}


def drafts(viewer: AsWorker) -> Iterator[dict[str, Any]]:
    """What this worker has begun to type and not yet done."""
    pages = processes()
    for draft in Draft.objects.filter(worker=viewer.worker).exclude(answers={}).order_by("-saved_at"):
        page = pages.get(draft.kind)
        step = page.steps.get(draft.step) if page else None
        if page is None or step is None:
            continue
        if step.begins:
            href = reverse("draft_section", args=[draft.pk, reached(draft, step)])
        else:
            href = reverse(f"{page.kind()}_take", args=[draft.entry_id, draft.step])
        yield {
            "title": step.title,
            "about": about(draft, page),
            "saved_at": draft.saved_at,
            "href": href,
            "draft": draft,
        }

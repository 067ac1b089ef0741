"""A plan on one page, in plain words: on screen, and printed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from righthelp.engine import plan_page
from righthelp.engine.plan import Plan
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of


@for_workers
def plan(request: HttpRequest, page: type[Plan], pk: UUID) -> HttpResponse:
    """The plan as a family reads it; what is late is marked, and no word is the county's alone."""
    row = row_of(page, pk)
    assert isinstance(row, Plan)
    open_row(request, row, f"{page.title()}, on one page")
    shown = plan_page.of(row, timezone.localdate(), outside=not viewer_of(request).works_with_children)
    return render(request, "engine/plan.html", {"row": row, "plan": shown})

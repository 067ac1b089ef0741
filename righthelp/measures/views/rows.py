"""The rows behind a number: just those that were counted, as far as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from righthelp.engine.process import Process, processes
from righthelp.engine.views.asked import for_workers
from righthelp.guard import log
from righthelp.measures.counting import Wanted, behind
from righthelp.measures.views.asked import days, exactly, measure_named, reader
from righthelp.record.models import CaseEntry

ON_A_PAGE = 25


@for_workers
def rows(request: HttpRequest, name: str) -> HttpResponse:
    """The page. It is logged."""
    reader(request)
    measure = measure_named(name)
    since, until = days(request)
    wanted = Wanted(since, until, exactly(request, measure), counting=request.GET.get("counting") == "yes")
    number = request.GET.get("page", "1")
    first = (max(1, int(number)) - 1) * ON_A_PAGE if number.isdecimal() and len(number) < 7 else 0
    total, entries = behind(measure, wanted, ON_A_PAGE, first)
    log.looked(f"the rows behind a number: {measure.title}, {wanted.since} to {wanted.until}")
    asked = request.GET.copy()
    asked.pop("page", None)
    everything = asked.copy()
    everything.pop("counting", None)
    return render(
        request,
        "measures/rows.html",
        {
            "measure": measure, "wanted": wanted, "total": total, "lines": _lines(entries),
            "pages": Paginator(range(total), ON_A_PAGE).get_page(number),
            "only": [value for _, value in wanted.only], "back": urlencode(dict(wanted.only)) or "team=",
            "query": asked.urlencode(), "everything": everything.urlencode(),
        },
    )  # fmt: skip


def _lines(entries: Sequence[UUID | None]) -> list[dict[str, Any]]:
    """The rows of a page of entries, in their order: two questions, however many kinds of work they are."""
    there = [entry for entry in entries if entry is not None]
    kinds = dict(CaseEntry.objects.filter(pk__in=there).values_list("pk", "kind"))
    found: dict[Any, Process] = {}
    for kind in sorted(set(kinds.values())):
        if page := processes().get(kind):
            numbers = [entry for entry in there if kinds.get(entry) == kind]
            found |= {row.pk: row for row in page.objects.filter(pk__in=numbers).select_related("entry__person")}
    return [
        {"row": found[entry], "href": reverse(f"{found[entry].kind()}_record", args=[entry])}
        for entry in there
        if entry in found
    ]

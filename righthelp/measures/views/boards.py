"""The pages of the boards: the list of them, each service's, and the measures that matter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.views.asked import for_workers
from righthelp.guard import log
from righthelp.measures.boards import MATTER, Named, boards, named, page_for, that_matter
from righthelp.measures.registry import LIGHT_RULE
from righthelp.measures.runs import RULES, RULES_FROM
from righthelp.measures.taken_away import of_board
from righthelp.measures.views.asked import away, kind_of, reader, whose

FRONT_DOOR = "front_door"


@for_workers
def index(request: HttpRequest) -> HttpResponse:
    """Every board with its measures by name: to find one, not to read its figure."""
    reader(request)
    found = [that_matter(), *boards()]
    return render(request, "measures/index.html", {"boards": [one for one in found if one.measures], "matter": MATTER})


def _board(key: str) -> Named:
    found = named(key)
    if found is None:
        raise Http404("There is no such board.")
    return found


@for_workers
def board(request: HttpRequest, service: str = MATTER) -> HttpResponse:
    """A board."""
    viewer = reader(request)
    of = _board(service)
    form, narrowed = whose(request, viewer, of)
    by = request.GET.get("by", "")
    by = by if by in of.splits else ""
    page = page_for(viewer, of, narrowed.only, by, timezone.now())
    log.looked(of.heading)
    splits = [{"label": title, "by": name, "current": name == by} for name, title in of.splits.items()]
    query = "&".join(filter(None, [narrowed.query, f"by={by}" if by else ""]))
    return render(
        request,
        "measures/board.html",
        {
            "shown": page, "form": form, "narrowed": narrowed, "splits": splits, "by": by, "key": of.key,
            "matter": of.key == MATTER, "file_query": query, "rule": LIGHT_RULE, "run_rules": RULES,
            "run_rules_from": RULES_FROM,
        },
    )  # fmt: skip


@for_workers
def board_file(request: HttpRequest, kind: str, service: str = MATTER) -> HttpResponse:
    """A board to take away: a print pack, a spreadsheet, or every figure as a CSV file."""
    viewer = reader(request)
    of = _board(service)
    kind = kind_of(kind)
    _, narrowed = whose(request, viewer, of)
    by = request.GET.get("by", "")
    page = page_for(viewer, of, narrowed.only, by if by in of.splits else "", timezone.now())
    return away(of_board(page), kind)


@for_workers
def front_door(request: HttpRequest, name: str = "", rows: bool = False) -> HttpResponse:
    """Where the front door's measures were before the other boards came: links to them still lead there."""
    reader(request)
    if not name:
        place = reverse("measures_board", args=[FRONT_DOOR])
    elif name == "csv":
        place = reverse("measures_board_file", args=[FRONT_DOOR, name])
    else:
        place = reverse("measure_rows" if rows else "measure_definition", args=[name])
    query = request.GET.urlencode()
    return redirect(f"{place}?{query}" if query else place)

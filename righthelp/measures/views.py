"""The pages of the front door's own measures: the page, the rows behind a number, a definition, and the CSV."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.process import Process, processes
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog, Agency
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.measures import boards
from righthelp.measures.counting import Wanted, behind
from righthelp.measures.examples import worked
from righthelp.measures.registry import LIGHT_RULE, Measure, theme
from righthelp.packs import pack
from righthelp.record.models import CaseEntry

ON_A_PAGE = 25
FILTERS = ("source", "agency")


class OnlyForm(forms.Form):
    """Whose contacts are wanted. Kept in the address, so that a view of the page can be sent to a colleague."""

    mark_optional = False
    source = forms.ChoiceField(label="Kind of source", required=False)
    agency = forms.ChoiceField(label="Agency or school", required=False)

    def __init__(self, data: Any, offered: dict[str, list[str]]) -> None:
        super().__init__(data)
        for name, values in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "All"), *((value, value) for value in values)]


def _reader(request: HttpRequest) -> AsWorker:
    viewer = viewer_of(request)
    if not boards.may_read(viewer):
        raise Refused("The front door's measures are for those who manage the work, and for information governance.")
    return viewer


def _asked(request: HttpRequest) -> tuple[OnlyForm, tuple[tuple[str, str], ...]]:
    """What is asked for: nothing, when it is no source or agency that there is."""
    kinds = sorted(code.label for code in pack().codes("agency_kind"))
    agencies = Agency.objects.order_by("name").values_list("name", flat=True)
    form = OnlyForm(request.GET, {"source": [*kinds, boards.PUBLIC], "agency": [*agencies, boards.PUBLIC]})
    given = form.cleaned_data if form.is_valid() else {}
    return form, tuple((name, given[name]) for name in FILTERS if given.get(name))


def _measure(name: str) -> Measure:
    found = next((measure for measure in theme(boards.NAME) if measure.name == name), None)
    if found is None:
        raise Http404("There is no such measure.")
    return found


@for_workers
def front_door(request: HttpRequest) -> HttpResponse:
    """The page."""
    viewer = _reader(request)
    log.looked("the front door's measures")
    form, only = _asked(request)
    page = boards.page_for(viewer, only, timezone.now())
    return render(
        request,
        "measures/front_door.html",
        {"form": form, "only": only, "shown": page, "rule": LIGHT_RULE, "query": request.GET.urlencode()},
    )


@for_workers
def front_door_csv(request: HttpRequest) -> HttpResponse:
    """Every number of the page, one a line, each with the version of its definition and the moment it is as at."""
    viewer = _reader(request)
    log.looked("the front door's measures, as a file", kind=AccessLog.Kind.PRINTED)
    _, only = _asked(request)
    page = boards.page_for(viewer, only, timezone.now())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="front-door-measures.csv"'
    lines = csv.writer(answer)
    lines.writerow(["measure", "version", "unit", "month", "only", "value", "of", "in words", "as at"])
    told = ", ".join(value for _, value in only)
    for line in page.lines:
        for point in line.points:
            made = point.number.figure
            value = "" if made.value is None else f"{made.value:g}"
            lines.writerow(
                [_cell(cell) for cell in (
                    line.measure.title, line.measure.version, line.measure.unit.value, point.month, told, value,
                    made.of, f"{made.words} {made.beside}".strip(), timezone.localtime(page.made_at).isoformat(),
                )]
            )  # fmt: skip
    return answer


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: the name of an agency is what somebody typed."""
    words = str(value)
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t"} else words


@for_workers
def definition(request: HttpRequest, name: str) -> HttpResponse:
    """What a measure is: in words, from where, its version, its text, and an example that works it out."""
    _reader(request)
    measure = _measure(name)
    return render(
        request, "measures/definition.html", {"measure": measure, "worked": worked(measure), "rule": LIGHT_RULE}
    )


@for_workers
def rows(request: HttpRequest, name: str) -> HttpResponse:
    """The rows behind a number: just those that were counted, as far as this viewer may see them. It is logged."""
    _reader(request)
    measure = _measure(name)
    wanted = _wanted(request, measure)
    number = request.GET.get("page", "1")
    first = (max(1, int(number)) - 1) * ON_A_PAGE if number.isdecimal() and len(number) < 7 else 0
    total, entries = behind(measure, wanted, ON_A_PAGE, first)
    log.looked(f"the rows behind a number: {measure.title}, {wanted.since} to {wanted.until}")
    asked = request.GET.copy()
    asked.pop("page", None)
    everything = asked.copy()
    everything.pop("counting", None)
    pages = Paginator(range(total), ON_A_PAGE).get_page(number)
    return render(
        request,
        "measures/rows.html",
        {
            "measure": measure, "wanted": wanted, "total": total, "lines": _lines(entries), "pages": pages,
            "only": [value for _, value in wanted.only],
            "query": asked.urlencode(), "everything": everything.urlencode(),
        },
    )  # fmt: skip


def _wanted(request: HttpRequest, measure: Measure) -> Wanted:
    periods = boards.Periods(timezone.localdate())
    days = []
    for name, default in (("since", periods.year), ("until", periods.today)):
        try:
            days.append(date.fromisoformat(request.GET.get(name, "")))
        except ValueError:
            days.append(default)
    only = tuple((name, request.GET[name][:200]) for name in measure.splits if request.GET.get(name))
    return Wanted(days[0], days[1], only, counting=request.GET.get("counting") == "yes")


def _lines(entries: list[Any]) -> list[dict[str, Any]]:
    """The rows of a page of entries, in their order: two questions, however many kinds of work they are."""
    kinds = dict(CaseEntry.objects.filter(pk__in=entries).values_list("pk", "kind"))
    found: dict[Any, Process] = {}
    for kind in sorted(set(kinds.values())):
        if page := processes().get(kind):
            numbers = [entry for entry in entries if kinds.get(entry) == kind]
            found |= {row.pk: row for row in page.objects.filter(pk__in=numbers).select_related("entry__person")}
    return [
        {"row": found[entry], "href": reverse(f"{found[entry].kind()}_record", args=[entry])}
        for entry in entries
        if entry in found
    ]

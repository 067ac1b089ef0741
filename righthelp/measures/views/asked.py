"""What an address of the measures asks for: who asks, whose work, of which days; and what a page is taken away as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from righthelp.engine.views.asked import viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog, Agency, Team
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.measures.boards import Named
from righthelp.measures.charts import Only
from righthelp.measures.facts import ELSEWHERE
from righthelp.measures.print_packs import as_pdf
from righthelp.measures.questions import PLACE
from righthelp.measures.readers import may_read, own_team
from righthelp.measures.registry import Measure, UnknownMeasure, measure
from righthelp.measures.shown_periods import Shown
from righthelp.measures.taken_away import Taken, as_csv
from righthelp.measures.workbooks import TYPE, as_workbook
from righthelp.packs import pack

PUBLIC = "The public"  # who told us, where it was no agency
NO_TEAM = "No team"
LONGEST = 200  # of a split's value in an address


@dataclass(frozen=True)
class Narrowed:
    """Whose work a page shows, and whether it was asked for or is the reader's own team's."""

    only: Only
    own: str = ""  # the team whose work they are shown first

    @property
    def query(self) -> str:
        """The same in an address: for a reader with a team of their own, the whole county's is said too."""
        asked = dict(self.only)
        return urlencode({"team": "", **asked} if self.own and "team" not in asked else asked)

    @property
    def is_own(self) -> bool:
        return bool(self.own) and self.only == (("team", self.own),)

    @property
    def words(self) -> list[str]:
        return [value for _, value in self.only]


def reader(request: HttpRequest) -> AsWorker:
    """Whoever asks, if they may read measures. Raises `Refused`."""
    viewer = viewer_of(request)
    if not may_read(viewer):
        raise Refused(
            "The measures are for those who manage the work or oversee it, and for information governance. "
            "What the county publishes is for everybody."
        )
    return viewer


def measure_named(name: str) -> Measure:
    """A measure by its name. Raises `Http404`."""
    try:
        return measure(name)
    except UnknownMeasure as none:
        raise Http404("There is no such measure.") from none


class WhoseForm(forms.Form):
    """Whose work is wanted. Kept in the address, so that a view of the page can be sent to a colleague."""

    mark_optional = False

    def __init__(self, data: Any, offered: dict[str, tuple[str, list[str]]]) -> None:
        super().__init__(data)
        for name, (label, values) in offered.items():
            choices = [("", "All"), *((value, value) for value in values)]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)


def whose(request: HttpRequest, viewer: AsWorker, of: Named) -> tuple[WhoseForm, Narrowed]:
    """What a board is narrowed to: nothing, when it is no team or place that there is."""
    own, given = own_team(viewer), request.GET.copy()
    if own and "team" not in given:
        given["team"] = own
    form = WhoseForm(given, _offered(of))
    found = form.cleaned_data if form.is_valid() else {}
    return form, Narrowed(tuple((name, found[name]) for name in form.fields if found.get(name)), own)


def _offered(of: Named) -> dict[str, tuple[str, list[str]]]:
    """By what a board may be narrowed, with the values that there are."""
    teams = list(Team.objects.order_by("name").values_list("name", flat=True))
    places = [*pack().places().localities, ELSEWHERE, PLACE]
    offered = {"team": ("Team", [*dict.fromkeys(teams), NO_TEAM]), "locality": ("Locality", places)}
    own = {split for each in of.measures for split in each.splits}
    if "source" in own:
        offered["source"] = ("Kind of source", [*sorted(code.label for code in pack().codes("agency_kind")), PUBLIC])
    if "agency" in own:
        agencies = Agency.objects.order_by("name").values_list("name", flat=True)
        offered["agency"] = ("Agency or school", [*dict.fromkeys(agencies), PUBLIC])
    return offered


def narrowed(request: HttpRequest, viewer: AsWorker, of: Measure) -> Narrowed:
    """What a measure's own page is narrowed to."""
    own = own_team(viewer)
    return Narrowed(exactly(request, of) if "team" in request.GET or not own else
                    (*exactly(request, of), ("team", own)), own)  # fmt: skip


def exactly(request: HttpRequest, of: Measure) -> Only:
    """The splits of a measure by which an address narrows it."""
    return tuple((name, request.GET[name][:LONGEST]) for name in of.every_split if request.GET.get(name))


def days(request: HttpRequest) -> tuple[date, date]:
    """From which day to which; the last twelve months and this one so far, when the address does not say."""
    shown = Shown(timezone.localdate())
    found = []
    for name, default in (("since", shown.year_and_now.since), ("until", shown.today)):
        try:
            found.append(date.fromisoformat(request.GET.get(name, "")))
        except ValueError:
            found.append(default)
    return found[0], found[1]


KINDS: dict[str, tuple[str, Callable[[Taken], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": (TYPE, as_workbook),
    "pdf": ("application/pdf", as_pdf),
}


def kind_of(kind: str) -> str:
    """What a page is asked to be taken away as. Raises `Http404`."""
    if kind not in KINDS:
        raise Http404("A page of measures is taken away as csv, xlsx or pdf.")
    return kind


def away(taken: Taken, kind: str) -> HttpResponse:
    """A page as a file. It is logged."""
    log.looked(f"the measures as a {kind} file: {taken.title}", kind=AccessLog.Kind.PRINTED)
    content_type, make = KINDS[kind]
    answer = HttpResponse(make(taken), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="measures-{taken.file}.{kind}"'
    return answer

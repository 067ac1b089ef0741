"""Pages of return readiness: the board by team, and one finding, which its query's explanation is written on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.rendering.fields import ChoiceField
from righthelp.engine.sight import opened
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.returns.cin.at_entry import CIN, in_hand
from righthelp.returns.explaining import NotExplained, explain
from righthelp.returns.mending import TITLES, lines, may_explain
from righthelp.returns.models import ReturnFinding
from righthelp.returns.readers import reads_board
from righthelp.returns.readiness import ERROR, NOBODY, QUERY, Readiness, of_team, readiness

ON_A_PAGE = 50
SEVERITIES = [("", "Errors and queries"), (ERROR.value, "Errors"), (QUERY.value, "Queries without an explanation")]


class BoardForm(forms.Form):
    """Which year's, which team's, and what."""

    def __init__(self, *args: Any, years: list[int], teams: Readiness, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(years) > 1:
            named = [(str(year), f"{year - 1} to {year}") for year in years]
            self.fields["year"] = ChoiceField(label="Return", choices=named, required=False)
        listed = [("", "All teams"), *((one.key, one.name) for one in sorted(teams.teams, key=lambda one: one.name))]
        self.fields["team"] = ChoiceField(label="Team", choices=listed, required=False)
        self.fields["what"] = ChoiceField(label="What", choices=SEVERITIES, required=False)


class ExplanationForm(forms.Form):
    """Why a query is right as it is."""

    explanation = forms.CharField(
        label="Why is it right as it is?",
        help_text="It is kept with your name, and goes into the county's reply to the Department: name nobody.",
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=1000,
        error_messages={
            "required": "Say why it is right as it is, or put it right instead",
            "min_length": "Say a little more about why it is right as it is",
        },
    )


@for_workers
def board(request: HttpRequest) -> HttpResponse:
    """What is open by team, the oldest first, and how that went week by week."""
    viewer, today = viewer_of(request), timezone.localdate()
    if not reads_board(viewer):
        raise Refused("This page is for those who answer for the work of a team. What you hold stands in My work.")
    log.looked("a list: what the return's rules found")
    years = [year.ends_in for year in in_hand(today)]
    year = next((one for one in years if str(one) == request.GET.get("year")), years[0])
    whole = readiness(year, today)
    team, what = _team(request, whole), request.GET.get("what", "")
    rows = of_team(ReturnFinding.objects.filter(of_return=CIN, year=year, mended_on__isnull=True), team)
    if what in {ERROR, QUERY}:
        rows = rows.filter(severity=what)
    if what == QUERY:
        rows = rows.filter(explanation="")
    rows = rows.select_related("person", "entry", "team").order_by("found_on", "severity", "rule", "pk")
    pages = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "returns/board.html",
        {
            "title": TITLES[CIN], "year": year, "first": year - 1,
            "form": BoardForm({"year": str(year), "team": team, "what": what}, years=years, teams=whole),
            "board": readiness(year, today, team) if team else whole,
            "teams": whole.teams, "narrowed": bool(team or what),
            "lines": lines(pages, viewer), "pages": pages,
        },
    )  # fmt: skip


def _team(request: HttpRequest, whole: Readiness) -> str:
    """The team that was asked for, if it has anything on the board."""
    asked = request.GET.get("team", "")
    return asked if asked in {NOBODY, *(one.key for one in whole.teams)} else ""


@for_workers
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One finding: what is wrong, where it is mended; of a query, why it is right as it is."""
    viewer = viewer_of(request)
    row = ReturnFinding.objects.filter(pk=pk).select_related("person", "entry", "team", "explained_by").first()
    if row is None:
        raise Http404("There is no such finding.")
    opened(viewer, "what a return's rule found in a child's record", person=row.person_id, entry=row.entry_id)
    may = may_explain(row, viewer)
    form = ExplanationForm(request.POST or None, initial={"explanation": row.explanation}) if may else None
    if request.method == "POST":
        if form is None:
            raise Refused("Only whoever holds the work, or answers for it, explains a query.", person=row.person_id)
        if form.is_valid():
            try:
                explain(row.pk, form.cleaned_data["explanation"], by=viewer)
            except NotExplained as why:
                form.add_error("explanation", str(why))
            else:
                messages.success(request, "The explanation is kept.")
                return redirect("return_finding", pk=row.pk)
    (line,) = lines([row], viewer)
    return render(request, "returns/finding.html", {"line": line, "form": form, "title": TITLES[row.of_return]})

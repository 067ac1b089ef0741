"""Releases for everybody, as pages and as open data; and for those who prepare them, what is hidden and why."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from righthelp.engine.sight import Relation
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.engine.views.records import context_of
from righthelp.guard.viewers import PUBLIC, looking
from righthelp.processes.statistics_release import open_data as data
from righthelp.processes.statistics_release.models import PUBLISHERS, StatisticsRelease
from righthelp.processes.statistics_release.reading import Read, read

NO_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
KEPT_FOR = 300  # seconds that a copy of a public page may be kept


# --- For everybody --------------------------------------------------------------------------------------------


def open_data(request: HttpRequest) -> HttpResponse:
    """What the county publishes of its measures: every release, the latest first, those that were replaced last."""
    viewer = getattr(request, "viewer", None)
    with looking(PUBLIC):
        releases = _published()
        return _kept(
            render(
                request,
                "statistics_release/open_data.html",
                {
                    "releases": [one for one in releases if not one.replaced_at],
                    "replaced": [one for one in releases if one.replaced_at],
                    "why_hidden": data.WHY_HIDDEN,
                    "licence_at": data.LICENCE_AT,
                    "prepares": viewer is not None and bool(viewer.roles & PUBLISHERS),
                },
            ),
            viewer is None,
        )


def open_data_catalogue(request: HttpRequest) -> HttpResponse:
    """The same, for a program."""
    with looking(PUBLIC):
        return _open(data.listed(_published()))


def release_page(request: HttpRequest, address: str, edition: int) -> HttpResponse:
    """One release: each measure, with its figure for the whole period."""
    with looking(PUBLIC):
        release = _release(address, edition)
        shown = {"release": release, "measures": read(release), "later": _later(release), **_words()}
        return _kept(render(request, "statistics_release/release.html", shown), _nobody(request))


def measure_page(request: HttpRequest, address: str, edition: int, name: str) -> HttpResponse:
    """One measure of a release: its definition, and all its figures."""
    with looking(PUBLIC):
        release = _release(address, edition)
        shown = {"release": release, "read": _one(release, name), "later": _later(release), **_words()}
        return _kept(render(request, "statistics_release/measure.html", shown), _nobody(request))


def release_csv(request: HttpRequest, address: str, edition: int) -> HttpResponse:
    """Its figures, one a line."""
    with looking(PUBLIC):
        release = _release(address, edition)
        answer = HttpResponse(data.as_csv(release), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{release.address}-{release.edition}.csv"'
    answer["Link"] = '<figures.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    return _for_any_program(answer)


def release_described(request: HttpRequest, address: str, edition: int) -> HttpResponse:
    """What the columns of that file mean."""
    with looking(PUBLIC):
        return _open(data.described(_release(address, edition)), "application/csvm+json")


def release_json(request: HttpRequest, address: str, edition: int) -> HttpResponse:
    """All of it as JSON."""
    with looking(PUBLIC):
        return _open(data.as_json(_release(address, edition)))


def _published() -> list[StatisticsRelease]:
    return list(StatisticsRelease.objects.order_by("-period", "called", "-edition"))


def _release(address: str, edition: int) -> StatisticsRelease:
    found: StatisticsRelease | None = StatisticsRelease.objects.filter(address=address, edition=edition).first()
    if found is None:
        raise Http404("There is no such release.")
    return found


def _later(release: StatisticsRelease) -> StatisticsRelease | None:
    """The edition to read in place of one that was replaced."""
    later = StatisticsRelease.objects.filter(address=release.address, edition__gt=release.edition)
    return later.order_by("-edition").first()  # type: ignore[no-any-return]


def _one(release: StatisticsRelease, name: str, *, before: bool = False) -> Read:
    found = read(release, name, before=before)
    if not found:
        raise Http404("There is no such measure in this release.")
    return found[0]


def _words() -> dict[str, Any]:
    return {"why_hidden": data.WHY_HIDDEN, "licence_at": data.LICENCE_AT}


def _nobody(request: HttpRequest) -> bool:
    """Whether nobody is signed in: the page is then the same for all."""
    return getattr(request, "viewer", None) is None


def _kept(answer: HttpResponse, for_all: bool) -> HttpResponse:
    if for_all:
        answer["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    return answer


def _open(said: dict[str, Any], kind: str = "application/json") -> HttpResponse:
    # Nothing in it can be taken for markup, whoever shows it as a page.
    written = json.dumps(said, ensure_ascii=False, indent=1).translate(NO_MARKUP)
    return _for_any_program(HttpResponse(written, content_type=kind))


def _for_any_program(answer: HttpResponse) -> HttpResponse:
    """Data that any program may read, from any page."""
    answer["Access-Control-Allow-Origin"] = "*"
    return _kept(answer, True)


# --- For those who prepare and look over ------------------------------------------------------------------------


def record(request: HttpRequest, row: StatisticsRelease, relation: Relation) -> HttpResponse:
    """A release as it is looked over: each measure, what is hidden of it, and what differs from before."""
    return render(
        request,
        "statistics_release/looked_over.html",
        {**context_of(row, viewer_of(request), relation), "measures": read(row, before=True), **_words()},
    )


@for_workers
def release_figures(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Every figure of one measure as it is, or would be, published; with why one is hidden, and what it said before."""
    row = row_of(StatisticsRelease, pk)
    assert isinstance(row, StatisticsRelease)
    open_row(request, row, "figures of a release of statistics")
    shown = {"release": row, "read": _one(row, name, before=True), "looked_over": True, **_words()}
    return render(request, "statistics_release/measure.html", shown)


_AT = "open-data/<slug:address>/<int:edition>/"
urlpatterns = [
    path("open-data/", open_data, name="open_data"),
    path("open-data/catalogue.json", open_data_catalogue, name="open_data_catalogue"),
    path(_AT, release_page, name="open_data_release"),
    path(f"{_AT}figures.csv", release_csv, name="open_data_csv"),
    path(f"{_AT}figures.csv-metadata.json", release_described, name="open_data_described"),
    path(f"{_AT}release.json", release_json, name="open_data_json"),
    path(f"{_AT}<slug:name>/", measure_page, name="open_data_measure"),
    path("statistics_release/<uuid:pk>/figures/<slug:name>/", release_figures, name="release_figures"),
]

"""A measure's own page, its definition, and the same to take away."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from righthelp.engine.process import processes
from righthelp.engine.views.asked import for_workers
from righthelp.guard import log
from righthelp.measures.boards import better_words
from righthelp.measures.charts import in_words
from righthelp.measures.comparing import CAUTION
from righthelp.measures.examples import worked
from righthelp.measures.fact_sheets import LENGTHS, MONTH, sheet_for
from righthelp.measures.registry import AREAS, LIGHT_RULE, SERVICES, Measure, Unit
from righthelp.measures.runs import RULES, RULES_FROM
from righthelp.measures.taken_away import of_sheet
from righthelp.measures.views.asked import away, kind_of, measure_named, narrowed, reader
from righthelp.processes.statistics_release.models import StatisticsRelease

MOST_RELEASES = 12
# What a figure is, for whoever reads its definition.
UNITS = {
    Unit.NUMBER: "How many",
    Unit.SHARE: "How many in a hundred",
    Unit.RATE: "How many for every 10,000 children of the county",
    Unit.HOURS: "Hours: the middle one, with nine in ten beside it",
    Unit.DAYS: "Days: the middle one, with nine in ten beside it",
    Unit.EACH: "The mean of {of}, with the least and the most beside it",
}


@for_workers
def sheet(request: HttpRequest, name: str) -> HttpResponse:
    """The page."""
    viewer = reader(request)
    measure = measure_named(name)
    only, every = narrowed(request, viewer, measure), _every(request)
    made = sheet_for(viewer, measure, only.only, every, timezone.now())
    log.looked(f"the measure {measure.title}")
    lengths = [
        {"label": title, "href": f"?{_with(only.query, every=key)}#periods", "current": key == every}
        for key, (_, title, _) in LENGTHS.items()
    ]
    return render(
        request,
        "measures/sheet.html",
        {
            "shown": made, "file_query": _with(only.query, every=every), "measure": measure, "narrowed": only,
            "lengths": lengths, "every": every, "newest_first": list(reversed(made.rows)),
            "period_heads": ["Period", "Figure", *(["Signal"] if every == MONTH else []), "Version"],
            "board": SERVICES.get(measure.service, ""), "area": AREAS.get(measure.area, ""), "caution": CAUTION,
            "releases": _releases(measure), "rule": LIGHT_RULE, "run_rules": RULES, "run_rules_from": RULES_FROM,
        },
    )  # fmt: skip


def _releases(of: Measure) -> list[StatisticsRelease]:
    """What was published of a measure, the latest first. Nothing where the county publishes nothing by this service."""
    if "statistics_release" not in processes():
        return []
    published = StatisticsRelease.objects.filter(published_at__isnull=False, measures__name=of.name)
    return list(published.order_by("-published_at").distinct()[:MOST_RELEASES])


def _with(query: str, **more: str) -> str:
    return "&".join(filter(None, [query, urlencode(more)]))


def _every(request: HttpRequest) -> str:
    asked = request.GET.get("every", MONTH)
    return asked if asked in LENGTHS else MONTH


@for_workers
def sheet_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The page to take away."""
    viewer = reader(request)
    measure = measure_named(name)
    kind = kind_of(kind)
    made = sheet_for(viewer, measure, narrowed(request, viewer, measure).only, _every(request), timezone.now())
    return away(of_sheet(made), kind)


@for_workers
def definition(request: HttpRequest, name: str) -> HttpResponse:
    """What a measure is: in words, from where, its versions, its text, and an example that works it out."""
    reader(request)
    measure = measure_named(name)
    target = "" if measure.target is None else f"{in_words(measure, measure.target)}, {measure.target_from}"
    return render(
        request,
        "measures/definition.html",
        {
            "measure": measure, "worked": worked(measure), "rule": LIGHT_RULE, "target": target,
            "better": better_words(measure), "area": AREAS.get(measure.area, ""),
            "board": SERVICES.get(measure.service, ""), "unit": UNITS[measure.unit].format(of=measure.of_what),
            "earlier": list(reversed(measure.earlier)),
        },
    )  # fmt: skip

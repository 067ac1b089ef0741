"""A release beside the live figures, for those who answer for the work."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.measures.publishing.beside import beside
from righthelp.measures.readers import may_read
from righthelp.processes.statistics_release.models import StatisticsRelease


@for_workers
def release_beside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every measure of a published release, as published and as it is now for whoever looks."""
    if not may_read(viewer_of(request)):
        raise Refused("What is behind published figures is for those who manage the work.")
    release = StatisticsRelease.objects.filter(pk=pk, published_at__isnull=False).first()
    if release is None:
        raise Http404("There is no such release.")
    log.looked(f"published figures beside the live ones: {release.called}")
    lines = []
    for one in beside(release):
        whole = next((line for line in one.figures if line.published.period == release.period), one.figures[0])
        others = [line for line in one.figures if line.differs and line is not whole]
        lines.append({"measure": one, "whole": whole, "others": others})
    return render(request, "measures/beside.html", {"release": release, "lines": lines})

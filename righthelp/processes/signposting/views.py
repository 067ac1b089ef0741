"""Choosing a service for a family, and how many were pointed to each."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from righthelp.engine.process import processes
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.begin import begin_page
from righthelp.guard import log
from righthelp.processes.signposting.models import Signposting

ON_A_PAGE = 25
YEAR = timedelta(days=365)
FEW = 5  # fewer than this are said as “fewer than”: a service must not be able to tell who was sent


@for_workers
def choose(request: HttpRequest) -> HttpResponse:
    """The search of the directory first, which leads back here with what was chosen; then the form."""
    if request.method == "GET" and "service" not in request.GET and "service_listing" in processes():
        query = urlencode({"choose": request.get_full_path()})
        return redirect(f"{reverse('services')}?{query}")
    return begin_page(request, page=Signposting, step="point")


@for_workers
def counts(request: HttpRequest) -> HttpResponse:
    """How many families were pointed to each listing that this worker may see, in the last twelve months."""
    viewer = viewer_of(request)
    log.looked("a list: how many were pointed to each service")
    listings = apps.get_model("service_listing", "ServiceListing").objects.order_by("name")
    if not viewer.works_with_children:
        listings = listings.filter(agency=viewer.agency)
    pointed = _pointed()
    page = Paginator(listings, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(listing, _in_words(pointed.get(listing.pk, 0))) for listing in page]
    return render(request, "signposting/counts.html", {"lines": lines, "pages": page, "few": FEW})


def _pointed() -> dict[UUID, int]:
    since = (timezone.localtime() - YEAR).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT service, families FROM pointed_since(%s)", [since])
        return dict(cursor.fetchall())


def _in_words(number: int) -> str:
    if number == 0:
        return "Nobody"
    return f"Fewer than {FEW}" if number < FEW else str(number)


urlpatterns = [
    path("signposting/new/point/", choose, name="signposting_begin"),
    path("signposting/counts/", counts, name="signposting_counts"),
]

"""Where anybody says that a listing is wrong, without saying who they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from righthelp.engine.asking import Asking
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin
from righthelp.engine.views.faults import put_in_place
from righthelp.guard.viewers import PASSER_BY, PUBLIC, looking
from righthelp.processes.listing_report.models import ListingReport

ASKED = ("wrong", "says")
TOO_MANY = "Too many such messages have come in the last hours. What you wrote is kept on this page: try again later."


def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form, and the thanks."""
    with looking(PUBLIC):
        listing = apps.get_model("service_listing", "ServiceListing").objects.filter(pk=pk).first()
        if listing is None or listing.ended:
            raise Http404("There is no such service.")
        return _say(request, listing)


def _say(request: HttpRequest, listing: Any) -> HttpResponse:
    asking = Asking(ListingReport, ListingReport.steps["say"], request.POST if request.method == "POST" else None)
    form = asking.form(ASKED)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="say_wrong", key=str(listing.pk)):
            form.add_error(None, TOO_MANY)
            status = 429
        else:
            try:
                answers = {name: form.cleaned_data[name] for name in ASKED}
                begin(ListingReport, "say", by=PASSER_BY, listing=listing, **answers)
            except NotTaken as refused:
                put_in_place(form, {}, refused.faults)
            else:
                return render(request, "listing_report/thanks.html", {"listing": listing})
    return render(request, "listing_report/say.html", {"listing": listing, "form": form}, status=status)


urlpatterns = [path("services/<uuid:pk>/wrong/", say, name="listing_report_say")]

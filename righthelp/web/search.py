"""Finding a child: by name however spelt, date of birth, postcode or number. Every search is logged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from righthelp.engine.process import processes
from righthelp.engine.searching import SearchForm
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import Refused
from righthelp.people.matching import matches

MOST = 20  # shown at once: with more, it is quicker to say more of the person than to read on


@for_workers
def search(request: HttpRequest) -> HttpResponse:
    """The people who may be meant, with the reasons why."""
    viewer = viewer_of(request)
    if not viewer.opens_children:
        raise Refused("Finding a child is for county staff whose role opens the records of children.")
    form = SearchForm(request.GET or None)
    found = None
    if form.is_bound and form.is_valid():
        found = matches(form.told(), most=MOST + 1, shown_with=["addresses"])
        log.looked(f"Searched for {form.asked()}", kind=AccessLog.Kind.SEARCHED)
    break_glass = processes().get("break_glass")
    shown = found if found is None else found[:MOST]
    more = found is not None and len(found) > MOST
    return render(
        request,
        "web/search.html",
        {"form": form, "found": shown, "more": more, "break_glass": break_glass is not None},
    )

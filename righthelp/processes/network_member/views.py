"""Adding somebody to a child's family and network: looked for on record first; then who they are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from righthelp.engine.refusals import NotAllowed
from righthelp.engine.searching import SearchForm
from righthelp.engine.sight import opened
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.begin import begin_page
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.kernel.page import Fault
from righthelp.people.matching import matches
from righthelp.people.merging import record_now
from righthelp.people.models import Person
from righthelp.processes.network_member.models import NetworkMember

MOST = 8
CHOSEN = {"add_known": "relative", "end": "relationship", "move_out": "relative"}  # by the picture or the search


@for_workers
def add(request: HttpRequest) -> HttpResponse:
    """Who it is: somebody on record, or somebody new."""
    if request.method == "POST" or "new" in request.GET:
        return _then_the_picture(request, NetworkMember, "add_new")
    viewer = viewer_of(request)
    if not may_begin(NetworkMember.steps["add_new"], viewer):
        raise NotAllowed([Fault(f"{NetworkMember.steps['add_new'].title} is not for your role.")])
    person = _person(request)
    opened(viewer, "a form about a child", person=person.pk)
    form = SearchForm(request.GET if any(name in request.GET for name in SearchForm.base_fields) else None)
    found = None
    if form.is_bound and form.is_valid():
        found = [match for match in matches(form.told(), most=MOST + 1) if match.person != person][:MOST]
        log.looked(f"Searched for {form.asked()}", kind=AccessLog.Kind.SEARCHED)
    context = {"person": person, "form": form, "found": found, "told": _told(request), "carried": _carried(request)}
    return render(request, "network_member/add.html", context)


def _told(request: HttpRequest) -> str:
    """What is known already of who is to be added, to be carried to the form."""
    kept = request.GET.copy()
    for name in ("postcode", "number"):
        kept.pop(name, None)
    return kept.urlencode()


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What a search does not ask, and must not lose."""
    return [
        (name, str(value)) for name, value in request.GET.items() if name not in {"person", *SearchForm.base_fields}
    ]


@for_workers
def chosen(request: HttpRequest, page: type[NetworkMember], step: str) -> HttpResponse:
    """A form about somebody, or a relationship, that was chosen on the page before."""
    if CHOSEN[step] not in request.GET and request.method == "GET":
        return redirect(reverse("network", args=[_person(request).pk]))
    return _then_the_picture(request, page, step)


def _then_the_picture(request: HttpRequest, page: type[NetworkMember], step: str) -> HttpResponse:
    answer = begin_page(request, page, step)
    if answer.status_code == 302 and request.method == "POST" and "person" in request.GET:
        return redirect(reverse("network", args=[_person(request).pk]))
    return answer


def _person(request: HttpRequest) -> Person:
    try:
        person = Person.objects.filter(pk=UUID(request.GET.get("person", ""))).first()
    except ValueError:
        person = None
    if person is None:
        raise Http404("There is no such person.")
    return record_now(person)


urlpatterns = [
    path("network_member/new/add_new/", add, name="network_member_begin"),
    *(
        path(f"network_member/new/{step}/", chosen, {"page": NetworkMember, "step": step}, name="network_member_begin")
        for step in CHOSEN
    ),
]

"""The directory for everybody, as pages and as open data; and for those who keep it, what each listing lacks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme

from righthelp.engine.sight import Relation
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.records import context_of
from righthelp.guard import log
from righthelp.guard.viewers import PUBLIC, looking
from righthelp.packs import pack
from righthelp.processes.service_listing import open_referral
from righthelp.processes.service_listing.models import COUNTY_KEEPERS, KEEPERS, ServiceListing
from righthelp.processes.service_listing.searching import Asked, DirectoryForm, found, listings

ON_A_PAGE = 20
MOST_ON_A_PAGE = 100
# What a reader misses when nobody has told it.
WORTH_TELLING = {
    "telephone": "telephone number", "email": "e-mail address", "web": "web page", "opening": "when it is open",
    "cost": "what it costs", "languages": "languages", "accessibility": "how disabled people can use it",
}  # fmt: skip
JSON = {"ensure_ascii": False}


def directory(request: HttpRequest) -> HttpResponse:
    """Search of the directory, for anybody."""
    sent = DirectoryForm.base_fields.keys() & request.GET.keys()
    form = DirectoryForm(request.GET if sent else None)
    asked = Asked.by(form) if form.is_valid() else Asked()
    viewer = getattr(request, "viewer", None)
    with looking(PUBLIC):
        rows = listings(asked) if form.is_valid() or not form.is_bound else ServiceListing.objects.none()
        page = _page(rows, request.GET.get("page"))
        return render(
            request,
            "service_listing/directory.html",
            {
                "form": form,
                "title": _title(),
                "asked": asked,
                "page": page,
                "found": found(list(page), asked),
                "keeps": viewer is not None and bool(viewer.roles & KEEPERS),
                "choose": _onward(request) if viewer else "",
            },
        )


def listing_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service, for anybody: what it does, for whom, how to ask, and whether that is confirmed."""
    with looking(PUBLIC):
        listing = _listing(pk)
        return render(
            request,
            "service_listing/listing.html",
            {
                "listing": listing,
                "title": _title(),
                "places": listing.in_words("places"),
                "helps_with": listing.in_words("helps_with"),
                "untold": [words for name, words in WORTH_TELLING.items() if not getattr(listing, name)],
                "cost": listing.label("cost", listing.cost) if listing.cost else "",
            },
        )


def _onward(request: HttpRequest) -> str:
    """Where a worker goes with the service that they choose: a page of ours that sent them here to look for one."""
    onward = request.GET.get("choose", "")
    within = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return f"{onward}{'&' if '?' in onward else '?'}service=" if within else ""


def _title() -> str:
    words = pack().word("services_directory")
    return words[:1].upper() + words[1:]


def _listing(pk: UUID) -> ServiceListing:
    listing: ServiceListing | None = ServiceListing.objects.filter(pk=pk).first()
    if listing is None:
        raise Http404("There is no such service.")
    return listing


def _page(rows: Any, number: str | None) -> Page[Any]:
    return Paginator(rows, ON_A_PAGE).get_page(number)


# --- For those who keep it ------------------------------------------------------------------------------------


@for_workers
def kept(request: HttpRequest) -> HttpResponse:
    """The listings that this worker may keep: what each lacks, and what the county publishes as open data."""
    viewer = viewer_of(request)
    if not viewer.roles & KEEPERS:
        raise PermissionDenied("Keeping the directory is for the early help team, and for whoever runs a service.")
    log.looked("a list: the directory, as it is kept")
    rows = ServiceListing.objects.filter(state__in=ServiceListing.OPEN).select_related("agency").order_by("name", "pk")
    lines = [{"listing": row, "lacks": row.lacks, "late": row.is_late} for row in rows]
    published = sum(not line["lacks"] for line in lines)
    only = request.GET.get("only", "")
    shown = {
        "lacking": [line for line in lines if line["lacks"]],
        "late": [line for line in lines if line["late"]],
        "published": [line for line in lines if not line["lacks"]],
    }.get(only, lines)
    return render(
        request,
        "service_listing/keeping.html",
        {
            "page": ServiceListing,
            "pages": _page(shown, request.GET.get("page")),
            "only": only,
            "counts": {
                "all": len(lines),
                "published": published,
                "lacking": len(lines) - published,
                "late": sum(line["late"] for line in lines),
                "unconfirmed": sum(line["listing"].confirmed_at is None for line in lines),
            },
            "of_county": bool(viewer.roles & COUNTY_KEEPERS),
            "adds": ServiceListing.steps["add"] if viewer.roles & ServiceListing.steps["add"].by else None,
        },
    )


def record(request: HttpRequest, row: ServiceListing, relation: Relation) -> HttpResponse:
    """A listing as the county's own staff see it."""
    viewer = viewer_of(request)
    return render(request, ServiceListing.agency_page, context_of(row, viewer, relation))


# --- As open data ---------------------------------------------------------------------------------------------


def api_root(request: HttpRequest) -> HttpResponse:
    """What is published here, for a program."""
    return _open(open_referral.root())


def api_services(request: HttpRequest) -> HttpResponse:
    """The listings that pass the quality gate, page by page."""
    try:
        number = _whole(request, "page", 1)
        each = min(_whole(request, "per_page", ON_A_PAGE), MOST_ON_A_PAGE)
    except ValueError as wrong:
        return _open({"error": str(wrong)}, 400)
    with looking(PUBLIC):
        rows = [listing for listing in _publishable() if not listing.lacks]
    pages = max(1, -(-len(rows) // each))
    chosen = rows[(number - 1) * each : number * each]
    return _open(open_referral.page(list(map(open_referral.service, chosen)), number, pages, len(rows)))


def api_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One listing, if it passes the quality gate."""
    with looking(PUBLIC):
        listing = _publishable().filter(pk=pk).first()
    if listing is None or listing.lacks:
        return _open({"error": "No service of this identifier is published."}, 404)
    return _open(open_referral.service(listing))


def _publishable() -> Any:
    return ServiceListing.objects.filter(state__in=ServiceListing.OPEN, confirmed_at__isnull=False).order_by(
        "listed_at", "pk"
    )


def _whole(request: HttpRequest, name: str, usual: int) -> int:
    typed = request.GET.get(name, str(usual))
    if not (typed.isascii() and typed.isdecimal() and int(typed[:9]) >= 1 and len(typed) < 10):
        raise ValueError(f"'{name}' must be a whole number, 1 or more.")
    return int(typed)


def _open(said: dict[str, Any], status: int = 200) -> HttpResponse:
    """Data that any program may read, from any page."""
    answer = JsonResponse(said, status=status, json_dumps_params=JSON)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300" if status == 200 else "no-store"
    return answer


urlpatterns = [
    path("services/", directory, name="services"),
    path("services/<uuid:pk>/", listing_page, name="service"),
    path("service_listing/", kept, name="service_listing_queue"),
    path("open-referral/", api_root, name="open_referral"),
    path("open-referral/services", api_services, name="open_referral_services"),
    path("open-referral/services/<uuid:pk>", api_service, name="open_referral_service"),
]

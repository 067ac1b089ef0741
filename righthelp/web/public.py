"""Pages that anybody may read: what this is, privacy, accessibility, the levels of need, roles; and its health."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from righthelp.engine.matrix import agencies_and_teams, role_matrix
from righthelp.engine.notices import sending
from righthelp.packs import pack


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


def levels(request: HttpRequest) -> HttpResponse:
    """The county's levels of need, whole."""
    return render(request, "web/levels.html", {"levels": pack().levels(), "title": pack().word("levels_of_need_title")})


def roles(request: HttpRequest) -> HttpResponse:
    """Every role in plain English, and who may take which step; for those signed in, agencies and teams as well."""
    signed_in = getattr(request, "viewer", None) is not None
    return render(
        request,
        "web/roles.html",
        {"matrix": role_matrix(), "agencies": agencies_and_teams() if signed_in else []},
    )


def health(request: HttpRequest) -> HttpResponse:
    """Whether the server can answer and the database is there. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"well": True})


def health_of_notices(request: HttpRequest) -> HttpResponse:
    """Whether messages to workers go out: counts and moments, and nobody's name. 503 when somebody should look."""
    found = sending.health(timezone.now())
    told = {
        "well": found.well,
        "sender_ran_at": found.ran_at.isoformat() if found.ran_at else None,
        "by_email": found.by_email,
        "by_text": found.by_text,
        "tried_and_not_gone_out": found.waiting,
        "given_up_within_a_day": found.given_up,
    }
    return JsonResponse(told, status=200 if found.well else 503)

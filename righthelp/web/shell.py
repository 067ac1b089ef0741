"""What every page shows around itself: the service, who is signed in, where they can go, how much waits for them.

It asks the database once, for how many notices are unread.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.notices.reading import MOST, unread
from righthelp.engine.process import Process, processes
from righthelp.guard.models import Team
from righthelp.guard.viewers import AsWorker, anybody, still_looking
from righthelp.measures.readers import may_read
from righthelp.packs import pack
from righthelp.returns.readers import reads_board
from righthelp.web.drifting import reads_drift

LISTS_IN_MENU = 3  # the others stand, with these, on a page of their own: a menu is read at one glance


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the shell."""
    viewer = getattr(request, "viewer", None)
    return {
        "service_name": "righthelp",
        "county_name": pack().title,
        "demonstration": settings.DEMONSTRATION,
        "signed_in": _signed_in(viewer) if viewer else None,
        "notices": _notices(request, viewer) if viewer and anybody() == viewer else None,
        "navigation": navigation(viewer, request.path) if viewer else [],
        "footer_links": [
            {"label": "Tell us about a child", "href": reverse("tell")},
            {"label": "What this is", "href": reverse("about")},
            *_directory(),
            *_open_data(),
            {"label": pack().word("levels_of_need_title"), "href": reverse("levels")},
            {"label": "Roles, and who may do what", "href": reverse("roles")},
            {"label": "For partners' systems", "href": reverse("api")},
            {"label": "Privacy", "href": reverse("privacy")},
            {"label": "Accessibility", "href": reverse("accessibility")},
        ],
    }


def _directory() -> list[dict[str, str]]:
    """The way to the public directory of services, where the county has one."""
    if "service_listing" not in processes():
        return []
    words = pack().word("services_directory")
    return [{"label": words[:1].upper() + words[1:], "href": reverse("services")}]


def _open_data() -> list[dict[str, str]]:
    """The way to what the county publishes of its measures, where it does."""
    if "statistics_release" not in processes():
        return []
    return [{"label": "Open data", "href": reverse("open_data")}]


def _notices(request: HttpRequest, viewer: AsWorker) -> dict[str, str]:
    """The way to what waits for them, and how much of it they have not read."""
    number = unread(viewer, timezone.now()) if getattr(request, "counts_notices", True) else 0
    return {"href": reverse("notices"), "count": f"{MOST - 1}+" if number == MOST else str(number or "")}


def _signed_in(viewer: AsWorker) -> dict[str, str]:
    titles = pack().roles()
    return {
        "name": viewer.name,
        "role": ", ".join(titles[role].title for role in sorted(viewer.roles)),
        "agency": viewer.agency_name,
    }


def navigation(viewer: AsWorker, path: str) -> list[dict[str, Any]]:
    """Where this worker's roles lead."""
    places: list[tuple[str, str]] = []
    if viewer.works_with_children:
        mine = queues(viewer)
        places += [(page.list_title(), reverse(f"{page.kind()}_queue")) for page in mine[:LISTS_IN_MENU]]
        if len(mine) > LISTS_IN_MENU:
            places.append(("All lists", reverse("lists")))
        places.append(("My work", reverse("work")))
        if viewer.managed_teams:
            places.append(("My team", reverse("team")))
        if reads_drift(viewer):
            places.append(("Drift", reverse("drift")))
        places.append(
            ("Find a child", reverse("search")) if viewer.opens_children else ("Is a child known?", reverse("is_known"))
        )
        if may_read(viewer):
            places.append(("Measures", reverse("measures")))
        if reads_board(viewer):
            places.append(("Return readiness", reverse("return_readiness")))
            places.append(("Daily return", reverse("daily_return")))
    elif not viewer.is_county:
        places.append(("Your worries and requests", reverse("home")))
    places += [(place["label"], place["href"]) for place in _directory()]
    if "user administrator" in viewer.roles:
        places += [("Workers and roles", reverse("workers")), ("Partners' systems", reverse("agency_systems"))]
    return [{"label": label[:1].upper() + label[1:], "href": href, "current": path == href} for label, href in places]


def queues(viewer: AsWorker) -> list[type[Process]]:
    """Processes whose open rows land with a team, and of which this worker may take a step: first what lands with a
    team of theirs, then as the pack orders them."""
    teams = list(pack().teams().items())
    with still_looking(viewer):  # nobody looks any more when the page of an error is made
        theirs = set(Team.objects.filter(pk__in=viewer.teams).values_list("key", flat=True))
    work = [kind for own in (True, False) for key, team in teams if (key in theirs) is own for kind in team.receives]
    mine = [
        page
        for page in processes().values()
        if page.team_receives and any(step.by & viewer.roles for step in page.steps.values() if not step.begins)
    ]
    return sorted(mine, key=lambda page: work.index(page.team_receives))

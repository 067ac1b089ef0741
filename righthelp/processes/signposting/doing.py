"""What the steps of a signposting do beside setting their own facts: the sheet that a family takes away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps

from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.record.letters import words_of

if TYPE_CHECKING:
    from righthelp.processes.signposting.models import Signposting

MOST = 200  # letters of what a list can show
HOLDERS = {"early help worker", "early help manager"}


def open_services() -> Any:
    """Services that take people on, by name."""
    listing = apps.get_model("service_listing", "ServiceListing")
    return listing.objects.exclude(state="CLOSED").order_by("name")


def name(signposting: Signposting) -> None:
    """What they are pointed to, in a line: the service's own name, or the worker's first words."""
    service = signposting.service
    words = service.heading if service else " ".join(signposting.own_words.split())
    signposting.to = words if len(words) <= MOST else f"{words[: MOST - 1].rstrip()}…"


def point(signposting: Signposting, on: datetime) -> None:
    """They are pointed; an early help worker asks later of those whom they pointed themself."""
    signposting.pointed_at = on
    name(signposting)
    by = signposting.also.by
    if isinstance(by, AsWorker) and by.roles & HOLDERS:
        signposting.also.hold_myself()


def give_sheet(signposting: Signposting, on: datetime) -> None:
    """A sheet that says what, where and how, frozen as it was given. It names neither the child nor the family."""
    service = signposting.service
    blocks = (
        pack()
        .letter("signposting_sheet")
        .blocks(
            date=write_date(local_day(on)),
            to=signposting.to if service else "Where you can turn",
            organisation=service.organisation if service else "",
            what=service.what if service else "",
            for_whom=service.for_whom if service else "",
            how=service.how if service else "",
            reach=_reach(service) if service else "",
            where=_where(service) if service else "",
            caution=_caution(service) if service else "",
            own_words=signposting.own_words,
            signed_by=signposting.also.by.name,
        )
    )
    signposting.also.issue(f"Where you can turn: {signposting.to}"[:MOST], words_of(blocks), to="The family")


def _reach(service: Any) -> str:
    told = (("Telephone", service.telephone), ("E-mail", service.email), ("Web page", service.web))
    return ". ".join(f"{what}: {value}" for what, value in told if value)


def _where(service: Any) -> str:
    lines = [", ".join(service.address.splitlines()), service.postcode, service.opening]
    return ". ".join(filter(None, [", ".join(filter(None, lines[:2])), lines[2]]))


def _caution(service: Any) -> str:
    if service.state == "PAUSED":
        return f"It is not taking anybody on at the moment: {service.paused_because}"
    if service.confirmed_at is None or service.is_late:
        return "Nobody who runs this service has confirmed these details lately. Ask before you travel."
    return ""

"""Who reads measures, whose work they are shown first, and how long what was counted for them is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches
from django.utils import timezone

from righthelp.guard.models import Team
from righthelp.guard.roles import names_where
from righthelp.guard.viewers import AsWorker, who_is_locked
from righthelp.measures.registry import measures
from righthelp.packs import pack
from righthelp.record.models import TimelineEvent

# Who answers for the work reads what it comes to; so does who oversees the service.
READERS = frozenset(names_where(manages=True)) | frozenset(names_where(oversees=True))
ALIKE = timedelta(minutes=10)  # how long figures stand while nothing is done that changes them

Made = TypeVar("Made")


def may_read(viewer: AsWorker) -> bool:
    """Whether this worker's roles answer for the work that is measured, or oversee it."""
    return bool(viewer.roles & READERS)


def own_team(viewer: AsWorker) -> str:
    """The team whose work somebody is shown first, who manages one and does not oversee the whole service."""
    if viewer.oversees or not viewer.managed_teams:
        return ""
    names = Team.objects.filter(pk__in=viewer.managed_teams).order_by("name").values_list("name", flat=True)
    return names.first() or ""


def kept(viewer: AsWorker, asked: object, now: datetime, make: Callable[[], Made]) -> Made:
    """What was made of this question for this viewer; made anew when anything was done since that they may see."""
    key = _key(viewer, asked, now)
    found: Made | None = caches["figures"].get(key)
    if found is None:
        found = make()
        caches["figures"].set(key, found)
    return found


def _key(viewer: AsWorker, asked: object, now: datetime) -> str:
    """All on which the figures depend: who looks, what is asked, what was done last.

    No two workers share what is kept: how somebody is supervised is seen by whoever answers for them, which roles and
    circles alone do not tell.
    """
    last = TimelineEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    sight = (viewer.worker, sorted(viewer.roles), sorted(viewer.managed_teams), sorted(viewer.circles), who_is_locked())
    versions = [(measure.name, measure.version) for measure in measures()]
    moment = int(now.timestamp() // ALIKE.total_seconds())
    told = (sight, asked, last, moment, timezone.localdate(now), versions, pack().name)
    return sha256(repr(told).encode()).hexdigest()

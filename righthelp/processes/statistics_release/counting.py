"""Who counts what a release holds: the measures, which stand above the processes and say so when they start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone

from righthelp.guard.guarded import GuardedModel
from righthelp.processes.statistics_release.periods import over_by

if TYPE_CHECKING:
    from righthelp.processes.statistics_release.models import StatisticsRelease


class Counter(Protocol):
    """Counts, and protects what is small."""

    def subjects(self) -> Sequence[tuple[str, str]]:
        """What a release may be about: its code, and its words."""

    def rows(self, release: StatisticsRelease) -> Sequence[GuardedModel]:
        """The definitions and the figures of a release, as they are published."""


_counters: list[Counter] = []


def count_with(counter: Counter) -> None:
    """From now on this is who counts."""
    _counters[:] = [counter]


def counter() -> Counter:
    """Who counts. Raises `LookupError` where nobody does."""
    if not _counters:
        raise LookupError("Nobody counts what is published: the measures are not installed.")
    return _counters[0]


def subjects() -> list[tuple[str, str]]:
    """What a release may be about. None while the tables are being made."""
    return list(_counters[0].subjects()) if _counters else []


def periods() -> list[tuple[str, str]]:
    """The periods that are over, as a form offers them. What is on record is not held to them."""
    return [(one.code, one.title) for one in over_by(timezone.localdate())]

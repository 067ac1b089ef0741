"""What rules ask of several rows at once: which begin while another goes on, which stand together.

Everything here is sorted once: a child in whom somebody wrote 10,000 plans takes no longer than 10,000 children.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, groupby
from typing import Generic, NamedTuple, TypeVar

from righthelp.returns.cin.tables import Child, Enquiry, Episode, Plan, ProtectionPlan, Tables

R = TypeVar("R")
AnyPlan = TypeVar("AnyPlan", Plan, ProtectionPlan)


class Stretch(NamedTuple, Generic[R]):
    """A row with the first day of what it tells, and the last; without a last day it goes on on no day at all."""

    row: R
    first: date
    last: date | None


def begun_during_another(groups: Iterable[Sequence[Stretch[R]]]) -> list[R]:
    """The rows that begin on a day on which another of their group goes on, its first and last days among them."""
    return [row for group in groups if len(group) > 1 for row in _begun_during_another(group)]


def _begun_during_another(group: Sequence[Stretch[R]]) -> Iterable[R]:
    before = date.min  # the last day of any that began earlier
    for first, alike in groupby(sorted(group, key=lambda each: each.first), key=lambda each: each.first):
        together = list(alike)
        lasts = sorted((each.last or date.min for each in together), reverse=True)
        for each in together:
            another = lasts[1:2] if (each.last or date.min) == lasts[0] else lasts[:1]
            if first <= max([before, *another]):
                yield each.row
        before = max(before, lasts[0])


class Covered:
    """The days on which at least one of several stretches goes on."""

    def __init__(self, stretches: Iterable[tuple[date, date]]) -> None:
        in_order = sorted(stretches)
        self._firsts = [first for first, _ in in_order]
        self._lasts = list(accumulate((last for _, last in in_order), max))

    def __contains__(self, day: date) -> bool:
        place = bisect_right(self._firsts, day)
        return place > 0 and day <= self._lasts[place - 1]


def by_child(plans: Iterable[AnyPlan]) -> dict[Child, list[AnyPlan]]:
    """The plans of each child, in order."""
    found: dict[Child, list[AnyPlan]] = {}
    for plan in plans:
        found.setdefault(plan.episode.child, []).append(plan)
    return found


def conferences(tables: Tables) -> Iterator[tuple[Enquiry | Episode, date]]:
    """Each initial conference with the row where its date stands: with enquiries, or with the case without them."""
    for enquiry in tables.enquiries:
        if enquiry.conference_on:
            yield enquiry, enquiry.conference_on
    for episode in tables.episodes:
        if episode.conference_on:
            yield episode, episode.conference_on

"""Findings of a return's rules kept as rows: what is found anew is added, what is no longer found is mended.

What is kept is what would be found if everything were asked anew, and since when. Nothing here knows a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from righthelp.returns.models import ReturnFinding

BATCH = 1000
TEAMS = """
    SELECT DISTINCT ON (entry_id) entry_id, team_id FROM holding WHERE entry_id = ANY (%s)
    ORDER BY entry_id, until DESC NULLS FIRST, since DESC
"""


@dataclass(frozen=True)
class Found:
    """That a child's record breaks a rule, and at which entry."""

    year: int
    rule: str
    severity: str
    person: UUID
    entry: UUID
    element: str
    value: str = ""
    since: date | None = None  # when what it is about began: since then, as far as anybody can tell

    @property
    def what(self) -> tuple[Any, ...]:
        return (self.year, self.rule, self.person, self.entry, self.element)


@dataclass(frozen=True)
class Kept:
    """What keeping came to."""

    added: int = 0
    mended: int = 0
    others: frozenset[UUID] = frozenset()  # whose record holds less than it did


def keep(
    of_return: str,
    years: Collection[int],
    people: Collection[UUID] | None,
    found: Iterable[Found],
    on: date,
    entries: Collection[UUID] = (),
) -> Kept:  # fmt: skip
    """Bring what is kept of these people (None: of everybody) for these years to what was found.

    What a step leaves is found on its day; what is found first when everybody is asked has been so for longer.
    `entries` are what these people's record holds: what was found there of somebody else, whose it was thought to be,
    is theirs no more.
    """
    wanted: dict[tuple[Any, ...], Found] = {}
    for one in found:
        wanted.setdefault(one.what, one)
    rows = ReturnFinding.objects.filter(of_return=of_return, year__in=list(years), mended_on__isnull=True)
    if people is not None:
        rows = rows.filter(Q(person__in=list(people)) | Q(entry__in=list(entries)))
    teams = _teams({one.entry for one in wanted.values()})
    mended, changed, others = [], [], set()
    for pk, value, team, *what in rows.values_list("pk", "value", "team", "year", "rule", "person", "entry", "element"):
        now = wanted.pop(tuple(what), None)
        if people is not None and what[2] not in people:
            others.add(what[2])
        if now is None:
            mended.append(pk)
        elif (value, team) != (now.value[:100], teams.get(now.entry)):
            changed.append(ReturnFinding(pk=pk, value=now.value[:100], team_id=teams.get(now.entry)))
    fresh = [
        _row(of_return, one, teams, on if people is not None else min(on, one.since or on)) for one in wanted.values()
    ]
    if mended:
        ReturnFinding.objects.filter(pk__in=mended).update(mended_on=on)
    if changed:
        ReturnFinding.objects.bulk_update(changed, ["value", "team"], batch_size=BATCH)
    if fresh:  # of two steps at once about one child the first finds it
        ReturnFinding.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return Kept(len(fresh), len(mended), frozenset(others))


def _row(of_return: str, one: Found, teams: Mapping[UUID, UUID], on: date) -> ReturnFinding:
    return ReturnFinding(
        of_return=of_return,
        year=one.year,
        rule=one.rule,
        severity=one.severity,
        person_id=one.person,
        entry_id=one.entry,
        element=one.element,
        value=one.value[:100],
        team_id=teams.get(one.entry),
        found_on=on,
    )


def _teams(entries: Collection[UUID]) -> dict[UUID, UUID]:
    """The team that holds each entry, or held it last: whose finding it is."""
    if not entries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TEAMS, [list(entries)])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Explanation:
    """Why a query is right as it is, and who said so."""

    words: str
    by: str
    on: date


def explanations(of_return: str, year: int, children: Iterable[Any]) -> dict[tuple[str, str], list[Explanation]]:
    """What was said of the queries of a return that are open, by rule and child's number."""
    numbers = {child.entry: child.number for child in children}
    told: dict[tuple[str, str], list[Explanation]] = defaultdict(list)
    rows = ReturnFinding.objects.filter(of_return=of_return, year=year, mended_on__isnull=True).exclude(explanation="")
    for row in rows.select_related("explained_by").order_by("rule", "person", "pk"):
        if row.person_id in numbers:
            said = Explanation(row.explanation, str(row.explained_by), row.explained_on)
            told[row.rule, numbers[row.person_id]].append(said)
    return dict(told)

"""Records that may be of one person: the same sound number, or the same name and date of birth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.people.models import Identifier, Person
from righthelp.processes.same_person.models import SamePerson

# Read as whoever looks: the second lock leaves out whoever is locked from them. What has been said of a pair already,
# waiting or decided, is not said again by a machine.
PAIRS = """
    SELECT one, other FROM (
        SELECT a.id AS one, b.id AS other, 1 AS likeness FROM person a
        JOIN person b ON b.born_on = a.born_on AND b.called_sort = a.called_sort AND a.id < b.id
        WHERE a.called_sort <> '' AND a.became_id IS NULL AND b.became_id IS NULL
        UNION ALL
        SELECT a.person_id, b.person_id, 2 FROM identifier a
        JOIN identifier b ON b.kind = a.kind AND b.value = a.value AND b.issuer = a.issuer AND a.person_id < b.person_id
        WHERE a.sound AND b.sound AND a.wrong_on IS NULL AND b.wrong_on IS NULL
    ) alike
    WHERE NOT EXISTS (
        SELECT 1 FROM same_person said JOIN case_entry entry ON entry.id = said.entry_id
        WHERE said.state <> 'MERGED' AND (
            (entry.person_id = one AND said.other_id = other) OR (entry.person_id = other AND said.other_id = one)
        )
    )
    GROUP BY one, other
"""


@dataclass
class Pair:
    """Two records, and what is the same in both."""

    one: Person
    other: Person
    same: list[str] = field(default_factory=list)


class Pairs:
    """The pairs, the likeliest first, as a list that is read a page at a time."""

    def __len__(self) -> int:
        return int(_asked(f"SELECT count(*) FROM ({PAIRS}) pairs")[0][0])

    def __getitem__(self, part: slice) -> list[Pair]:
        most, after = part.stop - part.start, part.start
        found = _asked(f"{PAIRS} ORDER BY sum(likeness) DESC, one, other LIMIT %s OFFSET %s", [most, after])
        numbers = {number for pair in found for number in pair}
        people = Person.objects.prefetch_related("identifiers").in_bulk(list(numbers))  # through the first lock
        return [_pair(people, *pair) for pair in found if people.keys() >= set(pair)]


def _asked(query: str, values: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return list(cursor.fetchall())


def _pair(people: dict[UUID, Person], one: UUID, other: UUID) -> Pair:
    pair = Pair(people[one], people[other])
    if pair.one.born_on == pair.other.born_on and pair.one.called_sort == pair.other.called_sort:
        pair.same.append("Same name and date of birth")
    theirs = {(number.kind, number.value) for number in pair.other.identifiers.all()}
    for number in pair.one.identifiers.all():
        if (number.kind, number.value) in theirs:
            pair.same.append(f"Same {Identifier.Kind(number.kind).label}")
    return pair


def waiting() -> list[SamePerson]:
    """What somebody has said and nobody has decided, the oldest first."""
    rows = SamePerson.objects.filter(state=SamePerson.State.PROPOSED)
    return list(rows.select_related("entry__person", "other", "proposed_by").order_by("proposed_at"))

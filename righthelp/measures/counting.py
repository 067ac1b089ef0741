"""Counting: a measure's one text, asked for its months, its splits, or the rows behind one of its numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.measures.analysis import SCHEMA
from righthelp.measures.registry import Measure, Unit

MONTH = "CAST(EXTRACT(YEAR FROM placed_on) * 100 + EXTRACT(MONTH FROM placed_on) AS integer)"


@dataclass(frozen=True)
class Wanted:
    """Which rows of a measure: those placed from one day to another (both included), told by whom, and so on."""

    since: date
    until: date
    only: tuple[tuple[str, str], ...] = ()  # a split, and the one of its values that is wanted
    counting: bool = False  # of a share, only those that count towards it

    def fits(self, measure: Measure) -> bool:
        """Whether the measure can be narrowed in this way."""
        return all(name in measure.splits for name, _ in self.only)

    def where(self) -> tuple[str, list[Any]]:
        """The same as a condition. A split's name is one of the measure's own (`fits`), never what was typed."""
        conditions, given = ["placed_on BETWEEN %s AND %s"], [self.since, self.until]  # type: list[str], list[Any]
        for name, value in self.only:
            conditions.append(f"{name} = %s")
            given.append(value)
        if self.counting:
            conditions.append("counts = 1")
        return " AND ".join(conditions), given


@dataclass
class Tally:
    """How many, of how many; and the hours of each where hours are measured."""

    counts: int = 0
    of: int = 0
    hours: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.of += other.of
        self.hours += other.hours


@dataclass
class Counted:
    """A measure, counted: by month (2026-03 is 202603), and by each pair of splits over the later days."""

    months: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    splits: dict[tuple[str, ...], dict[tuple[str, ...], Tally]] = field(default_factory=dict)


def count(
    measures: Sequence[Measure], wanted: Wanted, by: Sequence[tuple[str, ...]] = (), lately: date | None = None
) -> dict[str, Counted]:
    """Count measures by month, and since `lately` by each group of splits: one question, however many of all these.

    Each view is read once for all of them, so that who may see a row is asked once.
    """
    names = sorted({name for group in by for name in group})
    groups = {measure.name: [(), *(group for group in by if set(group) <= set(measure.splits))] for measure in measures}
    counted = {name: Counted(splits={group: {} for group in those}) for name, those in groups.items()}
    views = sorted({view for measure in measures for view in measure.views})
    read = ", ".join(f'"{stand_in(view)}" AS MATERIALIZED (SELECT * FROM {SCHEMA}."{view}")' for view in views)
    given: list[Any] = []
    parts = []
    for measure in measures:
        if not wanted.fits(measure):
            raise ValueError(f"{measure.name} is not split by {', '.join(name for name, _ in wanted.only)}.")
        parts.append(_part(measure, wanted, names, groups[measure.name], lately or wanted.since, given))
    for name, no_month, month, late, of, counts, hours, *rest in _asked(
        f"WITH {read} {' UNION ALL '.join(parts)}", given
    ):
        tally = Tally(int(counts or 0), of, hours or [])
        if not no_month:
            counted[name].months[month] = tally
        elif late:
            values, left_out = dict(zip(names, rest, strict=False)), rest[len(names) :]
            group = {split for split, out in zip(names, left_out, strict=True) if not out}
            key = next(one for one in groups[name] if set(one) == group)
            counted[name].splits[key][tuple(values[split] for split in key)] = tally
    return counted


def _part(
    measure: Measure, wanted: Wanted, names: list[str], groups: list[tuple[str, ...]], lately: date, given: list[Any]
) -> str:
    """The question for one measure: its text, grouped."""
    where, those = wanted.where()
    given += [lately, *those]
    used = {name for group in groups for name in group}
    listed = "".join(f", {name if name in used else 'CAST(NULL AS text)'}" for name in names)
    which = "".join(f", {f'GROUPING({name})' if name in used else '1'}" for name in names)
    sets = ["(month)", *(f"({', '.join(('late', *group))})" for group in groups)]
    timed = measure.unit is Unit.HOURS
    amounts = "0, array_agg(hours)" if timed else "sum(counts), CAST(NULL AS float[])"
    return (
        f"(SELECT '{measure.name}', GROUPING(month), month, late, count(*), {amounts}{listed}{which} FROM ("
        f"SELECT measured.*, {MONTH} AS month, CASE WHEN placed_on >= %s THEN 1 ELSE 0 END AS late"
        f" FROM (\n{over(measure)}\n) AS measured WHERE {where}) AS placed GROUP BY GROUPING SETS ({', '.join(sets)}))"
    )


def stand_in(view: str) -> str:
    """What a view is called while other rows stand in its place, or its own that were read once."""
    return f"these_{view}"


def over(measure: Measure) -> str:
    """A measure's text over what stands in the place of its views."""
    return re.sub(rf"\b{SCHEMA}\.(\w+)", lambda found: f'"{stand_in(found[1])}"', measure.text)


def behind(measure: Measure, wanted: Wanted, most: int, first: int = 0) -> tuple[int, list[UUID]]:
    """The rows behind a number, the latest first: how many there are, and one page of them."""
    if not wanted.fits(measure):
        raise ValueError(f"{measure.name} is not split so.")
    where, given = wanted.where()
    question = f"FROM (\n{measure.text}\n) AS measured WHERE {where}"
    total = next(_asked(f"SELECT count(*) {question}", given))[0]
    page = _asked(f"SELECT entry {question} ORDER BY placed_on DESC, entry LIMIT %s OFFSET %s", [*given, most, first])
    return total, [row[0] for row in page]


# The planner knows nothing of rows that were read once, and would look through all of them for each of the others;
# and to compile the policies takes longer than to count.
_PLAN = "SET LOCAL jit = off", "SET LOCAL enable_nestloop = off"
_AS_BEFORE = "SET LOCAL jit = on", "SET LOCAL enable_nestloop = on"


def _asked(question: str, given: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        for setting in _PLAN:
            cursor.execute(setting)
        cursor.execute(question, list(given))
        rows = cursor.fetchall()
        for setting in _AS_BEFORE:
            cursor.execute(setting)
    yield from rows

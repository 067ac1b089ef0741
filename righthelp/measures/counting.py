"""Counting: a measure's one text, asked for its months, its splits, or the rows behind one of its numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

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


def count(measure: Measure, wanted: Wanted, by: Sequence[tuple[str, ...]] = (), lately: date | None = None) -> Counted:
    """Count a measure by month, and since `lately` by each group of splits: one question, however many rows."""
    if not wanted.fits(measure):
        raise ValueError(f"{measure.name} is not split by {', '.join(name for name, _ in wanted.only)}.")
    groups = [(), *(group for group in by if set(group) <= set(measure.splits))]
    counted = Counted(splits={group: {} for group in groups})
    where, given = wanted.where()
    names = sorted({name for group in groups for name in group})
    sets = ["(month)", *(f"({', '.join(('late', *group))})" for group in groups)]
    what = "array_agg(hours)" if measure.unit is Unit.HOURS else "sum(counts)"
    which = "".join(f", GROUPING({name})" for name in names)
    listed = "".join(f", {name}" for name in names)
    question = (
        f"SELECT GROUPING(month), month, late, count(*), {what}{listed}{which} FROM ("
        f"SELECT measured.*, {MONTH} AS month, CASE WHEN placed_on >= %s THEN 1 ELSE 0 END AS late"
        f" FROM (\n{measure.text}\n) AS measured WHERE {where}) AS placed GROUP BY GROUPING SETS ({', '.join(sets)})"
    )
    for no_month, month, late, of, amount, *rest in _asked(question, [lately or wanted.since, *given]):
        tally = Tally(of=of, hours=amount) if measure.unit is Unit.HOURS else Tally(counts=int(amount), of=of)
        if not no_month:
            counted.months[month] = tally
        elif late:
            values, left_out = dict(zip(names, rest, strict=False)), rest[len(names) :]
            group = {name for name, out in zip(names, left_out, strict=True) if not out}
            key = next(one for one in groups if set(one) == group)
            counted.splits[key][tuple(values[name] for name in key)] = tally
    return counted


def behind(measure: Measure, wanted: Wanted, most: int, first: int = 0) -> tuple[int, list[UUID]]:
    """The rows behind a number, the latest first: how many there are, and one page of them."""
    if not wanted.fits(measure):
        raise ValueError(f"{measure.name} is not split so.")
    where, given = wanted.where()
    question = f"FROM (\n{measure.text}\n) AS measured WHERE {where}"
    total = next(_asked(f"SELECT count(*) {question}", given))[0]
    page = _asked(f"SELECT entry {question} ORDER BY placed_on DESC, entry LIMIT %s OFFSET %s", [*given, most, first])
    return total, [row[0] for row in page]


def values_of(measure: Measure, split: str, wanted: Wanted) -> list[str]:
    """The values of a split that occur."""
    where, given = wanted.where()
    question = f"SELECT DISTINCT {split} FROM (\n{measure.text}\n) AS measured WHERE {where} ORDER BY 1"
    return [row[0] for row in _asked(question, given)]


def _asked(question: str, given: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(given))
        yield from cursor.fetchall()

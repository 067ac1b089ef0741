"""Counting: a measure's one text, asked for its months, its splits, or the rows behind one of its numbers.

What is asked is the same wherever the rows are (`engines`): in the county's database, under the reader's own rights, or
in files of one authority or of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from righthelp.measures.engines import Engine, Postgres
from righthelp.measures.questions import PLACE, Asked, over, question, stand_in
from righthelp.measures.registry import Measure

__all__ = ["Counted", "Tally", "Wanted", "behind", "count", "over", "stand_in"]


@dataclass(frozen=True)
class Wanted:
    """Which rows of a measure: those placed from one day to another (both included), told by whom, and so on."""

    since: date
    until: date
    only: tuple[tuple[str, str], ...] = ()  # a split, and the one of its values that is wanted
    counting: bool = False  # of a share, only those that count towards it

    def fits(self, measure: Measure) -> bool:
        """Whether the measure can be narrowed in this way."""
        return all(name in measure.every_split for name, _ in self.only)


@dataclass
class Tally:
    """How many, of how many; and the amounts, where amounts are measured: each with how many times it came."""

    counts: int = 0
    of: int = 0
    amounts: Counter[float] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.of += other.of
        self.amounts.update(other.amounts)


@dataclass
class Counted:
    """A measure, counted: by month (2026-03 is 202603), and by each group of splits over the later days."""

    months: dict[int, Tally] = field(default_factory=lambda: defaultdict(Tally))
    splits: dict[tuple[str, ...], dict[tuple[str, ...], Tally]] = field(default_factory=dict)
    # Of each group of splits and its values, month by month; only where `count` was asked for it.
    split_months: dict[tuple[str, ...], dict[tuple[str, ...], dict[int, Tally]]] = field(default_factory=dict)


def count(
    measures: Sequence[Measure],
    wanted: Wanted,
    by: Sequence[tuple[str, ...]] = (),
    lately: date | None = None,
    *,
    monthly: bool = False,
    engine: Engine | None = None,
) -> dict[str, Counted]:
    """Count measures by month, and since `lately` by each group of splits: one question, however many of all these.

    Each view is read once for all of them, so that who may see a row is asked once. A group of splits is counted for
    the measures that have them all. `monthly` counts each group month by month, too, over all the days. What stood at
    month ends is split as at the last of them.
    """
    counted: dict[str, Counted] = {}
    asked = []
    engine = engine or Postgres()
    for measure in measures:
        if not wanted.fits(measure):
            raise ValueError(f"{measure.name} is not split by {', '.join(name for name, _ in wanted.only)}.")
        splits = {*measure.every_split, *engine.splits}
        groups = [(), *(group for group in by if set(group) <= splits)]
        counted[measure.name] = Counted(splits={group: {} for group in groups},
                                        split_months={group: {} for group in groups if group and monthly})  # fmt: skip
        for version, since, until in measure.spans(wanted.since, wanted.until):
            asked.append(Asked(version, since, until, wanted.only, wanted.counting, groups,
                               _late(measure, wanted, lately), monthly))  # fmt: skip
    if not asked:
        return counted
    made = question(asked, engine)
    for row in engine.ask(made.text, made.given):
        _take(counted, made.names, row, engine)
    return counted


def _late(measure: Measure, wanted: Wanted, lately: date | None) -> date:
    """From which day on rows are split. Of what stood at month ends: at the last of them alone."""
    if measure.snapshot:
        return wanted.until.replace(day=1)
    return lately or wanted.since


def _take(counted: dict[str, Counted], names: Sequence[str], row: Sequence[Any], engine: Engine) -> None:
    name, no_late, month, late, of, counts, amounts, *rest = row
    tally = Tally(int(counts or 0), int(of), engine.amounts(amounts))
    values, left_out = dict(zip(names, rest, strict=False)), rest[len(names) :]
    there = {split for split, out in zip(names, left_out, strict=True) if not out}
    found = counted[name]
    group = next(one for one in found.splits if set(one) == there)
    key = tuple(PLACE if values[split] is None else str(values[split]) for split in group)
    if no_late and not group:
        found.months[month].add(tally)
    elif no_late:
        found.split_months[group].setdefault(key, defaultdict(Tally))[month].add(tally)
    elif late:
        found.splits[group].setdefault(key, Tally()).add(tally)


def behind(measure: Measure, wanted: Wanted, most: int, first: int = 0) -> tuple[int, list[UUID]]:
    """The rows behind a number, the latest first: how many there are, and one page of them."""
    if not wanted.fits(measure):
        raise ValueError(f"{measure.name} is not split so.")
    engine = Postgres()
    asked = [Asked(version, since, until, wanted.only, wanted.counting)
             for version, since, until in measure.spans(wanted.since, wanted.until)]  # fmt: skip
    total, page = engine.behind(asked, most, first)
    return total, page


def as_sequence(amounts: Mapping[float, int]) -> list[float]:
    """Every amount, as often as it came."""
    return [amount for amount, times in sorted(amounts.items()) for _ in range(times)]

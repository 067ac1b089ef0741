"""The rows of measures, sorted into the cells of a release: each month, each place of the year, yes and no."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from righthelp.kernel.suppression import Count
from righthelp.measures.analysis import view
from righthelp.measures.definition import COMMON, Measure, Unit
from righthelp.measures.engines import Postgres
from righthelp.measures.facts import NOT_KNOWN
from righthelp.measures.questions import ADULT, AGES, Asked, placed, reading
from righthelp.packs import pack
from righthelp.processes.statistics_release.periods import Period, year_of

ALL, YES, NO = "", "yes", "no"  # the sides of a measure: every row of it, or of a share those that count and the rest
TURNS = 2**64
PUBLIC = "The public"


class Cell(NamedTuple):
    """One number that may be published."""

    measure: str
    version: int
    side: str
    period: str
    split: str = ""
    of_split: str = ""


class Row(NamedTuple):
    """One thing that is counted."""

    measure: str
    entry: UUID
    month: str
    counts: int
    amount: float | None
    splits: tuple[str, ...]


@dataclass
class Held:
    """What a cell holds: which entries, their draw, and the amounts where amounts are measured."""

    number: int = 0
    turn: int = 0
    entries: set[UUID] = field(default_factory=set)
    amounts: list[float] = field(default_factory=list)

    def add(self, row: Row, turn: int) -> None:
        self.number += 1
        self.turn = (self.turn + turn) % TURNS
        self.entries.add(row.entry)
        if row.amount is not None:
            self.amounts.append(row.amount)

    @property
    def count(self) -> Count:
        """As it is protected. The same entries are rounded by the same draw, in whatever table, in every release."""
        return Count(self.number, self.turn / TURNS)


def splits_of(measure: Measure) -> Mapping[str, tuple[str, ...]]:
    """By what a measure is split in public, with all that there can be of each: a name in a list tells of nobody.

    Never by team, agency or school, which are so few that a number speaks of single workers.
    """
    child = view("child")
    ethnicity, sex, locality = (
        _words(child.column(name)) for name in ("ethnicity_group", "sex_words", "locality")
    )  # fmt: skip
    known = {
        "age": (*(band for band, _ in AGES), ADULT),
        "sex": sex,
        "ethnicity": ethnicity,
        "locality": locality,
        "source": (*sorted(code.label for code in pack().codes("agency_kind")), PUBLIC),
    }
    own = [name for name in measure.splits if name in known and name not in COMMON]
    return {name: (*known[name], NOT_KNOWN) for name in (*own, *(name for name in known if name in COMMON))}


def _words(column: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in column.codes.values() if word and word != NOT_KNOWN))


def rows_of(measures: Sequence[Measure], over: Period, *, split: bool) -> Iterator[Row]:
    """The rows of measures placed in a period, under the rights of whoever looks: one question for all of them."""
    engine, given = Postgres(), []  # type: Postgres, list[Any]
    names = sorted({name for measure in measures for name in splits_of(measure)}) if split else []
    asked, parts = [], []
    for measure in measures:
        own = tuple(splits_of(measure)) if split else ()
        for version, since, until in measure.spans(over.since, over.until):
            one = Asked(version, since, until, groups=(own,))
            asked.append(one)
            counts = "1" if measure.unit.of_amounts else "counts"
            amount = "CAST(amount AS double precision)" if measure.unit.of_amounts else "CAST(NULL AS double precision)"
            listed = "".join(f", {name if name in own else 'CAST(NULL AS text)'}" for name in names)
            parts.append(
                f"(SELECT '{measure.name}', entry, to_char(placed_on, 'YYYY-MM'), {counts}, {amount}{listed}"
                f" FROM ({placed(one, engine, given)}) AS published)"
            )
    if not asked:
        return
    for name, entry, month, counts, amount, *values in engine.ask(
        f"{reading(asked, engine)} {' UNION ALL '.join(parts)}", given
    ):
        yield Row(name, entry, month, int(counts or 0), amount, tuple(value or NOT_KNOWN for value in values))


def filled(measures: Sequence[Measure], over: Period) -> dict[Cell, Held]:
    """Every cell of a release, also those in which nothing is."""
    by_name = {measure.name: measure for measure in measures}
    whole_year = over.months == 12
    names = sorted({name for measure in measures for name in splits_of(measure)}) if whole_year else []
    cells: dict[Cell, Held] = defaultdict(Held)
    for cell in _cells(measures, over):
        cells[cell]
    periods = {part.code: [one.code for one in over.within if _lies_in(part, one)] for part in _months(over)}
    last = list(_months(over))[-1].code
    turns: dict[UUID, int] = {}
    for row in rows_of(measures, over, split=whole_year):
        measure = by_name[row.measure]
        turn = turns.get(row.entry)
        if turn is None:
            turn = turns[row.entry] = _turn(row.entry)
        side = _side(measure, row)
        here = [row.month] if measure.snapshot else periods[row.month]
        for code in here:
            cells[Cell(measure.name, measure.version, side, code)].add(row, turn)
        if whole_year and (not measure.snapshot or row.month == last):
            offered = splits_of(measure)
            for name, value in zip(names, row.splits, strict=True):
                if name in offered:
                    of_split = value if value in offered[name] else NOT_KNOWN
                    code = last if measure.snapshot else over.code
                    cells[Cell(measure.name, measure.version, side, code, name, of_split)].add(row, turn)
    return dict(cells)


def sides(measure: Measure) -> tuple[str, ...]:
    """Of a share, those that count and those that do not: two numbers of their own, and their sum is the whole."""
    return (YES, NO) if measure.unit is Unit.SHARE else (ALL,)


def _side(measure: Measure, row: Row) -> str:
    if measure.unit is not Unit.SHARE:
        return ALL
    return YES if row.counts else NO


def _cells(measures: Iterable[Measure], over: Period) -> Iterator[Cell]:
    last = list(_months(over))[-1].code
    for measure in measures:
        periods = [one for one in over.within if one.months == 1 or not measure.snapshot]
        for side in sides(measure):
            for one in periods:
                yield Cell(measure.name, measure.version, side, one.code)
            if over.months == 12:
                for name, values in splits_of(measure).items():
                    code = last if measure.snapshot else over.code
                    for value in values:
                        yield Cell(measure.name, measure.version, side, code, name, value)


def wholes(measures: Iterable[Measure], over: Period) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """What is made up of what: a year of its quarters, a quarter of its months, the year of each of its splits.

    Always of the whole financial year, whichever part of it is published now: the others were, or will be.
    """
    year = year_of(over.since)
    for measure in measures:
        for side in sides(measure):
            if not measure.snapshot:
                for one in year.within:
                    if one.parts:
                        whole = Cell(measure.name, measure.version, side, one.code)
                        yield whole, tuple(whole._replace(period=part.code) for part in one.parts)
            code = list(_months(year))[-1].code if measure.snapshot else year.code
            whole = Cell(measure.name, measure.version, side, code)
            for name, values in splits_of(measure).items():
                yield whole, tuple(whole._replace(split=name, of_split=value) for value in values)


def _months(over: Period) -> Iterator[Period]:
    return (one for one in over.within if one.months == 1)


def _lies_in(month: Period, one: Period) -> bool:
    return one.since <= month.since and month.until <= one.until


def _turn(entry: UUID) -> int:
    """A number that nobody can guess and that is always the same of one entry: the draws are made of these."""
    key = hmac.new(settings.SECRET_KEY.encode(), b"rounding of what is published", "sha256").digest()
    return int.from_bytes(blake2b(UUID(str(entry)).bytes, key=key, digest_size=8).digest(), "big")

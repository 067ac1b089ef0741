"""`./run measure`: a measure's figures by period and split, from the county's database or from files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from righthelp.measures.counting import Counted, Tally, Wanted, count
from righthelp.measures.duck import Files
from righthelp.measures.engines import Engine
from righthelp.measures.figures import SMALL, Figure, figure
from righthelp.measures.periods import Every, Period, custom, periods, tally
from righthelp.measures.registry import Measure, Unit

CAUTION = f"Counts below {SMALL} are among these: somebody could be known by them. They are not for publishing so."


class NotAsked(ValueError):
    """Why this cannot be asked of this measure, in a sentence."""


@dataclass(frozen=True)
class Line:
    """One figure: of which period and which part of the whole."""

    period: str
    values: tuple[str, ...]
    figure: Figure
    tally: Tally


def ask(
    measure: Measure, since: date, until: date, by: Sequence[str] = (), every: Every | None = Every.MONTH,
    *, engine: Engine, files: Files | None = None,
) -> list[Line]:  # fmt: skip
    """The figures of a measure, period by period, and by each value of the splits. Raises `NotAsked`.

    Without `every`, the days are one period. A period that these days only touch is counted in the days that are asked.
    """
    known = (*measure.every_split, *engine.splits)
    if unknown := [name for name in by if name not in known]:
        raise NotAsked(f"{measure.name} is not split by {', '.join(unknown)}. It is by {', '.join(known)}.")
    if since > until:
        raise NotAsked("The first day is after the last.")
    group = tuple(by)
    counted = count([measure], Wanted(since, until), [group] if group else [], monthly=True, engine=engine)[
        measure.name
    ]
    spans = periods(every, since, until) if every else [custom(since, until)]
    return [line for period in spans for line in _lines(measure, counted, group, period, files)]


def _lines(
    measure: Measure, counted: Counted, group: tuple[str, ...], period: Period, files: Files | None
) -> Iterator[Line]:
    months: dict[tuple[str, ...], dict[int, Tally]] = counted.split_months[group] if group else {(): counted.months}
    among = files.children(period.until.year) if files and measure.unit is Unit.RATE else None
    for values in sorted(months):
        found = tally(measure, months[values], period)
        if not group or found.of:
            made = figure(measure, found.counts, found.of, found.amounts, year=period.until.year, among=among)
            yield Line(period.name, values, made, found)


def cautions(measure: Measure, lines: Sequence[Line]) -> list[str]:
    """What must be read with them."""
    small = any(0 < line.tally.of < SMALL or 0 < line.tally.counts < SMALL for line in lines)
    said = [CAUTION] if small else []
    if measure.breaks:
        days = ", ".join(f"{day.day} {day:%B %Y}" for day in measure.breaks)
        said.append(f"Another version of the definition counts from {days}: before and after are not alike.")
    return said

"""A measure's figures, period by period: the table, the run chart that is drawn of it, and what the chart says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from righthelp.measures.counting import Counted, Tally
from righthelp.measures.drawing import Drawing, draw
from righthelp.measures.figures import Figure, figure
from righthelp.measures.periods import Period, tally
from righthelp.measures.registry import Measure, Polarity, Unit
from righthelp.measures.runs import Better, Point, Run, run
from righthelp.measures.runs_in_words import WAYS, Said, against_target, said

Only = tuple[tuple[str, str], ...]
BETTER = {Polarity.HIGH: Better.HIGHER, Polarity.LOW: Better.LOWER, Polarity.CONTEXT: Better.NEITHER}
ALL = 100.0  # per cent


@dataclass(frozen=True)
class Number:
    """A figure on a page, and where it leads."""

    figure: Figure
    href: str = ""


@dataclass(frozen=True)
class Row:
    """A measure in one period."""

    period: Period
    number: Number
    finished: bool
    version: int
    signal: str = ""  # what the chart says of this point, in two words

    @property
    def value(self) -> float | None:
        return self.number.figure.value


@dataclass(frozen=True)
class Chart:
    """A run chart, drawn and in words."""

    title: str
    drawing: Drawing | None
    said: Said
    expects: str  # what the usual range says of the target
    caption: str
    first: str = ""
    last: str = ""
    lowest: str = ""
    highest: str = ""

    @property
    def counted(self) -> bool:
        return self.drawing is not None

    @property
    def way(self) -> str:
        """What the last points are, in a few words."""
        return WAYS[self.said.way]


def address(measure: Measure, since: date, until: date, only: Only) -> str:
    """Where a number leads: the rows that it was made from."""
    asked = {**dict(only), "since": since.isoformat(), "until": until.isoformat()}
    return f"{reverse('measure_rows', args=[measure.name])}?{urlencode(asked)}"


def number(measure: Measure, found: Tally, period: Period, only: Only, before: Sequence[float | None] = ()) -> Number:
    """A figure of a tally, with the way to what it was made from."""
    made = figure(measure, found.counts, found.of, found.amounts, before=before, year=period.until.year)
    if not found.of:
        return Number(made)
    since = period.until.replace(day=1) if measure.snapshot else period.since
    return Number(made, address(measure, since, period.until, only))


def rows(measure: Measure, counted: Counted, periods: Sequence[Period], today: date, only: Only) -> list[Row]:
    """A measure period by period, from the first in which anything was counted."""
    found: list[Row] = []
    values: list[float | None] = []
    for whole in periods:
        period = Period(whole.name, whole.since, min(whole.until, today))  # of what stands, the latest that is known
        there = tally(measure, counted.months, period)
        if not found and not there.of:
            continue
        made = number(measure, there, period, only, values)
        version = measure.spans(period.since, period.until)[-1][0].version
        found.append(Row(period, made, whole.over(today), version))
        values.append(made.figure.value)
    return found


def chart(measure: Measure, found: Sequence[Row], *, noun: str = "month", limits: bool = True) -> Chart:
    """The run chart of these rows. Periods that overlap have no usual range: each shares most of the one before."""
    worked = worked_out(measure, found)
    if not limits:
        worked = Run(worked.points, (), {}, worked.least, worked.most)
    better, target = BETTER[measure.polarity], measure.target
    says = said(worked, better, noun) if limits else Said("unknown", "")
    counted = any(row.value is not None for row in found)
    drawing = draw(worked, better, target) if counted else None
    return Chart(
        title=f"{measure.title}, by {noun}",
        drawing=drawing,
        said=says,
        expects=against_target(worked, target, better),
        caption=_caption(measure, found, worked) if drawing else "",
        first=found[0].period.name if found else "",
        last=found[-1].period.name if found else "",
        lowest=in_words(measure, drawing.lowest) if drawing else "",
        highest=in_words(measure, drawing.highest) if drawing else "",
    )


def worked_out(measure: Measure, found: Sequence[Row]) -> Run:
    """The chart's arithmetic."""
    points = [Point(row.period.name, row.value, row.version, row.finished) for row in found]
    return run(points, least=0, most=ALL if measure.unit is Unit.SHARE else None)


def marked(measure: Measure, found: Sequence[Row]) -> list[Row]:
    """The same rows, each that belongs to a signal saying so."""
    worked, better = worked_out(measure, found), BETTER[measure.polarity]
    marks = {}
    for place, signal in worked.signals.items():
        if better is Better.NEITHER:
            marks[place] = WAYS["changed"]
        else:
            marks[place] = WAYS["better" if signal.higher is (better is Better.HIGHER) else "worse"]
    return [Row(row.period, row.number, row.finished, row.version, marks.get(place, ""))
            for place, row in enumerate(found)]  # fmt: skip


def in_words(measure: Measure, value: float) -> str:
    """A value on a scale, with its unit."""
    shown = f"{value:,.0f}" if measure.unit is Unit.NUMBER and value == int(value) else f"{round(value, 1):,g}"
    if measure.unit is Unit.SHARE:
        return f"{shown}%"
    if measure.unit in {Unit.HOURS, Unit.DAYS}:
        return f"{shown} {measure.unit.value if value != 1 else measure.unit.value.removesuffix('s')}"
    return shown


def _caption(measure: Measure, found: Sequence[Row], worked: Run) -> str:
    parts = [f"{found[0].period.name} to {found[-1].period.name}."]
    if worked.now and worked.now.limits:
        limits = worked.now.limits
        parts.append(
            f"Usual range (shaded) {in_words(measure, limits.lower)} to {in_words(measure, limits.upper)}, "
            f"middle {in_words(measure, limits.middle)}."
        )
    if measure.target is not None:
        parts.append(f"Target (dashed line) {in_words(measure, measure.target)}.")
    for stretch in worked.stretches[1:]:
        parts.append(f"From {found[stretch.first].period.name} (upright line) version {stretch.version} counts.")
    if found and not found[-1].finished:
        parts.append("The hollow point is not over yet.")
    return " ".join(parts)

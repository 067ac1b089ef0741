"""The boards: one for each service, and one of the measures that matter, by area of the improvement plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from righthelp.guard.viewers import AsWorker
from righthelp.measures.charts import Chart, Number, Only, Row, chart, in_words, number, rows
from righthelp.measures.counting import Counted, Tally, Wanted, count
from righthelp.measures.periods import Every, Period, tally
from righthelp.measures.readers import kept
from righthelp.measures.registry import AREAS, COMMON, SERVICES, Measure, Polarity, Unit, board, by_area
from righthelp.measures.shown_periods import Shown

MATTER = "matter"
MATTER_TITLE = "Measures that matter"
CLOCKS = "Every clock of these services"
# Splits of measures' own, as a page calls them.
OWN_SPLITS = {
    "source": "Kind of source",
    "agency": "Agency or school",
    "outcome": "Outcome",
    "change": "What was changed",
}
FEW = 10  # of fewer, one child more or less moves a share by more than ten points
LEAST_SIDE_BY_SIDE = 2  # measures, for a table that sets them side by side


@dataclass(frozen=True)
class Named:
    """A board: its address, its title, and its measures under their headings."""

    key: str
    title: str
    groups: tuple[tuple[str, tuple[Measure, ...]], ...]

    @property
    def heading(self) -> str:
        """What its page is called."""
        return self.title if self.key == MATTER else f"{self.title}: measures"

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple({measure.name: measure for _, group in self.groups for measure in group}.values())

    @property
    def splits(self) -> dict[str, str]:
        """The ways in which several of its measures can be set side by side, each with its name."""
        own = list(dict.fromkeys(split for measure in self.measures for split in measure.splits))
        shared = [name for name in own
                  if sum(name in measure.splits for measure in self.measures) >= LEAST_SIDE_BY_SIDE]  # fmt: skip
        return {name: split_title(name) for name in (*shared, *COMMON)}


@dataclass(frozen=True)
class Line:
    """One measure on a board."""

    measure: Measure
    month: Number
    year: Number
    before: Number
    chart: Chart
    rows: tuple[Row, ...]

    @property
    def target(self) -> str:
        """In words; empty where there is none."""
        return "" if self.measure.target is None else in_words(self.measure, self.measure.target)


@dataclass(frozen=True)
class Cell:
    """A figure of a split, and whether it is of few."""

    label: str
    number: Number
    few: bool = False


@dataclass(frozen=True)
class SideBySide:
    """Measures set side by side, split in one way."""

    split: str
    title: str
    period: Period
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def table_heads(self) -> list[str | dict[str, object]]:
        return [self.title, *({"label": head, "numeric": True} for head in self.heads)]


@dataclass(frozen=True)
class Page:
    """A whole board, as at a moment."""

    board: Named
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    side_by_side: SideBySide | None
    left_out: tuple[Measure, ...]  # what cannot be narrowed as was asked
    made_at: datetime
    only: Only = ()
    lines: tuple[Line, ...] = field(init=False)

    def __post_init__(self) -> None:
        lines = {line.measure.name: line for _, group in self.groups for line in group}
        object.__setattr__(self, "lines", tuple(lines.values()))


def split_title(name: str) -> str:
    """What a way of splitting is called."""
    return COMMON.get(name) or OWN_SPLITS.get(name) or name.replace("_", " ").capitalize()


def boards() -> list[Named]:
    """Every service's board that has a measure."""
    return [found for service in SERVICES if (found := of_service(service)).measures]


def of_service(service: str) -> Named:
    """The board of one service: its own measures, then those that its clocks make."""
    written = tuple(measure for measure in board(service) if measure.written)
    clocks = tuple(measure for measure in board(service) if not measure.written)
    groups = (("", written), ("Every clock", clocks))
    return Named(service, SERVICES[service], tuple((title, group) for title, group in groups if group))


def that_matter() -> Named:
    """The measures that matter, by area of the improvement plan; areas of which nothing is measured are left out."""
    groups = ((f"{area}. {title}", by_area(area)) for area, title in AREAS.items())
    return Named(MATTER, MATTER_TITLE, tuple((title, group) for title, group in groups if group))


def named(key: str) -> Named | None:
    """A board by its key; none where nothing is measured."""
    if key == MATTER:
        found = that_matter()
    elif key in SERVICES:
        found = of_service(key)
    else:
        return None
    return found if found.measures else None


def page_for(viewer: AsWorker, of: Named, only: Only, by: str, now: datetime) -> Page:
    """A board as this viewer may see it."""
    return kept(viewer, ("board", of.key, only, by), now, lambda: made(of, only, by, now))


def made(of: Named, only: Only, by: str, now: datetime) -> Page:
    """A board, counted."""
    shown = Shown(timezone.localdate(now))
    wanted = Wanted(shown.first, shown.today, only)
    fitting = [measure for measure in of.measures if wanted.fits(measure)]
    counted = count(fitting, wanted, [(by,)] if by else [], lately=shown.year.since)
    lines = {measure.name: line_of(measure, counted[measure.name], shown, only) for measure in fitting}
    groups = tuple(
        (title, tuple(lines[measure.name] for measure in group if measure.name in lines)) for title, group in of.groups
    )
    return Page(
        of,
        tuple((title, group) for title, group in groups if group),
        _side_by_side(by, fitting, counted, shown, only) if by else None,
        tuple(measure for measure in of.measures if measure.name not in lines),
        now,
        only,
    )


def line_of(measure: Measure, counted: Counted, shown: Shown, only: Only) -> Line:
    """One measure, from what was counted."""
    months = rows(measure, counted, shown.of(Every.MONTH), shown.today, only)
    last = next((row.number for row in months if row.period.since == shown.last_month.since), None)
    return Line(
        measure,
        month=last or number(measure, Tally(), shown.last_month, only),
        year=over(measure, counted, shown.year, only),
        before=over(measure, counted, shown.year_before, only),
        chart=chart(measure, months),
        rows=tuple(months),
    )


def over(measure: Measure, counted: Counted, period: Period, only: Only) -> Number:
    """A measure over a longer period."""
    return number(measure, tally(measure, counted.months, period), period, only)


def _side_by_side(
    by: str, measures: Sequence[Measure], counted: dict[str, Counted], shown: Shown, only: Only
) -> SideBySide:
    there = [measure for measure in measures if by in measure.every_split]
    splits = {measure.name: counted[measure.name].splits.get((by,), {}) for measure in there}
    there = [measure for measure in there if any(splits[measure.name].values())]
    values = sorted({value for found in splits.values() for (value,) in found}, key=in_order)
    rows = []
    for value in values:
        cells = []
        for measure in there:
            found = splits[measure.name].get((value,), Tally())
            narrowed = (*((name, kept) for name, kept in only if name != by), (by, value))
            cells.append(cell(measure, found, shown.year_and_now, narrowed))
        rows.append((value, tuple(cells)))
    return SideBySide(by, split_title(by), shown.year_and_now, tuple(one.title for one in there), tuple(rows))


def cell(measure: Measure, found: Tally, period: Period, only: Only) -> Cell:
    """A figure of part of the whole; marked where it is of few, for all but a number, which says itself how many."""
    few = 0 < found.of < FEW and measure.unit is not Unit.NUMBER
    return Cell(measure.title, number(measure, found, period, only), few)


# Bands of age from the youngest; what is not known, or is no part of the county, last.
FIRST, LAST = ("Unborn", "Under 1", "1 to 4", "5 to 9"), ("Elsewhere", "No team", "Not known")


def in_order(value: str) -> tuple[int, int, str]:
    """Where a value of a split stands in a table."""
    if value in FIRST:
        return 0, FIRST.index(value), value
    return (2, LAST.index(value), value) if value in LAST else (1, 0, value)


def better_words(measure: Measure) -> str:
    """Which way is better, in words."""
    return {
        Polarity.HIGH: "higher",
        Polarity.LOW: "lower",
        Polarity.CONTEXT: "neither: it is there to be asked about",
    }[measure.polarity]

"""A measure's own page: its chart, its periods, others beside it, how its amounts are spread, its splits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.utils import timezone

from righthelp.guard.viewers import AsWorker
from righthelp.measures.boards import Cell, cell, in_order, split_title
from righthelp.measures.charts import Chart, Number, Only, Row, chart, marked, number, rows
from righthelp.measures.comparing import Compared, compared
from righthelp.measures.counting import Counted, Tally, Wanted, count
from righthelp.measures.figures import Amounts, Spread, buckets, edges, spread_of
from righthelp.measures.periods import Every, Period, tally
from righthelp.measures.readers import kept
from righthelp.measures.registry import Measure, Unit
from righthelp.measures.shown_periods import Shown
from righthelp.packs import pack

# The lengths of period that a page offers, and what one of each is called.
LENGTHS = {
    "month": (Every.MONTH, "Months", "month"),
    "half": (Every.SIX_MONTHS, "Six months", "half-year"),
    "rolling": (Every.ROLLING_YEAR, "Rolling years", "rolling year"),
    "financial": (Every.FINANCIAL_YEAR, "Financial years", "financial year"),
}
MONTH = "month"
MOST_VALUES = 60  # of one split: a list of every school is read as a file


@dataclass(frozen=True)
class Bar:
    """One bar of a picture of how amounts are spread."""

    label: str
    how_many: int
    share: float  # of the longest bar, in a hundred


@dataclass(frozen=True)
class Spreads:
    """How amounts are spread, in words and as bars."""

    period: Period
    of: Spread
    unit: str
    words: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Part:
    """One value of a split."""

    value: str
    year: Cell
    before: Number
    month: Number  # the one that is not over
    share: float  # of the picture's width
    narrowed: Only

    @property
    def query(self) -> str:
        """The measure's page, of this part alone."""
        return urlencode(dict(self.narrowed))


@dataclass(frozen=True)
class Split:
    """A measure by one of its splits."""

    name: str
    title: str
    parts: tuple[Part, ...]
    whole: float  # where the whole county's figure lies, of the picture's width
    left_out: int = 0

    @property
    def heads(self) -> list[str]:
        return [self.title, "Last 12 whole months", "Drawn", "The 12 before", "This month so far"]


@dataclass(frozen=True)
class Sheet:
    """The whole page, as at a moment."""

    measure: Measure
    only: Only
    every: str
    noun: str
    month: Number
    year: Number
    before: Number
    chart: Chart  # by month
    longer: Chart | None  # by the longer period that was asked for
    rows: tuple[Row, ...]  # of the periods that were asked for, the oldest first
    compared: tuple[Compared, ...]
    spread: Spreads | None
    splits: tuple[Split, ...]
    shown: Shown
    made_at: datetime

    @property
    def has_whole(self) -> bool:
        """Whether the figure of the whole is drawn beside its parts."""
        return any(split.whole for split in self.splits)


def sheet_for(viewer: AsWorker, measure: Measure, only: Only, every: str, now: datetime) -> Sheet:
    """A measure's page as this viewer may see it."""
    return kept(viewer, ("sheet", measure.name, only, every), now, lambda: made(measure, only, every, now))


def made(measure: Measure, only: Only, every: str, now: datetime) -> Sheet:
    """A measure's page, counted."""
    shown = Shown(timezone.localdate(now))
    groups = [(name,) for name in measure.every_split]
    (counted,) = count(
        [measure], Wanted(shown.first, shown.today, only), groups, lately=shown.year.since, monthly=True
    ).values()
    length, _, noun = LENGTHS[every]
    months = rows(measure, counted, shown.of(Every.MONTH), shown.today, only)
    periods = months if every == MONTH else rows(measure, counted, shown.of(length), shown.today, only)
    if length is Every.ROLLING_YEAR and months:  # a year of which some months were never counted is no year
        periods = [row for row in periods if row.period.since >= months[0].period.since]
    last = next((row.number for row in months if row.period.since == shown.last_month.since), None)
    year = number(measure, tally(measure, counted.months, shown.year), shown.year, only)
    return Sheet(
        measure,
        only,
        every,
        noun,
        month=last or number(measure, Tally(), shown.last_month, only),
        year=year,
        before=number(measure, tally(measure, counted.months, shown.year_before), shown.year_before, only),
        chart=chart(measure, months),
        longer=None if every == MONTH else chart(measure, periods, noun=noun, limits=False),
        rows=tuple(marked(measure, periods) if every == MONTH else periods),
        compared=() if only else tuple(compared(measure, year.figure, pack().benchmarks())),
        spread=_spread(measure, counted, shown),
        splits=tuple(split for name in measure.every_split if (split := _split(measure, counted, name, shown, only))),
        shown=shown,
        made_at=now,
    )


def _spread(measure: Measure, counted: Counted, shown: Shown) -> Spreads | None:
    """How the amounts of the last twelve months are spread: the range, and not only the middle."""
    period = shown.year_and_now
    amounts: Amounts = tally(measure, counted.months, period).amounts
    found = spread_of(amounts)
    if found is None:
        return None
    unit = measure.taken or ("" if measure.unit is Unit.EACH else measure.unit.value)
    words = (
        ("Least", found.least),
        ("One in ten at most", found.tenth),
        ("A quarter at most", found.quarter),
        ("Half at most (the middle)", found.middle),
        ("Three quarters at most", found.three_quarters),
        ("Nine in ten at most", found.nine_in_ten),
        ("Most", found.most),
        ("Mean", found.mean),
    )
    there = buckets(amounts, edges(amounts))
    longest = max(bucket.how_many for bucket in there)
    bars = tuple(
        Bar(
            f"Less than {bucket.below:g}" if not bucket.since and bucket.below
            else f"{bucket.since:g} or more" if bucket.below is None
            else f"{bucket.since:g} to under {bucket.below:g}",
            bucket.how_many,
            round(100 * bucket.how_many / longest, 1) if longest else 0.0,
        )
        for bucket in there
    )  # fmt: skip
    return Spreads(period, found, unit, tuple((name, _amount(value, unit)) for name, value in words), bars)


def _amount(value: float, unit: str) -> str:
    shown = f"{round(value, 1):,g}"
    return f"{shown} {unit.removesuffix('s') if shown == '1' else unit}".strip()


def _split(measure: Measure, counted: Counted, name: str, shown: Shown, only: Only) -> Split | None:
    """A measure by one split over the last twelve whole months, and the twelve before."""
    if name in dict(only):
        return None
    months = counted.split_months.get((name,), {})
    found: list[tuple[str, Cell, Number, Number, Only]] = []
    for (value,), by_month in sorted(months.items(), key=lambda pair: in_order(pair[0][0])):
        narrowed = (*only, (name, value))
        year, before, month = (tally(measure, by_month, one) for one in (shown.year, shown.year_before, shown.month))
        if year.of or before.of or month.of:
            found.append((value, cell(measure, year, shown.year, narrowed),
                          number(measure, before, shown.year_before, narrowed),
                          number(measure, month, shown.month, narrowed), narrowed))  # fmt: skip
    whole = number(measure, tally(measure, counted.months, shown.year), shown.year, only).figure.value
    part_of_whole = measure.unit not in {Unit.NUMBER, Unit.RATE}  # else the whole is the sum of the parts
    values = [one.number.figure.value or 0 for _, one, _, _, _ in found]
    most = max([*values, whole or 0 if part_of_whole else 0], default=0)
    if len(found) < 2 and all(value in {"Not known", "No team"} for value, *_ in found):
        return None
    if len(found) > MOST_VALUES:
        found = sorted(found, key=lambda one: -(one[1].number.figure.of or 0))[:MOST_VALUES]
    return Split(
        name,
        split_title(name),
        tuple(Part(value, year, before, month, _of(year.number.figure.value, most), narrowed)
              for value, year, before, month, narrowed in found),
        _of(whole, most) if part_of_whole else 0.0,
        left_out=max(0, len(values) - MOST_VALUES),
    )  # fmt: skip


def _of(value: float | None, most: float) -> float:
    return round(100 * (value or 0) / most, 1) if most else 0.0

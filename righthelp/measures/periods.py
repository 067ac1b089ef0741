"""The periods in which a figure may be read: a month, a quarter, six months, a year that rolls, a financial year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta

from righthelp.measures.counting import Tally
from righthelp.measures.registry import Measure

APRIL = 4


class Every(Enum):
    """How long a period is, and where it begins."""

    MONTH = "month"
    QUARTER = "quarter"  # of the financial year
    SIX_MONTHS = "six months"  # April to September, October to March
    ROLLING_YEAR = "rolling year"  # the twelve months to the end of each month
    FINANCIAL_YEAR = "financial year"


@dataclass(frozen=True)
class Period:
    """Whole days from one to another, both included, and what they are called."""

    name: str
    since: date
    until: date

    @property
    def months(self) -> list[int]:
        """The months that it touches: 202603 is March 2026."""
        first, found = self.since.replace(day=1), []
        while first <= self.until:
            found.append(number(first))
            first += relativedelta(months=1)
        return found

    def over(self, today: date) -> bool:
        """Whether it is over."""
        return self.until < today


def number(day: date) -> int:
    """A month as a number."""
    return day.year * 100 + day.month


def periods(every: Every, since: date, until: date) -> list[Period]:
    """The periods that touch these days, the oldest first. The last may not be over."""
    if every is Every.ROLLING_YEAR:
        return [_rolling(month) for month in _firsts(since.replace(day=1), until, 1)]
    length = {Every.MONTH: 1, Every.QUARTER: 3, Every.SIX_MONTHS: 6, Every.FINANCIAL_YEAR: 12}[every]
    start = since.replace(day=1)
    while (start.month - APRIL) % length:
        start -= relativedelta(months=1)
    return [_named(every, first, length) for first in _firsts(start, until, length)]


def custom(since: date, until: date) -> Period:
    """Any days. Of days that are no whole months a measure is counted anew."""
    return Period(f"{_day(since)} to {_day(until)}", since, until)


def tally(measure: Measure, months: Mapping[int, Tally], period: Period) -> Tally:
    """What a measure comes to in a period of whole months: the sum of them, or what stood at the last of them."""
    there = [month for month in period.months if month in months]
    if measure.snapshot:
        # A month at whose end nothing stood has no tally: its figure is nothing, and not that of an earlier month.
        return months.get(period.months[-1], Tally())
    whole = Tally()
    for month in there:
        whole.add(months[month])
    return whole


def before(values: Sequence[float | None], place: int) -> Sequence[float | None]:
    """The figures of the periods before one, for its light."""
    return values[:place]


def _firsts(start: date, until: date, length: int) -> list[date]:
    found = []
    while start <= until:
        found.append(start)
        start += relativedelta(months=length)
    return found


def _rolling(month: date) -> Period:
    until = month + relativedelta(months=1) - timedelta(days=1)
    return Period(f"Year to {until:%B %Y}", month - relativedelta(months=11), until)


def _named(every: Every, first: date, length: int) -> Period:
    until = first + relativedelta(months=length) - timedelta(days=1)
    if every is Every.MONTH:
        return Period(f"{first:%B %Y}", first, until)
    if every is Every.FINANCIAL_YEAR:
        return Period(f"{first.year}/{(first.year + 1) % 100:02}", first, until)
    begins = f"{first:%B}" if first.year == until.year else f"{first:%B %Y}"
    return Period(f"{begins} to {until:%B %Y}", first, until)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

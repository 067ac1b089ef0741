"""The periods that a measure is read by: months, half-years, years that roll, and financial years. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from dateutil.relativedelta import relativedelta

YEARS = 5  # of months on a chart
APRIL = 4  # with which a council's year begins


class Length(Enum):
    """How long a period is. A half-year and a financial year begin in April, as the county's reports do."""

    MONTH = "month"
    HALF = "half"
    ROLLING = "rolling"
    FINANCIAL = "financial"

    @property
    def title(self) -> str:
        return {
            Length.MONTH: "Months",
            Length.HALF: "Six months",
            Length.ROLLING: "Rolling years",
            Length.FINANCIAL: "Financial years",
        }[self]

    @property
    def noun(self) -> str:
        """What one of them is called in a sentence."""
        return {
            Length.MONTH: "month",
            Length.HALF: "half-year",
            Length.ROLLING: "rolling year",
            Length.FINANCIAL: "financial year",
        }[self]


@dataclass(frozen=True)
class Span:
    """One period: what it is called, its first and last day, and whether it is over."""

    label: str
    since: date
    until: date
    finished: bool = True


@dataclass(frozen=True)
class Periods:
    """The periods that end with today: whole ones, and the one that is not over."""

    today: date

    @property
    def this_month(self) -> date:
        return self.today.replace(day=1)

    @property
    def first(self) -> date:
        """The first day that is counted: an April, so that whole years and halves come first."""
        start = self.this_month - relativedelta(years=YEARS)
        return start.replace(year=start.year - (start.month < APRIL), month=APRIL)

    @property
    def last_day(self) -> date:
        """Of the last whole month."""
        return self.this_month - relativedelta(days=1)

    @property
    def year(self) -> date:
        """The first day of the last twelve whole months."""
        return self.this_month - relativedelta(months=12)

    @property
    def last_month(self) -> Span:
        return self.spans[Length.MONTH][-2]

    @property
    def last_year(self) -> Span:
        """The last twelve whole months."""
        return Span("Last 12 whole months", self.year, self.last_day)

    @property
    def year_before(self) -> Span:
        return Span("The 12 before", self.year - relativedelta(months=12), self.year - relativedelta(days=1))

    @property
    def year_and_now(self) -> Span:
        """The last twelve whole months and this one so far: what splits are counted over."""
        return Span("Last 12 months and this one so far", self.year, self.today, finished=False)

    @cached_property
    def months(self) -> list[date]:
        """The first day of each month, the present one last."""
        return list(_steps(self.first, self.this_month, 1))

    @cached_property
    def spans(self) -> dict[Length, list[Span]]:
        """The periods of each length, the oldest first; the last may not be over."""
        start = self.this_month - relativedelta(years=YEARS)
        ends = [month + relativedelta(months=1, days=-1) for month in self.months]
        whole = [end for end in ends if end < self.today and end - relativedelta(years=1) >= self.first - _DAY]
        return {
            Length.MONTH: [self._span(f"{month:%B %Y}", month, 1) for month in self.months if month >= start],
            Length.HALF: [
                self._span(f"{half:%B %Y} to {half + relativedelta(months=5):%B %Y}", half, 6)
                for half in _steps(self.first, self.this_month, 6)
            ],
            Length.ROLLING: [
                Span(f"Year to {end.day} {end:%B %Y}", end + _DAY - relativedelta(years=1), end) for end in whole
            ],
            Length.FINANCIAL: [
                self._span(f"{april.year}-{(april.year + 1) % 100:02}", april, 12)
                for april in _steps(self.first, self.this_month, 12)
            ],
        }

    def _span(self, label: str, since: date, months: int) -> Span:
        until = since + relativedelta(months=months, days=-1)
        return Span(label, since, min(until, self.today), finished=until < self.today)


_DAY = relativedelta(days=1)


def _steps(first: date, last: date, months: int) -> Iterator[date]:
    at = first
    while at <= last:
        yield at
        at += relativedelta(months=months)


def number_of(month: date) -> int:
    """A month as the counting knows it: March 2026 is 202603."""
    return month.year * 100 + month.month

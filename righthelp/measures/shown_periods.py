"""The periods that a page of measures shows on a day: five years of months, the last twelve, those before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dateutil.relativedelta import relativedelta

from righthelp.measures.periods import Every, Period, periods

YEARS = 5  # of months on a chart
APRIL = 4  # with which a council's year begins


@dataclass(frozen=True)
class Shown:
    """The periods that end with today: whole ones, and the one that is not over."""

    today: date

    @property
    def this_month(self) -> date:
        return self.today.replace(day=1)

    @property
    def start(self) -> date:
        """The first month of a chart."""
        return self.this_month - relativedelta(years=YEARS)

    @property
    def first(self) -> date:
        """The first day that is counted: an April, so that the oldest year and half-year are whole."""
        return date(self.start.year - (self.start.month < APRIL), APRIL, 1)

    @property
    def last_day(self) -> date:
        """Of the last whole month."""
        return self.this_month - relativedelta(days=1)

    @cached_property
    def last_month(self) -> Period:
        return self.of(Every.MONTH)[-2]

    @cached_property
    def month(self) -> Period:
        """The one that is not over."""
        return Period("This month so far", self.this_month, self.today)

    @cached_property
    def year(self) -> Period:
        return Period("Last 12 whole months", self.this_month - relativedelta(months=12), self.last_day)

    @cached_property
    def year_before(self) -> Period:
        return Period("The 12 before", *_months_earlier(self.year, 12))

    @cached_property
    def year_and_now(self) -> Period:
        """What splits are counted over."""
        return Period("Last 12 months and this one so far", self.year.since, self.today)

    def of(self, every: Every) -> list[Period]:
        """The periods of a length, the oldest first; the last may not be over."""
        since = self.start if every is Every.MONTH else self.first
        found = periods(every, since, self.today)
        if every is Every.ROLLING_YEAR:  # a year that has not begun to be counted, or is not over, is no year
            return [period for period in found if period.since >= self.first and period.over(self.today)]
        return found


def _months_earlier(period: Period, months: int) -> tuple[date, date]:
    since = period.since - relativedelta(months=months)
    return since, period.since - relativedelta(days=1)

"""The year that a return speaks of, and the days that rules count from.

Department for Education: the census year of the return with reference date 31 March 2026 begins on 1 April 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
_FIRST_CENSUS, _LAST_THAT_CAN_BE_MEANT = 2009, 2100  # years in whose March a return ends


class CannotRun(Exception):
    """A rule cannot be asked of these tables; the message says why, in a sentence."""


@dataclass(frozen=True)
class Census:
    """The year of a return. `early` is the day on which it is asked before the year is over, at entry."""

    year: int
    reference_date: date | None
    early: date | None = None

    @cached_property
    def end(self) -> date:
        """The reference date, on which the census year ends."""
        if self.reference_date is None:
            raise CannotRun("The header has no reference date, so nobody can say which year the return is of.")
        if not _FIRST_CENSUS <= self.reference_date.year <= _LAST_THAT_CAN_BE_MEANT:
            raise CannotRun(f"The header's reference date, {self.reference_date}, is of no year with a census.")
        return self.reference_date

    @cached_property
    def start(self) -> date:
        """The first day of the census year."""
        return years_before(self.end, 1) + DAY

    @cached_property
    def asked_on(self) -> date:
        """By when what is still missing is judged: the end of the year, or at entry the day in question."""
        return min(self.end, self.early) if self.early else self.end

    @cached_property
    def year_back(self) -> date:
        """The first day of the year up to the day by which what is still missing is judged."""
        return years_before(self.asked_on, 1) + DAY

    def has(self, day: date) -> bool:
        """Whether the day falls within the census year."""
        return self.start <= day <= self.end

    def working_days_before(self, day: date, number: int) -> date:
        """The day so many working days in England before another."""
        return _working_days_before(day, number)


def years_before(day: date, number: int) -> date:
    """The same day so many years earlier; of 29 February, the 28th."""
    return day - relativedelta(years=number) if day.year > number else date.min


def day_before(day: date) -> date:
    """The day before; of the first day that there is, that day, whoever wrote it."""
    return day - DAY if day > date.min else day


def months_after(day: date, number: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    return day + relativedelta(months=number)


@cache
def _working_days_before(day: date, number: int) -> date:
    from righthelp.kernel.calendars import calendar_named  # the bank holidays of many nations are slow to load

    return calendar_named("england").working_days_from(day, number, -1)

"""The periods of which figures are published: financial years, their quarters, and the months of these.

They never overlap but by one lying within another: a year that began in any month, less a year that began in another,
would tell of single months more than each of them may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

FIRST_MONTH = 4  # a financial year of an English authority begins on 1 April (Local Government Act 1972, section 147)
WRITTEN = re.compile(r"(\d{4})-(\d{2})(?:-Q([1-4]))?")
SHOWN = 9  # periods that are over and may be chosen: two years, and the quarters since


@dataclass(frozen=True, order=True)
class Period:
    """Whole months one after another."""

    since: date
    months: int

    @property
    def until(self) -> date:
        """The last day."""
        return self.since + relativedelta(months=self.months, days=-1)

    @property
    def code(self) -> str:
        """As an address and a file name it: 2025-26, 2025-26-Q1, 2025-04."""
        if self.months == 1:
            return f"{self.since:%Y-%m}"
        written = self._year.replace("/", "-")
        return written if self.months == 12 else f"{written}-Q{self._quarter}"

    @property
    def title(self) -> str:
        """In words."""
        if self.months == 1:
            return f"{self.since:%B %Y}"
        if self.months == 12:
            return f"Financial year {self._year}"
        return f"{self.since:%B} to {self.until:%B %Y}"

    @property
    def parts(self) -> tuple[Period, ...]:
        """The quarters of a year, the months of a quarter."""
        if self.months == 1:
            return ()
        each = 3 if self.months == 12 else 1
        return tuple(Period(self.since + relativedelta(months=ahead), each) for ahead in range(0, self.months, each))

    @property
    def within(self) -> Iterator[Period]:
        """This period and all that lie within it, the widest first."""
        yield self
        for part in self.parts:
            yield from part.within

    @property
    def _year(self) -> str:
        year = self.since.year - (self.since.month < FIRST_MONTH)
        return f"{year}/{(year + 1) % 100:02}"

    @property
    def _quarter(self) -> int:
        return (self.since.month - FIRST_MONTH) % 12 // 3 + 1


def year_of(day: date) -> Period:
    """The financial year in which a day lies."""
    return Period(date(day.year - (day.month < FIRST_MONTH), FIRST_MONTH, 1), 12)


def period(code: str) -> Period:
    """A year or a quarter by its code. Raises `ValueError`."""
    found = WRITTEN.fullmatch(code)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"{code!r} is no financial year, nor a quarter of one.")
    year = Period(date(int(found[1]), FIRST_MONTH, 1), 12)
    return year.parts[int(found[3]) - 1] if found[3] else year


def over_by(day: date) -> list[Period]:
    """The years and quarters that were over before a day, the latest first."""
    year = year_of(day)
    years = [year, *(Period(year.since - relativedelta(years=back), 12) for back in (1, 2))]
    found = [one for whole in years for one in (whole, *whole.parts) if one.until < day]
    return sorted(found, key=lambda one: (one.until, one.months), reverse=True)[:SHOWN]

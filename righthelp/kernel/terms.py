"""School terms, as a value.

The dates are a county's data: a pack holds them and hands them in, and nothing here reads them.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from righthelp.kernel.calendars import CALENDARS
from righthelp.kernel.moments import LONDON, When, first_moment
from righthelp.kernel.uncountable import NoDate

DAY = timedelta(days=1)
FOUR_WEEKS = timedelta(weeks=4)
WEEK = timedelta(weeks=1)
ENGLAND = CALENDARS["ENG"]


@dataclass(frozen=True, order=True)
class ClosedPeriod:
    """Days, first and last included, on which schools are shut: a holiday, a half term, a training day."""

    first: date
    last: date
    name: str = ""
    ends_term: bool = True
    """False for a half term or a training day: the same term goes on after it."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.name or 'A closed period'} ends ({self.last}) before it begins ({self.first}).")


@dataclass(frozen=True)
class TermTable:
    """When schools of one area are open, between two days for which the term dates are known.

    Weekends and bank holidays in England need no entry. `day_starts` is the local time by which a message
    must reach a school to be there before the children.
    """

    name: str
    first: date
    last: date
    closed: tuple[ClosedPeriod, ...]
    day_starts: time = time(9)

    def __post_init__(self) -> None:
        object.__setattr__(self, "closed", tuple(sorted(self.closed)))
        for earlier, later in pairwise(self.closed):
            if later.first <= earlier.last:
                raise ValueError(f"{self.name}: {earlier.name} and {later.name} overlap on {later.first}.")

    def is_school_day(self, day: date) -> bool:
        """Whether schools are open to pupils. Raises `NoDate` for a day outside the dates that are known."""
        if not self.first <= day <= self.last:
            raise NoDate(
                f"The term dates of {self.name} are known from {self.first} to {self.last} only, "
                f"so {day} cannot be said to be a school day or not."
            )
        return ENGLAND.is_working_day(day) and not any(c.first <= day <= c.last for c in self.closed)

    def school_day_from(self, day: date) -> date:
        """The day itself if school is open, else the next day that it is."""
        while not self.is_school_day(day):
            day += DAY
        return day

    def school_days_after(self, day: date, number: int) -> date:
        """The day reached by counting `number` school days after `day`; 0 is that day or the next school
        day."""
        if not number:
            return self.school_day_from(day)
        while number:
            day += DAY
            number -= self.is_school_day(day)
        return day

    def school_weeks_after(self, day: date, number: int) -> date:
        """The same day of the week, `number` school weeks later: weeks with no school day in them are not
        counted.

        When school is shut on that day of an open week, the next school day.
        """
        while number:
            day += WEEK
            monday = day - timedelta(days=day.weekday())
            number -= any(self.is_school_day(monday + timedelta(days=n)) for n in range(5))
        return self.school_day_from(day)

    def terms_after(self, day: date, number: int) -> date:
        """The last school day of the `number`th whole term that begins on or after `day`.

        A day inside a term counts from the next one: a plan reviewed in the autumn is due again in spring.
        """
        ends = [last for first, last in self.terms() if first >= day]
        if number > len(ends):
            raise NoDate(f"The term dates of {self.name} do not reach {number} whole terms after {day}.")
        return ends[number - 1]

    def terms(self) -> list[tuple[date, date]]:
        """First and last school day of each whole term known, in order. A term cut by the edge of the table
        is not whole."""
        found = []
        for before, after in pairwise(c for c in self.closed if c.ends_term):
            first, last = before.last + DAY, after.first - DAY
            while first <= last and not self.is_school_day(first):
                first += DAY
            while last >= first and not self.is_school_day(last):
                last -= DAY
            if first <= last:
                found.append((first, last))
        return found

    def start_of_next_school_day(self, start: When) -> datetime:
        """The first moment after `start` at which a school day begins.

        At 2 in the morning of a school day that is the same morning. From a day without a time it is the day
        after or later, since what happened may have happened in the evening.
        """
        if isinstance(start, datetime):
            moment = first_moment(start)
            day = self.school_day_from(moment.date())
            begins = datetime.combine(day, self.day_starts, tzinfo=LONDON)
            if begins > moment:
                return begins
            start = day
        return datetime.combine(self.school_day_from(start + DAY), self.day_starts, tzinfo=LONDON)

    def long_closure_near(self, asked_on: date) -> tuple[date, date] | None:
        """The closure of four weeks or more that excuses lateness when a school was asked for advice on
        `asked_on`.

        Special Educational Needs and Disability Regulations 2014, regulations 5(4)(a), 10(4)(a) and 13(3)(a):
        advice asked for from one week before the closure to one week before the school opens again. Gives the
        first and last day of the closure, weekends and bank holidays beside it included, or None. Only the
        closure is judged here: that it made the time limit impractical is for a person to say.
        """
        for period in self.closed:
            first, last = period.first, period.last
            while first > self.first and not self.is_school_day(first - DAY):
                first -= DAY
            while last < self.last and not self.is_school_day(last + DAY):
                last += DAY
            reopens = last + DAY
            if reopens - first >= FOUR_WEEKS and first - WEEK <= asked_on <= reopens - WEEK:
                return first, last
        return None

"""When something is due: a length of time counted from a day or a moment, on a named calendar.

What counting means, where people differ:

- The day from which a length is counted is not part of it, except for "beginning with" (unit or calendar),
  where it is day one. A length counted back from a meeting does not count the meeting's day either.
- Days, weeks, months and years from a moment are counted from its local day, and end with the end of the day
  given.
- Months and years end on the day of the same number; where that month has no such day, on its last. A
  birthday of 29 February is reached on 1 March in other years, when the age is attained.
- Hours are hours that have gone by. From a day without a time they run from midnight at its start.
- 0 working days, like "the same working day", is the day itself if it is a working day, and otherwise the
  next.
- `clear_days_before`: that many whole days lie between the day given and the day counted from, working days
  on a calendar of working days, every day on CAL.
- `weeks_gestation` and `weeks_before_due_date` are counted back from the expected date of birth (40 weeks).
- `month_day` is that day in the calendar year of the start. `date` is that date, whatever the start.
- A window ("10-14") is due at its far end; `window` gives both.
"""

from calendar import isleap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from dateutil.relativedelta import relativedelta

from righthelp.kernel.calendars import Calendar, Kind, Runs, calendar_named
from righthelp.kernel.moments import LONDON, When, elapsed, last_moment, local_day
from righthelp.kernel.terms import TermTable
from righthelp.kernel.uncountable import NoDate, NotALength
from righthelp.kernel.units import Length, Unit, ends_of, month_and_day, named_day, unit_named

WEEKS_OF_PREGNANCY = 40
QUESTIONS_CLOSE = time(9, 30)
NOON = time(12)


@dataclass(frozen=True)
class _Count:
    """One counting: the number, what it is counted from and on."""

    number: int
    unit: Unit
    start: When
    calendar: Calendar
    terms: TermTable | None

    @property
    def day(self) -> date:
        return local_day(self.start)

    def working(self) -> Calendar:
        if self.calendar.kind is not Kind.WORKING:
            raise NoDate(
                f"Working days cannot be counted on {self.calendar.name} ({self.calendar.title}): "
                "name a calendar of working days, such as ENG."
            )
        return self.calendar

    def every_day(self) -> Calendar:
        # "Days" on a calendar of working days could mean either; weeks and months there can only mean one
        # thing.
        ambiguous = self.calendar.kind is Kind.WORKING and self.unit.name.startswith("days")
        if self.calendar.kind not in {Kind.EVERY, Kind.WORKING} or ambiguous:
            raise NoDate(
                f"It is not clear what {self.unit.plain} are on {self.calendar.name} "
                f"({self.calendar.title}): name CAL for calendar days, or count working days or hours."
            )
        return self.calendar

    def school(self) -> TermTable:
        if self.calendar.kind is not Kind.SCHOOL:
            raise NoDate(f"School days and terms are counted on SCHOOL, not on {self.calendar.name}.")
        if self.terms is None:
            raise NoDate("School days and terms are counted with the county's term dates. None were given.")
        return self.terms

    def first_day(self) -> timedelta:
        """What to take off the end because the first day is day one."""
        if not (self.unit.name.endswith("_beginning_with") or self.calendar.first_day_counts):
            return timedelta(0)
        if not self.number:
            raise NotALength("A period that begins with a day has at least that day in it: write 1 or more.")
        return timedelta(days=1)


def due(
    length: Length,
    unit: str,
    start: When,
    calendar: str | None = None,
    *,
    terms: TermTable | None = None,
) -> date | datetime:
    """The day, or the moment in local time, by which something is due.

    `calendar` is a name of `righthelp.kernel.calendars`; without it, the unit's own (working days on ENG,
    hours on CLOCK_HOURS, days, weeks, months and years on CAL, and so on). `terms` is needed for anything
    counted in school time. Raises a kind of `Uncountable`, with a sentence, where no day follows.

    >>> due(20, "working days", date(2022, 12, 9))
    datetime.date(2023, 1, 11)
    >>> due(3, "months", date(2022, 11, 30), "CAL")
    datetime.date(2023, 2, 28)
    """
    return window(length, unit, start, calendar, terms=terms)[1]


def window(
    length: Length,
    unit: str,
    start: When,
    calendar: str | None = None,
    *,
    terms: TermTable | None = None,
) -> tuple[date | datetime, date | datetime]:
    """When a window such as "10-14 days" opens and when it closes. For a single number, the due day twice."""
    named = unit_named(unit)
    counted_on = calendar_named(calendar or named.calendar)
    if named.no_date:
        raise NoDate(named.no_date)
    if named.is_named_day:
        day = named_day(length) if named.name == "date" else _day_of_year(length, local_day(start).year)
        return day, day
    first, last = ends_of(length, named)
    if counted_on.kind is Kind.NOTHING and named.name != "same_day":
        raise NoDate(f"{counted_on.name} is {counted_on.title}, so nothing can be counted on it.")

    def counted(number: int) -> date | datetime:
        return _counted(_Count(number, named, start, counted_on, terms))

    if first == last:
        return counted(last), counted(last)
    # Counted back from a meeting, the larger number is the earlier day.
    opens, closes = sorted((counted(first), counted(last)), key=last_moment)
    return opens, closes


def _counted(count: _Count) -> date | datetime:
    try:
        return _RULES[count.unit.name](count)
    except OverflowError:
        raise NotALength(f"{count.number} {count.unit.plain} is too long to be meant.") from None


def _day_of_year(length: Length, year: int) -> date:
    month, day = month_and_day(length)
    if (month, day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


def _hours(count: _Count) -> datetime:
    if count.calendar.kind not in {Kind.HOURS, Kind.EVERY}:
        raise NoDate(
            f"Hours are counted as they go by, nights and weekends too, and not on {count.calendar.name} "
            f"({count.calendar.title}): name CLOCK_HOURS, or count working days."
        )
    return elapsed(count.start, timedelta(hours=count.number))


def _working_days(count: _Count) -> date:
    return count.working().working_days_from(count.day, count.number)


def _working_days_before(count: _Count) -> date:
    return count.working().working_days_from(count.day, count.number, step=-1)


def _working_days_before_0930(count: _Count) -> datetime:
    return datetime.combine(_working_days_before(count), QUESTIONS_CLOSE, tzinfo=LONDON)


def _clear_days_before(count: _Count) -> date:
    if count.calendar.kind is Kind.WORKING:
        return count.calendar.working_days_from(count.day, count.number + 1, step=-1)
    count.every_day()
    return count.day - timedelta(days=count.number + 1)


def _same_working_day(count: _Count) -> date:
    return count.working().working_day_from(count.day)


def _same_day(count: _Count) -> date:
    return count.day


def _days(count: _Count) -> date | datetime:
    return _run_on(count.every_day(), count.day + timedelta(days=count.number) - count.first_day())


def _days_before(count: _Count) -> date:
    count.every_day()
    return count.day - timedelta(days=count.number)


def _weeks(count: _Count) -> date | datetime:
    if count.calendar.kind is Kind.SCHOOL:
        return count.school().school_weeks_after(count.day, count.number)
    return _run_on(count.every_day(), count.day + timedelta(weeks=count.number) - count.first_day())


def _weeks_before(count: _Count) -> date:
    count.every_day()
    return count.day - timedelta(weeks=count.number)


def _weeks_gestation(count: _Count) -> date:
    count.every_day()
    return count.day - timedelta(weeks=WEEKS_OF_PREGNANCY - count.number)


def _months(count: _Count, months_each: int = 1) -> date | datetime:
    ends = _months_on(count.day, count.number * months_each)
    # Where the last month has no day of that number, the period already ends with the month, the first day
    # counted.
    if ends.day == count.day.day:
        ends -= count.first_day()
    return _run_on(count.every_day(), ends)


def _months_before(count: _Count) -> date:
    count.every_day()
    return _months_on(count.day, -count.number)


def _years(count: _Count) -> date | datetime:
    return _months(count, months_each=12)


def _birthday(count: _Count) -> date:
    count.every_day()
    birthday = _months_on(count.day, count.number * 12)
    return birthday if birthday.day == count.day.day else birthday + timedelta(days=1)


def _school_days(count: _Count) -> date:
    return count.school().school_days_after(count.day, count.number)


def _terms(count: _Count) -> date:
    if not count.number:
        raise NotALength("A number of terms is 1 or more.")
    return count.school().terms_after(count.day, count.number)


def _before_next_school_day(count: _Count) -> datetime:
    return count.school().start_of_next_school_day(count.start)


def _months_on(day: date, months: int) -> date:
    try:
        return day + relativedelta(months=months)
    except ValueError:
        raise OverflowError from None


def _run_on(calendar: Calendar, last: date) -> date | datetime:
    """The end of a period whose last day, as counted, may be one on which nothing can be done."""
    if calendar.runs is Runs.TO_WORKING_DAY:
        return calendar.working_day_from(last)
    if calendar.runs is Runs.TO_NOON and calendar.is_public_holiday_or_sunday(last):
        while calendar.is_public_holiday_or_sunday(last):
            last += timedelta(days=1)
        return datetime.combine(last, NOON, tzinfo=LONDON)
    return last


_RULES: Mapping[str, Callable[[_Count], date | datetime]] = MappingProxyType(
    {
        "hours": _hours,
        "working_days": _working_days,
        "working_days_before": _working_days_before,
        "working_days_before_0930": _working_days_before_0930,
        "clear_days_before": _clear_days_before,
        "same_working_day": _same_working_day,
        "same_day": _same_day,
        "calendar_days": _days,
        "days": _days,
        "days_before": _days_before,
        "days_beginning_with": _days,
        "weeks": _weeks,
        "weeks_before": _weeks_before,
        "weeks_beginning_with": _weeks,
        "weeks_before_due_date": _weeks_before,
        "weeks_gestation": _weeks_gestation,
        "months": _months,
        "months_before": _months_before,
        "months_beginning_with": _months,
        "years": _years,
        "years_from_birth": _birthday,
        "age_years": _birthday,
        "school_days": _school_days,
        "terms": _terms,
        "before_next_school_day": _before_next_school_day,
    }
)

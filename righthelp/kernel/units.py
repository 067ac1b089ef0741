"""Units of time by name, as the papers and the law use them, and lengths as people write them.

A unit says what is counted, in which direction, on which calendar when none is named, and how a length of it
reads in a sentence. Some "units" are duties without a length (an event, a number of children, a ban): they
are known here so that asking for a day gives a reason instead of a guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from righthelp.kernel.uncountable import NotALength, UnknownUnit, did_you_mean
from righthelp.kernel.written import MONTHS, write_date

Length = int | str
"""A whole number; a window such as "10-14"; for the unit `date` a day ("2023-04-30"); for `month_day`
"02-15"."""

LONGEST = 100_000
"""Units. Past this a length is a slip of the keys: a hundred thousand hours is eleven years, of days three
lifetimes."""


@dataclass(frozen=True)
class Unit:
    """A unit of time, with the calendar it is counted on when none is named.

    `one` is how 1 of it reads and `many` how more do; without `many` there is no number to count.
    """

    name: str
    calendar: str
    one: str
    many: str = ""
    no_date: str = ""
    """Why no day follows from it, when none does."""

    @property
    def is_named_day(self) -> bool:
        """Whether the length is itself a day rather than a number."""
        return self.name in {"date", "month_day"}

    @property
    def plain(self) -> str:
        """The name in words: "working days before"."""
        return self.name.replace("_", " ")


_COUNTED = (
    Unit("hours", "CLOCK_HOURS", "1 hour", "{n} hours"),
    Unit("working_days", "ENG", "1 working day", "{n} working days"),
    Unit("working_days_before", "ENG", "1 working day before", "{n} working days before"),
    Unit("working_days_before_0930", "ENG", "9:30am, 1 working day before", "9:30am, {n} working days before"),
    Unit("clear_days_before", "CLEAR", "1 clear day before", "{n} clear days before"),
    Unit("same_working_day", "ENG", "the same working day"),
    Unit("same_day", "EVENT", "the same day"),
    Unit("calendar_days", "CAL", "1 day", "{n} days"),
    Unit("days", "CAL", "1 day", "{n} days"),
    Unit("days_before", "CAL", "1 day before", "{n} days before"),
    Unit("days_beginning_with", "CAL_INCL", "that day", "{n} days beginning with that day"),
    Unit("weeks", "CAL", "1 week", "{n} weeks"),
    Unit("weeks_before", "CAL", "1 week before", "{n} weeks before"),
    Unit(
        "weeks_beginning_with",
        "CAL_INCL",
        "1 week beginning with that day",
        "{n} weeks beginning with that day",
    ),
    Unit("weeks_before_due_date", "CAL", "1 week before the baby is due", "{n} weeks before the baby is due"),
    Unit("weeks_gestation", "CAL", "1 week of pregnancy", "{n} weeks of pregnancy"),
    Unit("months", "CAL", "1 month", "{n} months"),
    Unit("months_before", "CAL", "1 month before", "{n} months before"),
    Unit(
        "months_beginning_with",
        "CAL_INCL",
        "1 month beginning that day",
        "{n} months beginning with that day",
    ),
    Unit("years", "CAL", "1 year", "{n} years"),
    Unit("years_from_birth", "CAL", "1st birthday", "{nth} birthday"),
    Unit("age_years", "CAL", "1st birthday", "{nth} birthday"),
    Unit("school_days", "SCHOOL", "1 school day", "{n} school days"),
    Unit("terms", "SCHOOL", "1 term", "{n} terms"),
    Unit("before_next_school_day", "SCHOOL", "before the next school day"),
    Unit("date", "DATE", "on a named day"),
    Unit("month_day", "DATE", "on a named day of the year"),
)

_NOT_COUNTED = (
    ("event", "EVENT", "when it happens", "", "It is a check at an event, and no time is set for it."),
    (
        "as_soon_as_possible",
        "EVENT",
        "as soon as possible",
        "",
        "It must be done as soon as possible, and no day is set by which it is late.",
    ),
    (
        "immediately",
        "EVENT",
        "immediately",
        "",
        "It must be done immediately, and no hour is set by which it is late.",
    ),
    (
        "court_set_date",
        "DATE",
        "the date that the court sets",
        "",
        "The court sets the date: record its date.",
    ),
    ("regulations_to_set", "EVENT", "not yet set", "", "Regulations are to set the time, and have not."),
    ("mode_change", "EVENT", "in another way", "", "It changes how something may be done, not by when."),
    (
        "prohibited",
        "LIMIT",
        "never",
        "",
        "It is forbidden at any time, so there is no day by which to do it.",
    ),
    (
        "count",
        "EVENT",
        "once",
        "{n} times",
        "It is a number of times something is done, not a length of time.",
    ),
    (
        "per_meeting",
        "EVENT",
        "at each meeting",
        "{n} times at each meeting",
        "It is done at each meeting, so its day is the day of the meeting.",
    ),
    (
        "per_year",
        "CAL",
        "once a year",
        "{n} times a year",
        "It is a number of times in a year, and no day is set for each.",
    ),
    ("children", "LIMIT", "1 child", "{n} children", "It is a number of children, not a length of time."),
    (
        "hours_in_28_days",
        "CLOCK_HOURS",
        "1 hour in any 28 days",
        "{n} hours in any 28 days",
        "The hours are added up over any 28 days, so no end follows from one start.",
    ),
    (
        "days_single_75_year",
        "CAL",
        "1 day for each stay and 75 days in a year",
        "{n} days for each stay and 75 days in a year",
        "It limits each stay and the days of a year together, so no end follows from one start.",
    ),
)

UNITS: Mapping[str, Unit] = MappingProxyType(
    {unit.name: unit for unit in (*_COUNTED, *(Unit(*parts) for parts in _NOT_COUNTED))}
)

_SINGULAR = {
    "hours": "hour",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "terms": "term",
}


def _spelling(name: str) -> str:
    """One spelling for all the ways a unit is written: lower case, underscores, singular."""
    words = re.sub(r"[\W_]+", " ", name.casefold()).split()
    return re.sub(r"_0?9_30(am)?$", "_0930", "_".join(_SINGULAR.get(word, word) for word in words))


_BY_SPELLING: Mapping[str, Unit] = MappingProxyType(
    {_spelling(name): unit for name, unit in UNITS.items()}
    | {
        "elapsed_hour": UNITS["hours"],
        "clock_hour": UNITS["hours"],
        "clear_working_day_before": UNITS["clear_days_before"],
        "week_of_pregnancy": UNITS["weeks_gestation"],
    }
)


@lru_cache
def unit_named(name: str) -> Unit:
    """The unit of this name, singular or plural, with spaces, hyphens or underscores, in any case.

    >>> unit_named("Working day").name
    'working_days'
    """
    found = _BY_SPELLING.get(_spelling(name))
    if found is None:
        raise UnknownUnit(f"No unit of time is called “{name.strip()}”.{did_you_mean(_spelling(name), UNITS)}")
    return found


def ends_of(length: Length, unit: Unit) -> tuple[int, int]:
    """The two ends of a window ("10-14"), or the same number twice. Refuses what cannot be counted."""
    text = str(length).strip()
    found = re.fullmatch(r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?", text)
    if found is None or isinstance(length, bool):
        raise NotALength(f"“{text}” is not a length in {unit.plain}: write a whole number, 0 or more.")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise NotALength(f"“{text}” is a window that ends before it opens.")
    if last > LONGEST:
        raise NotALength(f"{text} {unit.plain} is too long to be meant.")
    if last and not unit.many:
        raise NotALength(f"“{unit.plain}” has no number: write 0.")
    return first, last


def month_and_day(length: Length) -> tuple[int, int]:
    """A day of every year, "02-15" for 15 February, as month and day."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str(length).strip())
    try:
        # A leap year, so that 29 February is a day of the year like any other.
        day = date(2000, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise NotALength(f"“{length}” is not a day of the year: write month and day, such as 02-15 for 15 February.")
    return day.month, day.day


def named_day(length: Length) -> date:
    """A day named outright, "2023-04-30"."""
    try:
        return date.fromisoformat(str(length).strip())
    except ValueError:
        raise NotALength(f"“{length}” is not a date: write year, month and day, such as 2023-04-30.") from None


def in_words(length: Length, unit_name: str) -> str:
    """A length as it reads in a sentence.

    >>> in_words(1, "working days"), in_words("10-14", "calendar days"), in_words("02-15", "month day")
    ('1 working day', '10 to 14 days', '15 February')
    """
    unit = unit_named(unit_name)
    if unit.name == "month_day":
        month, day = month_and_day(length)
        return f"{day} {MONTHS[month - 1]}"
    if unit.name == "date":
        return write_date(named_day(length))
    first, last = ends_of(length, unit)
    if first == last == 1 or not unit.many:
        return unit.one
    number = str(last) if first == last else f"{first} to {last}"
    return unit.many.format(n=number, nth=f"{number}{_ordinal_ending(last)}")


def _ordinal_ending(number: int) -> str:
    return "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")

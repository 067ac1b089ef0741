"""Calendars by name: which days count towards a length of time.

"Working day" is not one thing in English law. Each calendar here is named, so that a clock says which it
means:

- ENG: not a Saturday, a Sunday, nor a bank holiday, Good Friday or Christmas Day in England.
- ENG_2006: the Children Act 1989 Representations Procedure (England) Regulations 2006. They name Boxing Day
  as well; it is always a weekend or a bank holiday, so the days are those of ENG, under the name of their own
  law.
- UK_ANY: Freedom of Information Act 2000 section 10(6): a bank holiday in any part of the United Kingdom is
  out.
- CLEAR: working days in England for notice of council meetings (Local Government Act 1972 section 100B),
  where neither the day of notice nor the day of the meeting counts.
- CAL: every day counts. CAL_INCL: every day counts, and the first day is day one ("beginning with").
- CAL_MONTH: every day counts; when the last is a Saturday, Sunday or public holiday, the next working day
  will do (Data Protection Act 2018 section 205(2), by Regulation 1182/71 article 3(4)).
- CAL_SEND: every day counts. The Special Educational Needs and Disability Regulations 2014 move no date for
  school holidays: they excuse lateness, see `TermTable.long_closure_near`.
- CAL_S45: every day counts; when the last is a Sunday or public holiday the period may run to noon on the
  next day that is neither (Children Act 1989 section 45(2)).
- CLOCK_HOURS: hours that have really gone by, nights and weekends too, whatever summer time does.
- SCHOOL: days on which school is open, by the term dates of a county's pack.
- EVENT, DATE, LIMIT: no counting. An event; a day named outright; a limit that is no length of time.

`ENG minus funeral` is ENG without one-off holidays of that name, as a deadline was set before the holiday was
proclaimed; `ENG minus 2022-09-19` leaves out one day. Bank holidays come from the `holidays` library.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType

from holidays import country_holidays

from righthelp.kernel.uncountable import NoDate, UnknownCalendar, did_you_mean

SATURDAY, SUNDAY = 5, 6
ENGLAND = ("ENG",)
UNITED_KINGDOM = ("ENG", "WLS", "SCT", "NIR")
ONE_OFF_WORDS = ("funeral", "coronation", "jubilee")


class Kind(Enum):
    """What a calendar counts."""

    WORKING = "working days"
    EVERY = "every day"
    HOURS = "elapsed hours"
    SCHOOL = "school days"
    NOTHING = "nothing"


class Runs(Enum):
    """What happens to a period whose last day is not an ordinary day."""

    AS_COUNTED = "ends on the day counted"
    TO_WORKING_DAY = "runs to the next working day"
    TO_NOON = "may run to noon on the next day that is neither a Sunday nor a public holiday"


@lru_cache(maxsize=1024)
def bank_holidays(nation: str, year: int) -> Mapping[date, frozenset[str]]:
    """Public and bank holidays of ENG, WLS, SCT or NIR in a year, with their names.

    Substitutes and one-off days are among them. Raises `NoDate` for a year that the library does not know.

    >>> sorted(bank_holidays("ENG", 2022)[date(2022, 9, 19)])
    ['State Funeral of Queen Elizabeth II']
    """
    days = country_holidays("GB", subdiv=nation, years=year, expand=False)
    if not days:
        raise NoDate(f"Bank holidays of {year} are not known, so its working days cannot be counted.")
    return MappingProxyType({day: frozenset(names.split("; ")) for day, names in days.items()})


@dataclass(frozen=True)
class Calendar:
    """A named rule for which days count; see the list at the head of this file."""

    name: str
    kind: Kind
    title: str
    nations: tuple[str, ...] = ()
    first_day_counts: bool = False
    runs: Runs = Runs.AS_COUNTED
    left_out_words: frozenset[str] = frozenset()
    left_out_days: frozenset[date] = frozenset()

    def is_holiday(self, day: date) -> bool:
        """Whether a bank or public holiday falls on the day in any of this calendar's nations."""
        if day in self.left_out_days:
            return False
        names = {name for nation in self.nations for name in bank_holidays(nation, day.year).get(day, ())}
        return any(not any(word in name.casefold() for word in self.left_out_words) for name in names)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is neither at a weekend nor a holiday of this calendar."""
        return day.weekday() < SATURDAY and not self.is_holiday(day)

    def is_public_holiday_or_sunday(self, day: date) -> bool:
        """Children Act 1989 section 45(2): Christmas Day, Good Friday, a bank holiday or a Sunday."""
        # New Year's Day is a bank holiday by proclamation, and for one on a Saturday the Monday is proclaimed
        # instead. Christmas Day and 26 December are named by statute and stay holidays on a Saturday.
        saturday_new_year = day.weekday() == SATURDAY and (day.month, day.day) == (1, 1)
        return day.weekday() == SUNDAY or (self.is_holiday(day) and not saturday_new_year)

    def working_day_from(self, day: date, step: int = 1) -> date:
        """The day itself if it is a working day, else the next one (or with `step` -1 the one before)."""
        while not self.is_working_day(day):
            day += timedelta(days=step)
        return day

    def working_days_from(self, day: date, number: int, step: int = 1) -> date:
        """The day reached by counting `number` working days after `day` (or with `step` -1, before it).

        Counting 0 gives the day itself if it is a working day, and otherwise the nearest one in that
        direction.
        """
        if not number:
            return self.working_day_from(day, step)
        while number:
            day += timedelta(days=step)
            number -= self.is_working_day(day)
        return day


CALENDARS: Mapping[str, Calendar] = MappingProxyType(
    {
        calendar.name: calendar
        for calendar in (
            Calendar("ENG", Kind.WORKING, "working days in England", ENGLAND),
            Calendar("ENG_2006", Kind.WORKING, "working days for complaints about children's services", ENGLAND),
            Calendar("UK_ANY", Kind.WORKING, "days that are working days throughout the UK", UNITED_KINGDOM),
            Calendar("CLEAR", Kind.WORKING, "clear working days before a council meeting", ENGLAND),
            Calendar("CAL", Kind.EVERY, "calendar days"),
            Calendar("CAL_INCL", Kind.EVERY, "calendar days beginning with the first", first_day_counts=True),
            Calendar(
                "CAL_MONTH",
                Kind.EVERY,
                "calendar days for data protection",
                ENGLAND,
                runs=Runs.TO_WORKING_DAY,
            ),
            Calendar("CAL_SEND", Kind.EVERY, "calendar days for education, health and care plans"),
            Calendar(
                "CAL_S45",
                Kind.EVERY,
                "calendar days of an emergency protection order",
                ENGLAND,
                runs=Runs.TO_NOON,
            ),
            Calendar("CLOCK_HOURS", Kind.HOURS, "elapsed hours"),
            Calendar("SCHOOL", Kind.SCHOOL, "school days"),
            Calendar("EVENT", Kind.NOTHING, "something that happens, with no length of time"),
            Calendar("DATE", Kind.NOTHING, "a day named outright"),
            Calendar("LIMIT", Kind.NOTHING, "a limit that is not a length of time"),
        )
    }
)

SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        "england": "ENG",
        "working days": "ENG",
        "complaints": "ENG_2006",
        "uk wide": "UK_ANY",
        "united kingdom": "UK_ANY",
        "information requests": "UK_ANY",
        "clear days": "CLEAR",
        "clear working days": "CLEAR",
        "calendar days": "CAL",
        "every day": "CAL",
        "beginning with": "CAL_INCL",
        "data protection": "CAL_MONTH",
        "send": "CAL_SEND",
        "emergency protection": "CAL_S45",
        "elapsed hours": "CLOCK_HOURS",
        "elapsed": "CLOCK_HOURS",
        "clock": "CLOCK_HOURS",
        "school days": "SCHOOL",
        "none": "EVENT",
    }
)


@lru_cache
def calendar_named(name: str) -> Calendar:
    """The calendar of this name: a name of the list above, or the plain words for it, in any case and
    spacing.

    >>> calendar_named("uk-wide").name
    'UK_ANY'
    >>> calendar_named("ENG minus funeral").is_working_day(date(2022, 9, 19))
    True
    """
    base_name, *left_out = re.split(r"\s+minus\s+", name.strip(), flags=re.IGNORECASE)
    base = _base(base_name)
    if not left_out:
        return base
    if not base.nations:
        raise UnknownCalendar(f"{base.name} counts every day, so there is no holiday to leave out of it.")
    words, days = set[str](), set[date]()
    for item in re.split(r"\s*,\s*|\s+and\s+|\s+", " ".join(left_out).strip()):
        if item.casefold() in ONE_OFF_WORDS:
            words.add(item.casefold())
        else:
            days.add(_day(item))
    return replace(
        base,
        name=f"{base.name} minus {' '.join([*sorted(words), *sorted(d.isoformat() for d in days)])}",
        left_out_words=frozenset(words),
        left_out_days=frozenset(days),
    )


def _base(name: str) -> Calendar:
    words = re.sub(r"[\W_]+", " ", name).strip()
    spelt = words.upper().replace(" ", "_")
    found = CALENDARS.get(spelt) or CALENDARS.get(SYNONYMS.get(words.casefold(), ""))
    if found is None:
        raise UnknownCalendar(f"No calendar is called “{name.strip()}”.{did_you_mean(spelt, CALENDARS)}")
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnknownCalendar(
            f"“{text}” is not a holiday that can be left out. "
            f"Name one of: {', '.join(ONE_OFF_WORDS)}, or a date such as 2022-09-19."
        ) from None

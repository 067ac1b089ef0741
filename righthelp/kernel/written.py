"""Dates, times and lengths of time as people write them, and as we write them back.

Days come before months, as in England. Nothing is guessed: what cannot be read is refused with a sentence
that says how to mend it.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from righthelp.kernel.moments import When, local

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
EARLIEST_YEAR = 1800
LAST_OF_TWO_DIGIT_YEARS = date(2068, 12, 31)


class NotADate(ValueError):
    """What was written is not a day or a time; the message says how to mend it."""


def read_date(text: str, latest: date | None = None) -> date:
    """The day somebody wrote: "27 3 2015", "27/03/2015", "27.3.15", "Friday 27th March 2015", "2015-03-27".

    `latest` is the last day it can be: for a date of birth, the day of asking. A later day is refused. A year
    of two digits is the last such year that is not after `latest`: in 2026, a birth on "27 3 31" was in 1931.
    Without `latest` the year lies from 1969 to 2068.

    >>> read_date("27 mar 15")
    datetime.date(2015, 3, 27)
    """
    year_text, month, day = _parts(text)
    year = int(year_text)
    if len(year_text) == 2:
        year = _full_year(year, month, day, latest or LAST_OF_TWO_DIGIT_YEARS)
    elif year < EARLIEST_YEAR:
        raise NotADate(f"Check the year: {year_text} is too long ago")
    found = _date(year, month, day)
    if latest is not None and found > latest:
        raise NotADate(f"The date must be {write_date(latest)} or earlier")
    return found


def _parts(text: str) -> tuple[str, int, int]:
    """Year as written, month and day."""
    words = re.sub(r"[\s,./\-–]+", " ", text.strip().casefold()).split()
    if not words:
        raise NotADate("Enter a date, such as 27 3 2015")
    if len(words) > 1 and words[0].isalpha() and _is_weekday(words[0]):
        del words[0]
    words = [re.sub(r"^(\d{1,2})(st|nd|rd|th)$", r"\1", word) for word in words if word != "of"]
    if len(words) < 3:
        missing = ("a day, a month and a year", "a month and a year", "a year")[len(words)]
        raise NotADate(f"The date must include {missing}, such as 27 3 2015")
    if len(words) > 3:
        raise NotADate("Enter one date only, such as 27 3 2015")
    if re.fullmatch(r"\d{4}", words[0]):
        year, month, day = words
    elif words[0].isalpha():
        month, day, year = words
    else:
        day, month, year = words
    if not day.isascii() or not day.isdigit() or len(day) > 2:
        raise NotADate("Day must be a number, such as 27")
    if not year.isascii() or not re.fullmatch(r"\d{2}|\d{4}", year):
        raise NotADate("Year must include 4 numbers")
    return year, _month(month), int(day)


def _is_weekday(word: str) -> bool:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return len(word) >= 3 and any(day.startswith(word) for day in days)


def _month(word: str) -> int:
    if re.fullmatch(r"[0-9]{1,2}", word) and 1 <= int(word) <= 12:
        return int(word)
    fits = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.casefold().startswith(word)]
    if word == "sept":
        fits = [9]
    if len(fits) != 1:
        raise NotADate("Month must be a number from 1 to 12, or a name such as March")
    return fits[0]


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        in_month = monthrange(year, month)[1]
        in_year = f" in {year}" if month == 2 else ""
        raise NotADate(f"{MONTHS[month - 1]} has {in_month} days{in_year}") from None


def _full_year(two_digits: int, month: int, day: int, latest: date) -> int:
    year = latest.year - (latest.year - two_digits) % 100
    return year if (year, month, day) <= (latest.year, latest.month, latest.day) else year - 100


def read_time(text: str) -> time:
    """The time of day that somebody wrote: "9", "9.30pm", "21:04", "2104", "noon", "midnight" (the start of a
    day).

    A number without am or pm is read on the 24-hour clock, so "9" is nine in the morning.
    """
    words = re.sub(r"\s+", " ", text.strip().casefold())
    if words in {"noon", "midday", "12 noon", "12 midday"}:
        return time(12)
    if words in {"midnight", "12 midnight"}:
        return time(0)
    found = re.fullmatch(r"([0-9]{1,2})(?:[:. ]?([0-9]{2}))?(?:[:.][0-5][0-9])? ?(a\.?m\.?|p\.?m\.?)?", words)
    if found is None:
        raise NotADate("Enter a time, such as 9:30am or 21:04")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if minute > 59:
        raise NotADate("Minutes must be from 00 to 59")
    if half:
        if (half == "am" and hour > 12) or (half == "pm" and not hour):
            raise NotADate(f"{hour} is not an hour that can be {half}: leave {half} out, or write 1 to 12")
        hour = hour % 12 + 12 * (half == "pm") if hour <= 12 else hour
    if hour > 23:
        raise NotADate("The hour must be from 0 to 23, or from 1 to 12 with am or pm")
    return time(hour, minute)


def read_when(text: str, latest: date | None = None) -> When:
    """A day, or a day and time in local time: "27 3 2015", "27 March 2015 at 9.30pm",
    "2023-07-21T17:00:00"."""
    written = text.strip()
    if found := re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ](.+)", written):
        day = read_date(found[1], latest)
        try:
            return local(datetime.fromisoformat(written))
        except ValueError:
            return local(datetime.combine(day, read_time(found[2])))
    clock = r"[0-9]{1,2}[:.][0-9]{2} ?(?:[ap]m)?|[0-9]{1,2} ?[ap]m|noon|midday|midnight"
    found = re.fullmatch(r"(.+?),?\s+at\s+(.+)", written) or re.fullmatch(rf"(.+?),?\s+({clock})", written, re.I)
    if found is None or re.fullmatch(r"[0-9. ]+", written):
        return read_date(written, latest)
    return local(datetime.combine(read_date(found[1], latest), read_time(found[2])))


def write_date(day: date) -> str:
    """A day as we write it: 27 March 2015. For a moment, its local day."""
    if isinstance(day, datetime):
        day = local(day).date()
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def write_time(moment: time) -> str:
    """A time of day as we write it: 9am, 9:04pm, midday, midnight."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def write_moment(moment: datetime) -> str:
    """A moment as we write it, in local time: 27 March 2015 at 9:04pm."""
    here = local(moment)
    return f"{write_date(here.date())} at {write_time(here.time())}"


def write_when(when: When) -> str:
    """A day or a moment as we write it."""
    return write_moment(when) if isinstance(when, datetime) else write_date(when)


def write_plain(when: When) -> str:
    """A day or a moment as other programs read it, in local time: 2015-03-27, 2015-03-27T21:04:00."""
    return local(when).replace(tzinfo=None).isoformat() if isinstance(when, datetime) else when.isoformat()


def write_left(left: timedelta) -> str:
    """Time left, or late when below zero: "3 hours left", "2 days late", "no time left".

    As `write_length` has it: whole units only and never rounded up.
    """
    after = "late" if left < timedelta(0) else "left"
    if length := write_length(left):
        return f"{length} {after}"
    return "just late" if after == "late" else "no time left"


def write_length(length: timedelta) -> str:
    """How long something took: minutes under an hour, hours under two days, days after that; nothing, no words."""
    # The end of a due day is its last instant; a minute is as fine as anybody reads.
    minutes = round(abs(length).total_seconds() / 60)
    if minutes < 60:
        return _number(minutes, "minute") if minutes else ""
    if minutes < 48 * 60:
        return _number(minutes // 60, "hour")
    return _number(minutes // (24 * 60), "day")


def _number(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"

"""When things happen: worries by the hour and weekday at which each kind of agency has them, work when somebody works.

Every moment given back is in UTC, so that adding hours to it is right on the nights when the clocks change.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from righthelp.kernel.moments import LONDON, local
from righthelp.kernel.uncountable import NoDate
from righthelp.packs import pack

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SCHOOLS = {"school", "education", "school_nursing"}
AT_ALL_HOURS = {"police", "ambulance", "emergency_department"}
# How busy each day (Monday first) and each hour (midnight first) is, against the others. Assumed.
OFFICE_DAYS = (1.1, 1.0, 1.0, 1.0, 0.9, 0.0, 0.0)
ALL_DAYS = (1.0, 0.9, 0.9, 0.95, 1.15, 1.45, 1.3)
SCHOOL_HOURS = (0,) * 8 + (1, 3, 3, 2, 2, 3, 4, 4, 2) + (0,) * 7
OFFICE_HOURS = (0,) * 8 + (1, 3, 4, 3, 2, 3, 4, 4, 3, 1) + (0,) * 6
ALL_HOURS = (5, 4, 3, 2, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 7, 7, 7, 6)
FRONT_DOOR = ((8, 19),) * 5 + ((9, 16),) * 2  # open from and until, each day of the week
OFFICE = ((8, 18),) * 5 + ((0, 0),) * 2
Opening = Sequence[tuple[int, int]]


def told_at(random: Random, kind: str, since: datetime, until: datetime) -> datetime:
    """A moment between two at which this kind of agency would tell the front door."""
    if kind in AT_ALL_HOURS:
        days, hours = ALL_DAYS, ALL_HOURS
    else:
        days, hours = OFFICE_DAYS, SCHOOL_HOURS if kind in SCHOOLS else OFFICE_HOURS
    first, last = local(since).date(), local(until).date()
    span = [first + DAY * number for number in range((last - first).days + 1)]
    weights = [days[day.weekday()] * (kind not in SCHOOLS or is_school_day(day)) for day in span]
    for _ in range(200):
        if not any(weights):
            break
        day = random.choices(span, weights=weights)[0]
        hour = random.choices(range(24), weights=hours)[0]
        told = _utc(day, hour) + timedelta(seconds=random.randrange(3600))
        if since < told <= until:
            return told
    # No such hour between the two: a night in which a school told us all the same.
    return (since + (until - since) * random.random()).astimezone(UTC).replace(microsecond=0)


def is_school_day(day: date) -> bool:
    """Whether the county's schools are open; any weekday where the term dates are not known."""
    try:
        return pack().terms().is_school_day(day)
    except NoDate:
        return day.weekday() < 5


def is_open(moment: datetime, opening: Opening = FRONT_DOOR) -> bool:
    """Whether somebody works at that moment."""
    moment = local(moment)
    begins, ends = opening[moment.weekday()]
    return begins <= moment.hour < ends


def open_from(moment: datetime, opening: Opening = FRONT_DOOR) -> datetime:
    """The moment itself if somebody works then, else when they begin."""
    moment = moment.astimezone(UTC)
    if is_open(moment, opening):
        return moment
    day = local(moment).date()
    while True:
        begins, ends = opening[day.weekday()]
        start = _utc(day, begins)
        if ends > begins and start > moment:
            return start
        day += DAY


def between(start: datetime, end: datetime, parts: Sequence[float], opening: Opening = FRONT_DOOR) -> list[datetime]:
    """Moments so many parts (0 to 1, ascending) of the working time from one moment to another; never outside them.

    Where nobody works in between, of the whole time: a night on which somebody was called out.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    spells = _open_spells(start, end, opening)
    if sum((last - first for first, last in spells), timedelta()) < timedelta(minutes=20):
        spells = [(start, end)]
    whole = sum((last - first for first, last in spells), timedelta())
    found = []
    for part in parts:
        left = whole * part
        for first, last in spells:
            if left <= last - first:
                break
            left -= last - first
        found.append((first + min(left, last - first)).replace(microsecond=0))
    return [max(moment, start) for moment in found]


def _open_spells(start: datetime, end: datetime, opening: Opening) -> list[tuple[datetime, datetime]]:
    spells = []
    day, last = local(start).date(), local(end).date()
    while day <= last:
        begins, ends = opening[day.weekday()]
        if ends > begins:
            first, final = max(start, _utc(day, begins)), min(end, _utc(day, ends))
            if first < final:
                spells.append((first, final))
        day += DAY
    return spells


def _utc(day: date, hour: int) -> datetime:
    """This hour by the clocks of that day."""
    return local(datetime.combine(day, time(hour), tzinfo=LONDON)).astimezone(UTC)

"""Days and moments in the local time of England.

A fact is either a day (`date`) or a moment (`datetime`). A moment without a zone is read as local time in
Europe/London. Every moment this room gives back carries that zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

When = date | datetime
"""A day, or a moment of one. A `datetime` is always a moment, although Python counts it as a `date` too."""


def local(moment: datetime) -> datetime:
    """The same moment in local time.

    A moment without a zone is taken as local already. One that never was on a clock (the hour skipped in
    March) moves on by an hour; one that came twice (the hour repeated in October) is the first of the two,
    which is the earlier and so the stricter.
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC).astimezone(LONDON)


def local_day(when: When) -> date:
    """The day in local time on which something happened."""
    return local(when).date() if isinstance(when, datetime) else when


def first_moment(when: When) -> datetime:
    """The moment from which hours are counted: the moment itself, or midnight at the start of a day.

    A day whose time was not written down is counted from its start, so that a missing time never gives
    anybody longer.
    """
    if isinstance(when, datetime):
        return local(when)
    return datetime.combine(when, time.min, tzinfo=LONDON)


def last_moment(due: When) -> datetime:
    """The last moment at which something due then is still in time: the moment itself, or the end of the due
    day."""
    if isinstance(due, datetime):
        return local(due)
    return datetime.combine(due, time.max, tzinfo=LONDON)


def elapsed(start: When, length: timedelta) -> datetime:
    """The moment when `length` has really gone by, in local time, whatever summer time did to the clock
    meanwhile."""
    return (first_moment(start).astimezone(UTC) + length).astimezone(LONDON)

"""Invitations for a calendar (RFC 5545, sent as RFC 5546 says): a meeting is put in, moved or taken out.

A calendar is read by others: colleagues who share it, a telephone on a table. Nothing here says whom a meeting is about
("Meeting, reference C-2345-BCDF"); who is invited reads that in their workspace.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.validators import validate_email
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from righthelp.kernel.moments import LONDON, elapsed, local
from righthelp.packs import pack


def invitation(
    uid: str,
    title: str,
    starts_at: datetime,
    minutes: int,
    place: str,
    description: str,
    organiser: str,
    sequence: int,
    *,
    cancelled: bool = False,
    invited: Sequence[str] = (),
    made_at: datetime | None = None,
) -> bytes:
    """A file that puts a meeting into a calendar, moves it, or takes it out.

    The `uid` is the meeting's for ever; `sequence` rises by one each time that it is moved or called off. `organiser`
    and `invited` are e-mail addresses: one file for each person, or each reads who else is invited. Where nobody is
    named it is published, for whoever fetches it: nobody is asked to answer. Raises `ValidationError` for what is no
    address.
    """
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", made_at or timezone.now())
    event.add("dtstart", local(starts_at))
    event.add("dtend", elapsed(starts_at, timedelta(minutes=minutes)))
    event.add("summary", title)
    event.add("location", place)
    event.add("description", description)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _address(organiser, CN=pack().title))
    for who in invited:
        event.add("attendee", _address(who, ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="TRUE"))
    file = Calendar()
    file.add("prodid", "-//righthelp//EN")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if cancelled else "REQUEST" if invited else "PUBLISH")
    file.add_component(_london())
    file.add_component(event)
    made: bytes = file.to_ical()
    return made


def _london() -> Timezone:
    """Local time (Summer Time Order 2002), said as a rule: some calendars read no list of dates."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for clock, name, month, hour, before, after in (
        (TimezoneDaylight(), "BST", 3, 1, timedelta(0), timedelta(hours=1)),
        (TimezoneStandard(), "GMT", 10, 2, timedelta(hours=1), timedelta(0)),
    ):
        clock.add("tzname", name)
        clock.add("dtstart", datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 - as the clock says
        clock.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        clock.add("tzoffsetfrom", before)
        clock.add("tzoffsetto", after)
        zone.add_component(clock)
    return zone


def _address(email: str, **parameters: str) -> vCalAddress:
    validate_email(email)
    address = vCalAddress(f"mailto:{email}")
    address.params.update(parameters)
    return address

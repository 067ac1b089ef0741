"""An invitation goes into any calendar at the right hour, and says nothing of whom it is about."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from righthelp.kernel.moments import LONDON
from righthelp.record.calendar import invitation

MADE = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def made(starts_at=datetime(2026, 1, 12, 14, 0, tzinfo=LONDON), **other):
    told = {
        "uid": "0197-meeting",
        "title": "Meeting, reference C-2345-BCDF",
        "starts_at": starts_at,
        "minutes": 90,
        "place": "Room 4, The Old Mill; bring a pass",
        "description": "Open your workspace to read what it is about.\nRing us if you cannot come.",
        "organiser": "meetings@county.example",
        "sequence": 0,
        "made_at": MADE,
    } | other
    return invitation(**told)


def event(**told):
    file = Calendar.from_ical(made(**told))
    (found,) = file.walk("VEVENT")
    return file, found


@pytest.mark.parametrize(
    ("starts", "hour", "ahead"),
    [
        (datetime(2026, 1, 12, 14, 0, tzinfo=LONDON), 14, 0),  # winter
        (datetime(2026, 7, 13, 14, 0, tzinfo=LONDON), 14, 1),  # summer
        (datetime(2026, 7, 13, 13, 0, tzinfo=UTC), 14, 1),  # the same moment, as the record keeps it
    ],
)
def test_it_begins_at_the_hour_on_the_wall_in_summer_and_winter(starts, hour, ahead):
    _, found = event(starts_at=starts)
    begins, ends = found.decoded("dtstart"), found.decoded("dtend")
    assert begins.hour == hour
    assert begins.utcoffset() == timedelta(hours=ahead)
    assert begins == starts
    assert ends - begins == timedelta(minutes=90)
    assert found["dtstart"].params["TZID"] == "Europe/London"


@pytest.mark.parametrize(
    ("moment", "ahead"),
    [
        ("2026-03-29T00:30", 0),
        ("2026-03-29T02:30", 1),
        ("2026-10-25T00:30", 1),
        ("2026-10-25T02:30", 0),
        ("2040-07-01T09:00", 1),
    ],
)
def test_the_file_itself_says_when_clocks_change(moment, ahead):
    """A calendar that does not know our zone by name reads it from the file."""
    file, _ = event()
    (zone,) = file.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/London"
    assert zone.to_tz(lookup_tzid=False).utcoffset(datetime.fromisoformat(moment)) == timedelta(hours=ahead)


def test_what_was_written_is_read_back_as_it_was():
    file, found = event(invited=["helen@health.example"])
    assert file["method"] == "REQUEST"
    assert str(found["summary"]) == "Meeting, reference C-2345-BCDF"
    assert str(found["location"]) == "Room 4, The Old Mill; bring a pass"
    assert "\n" in str(found["description"])
    assert found["organizer"] == "mailto:meetings@county.example"
    assert found["attendee"] == "mailto:helen@health.example"
    assert found["class"] == "PRIVATE"
    assert found.decoded("dtstamp") == MADE


def test_what_anybody_fetches_asks_nobody_to_answer():
    file, found = event()
    assert file["method"] == "PUBLISH"
    assert "attendee" not in found


def test_a_meeting_that_is_moved_and_then_called_off_is_the_same_meeting():
    later = datetime(2026, 1, 13, 10, 0, tzinfo=LONDON)
    for told, method, status in (
        ({"sequence": 1, "starts_at": later}, "REQUEST", "CONFIRMED"),
        ({"sequence": 2, "starts_at": later, "cancelled": True}, "CANCEL", "CANCELLED"),
    ):
        file, found = event(invited=["helen@health.example"], **told)
        assert (file["method"], found["status"], found["uid"]) == (method, status, "0197-meeting")
        assert found["sequence"] == told["sequence"]


def test_nothing_is_slipped_in_by_what_somebody_typed():
    _, found = event(title="Meeting\r\nATTENDEE:mailto:other@example.org", place="Hall\nSTATUS:CANCELLED")
    assert "attendee" not in found
    assert found["status"] == "CONFIRMED"
    with pytest.raises(ValidationError):
        made(organiser="meetings@county.example\r\nATTENDEE:mailto:other@example.org")

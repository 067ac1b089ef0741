"""A meeting goes into the calendar of whoever is invited, and of nobody else; it names nobody."""

from typing import Any

import pytest
from icalendar import Calendar

from righthelp.engine.process import process
from tests import help_given as given

CALENDAR = "Put it in your calendar"


@pytest.fixture
def meeting(workplace: Any) -> Any:
    plan = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    given.invited(workplace, plan)
    return process("family_meeting").objects.get(plan=plan.pk)


@pytest.mark.parametrize("who", [given.LEAD, given.OF_THE_TEAM])
def test_whoever_is_invited_puts_it_in_their_calendar(client: Any, workplace: Any, meeting: Any, who: str) -> None:
    page = workplace.signed_in(who, client).get(f"/family_meeting/{meeting.pk}/").content.decode()
    assert CALENDAR in page
    answer = client.get(f"/family_meeting/{meeting.pk}/calendar/")
    assert answer["Content-Type"].startswith("text/calendar")
    file = Calendar.from_ical(answer.content)
    (event,) = file.walk("VEVENT")
    assert file["method"] == "PUBLISH"
    assert event.decoded("dtstart") == meeting.meets_at.replace(microsecond=0)
    assert event["location"] == "At school."
    for word in ("Ada", "Pugh", "family", "plan"):
        assert word not in answer.content.decode(), "others read a calendar"


def test_nobody_else_does(client: Any, workplace: Any, meeting: Any) -> None:
    workplace.signed_in("Kate Lomas", client)
    assert client.get(f"/family_meeting/{meeting.pk}/calendar/").status_code == 404


def test_what_has_no_day_goes_in_no_calendar(client: Any, workplace: Any) -> None:
    plan = given.under_way(workplace, workplace.person("Ada", "Pugh"))
    meeting = process("family_meeting").objects.get(plan=plan.pk)
    page = workplace.signed_in(given.LEAD, client).get(f"/family_meeting/{meeting.pk}/").content.decode()
    assert CALENDAR not in page
    assert client.get(f"/family_meeting/{meeting.pk}/calendar/").status_code == 404


def test_what_is_called_off_comes_out_again(client: Any, workplace: Any, meeting: Any) -> None:
    address = f"/family_meeting/{meeting.pk}"
    put_in = Calendar.from_ical(workplace.signed_in(given.WORKER, client).get(f"{address}/calendar/").content)
    workplace.take(workplace.again(meeting.plan), "close", given.LEAD, **given.closing(meeting.plan))
    assert "Take it out of your calendar" in client.get(f"{address}/").content.decode()
    taken_out = Calendar.from_ical(client.get(f"{address}/calendar/").content)
    assert taken_out["method"] == "CANCEL"
    before, after = (next(iter(file.walk("VEVENT"))) for file in (put_in, taken_out))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]

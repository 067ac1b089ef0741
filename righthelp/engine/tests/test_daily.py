"""One e-mail a day, at the hour that somebody chose; once, also on the day that has an hour twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from righthelp.engine.notices.planning import after_quiet
from righthelp.engine.notices.sending import send_round
from righthelp.kernel.moments import LONDON
from righthelp.record.models import Notice, NoticeMessage, NoticeWishes
from righthelp.record.notices import Way

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOCKS_GO_BACK = date(2026, 10, 25)  # a Sunday: from two o'clock summer time it is one o'clock again


@pytest.fixture
def marian(workplace: Any, settings: Any) -> Any:
    """A manager to whom two worries came; she wishes the daily e-mail at eight."""
    settings.DEMONSTRATION, settings.EMAIL_HOST = True, ""
    workplace.worry()
    workplace.worry()
    Notice.objects.update(planned_at=datetime(2026, 10, 1, tzinfo=UTC))
    worker = workplace.worker("Marian Blythe")
    NoticeWishes.objects.create(worker=worker, told_up_to=datetime(2100, 1, 1, tzinfo=UTC))
    return worker


def digests(worker: Any) -> list[NoticeMessage]:
    return list(NoticeMessage.objects.filter(worker=worker, about="DIGEST").order_by("made_at"))


def rounds(since: datetime, until: datetime, every: timedelta) -> None:
    """The sender goes round, as it does all day."""
    moment = since.astimezone(UTC)
    while moment <= until.astimezone(UTC):
        send_round(moment)
        moment += every


def test_it_comes_at_its_hour_once_and_says_how_many_by_reason(marian: Any) -> None:
    day = datetime(2026, 11, 24, 6, 0, tzinfo=LONDON)
    rounds(day, day + timedelta(hours=1, minutes=50), 10 * MINUTE)
    assert digests(marian) == []
    rounds(day + 2 * HOUR, day + 6 * HOUR, 10 * MINUTE)
    [message] = digests(marian)
    assert message.sent_at == day + 2 * HOUR
    assert "- Something reached a team that you manage: 2" in message.words
    assert "Ada" not in message.words


def test_it_comes_on_working_days_or_on_all(marian: Any) -> None:
    saturday = datetime(2026, 11, 28, 8, 30, tzinfo=LONDON)
    send_round(saturday)
    send_round(saturday + DAY)
    assert digests(marian) == []
    send_round(saturday + 2 * DAY)
    assert len(digests(marian)) == 1
    NoticeWishes.objects.filter(worker=marian).update(digest_on_rest_days=True)
    send_round(saturday + 7 * DAY)
    assert len(digests(marian)) == 2


def test_where_nothing_waits_nothing_comes(marian: Any) -> None:
    Notice.objects.update(read_at=datetime(2026, 11, 1, tzinfo=UTC))
    send_round(datetime(2026, 11, 24, 8, 30, tzinfo=LONDON))
    assert digests(marian) == []


def test_only_what_was_chosen_is_counted(marian: Any) -> None:
    NoticeWishes.objects.filter(worker=marian).update(landed=Way.WORKSPACE)
    send_round(datetime(2026, 11, 24, 8, 30, tzinfo=LONDON))
    assert digests(marian) == []


def test_a_sender_that_was_away_in_the_morning_sends_it_when_it_is_back(marian: Any) -> None:
    send_round(datetime(2026, 11, 24, 15, 0, tzinfo=LONDON))
    assert len(digests(marian)) == 1


@pytest.mark.parametrize("hour", [0, 1, 2, 8])
def test_the_hour_that_comes_twice_brings_it_once(marian: Any, hour: int) -> None:
    NoticeWishes.objects.filter(worker=marian).update(digest_hour=hour, digest_on_rest_days=True)
    midnight = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # of the 25th, in summer time
    rounds(midnight, midnight + timedelta(hours=24, minutes=50), 10 * MINUTE)
    [message] = digests(marian)
    assert message.day == CLOCKS_GO_BACK
    assert message.sent_at is not None
    assert message.sent_at.astimezone(LONDON).hour == hour


def test_half_past_one_comes_twice_and_nothing_else_does(workplace: Any, marian: Any) -> None:
    """The same moment by the clock on the wall, an hour apart: one message for one thing that waits."""
    NoticeWishes.objects.filter(worker=marian).update(landed=Way.AT_ONCE, quiet_from=None, quiet_until=None)
    Notice.objects.filter(worker=marian).update(planned_at=None)
    first = datetime(2026, 10, 25, 1, 30, fold=0, tzinfo=LONDON)
    second = datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON)
    assert second.astimezone(UTC) - first.astimezone(UTC) == HOUR
    assert send_round(first.astimezone(UTC)) == 1
    assert send_round(second.astimezone(UTC)) == 0
    assert NoticeMessage.objects.filter(worker=marian, about="WAITS").count() == 1


def test_a_machine_whose_clock_is_put_back_tells_nothing_twice(workplace: Any, marian: Any) -> None:
    NoticeWishes.objects.filter(worker=marian).update(landed=Way.AT_ONCE, issued=Way.DIGEST)
    Notice.objects.filter(worker=marian).update(planned_at=None)
    now = datetime(2026, 11, 24, 8, 30, tzinfo=LONDON)
    send_round(now)
    before = NoticeMessage.objects.count()
    for back in (HOUR, DAY):
        send_round(now - back)
        send_round(now)
    assert NoticeMessage.objects.count() == before


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 24, 12, 0, tzinfo=LONDON), datetime(2026, 11, 24, 12, 0, tzinfo=LONDON)),
        (datetime(2026, 11, 24, 20, 0, tzinfo=LONDON), datetime(2026, 11, 25, 7, 0, tzinfo=LONDON)),
        (datetime(2026, 11, 24, 6, 59, tzinfo=LONDON), datetime(2026, 11, 24, 7, 0, tzinfo=LONDON)),
        (datetime(2026, 11, 24, 7, 0, tzinfo=LONDON), datetime(2026, 11, 24, 7, 0, tzinfo=LONDON)),
        # The night that is an hour longer ends at seven by the clock on the wall.
        (datetime(2026, 10, 24, 22, 0, tzinfo=LONDON), datetime(2026, 10, 25, 7, 0, tzinfo=LONDON)),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(moment: datetime, expected: datetime) -> None:
    assert after_quiet(NoticeWishes(), moment) == expected


def test_quiet_hours_within_a_day() -> None:
    wishes = NoticeWishes(quiet_from=12, quiet_until=14)
    noon = datetime(2026, 11, 24, 13, 0, tzinfo=LONDON)
    assert after_quiet(wishes, noon) == noon + HOUR
    assert after_quiet(wishes, noon + HOUR) == noon + HOUR
    assert after_quiet(NoticeWishes(quiet_from=None, quiet_until=None), noon) == noon

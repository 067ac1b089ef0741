"""Telling people by e-mail: at once, once, though the mail server be dead, slow or unwilling; and given up loudly."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from righthelp.engine.notices.sending import pause, send_round
from righthelp.engine.tests.played import MailServer, closed_port, mail_server
from righthelp.guard.models import Appointment
from righthelp.kernel.moments import LONDON
from righthelp.record.models import Notice, NoticeMessage, NoticeWishes
from righthelp.record.notices import Way

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as played:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", played.port, 0.3
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.ADDRESS = "https://righthelp.example"
        yield played


@pytest.fixture
def noon(workplace: Any) -> datetime:
    """The middle of a working day, after everybody's wishes were made and the daily e-mail went."""
    now = datetime.now(LONDON).replace(hour=12, minute=0)
    send_round(now - HOUR)
    NoticeWishes.objects.update(digest_on=now.date() + timedelta(days=2))
    return now


def messages() -> list[NoticeMessage]:
    return list(NoticeMessage.objects.order_by("made_at", "pk"))


def wish(workplace: Any, name: str, **ways: Any) -> None:
    NoticeWishes.objects.filter(worker=workplace.worker(name)).update(**ways)


def test_a_sender_is_told_once_that_something_waits_and_no_more(workplace: Any, server: MailServer, noon: Any) -> None:
    workplace.decided()
    assert send_round(noon) == 1
    assert send_round(noon + MINUTE) == 0
    [email] = server.messages
    assert "To: ruth.adeyemi@demonstration.invalid" in email
    assert "Something waits for you in righthelp" in email
    assert "https://righthelp.example/notices/" in email
    for word in ("Ada", "Pugh", "Hill Lane", "ADVICE", "worry", "child", str(Notice.objects.first().entry_id)):
        assert word not in email


def test_what_is_rolled_back_is_told_to_nobody(workplace: Any, server: MailServer, noon: Any) -> None:
    with transaction.atomic():
        workplace.decided()
        transaction.set_rollback(True)
    assert send_round(noon) == 0
    assert server.messages == []


@pytest.mark.parametrize(
    ("says", "fault"),
    [
        ({"greeting": "hang"}, "TOO_SLOW"),
        ({"RCPT": "hang"}, "TOO_SLOW"),
        ({"end": "hang"}, "TOO_SLOW"),
        ({"greeting": "421 too many"}, "NOT_NOW"),
        ({"RCPT": "450 later"}, "NOT_NOW"),
        ({"DATA": "451 later"}, "NOT_NOW"),
        ({"DATA": "554 no"}, "REFUSED"),
        ({"other": "550 who are you"}, "REFUSED"),
    ],
)
def test_a_server_that_will_not_now_gets_it_later(
    workplace: Any, server: MailServer, noon: Any, says: dict[str, str], fault: str
) -> None:
    workplace.decided()
    server.says = says
    assert send_round(noon) == 0
    [message] = messages()
    assert (message.fault, message.sent_at, message.given_up_at) == (fault, None, None)
    assert message.next_at == noon + MINUTE
    server.says = {}
    assert send_round(noon + MINUTE / 2) == 0  # not before its pause is over
    assert send_round(noon + MINUTE) == 1
    [message] = messages()
    assert message.tries == 2
    assert message.fault == ""


def test_a_server_that_is_not_there_loses_nothing(workplace: Any, server: MailServer, noon: Any, settings: Any) -> None:
    settings.EMAIL_PORT = closed_port()
    workplace.decided()
    for minutes in (0, 1, 3, 7):
        assert send_round(noon + minutes * MINUTE) == 0
    [message] = messages()
    assert (message.tries, message.fault) == (4, "NO_ANSWER")
    settings.EMAIL_PORT = server.port
    assert send_round(noon + 15 * MINUTE) == 1
    assert len(server.messages) == 1


def test_the_same_message_bears_the_same_number(workplace: Any, server: MailServer, noon: Any) -> None:
    """It was taken, and the answer was lost: nobody can know, but a mail system knows it for the same."""
    workplace.decided()
    server.says = {"end": "hang"}
    send_round(noon)
    server.says = {}
    send_round(noon + MINUTE)
    numbers = [line for email in server.messages for line in email.splitlines() if line.startswith("Message-ID")]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1


def test_a_pause_grows_and_is_never_longer_than_an_hour() -> None:
    pauses = [pause(tries) for tries in range(1, 30)]
    assert pauses == sorted(pauses)
    assert pauses[:3] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert pauses[-1] == HOUR


def test_after_a_day_it_is_given_up_and_the_log_says_so(
    workplace: Any, server: MailServer, noon: Any, settings: Any, caplog: Any
) -> None:
    settings.EMAIL_PORT = closed_port()
    workplace.decided()
    send_round(noon)
    now = noon
    with caplog.at_level(logging.WARNING):
        while not messages()[0].given_up_at:
            now = messages()[0].next_at
            send_round(now)
            assert now - noon < timedelta(days=2)
    assert timedelta(days=1) <= now - noon < timedelta(days=1) + HOUR
    assert [line.levelname for line in caplog.records][-1] == "ERROR"
    settings.EMAIL_PORT = server.port
    assert send_round(now + HOUR) == 0


def test_an_address_that_is_refused_for_good_is_given_up_at_once(workplace: Any, server: MailServer, noon: Any) -> None:
    server.says = {"RCPT": "550 nobody here"}
    workplace.decided()
    send_round(noon)
    [message] = messages()
    assert message.fault == "NEVER"
    assert message.given_up_at


def test_a_dead_server_is_not_asked_for_every_message(workplace: Any, server: MailServer, noon: Any) -> None:
    wish(workplace, "Marian Blythe", landed=Way.AT_ONCE)
    workplace.decided()
    server.says = {"greeting": "hang"}
    send_round(noon)
    assert sorted(message.tries for message in messages())[:2] == [0, 1]


def test_what_a_killed_sender_had_in_hand_is_tried_again(workplace: Any, server: MailServer, noon: Any) -> None:
    workplace.decided()
    server.says = {"greeting": "421 no"}
    send_round(noon)
    server.says = {}
    NoticeMessage.objects.update(claimed_at=noon)  # as a sender leaves it that ends while it sends
    assert send_round(noon + 5 * MINUTE) == 0
    assert send_round(noon + 10 * MINUTE) == 1


def test_what_was_read_meanwhile_is_not_told(workplace: Any, server: MailServer, noon: Any) -> None:
    server.says = {"greeting": "421 no"}
    workplace.decided()
    send_round(noon)
    Notice.objects.update(read_at=noon)
    server.says = {}
    assert send_round(noon + HOUR) == 0 or server.messages == []
    assert server.messages == []


def test_somebody_who_has_left_is_told_nothing(workplace: Any, server: MailServer, noon: Any) -> None:
    workplace.decided()
    yesterday = timezone.localdate() - timedelta(days=1)
    Appointment.objects.filter(worker=workplace.worker("Ruth Adeyemi")).update(until=yesterday)
    assert send_round(noon) == 0
    assert server.messages == []


def test_many_things_at_one_moment_are_one_message(workplace: Any, server: MailServer, noon: Any) -> None:
    workplace.decided()
    workplace.decided()
    assert send_round(noon) == 1
    workplace.decided()
    assert send_round(noon + MINUTE) == 0  # not said again so soon
    assert send_round(noon + 15 * MINUTE) == 1


def test_quiet_hours_wait_for_the_morning_and_what_is_urgent_does_not(
    workplace: Any, server: MailServer, noon: Any
) -> None:
    night = noon.replace(hour=22)
    workplace.decided()
    assert send_round(night) == 0
    assert send_round(night + timedelta(hours=8, minutes=59)) == 0
    assert send_round(night + timedelta(hours=9)) == 1  # seven in the morning


def test_a_same_day_clock_is_told_at_once_whatever_was_chosen(workplace: Any, server: MailServer, noon: Any) -> None:
    wish(workplace, "Nia Prosser", late=Way.WORKSPACE, soon=Way.WORKSPACE)
    workplace.screening(on=timezone.now())
    due = timezone.now() + timedelta(hours=25)  # a decision is due within a day
    NoticeWishes.objects.update(told_up_to=timezone.now(), digest_on=due.date() + timedelta(days=9))
    send_round(due)
    [message] = [one for one in messages() if one.worker_id == workplace.worker("Nia Prosser").pk]
    assert message.about == "URGENT"
    assert message.sent_at
    send_round(due + MINUTE)
    assert len([one for one in messages() if one.worker_id == workplace.worker("Nia Prosser").pk]) == 1


def test_only_here_sends_nothing(workplace: Any, server: MailServer, noon: Any) -> None:
    wish(workplace, "Ruth Adeyemi", issued=Way.WORKSPACE)
    workplace.decided()
    assert send_round(noon) == 0
    assert Notice.objects.filter(worker=workplace.worker("Ruth Adeyemi"), read_at__isnull=True).count() == 1


def test_without_a_mail_server_nothing_is_promised(workplace: Any, noon: Any, settings: Any) -> None:
    settings.EMAIL_HOST, settings.DEMONSTRATION = "", False
    workplace.decided()
    assert send_round(noon) == 0
    assert messages() == []
    assert Notice.objects.filter(planned_at__isnull=True).count() == 0

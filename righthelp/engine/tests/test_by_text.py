"""Telling people by text message, and proving that a telephone is somebody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.engine.notices import by_text, proving
from righthelp.engine.notices.sending import send_round
from righthelp.engine.tests.played import TextService, closed_port, text_service
from righthelp.record.models import NoticeMessage, NoticeWishes
from righthelp.record.notices import Way

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
NOON, MINUTE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC), timedelta(minutes=1)


@pytest.fixture
def service(settings: Any, monkeypatch: Any) -> Iterator[TextService]:
    with text_service() as played:
        settings.TEXT_SERVER, settings.TEXT_TEMPLATE = played.address, "a-template"
        settings.TEXT_KEY = f"county-{SERVICE}-{SECRET}"
        settings.EMAIL_HOST, settings.DEMONSTRATION = "", False
        monkeypatch.setattr(by_text, "PATIENCE", (0.3, 0.3))
        yield played


@pytest.fixture
def ruth(workplace: Any, service: TextService) -> NoticeWishes:
    """A teacher who wishes to be told by text, and to whom a letter was sent."""
    worker = workplace.worker("Ruth Adeyemi")
    wishes = NoticeWishes.objects.create(
        worker=worker, issued=Way.TEXT, mobile="07700900123", mobile_proved_at=NOON, told_up_to=NOON + 900 * MINUTE
    )
    workplace.decided()
    return wishes


def message() -> NoticeMessage:
    return NoticeMessage.objects.get(by="TEXT")


def test_a_text_says_that_something_waits_and_bears_its_number(ruth: NoticeWishes, service: TextService) -> None:
    assert send_round(NOON) == 1
    [sent] = service.sent
    assert sent["phone_number"] == "07700900123"
    assert sent["template_id"] == "a-template"
    assert sent["reference"] == str(message().pk)
    assert sent["personalisation"]["message"].startswith("Something waits for you in righthelp. Sign in")
    assert "Ada" not in str(sent)
    said = jwt.decode(service.tokens[0], SECRET, algorithms=["HS256"], options={"verify_iat": False})
    assert said["iss"] == SERVICE
    assert set(said) == {"iss", "iat"}


@pytest.mark.parametrize(
    ("plays", "fault"),
    [
        ({"status": 429}, "NOT_NOW"),
        ({"status": 500}, "NOT_NOW"),
        ({"status": 503}, "NOT_NOW"),
        ({"status": 403}, "NOT_LET_IN"),
        ({"status": 302}, "NOT_UNDERSTOOD"),
        ({"body": "<html>"}, "NOT_UNDERSTOOD"),
        ({"waits": 1.0}, "TOO_SLOW"),
    ],
)
def test_what_goes_wrong_for_now_is_tried_again(
    ruth: NoticeWishes, service: TextService, plays: dict[str, Any], fault: str
) -> None:
    vars(service).update(plays)
    assert send_round(NOON) == 0
    assert (message().fault, message().given_up_at) == (fault, None)
    vars(service).update(status=201, body="", waits=0)
    service.sent.clear()
    assert send_round(NOON + MINUTE) == 1
    assert len(service.sent) == 1


def test_a_service_that_is_not_there_is_tried_again(ruth: NoticeWishes, service: TextService, settings: Any) -> None:
    settings.TEXT_SERVER = f"http://127.0.0.1:{closed_port()}"
    assert send_round(NOON) == 0
    assert message().fault == "NO_ANSWER"


def test_a_number_that_is_refused_is_given_up_at_once(ruth: NoticeWishes, service: TextService) -> None:
    service.status = 400
    send_round(NOON)
    assert (message().fault, message().tries) == ("NEVER", 1)
    assert message().given_up_at


def test_what_the_service_has_already_is_not_sent_again(ruth: NoticeWishes, service: TextService) -> None:
    """It took the text and its answer was lost: it is asked before the text is sent a second time."""
    service.status, service.takes_it_anyway = 500, True
    assert send_round(NOON) == 0
    assert len(service.sent) == 1
    service.status = 201
    assert send_round(NOON + MINUTE) == 1
    assert len(service.sent) == 1


def test_without_a_proved_number_nothing_goes_by_text(ruth: NoticeWishes, service: TextService) -> None:
    NoticeWishes.objects.update(mobile_proved_at=None)
    send_round(NOON)
    assert service.sent == []


def test_a_code_proves_a_number(ruth: NoticeWishes, service: TextService) -> None:
    NoticeWishes.objects.update(issued=Way.WORKSPACE)
    ruth.refresh_from_db()
    proving.ask(ruth, "07700900456", NOON)
    assert send_round(NOON) == 1
    [sent] = service.sent
    assert sent["phone_number"] == "07700900456"
    code = sent["personalisation"]["message"].split(" is ")[1][:5]
    assert message().words == ""  # it is kept nowhere
    wrong = "00000" if code != "00000" else "11111"
    assert not proving.prove(ruth, wrong, NOON + MINUTE)
    assert proving.prove(ruth, code, NOON + MINUTE)
    assert ruth.mobile_proved_at == NOON + MINUTE


def test_a_code_is_good_for_a_while_and_for_five_tries(ruth: NoticeWishes) -> None:
    proving.ask(ruth, "07700900456", NOON)
    right = proving.code_of(ruth)
    assert not proving.prove(ruth, right, NOON + 15 * MINUTE)
    proving.ask(ruth, "07700900456", NOON + 20 * MINUTE)
    right = proving.code_of(ruth)
    wrong = "00000" if right != "00000" else "11111"
    for _ in range(proving.TRIES):
        assert not proving.prove(ruth, wrong, NOON + 21 * MINUTE)
    assert not proving.prove(ruth, right, NOON + 21 * MINUTE)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900 123", "07700900123"),
        ("0044 (0)7700-900123", "07700900123"),
        ("01432 260000", ""),
        ("07700 90012", ""),
        ("seven", ""),
        ("", ""),
    ],
)
def test_a_number_as_people_write_it(written: str, number: str) -> None:
    assert proving.as_mobile(written) == number


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_mobile_number_or_none(written: str) -> None:
    number = proving.as_mobile(written)
    assert number == "" or (len(number) == 11 and number.startswith("07"))
    assert proving.as_mobile(number) == number

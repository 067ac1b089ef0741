"""No e-mail and no text says a word that anybody wrote, of anybody: every text of every row holds a word of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from righthelp.engine.notices.sending import send_round
from righthelp.engine.tests.played import text_service
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Deadline, NoticeMessage, NoticeWishes
from righthelp.record.notices import FIELD_OF, Notice, Waits, Way
from tests.county import County, make_county
from tests.databases import a_database_of_its_own
from tests.leaks.tokens import TOKEN, Tokens

NUMBER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture(scope="module")
def county(tokens: Tokens, django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    with django_db_blocker.unblock(), a_database_of_its_own("messages"):
        county = make_county(tokens.say)
        send_round(timezone.now() - timedelta(days=2))  # everybody's wishes are there
        yield county


def wish(way: Way, now: Any) -> None:
    """Everybody wishes to be told of everything in this way, from now on."""
    with looking(DEMONSTRATION):
        Notice.objects.update(planned_at=None, read_at=None)
        NoticeMessage.objects.all().delete()
        NoticeWishes.objects.update(
            **{FIELD_OF[kind]: way for kind in Waits}, told_up_to=now - timedelta(days=1), digest_on=None,
            digest_hour=0, digest_on_rest_days=True, quiet_from=None, mobile="07700900123", mobile_proved_at=now,
        )  # fmt: skip
        assert Deadline.objects.exists()


@pytest.mark.parametrize("way", [Way.AT_ONCE, Way.TEXT, Way.DIGEST])
def test_no_message_says_a_word_of_anybody(way: Way, county: County, for_real: None, settings: Any) -> None:
    now = timezone.now() + timedelta(hours=30)  # much is late by then
    wish(way, now)
    settings.EMAIL_HOST = "mail.example"
    settings.TEXT_KEY = settings.TEXT_TEMPLATE = "county-26785a09-ab16-4eb0-8407-a37497a57506-" + "x" * 36
    mail.outbox = []
    with text_service() as service:
        settings.TEXT_SERVER = service.address
        sent = send_round(now)
        texts = [one["personalisation"]["message"] for one in service.sent]
    said = [f"{email.subject}\n{email.body}" for email in mail.outbox] + texts
    assert sent == len(said) > 10
    assert way != Way.TEXT or texts
    assert way != Way.DIGEST or any("What waits for you in righthelp today" in words for words in said)
    names = {str(person) for person in county.people.values()} | {row for key, row in references(county)}
    for words in said:
        assert TOKEN.findall(words.lower()) == []
        assert NUMBER.findall(words) == []
        assert [name for name in names if name and name in words] == []
        assert not re.search(r"locked|emergency|police|worry|child|referral|domestic", words.partition("\n\n")[0], re.I)


def references(county: County) -> Iterator[tuple[str, str]]:
    """The references by which people speak of a worry."""
    for key, row in county.rows.items():
        if reference := getattr(row, "reference", ""):
            yield key, str(reference)

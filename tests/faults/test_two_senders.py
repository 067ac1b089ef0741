"""Two senders of notices at once, each with a connection of its own: every message goes out, and none twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from righthelp.engine.notices.sending import send_round
from righthelp.engine.tests.played import mail_server
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Notice, NoticeMessage, NoticeWishes
from tests.county import County, make_county
from tests.databases import a_database_of_its_own


@pytest.fixture
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    with django_db_blocker.unblock(), a_database_of_its_own("two_senders"):
        yield make_county()


def test_two_senders_send_each_message_once(county: County, settings: Any) -> None:
    now = timezone.now()
    with looking(DEMONSTRATION):
        NoticeMessage.objects.all().delete()
        Notice.objects.update(planned_at=None)
        NoticeWishes.objects.update(quiet_from=None, digest_on=now.date() + timedelta(days=2))

    def send(_: int) -> int:
        try:
            return send_round(now)
        finally:
            connection.close()

    with mail_server() as server, ThreadPoolExecutor(2) as two:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        sent = sum(two.map(send, range(2)))
        to = Counter(line for email in server.messages for line in email.splitlines() if line.startswith("Message-ID"))
    assert sent == len(server.messages) == len(to) > 5
    with looking(DEMONSTRATION):
        told = list(NoticeMessage.objects.filter(sent_at__isnull=False).values_list("worker", flat=True))
        assert len(told) == len(set(told)) == sent
        assert not NoticeMessage.objects.filter(sent_at__isnull=True).exists()
        assert not Notice.objects.filter(planned_at__isnull=True).exists()

"""Choosing how to be told, proving a telephone, and what the user administrator sees of what did not arrive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from righthelp.engine.notices import proving
from righthelp.engine.notices.sending import send_round
from righthelp.record.models import NoticeMessage, NoticeWishes
from righthelp.record.notices import FIELD_OF, Waits

CHOICES = {"issued": "DIGEST", "asked": "WORKSPACE", "digest_hour": "9", "digest_on_rest_days": "no"}


def wishes(workplace: Any, name: str) -> NoticeWishes:
    return NoticeWishes.objects.get(worker=workplace.worker(name))


def test_there_is_a_wish_for_each_reason() -> None:
    assert {FIELD_OF[kind] for kind in Waits} <= {field.name for field in NoticeWishes._meta.concrete_fields}


def test_a_teacher_chooses(workplace: Any, browser: Any) -> None:
    ruth = browser("Ruth Adeyemi")
    page = ruth.get("/notices/choices/").content.decode()
    assert "A letter was sent to you" in page
    assert "Your agency is asked for something" in page
    assert "Something you hold is late" not in page  # she holds nothing here
    assert "ruth.adeyemi@demonstration.invalid" in page
    answer = ruth.post("/notices/choices/", {**CHOICES, "quiet_from": "21", "quiet_until": "6"}, follow=True)
    assert "Your choices are kept." in answer.content.decode()
    kept = wishes(workplace, "Ruth Adeyemi")
    assert (kept.issued, kept.asked, kept.digest_hour, kept.digest_on_rest_days) == ("DIGEST", "WORKSPACE", 9, False)
    assert (kept.quiet_from, kept.quiet_until) == (21, 6)
    ruth.post("/notices/choices/", {**CHOICES, "quiet_from": "", "quiet_until": ""})
    assert wishes(workplace, "Ruth Adeyemi").quiet_from is None


def test_a_worker_is_told_what_cannot_be_switched_off(browser: Any) -> None:
    assert "One thing cannot be switched off" in browser("Nia Prosser").get("/notices/choices/").content.decode()
    assert "cannot be switched off" not in browser("Ruth Adeyemi").get("/notices/choices/").content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"quiet_from": "21"}, "Choose when the quiet hours begin and when they end, or neither."),
        ({"quiet_from": "7", "quiet_until": "7"}, "Quiet hours end at another hour than they begin."),
        ({"issued": "BY_PIGEON"}, "error-summary"),
        ({"digest_hour": "25"}, "error-summary"),
        ({"issued": "TEXT"}, "error-summary"),  # no number is proved
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(browser: Any, said: dict[str, str], told: str) -> None:
    answer = browser("Ruth Adeyemi").post("/notices/choices/", {**CHOICES, **said})
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not NoticeWishes.objects.exists()


def test_a_telephone_is_proved_by_the_code_that_was_sent_to_it(workplace: Any, browser: Any) -> None:
    ruth = browser("Ruth Adeyemi")
    assert "Enter a mobile telephone number" in said(ruth, asks="mobile", mobile="01432 260000")
    said(ruth, asks="mobile", mobile="07700 900 123")
    assert "A code was sent a moment ago" in said(ruth, asks="mobile", mobile="07700 900 124")
    kept = wishes(workplace, "Ruth Adeyemi")
    assert (kept.mobile, kept.mobile_proved_at) == ("07700900123", None)
    send_round()
    code = proving.code_of(kept)
    assert code in ruth.get("/demonstration/messages/").content.decode()
    wrong = "00000" if code != "00000" else "11111"
    assert "You can try 4 more times." in said(ruth, asks="code", code=wrong)
    assert "The number is yours." in said(ruth, asks="code", code=code)
    assert wishes(workplace, "Ruth Adeyemi").mobile_proved_at
    assert ruth.post("/notices/choices/", {**CHOICES, "issued": "TEXT"}).status_code == 302
    assert "The number is removed." in said(ruth, asks="remove")
    assert wishes(workplace, "Ruth Adeyemi").mobile == ""


def said(browser: Any, **words: str) -> str:
    return str(browser.post("/notices/telephone/", words, follow=True).content.decode())


def test_the_demonstration_shows_what_would_have_been_sent(workplace: Any, browser: Any, settings: Any) -> None:
    ruth = browser("Ruth Adeyemi")
    send_round(timezone.now())
    workplace.decided()
    NoticeWishes.objects.update(quiet_from=None, quiet_until=None)
    send_round(timezone.now())
    page = ruth.get("/demonstration/messages/").content.decode()
    assert "E-mail to Ruth Adeyemi" in page
    assert "Something waits for you in righthelp" in page
    settings.DEMONSTRATION = False
    assert Client().get("/demonstration/messages/").status_code == 404


def given_up(workplace: Any) -> NoticeMessage:
    now = timezone.now()
    return NoticeMessage.objects.create(
        worker=workplace.worker("Ruth Adeyemi"), by="EMAIL", about="WAITS", made_at=now - timedelta(days=2),
        next_at=now, tries=28, given_up_at=now, fault="NO_ANSWER", words="Something waits.",
    )  # fmt: skip


def test_the_user_administrator_sees_what_was_given_up_and_tries_it_again(workplace: Any, browser: Any) -> None:
    message, una = given_up(workplace), browser("Una Kelleher")
    page = una.get("/notices/undelivered/").content.decode()
    assert "Ruth Adeyemi, Hill Lane Primary School" in page
    assert "The server could not be reached" in page
    assert "28 times" in page
    una.post("/notices/undelivered/", {"again": str(message.pk)})
    message.refresh_from_db()
    assert message.given_up_at is None
    assert una.post("/notices/undelivered/", {"again": "nonsense"}).status_code == 404
    assert browser("Marian Blythe").get("/notices/undelivered/").status_code == 403


def test_the_health_page_says_when_somebody_should_look(workplace: Any, browser: Any) -> None:
    watcher = browser("Una Kelleher")
    cache.clear()
    silent = watcher.get("/health/notices/")
    assert (silent.status_code, silent.json()["sender_ran_at"]) == (503, None)
    send_round()
    assert watcher.get("/health/notices/").status_code == 200
    given_up(workplace)
    told = watcher.get("/health/notices/")
    assert (told.status_code, told.json()["given_up_within_a_day"]) == (503, 1)
    assert "Ruth" not in told.content.decode()

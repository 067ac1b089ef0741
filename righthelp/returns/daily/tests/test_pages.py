"""The page of the daily return: for whoever answers for the work, and of nobody who is locked from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from righthelp.guard.models import Circle
from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.tests.played import Department, Plays
from righthelp.returns.daily.tests.test_sending import numbers, row, touch

pytestmark = pytest.mark.django_db
PAGE = "/returns/daily/"


@pytest.fixture
def shown(loaded: Any, played: Department, settings: Any) -> Callable[..., str]:
    """The page as a worker sees it."""
    settings.SECURE_SSL_REDIRECT = False

    def seen(who: str = "Leonard Swann") -> str:
        settings.DEMONSTRATION = True
        answer = loaded.signed_in(who, Client()).get(PAGE)
        settings.DEMONSTRATION = False
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return seen


def test_before_anything_was_sent(shown: Any) -> None:
    assert "Nothing was ever sent." in shown()


def test_it_says_what_was_refused_and_why_and_what_waits(shown: Any, played: Department, send_now: Any) -> None:
    send_now()
    who, other = numbers()[:2]
    touch(who)
    played.faulty = {who: "child_details.sex: <b>not</b> a code"}
    send_now()
    touch(other)
    played.plays = [Plays(403)] * 2
    send_now()
    said = shown()
    assert "&lt;b&gt;not&lt;/b&gt; a code" in said
    assert who in said
    assert other in said
    assert "It stopped, and the rest waits. The Department does not let us in (403)" in said
    assert f'href="/child/{row(who).person_id}/"' in said


def test_a_locked_child_is_neither_listed_nor_counted(shown: Any, played: Department, send_now: Any) -> None:
    send_now()
    who = numbers()[0]
    touch(who)
    played.faulty = {who: "no"}
    send_now()
    assert who in shown()
    person = DailyPayload.objects.get(number=who).person
    person.circle = Circle.objects.create(since="2026-01-01", why="A worker is of the family.")
    person.save()
    said = shown()
    assert who not in said
    assert "<dt>Refused</dt><dd>0</dd>" in said
    assert "<dt>Accepted</dt><dd>11</dd>" in said


@pytest.mark.parametrize("who", ["Ade Bankole", "Ruth Adeyemi"])
def test_it_is_not_for_everybody(loaded: Any, who: str) -> None:
    assert loaded.signed_in(who, Client()).get(PAGE).status_code == 403


def test_whoever_answers_for_the_work_is_led_there(loaded: Any) -> None:
    assert PAGE in loaded.signed_in("Leonard Swann", Client()).get("/my-work/").content.decode()

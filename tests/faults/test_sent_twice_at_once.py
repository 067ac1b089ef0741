"""A system sends the same thing twice at the same moment: one worry is made, and both are answered alike."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from righthelp.api.examples import WORRY
from righthelp.api.examples import notifications as example
from righthelp.guard.viewers import DEMONSTRATION, STEP, looking
from righthelp.processes.contact.models import Contact
from righthelp.processes.police_notification.models import PoliceNotification
from tests.county import County, make_county
from tests.databases import a_database_of_its_own

TOGETHER = 6


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    with django_db_blocker.unblock(), a_database_of_its_own("sent_twice"):
        cache.clear()
        yield make_county()


def post(key: str, path: str, body: Any, number: str) -> Any:
    try:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": number}
        return Client(headers=headers).post(path, json.dumps(body), "application/json")
    finally:
        connection.close()


def all_at_once(key: str, path: str, bodies: list[Any], number: str) -> list[Any]:
    """What each is answered, all of them waiting at the same lock until the last has come."""
    with ThreadPoolExecutor(len(bodies)) as several, looking(DEMONSTRATION), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE case_entry IN SHARE MODE")  # nobody gets as far as writing
        answers = [several.submit(post, key, path, body, number) for body in bodies]
        for _ in range(500):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] == len(bodies):
                break
            time.sleep(0.01)
        else:
            raise AssertionError("They do not wait.")
    return [answer.result(timeout=30) for answer in answers]


def test_two_at_once_make_one(county: County) -> None:
    with looking(STEP):
        before = Contact.objects.count()
    answers = all_at_once(county.keys["the school's system"], "/api/v1/worries", [WORRY] * TOGETHER, "at-the-same-time")
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == TOGETHER - 1
    with looking(STEP):
        assert Contact.objects.count() == before + 1


def test_of_two_that_differ_one_is_kept_and_the_other_told_so(county: County) -> None:
    bodies = [{**WORRY, "child_given": given} for given in ("Ann", "Ben")]
    answers = all_at_once(county.keys["the school's system"], "/api/v1/worries", bodies, "two-that-differ")
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    with looking(STEP):
        assert Contact.objects.filter(child_given__in=["Ann", "Ben"]).count() == 1


def test_the_same_notifications_under_two_numbers_are_received_once(county: County) -> None:
    path, key = "/api/v1/police-notifications", county.keys["the police's system"]
    with ThreadPoolExecutor(2) as two:
        tasks = [two.submit(post, key, path, example(), f"number-{number:04}") for number in range(2)]
        answers = [task.result(timeout=30) for task in tasks]
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert sorted(answer.json()["received"] for answer in answers) == [0, 2]
    with looking(STEP):
        assert PoliceNotification.objects.filter(child_family="Tranter-Vale").count() == 2

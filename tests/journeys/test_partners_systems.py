"""A user administrator makes a school's system its key; a program sends a worry by it; the key is ended."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import expect

from righthelp.api.examples import WORRY

from .conftest import Comes

pytestmark = pytest.mark.browser


def sends(address: str, key: str, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    """What a program is answered."""
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": "journey-0001"}
    asked = urllib.request.Request(f"{address}{path}", body and json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)


def test_a_system_is_given_a_key_sends_and_loses_it(comes: Comes, county: str) -> None:
    una = comes("Una Kelleher", width=320)
    una.opens("/systems/")
    una.sees("Partners' systems")
    una.presses("Add a partner's system")
    una.presses("Make its key")
    una.sees("Add a partner's system", "There is a problem", "Whose system is it?")
    una.picks("Whose system is it?", "Hill Lane Primary School")
    una.writes("What is the system called?", "Hill Lane records")
    una.ticks("Send worries about children")
    una.presses("Make its key")
    una.sees("Copy this key now", "kept nowhere")
    key = una.page.locator("#key").inner_text()

    status, receipt = sends(county, key, "/api/v1/worries", WORRY)
    assert status == 201
    assert sends(county, key, "/api/v1/worries", WORRY) == (status, receipt)
    assert sends(county, key, receipt["what_came_of_it"])[1]["outcome"] is None

    ruth = comes("Ruth Adeyemi")
    ruth.sees("Your worries and requests", receipt["reference"])

    una.follows("I have copied it: back to partners' systems")
    una.sees("Partners' systems", "Hill Lane records", "In use", "Today at")
    expect(una.page.get_by_text(key)).to_have_count(0)
    una.follows(f"End the key {key.rpartition('-')[0]}")
    una.sees("End the key", "refused")
    una.presses("End the key")
    una.sees("Partners' systems", "opens nothing any more", "Ended")
    assert sends(county, key, receipt["what_came_of_it"])[0] == 401


def test_anybody_reads_what_a_system_may_do(comes: Comes) -> None:
    somebody = comes(width=320, scripts=False)
    somebody.opens("/about/")
    somebody.follows("For partners' systems")
    somebody.sees("For partners' systems", "POST /api/v1/worries", "Idempotency-Key")

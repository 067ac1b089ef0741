"""The Department as a test plays it, and a county that sends to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from righthelp.returns.cin import loading
from righthelp.returns.cin.tests.making import file_of
from righthelp.returns.daily import door
from righthelp.returns.daily.sending import Sent, send
from righthelp.returns.daily.tests.played import Department, department


@pytest.fixture
def played(settings: Any, monkeypatch: Any) -> Iterator[Department]:
    with department() as server:
        settings.DEMONSTRATION = False
        settings.DAILY_SERVER = f"{server.address}/api/"
        settings.DAILY_TOKEN_SERVER = f"{server.address}/token"
        settings.DAILY_CLIENT_ID, settings.DAILY_SECRET = "the-county", "not-told"
        settings.DAILY_SCOPE, settings.DAILY_SUPPLIER_KEY = "a-scope/.default", "a-supplier"
        monkeypatch.setattr(door, "PATIENCE", (0.5, 0.5))
        monkeypatch.setattr(door, "LONGEST_ANSWER", 0.8)
        yield server


@pytest.fixture
def loaded(workplace: Any) -> Any:
    """A county with twelve children in social care, known from a return."""
    assert loading.load(file_of(12).encode(), "return.xml").outcome is loading.Outcome.LOADED
    return workplace


@pytest.fixture
def waited() -> list[float]:
    """How long the sender waited, each time."""
    return []


@pytest.fixture
def send_now(played: Department, waited: list[float]) -> Callable[..., Sent]:
    """Send, without waiting."""

    def now(**more: Any) -> Sent:
        return send(door.Door(), sleep=waited.append, **more)

    return now

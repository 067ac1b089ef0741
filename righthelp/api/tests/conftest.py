"""What the tests of the API share: a small county with a school's system and a police force's, and their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from righthelp.api.keys import make_key, make_system
from righthelp.conftest import Workplace
from righthelp.demo.staff import make_staff
from righthelp.engine.journal import Journal
from righthelp.guard.guarded import new_id
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION, looking

SCHOOL, POLICE = "Hill Lane Primary School", "Border Counties Police"


@dataclass
class Partner:
    """A partner's system, as it asks: with its key, and a number of its own for each thing that it sends."""

    system: Worker
    key: str
    browser: Client = field(default_factory=Client)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", **more}

    def get(self, path: str, **more: str) -> Any:
        return self.browser.get(path, headers=self.headers(**more))

    def post(self, path: str, body: Any, number: str | None = None, **more: str) -> Any:
        """Send JSON; words and bytes go as they are."""
        sent = body if isinstance(body, (bytes, str)) else json.dumps(body)
        own = {"Idempotency-Key": number or f"sent-{next(self.numbers):08}"}
        return self.browser.post(
            path, sent, content_type=more.pop("content_type", "application/json"), headers=self.headers(**own, **more)
        )


@dataclass
class Doors:
    """A county, and the systems that come to its door. Nobody is looking until somebody asks."""

    work: Workplace

    def system(self, agency: str, *roles: str, name: str = "") -> Partner:
        """A system of an agency, with a key made by the user administrator."""
        until = timezone.localdate() + timedelta(days=365)
        by = self.work.as_("user administrator")
        with looking(by):
            system = make_system(by, self.work.staff.agencies[agency], name or f"{agency} records", roles, until)
            key = make_key(by, system, until, new_id())
        return Partner(system, key)


@pytest.fixture
def doors(db: None) -> Doors:
    cache.clear()  # what was counted of other tests
    with looking(DEMONSTRATION):
        journal = Journal()
        staff = make_staff(journal, schools=2, practices=1)
        journal.write(DEMONSTRATION)
    return Doors(Workplace(staff))


@pytest.fixture
def school(doors: Doors) -> Partner:
    return doors.system(SCHOOL, "partner")


@pytest.fixture
def police(doors: Doors) -> Partner:
    return doors.system(POLICE, "police notifier")

"""A small county for the tests of a file, made once and taken back when they are done."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from righthelp.demo import county
from righthelp.demo.plan import plan_anew
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.packs import pack

WEDNESDAY = datetime(2026, 10, 14, 10, 20, tzinfo=UTC)  # a working day in term
SEED, MONTHS = 7, 1.5


def some_children() -> int:
    """A tenth of a large county; the whole of a small one."""
    whole = int(pack().demonstration().value("population", "children"))
    return whole if whole < 10_000 else whole // 10


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


Made = Callable[..., AbstractContextManager[None]]


@pytest.fixture(scope="module")
def a_county(django_db_setup: None, django_db_blocker: Any) -> Made:
    """Makes a county, and takes it back when the block ends."""

    @contextmanager
    def made(seed: int = SEED, now: datetime = WEDNESDAY, children: int = 0, months: float = MONTHS) -> Iterator[None]:
        with django_db_blocker.unblock(), taken_back():
            plan_anew()  # after the smaller county of another test
            county.make(seed, now, children or some_children(), months, processes=1)
            with looking(DEMONSTRATION):
                yield

    return made


@pytest.fixture(scope="module")
def the_county(a_county: Made) -> Iterator[None]:
    """The county that the tests of a file look at."""
    with a_county():
        yield

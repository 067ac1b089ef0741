"""What a county is made from, and the transaction in which a piece of it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from time import monotonic

from django.db import connection

from righthelp.demo.hours import DAY
from righthelp.demo.models import DemonstrationCounty
from righthelp.demo.seasons import Seasons
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.packs import pack

Report = Callable[[str], None]
MONTH = DAY * 365.25 / 12
PARTS = 2  # of a large county
LARGE = 4000  # children from which it is worth a second process
LATEST = 3.0  # months that are made before anybody looks; the earlier ones are made while the county is in use


@dataclass(frozen=True)
class Plan:
    """It is the same wherever a part of the county is made."""

    seed: int
    children: int
    months: float
    now: datetime

    @property
    def parts(self) -> int:
        """In how many pieces it is made at once."""
        return PARTS if self.children >= LARGE else 1

    @property
    def begins(self) -> datetime:
        """The moment from which worries are told."""
        return self.now - MONTH * self.months

    @property
    def latest(self) -> datetime:
        """The moment from which worries are made first."""
        return self.now - MONTH * min(self.months, LATEST)

    def random(self, what: str) -> Random:
        """Chance for one purpose, from the seed alone."""
        return Random(f"{what} {self.seed}")  # noqa: S311  (an invented county, not a secret)

    @property
    def size(self) -> float:
        """How large it is, of the county in the papers."""
        return self.children / pack().demonstration().value("population", "children")

    @cached_property
    def seasons(self) -> Seasons:
        """How much its months bring."""
        return Seasons(pack().demonstration(), self.now)


def plan_of(county: DemonstrationCounty, now: datetime | None = None) -> Plan:
    """The plan of a county that is there or begun, at its first day's moment or another."""
    return Plan(county.seed, county.children, county.months, now or county.began_at)


@contextmanager
def making() -> Iterator[None]:
    """A transaction in which a county is made, with time enough for its largest statements."""
    with looking(DEMONSTRATION):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        yield


WAYS = ("seqscan", "hashjoin", "mergejoin", "nestloop")  # by which the planner may read and join


def plan_simply() -> None:
    """Tell the planner, which has not counted the new tables yet, that every look-up is of a few rows by an index."""
    _allow("nestloop")
    plan_anew()


def plan_anew() -> None:
    """Forget what was planned while the tables were small: a way through few rows is slow through many."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


@contextmanager
def planned_whole() -> Iterator[None]:
    """Tell the planner that what is asked inside is of all rows of the new tables, which it has not counted yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('enable_{way}')" for way in WAYS))
        before = [way for way, said in zip(WAYS, cursor.fetchone(), strict=True) if said == "on"]
    _allow("seqscan", "hashjoin")
    yield
    _allow(*before)


def _allow(*ways: str) -> None:
    with connection.cursor() as cursor:
        for way in WAYS:
            cursor.execute("SELECT set_config(%s, %s, true)", [f"enable_{way}", "on" if way in ways else "off"])


@contextmanager
def timed(report: Report, what: str) -> Iterator[None]:
    """Report a piece of work with the seconds it took."""
    began = monotonic()
    yield
    report(f"{what}: {monotonic() - began:.1f} s")

"""Deadlines, made from the facts and the law that was in force when the clock started; made again at any time.

Nothing is counted by a nightly job: a deadline keeps when it started, when it is due and when it stopped, and whether
it is met or missed follows from the moment of asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

from righthelp import law
from righthelp.kernel.moments import first_moment, last_moment, local_day
from righthelp.kernel.page import Clock
from righthelp.kernel.timing import Timing, timing
from righthelp.kernel.uncountable import NoDate
from righthelp.packs import pack
from righthelp.record.models import Deadline

FACTS = ("law", "law_since", "started_at", "due_at", "whole_day", "stopped_at", "excused")  # of a kept deadline


class Clocked(Protocol):
    """A row that says which clocks it is under."""

    @property
    def pk(self) -> Any: ...

    @property
    def clocks(self) -> Iterable[Clock]: ...


def fact(row: Any, path: str) -> Any:
    """The fact that a clock names: a field, or a field of a row it points to; None where there is none."""
    for name in path.split("."):
        row = getattr(row, name, None)
        if row is None:
            return None
    return row


def clocked_facts(row: Clocked) -> list[Any]:
    """All facts from which the deadlines of a row follow: while they stay, so do its deadlines."""
    paths = (
        path for clock in row.clocks for path in (clock.starts, clock.stops, clock.when, clock.agreed, clock.excused)
    )
    return [fact(row, path) for path in paths if path]


def derive(row: Clocked) -> list[Deadline]:
    """The deadlines of a process row, from its facts alone."""
    made = (_derive(row, clock) for clock in row.clocks)
    return [deadline for deadline in made if deadline is not None]


def _derive(row: Clocked, clock: Clock) -> Deadline | None:
    """In UTC, as they are kept: of the hour that October has twice, no local moment equals what was kept of it."""
    started = fact(row, clock.starts)
    if started is None or (clock.when and not fact(row, clock.when)):
        return None
    try:
        value = law.value(clock.law, local_day(started))
    except law.NotInForce:
        return None
    agreed = fact(row, clock.agreed) if clock.agreed else None
    try:
        due = agreed or pack().due(clock.law, started)
    except NoDate:
        return None  # the county's term dates do not reach so far: no day is better than a made-up one
    stopped = fact(row, clock.stops)
    return Deadline(
        entry_id=row.pk,
        clock=clock.name,
        law=clock.law,
        law_since=value.since,
        started_at=first_moment(started).astimezone(UTC),
        due_at=last_moment(due).astimezone(UTC),
        whole_day=not isinstance(due, datetime),
        stopped_at=None if stopped is None else first_moment(stopped).astimezone(UTC),
        excused=str(fact(row, clock.excused) or "") if clock.excused else "",
    )


def asked(row: Clocked, now: datetime) -> Iterator[tuple[Clock, Deadline | None, Timing]]:
    """Each clock of a row, its deadline if it runs, and its answer now."""
    made = {deadline.clock: deadline for deadline in derive(row)}
    for clock in row.clocks:
        deadline = made.get(clock.name)
        yield clock, deadline, answer(deadline, now, applies=not clock.when or bool(fact(row, clock.when)))


def answer(deadline: Deadline | None, now: datetime, *, applies: bool = True) -> Timing:
    """A kept deadline's answer now."""
    if deadline is None:
        return timing(started=None, stopped=None, due=None, now=now, applies=applies)
    return timing(
        started=deadline.started_at,
        stopped=deadline.stopped_at,
        due=deadline.due_at,
        now=now,
        applies=applies,
        excused=deadline.excused,
    )

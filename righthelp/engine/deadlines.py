"""Deadlines, made from the facts and the law that was in force when the clock started; made again at any time.

Nothing is counted by a nightly job: a deadline keeps when it started, when it is due and when it stopped, and whether
it is met or missed follows from the moment of asking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from righthelp import law
from righthelp.guard.viewers import REBUILD, looking
from righthelp.kernel.moments import first_moment, last_moment, local_day
from righthelp.kernel.page import Clock
from righthelp.kernel.timing import Timing, timing
from righthelp.packs import pack
from righthelp.record.models import Deadline

if TYPE_CHECKING:
    from righthelp.engine.journal import Journal
    from righthelp.engine.process import Process


def fact(row: Any, path: str) -> Any:
    """The fact that a clock names: a field, or a field of a row it points to; None where there is none."""
    for name in path.split("."):
        row = getattr(row, name, None)
        if row is None:
            return None
    return row


def derive(row: Process) -> list[Deadline]:
    """The deadlines of a process row, from its facts alone."""
    made = (_derive(row, clock) for clock in row.clocks)
    return [deadline for deadline in made if deadline is not None]


def _derive(row: Process, clock: Clock) -> Deadline | None:
    started = fact(row, clock.starts)
    if started is None or (clock.when and not fact(row, clock.when)):
        return None
    try:
        value = law.value(clock.law, local_day(started))
    except law.NotInForce:
        return None
    agreed = fact(row, clock.agreed) if clock.agreed else None
    due = agreed or pack().due(clock.law, started)
    stopped = fact(row, clock.stops)
    return Deadline(
        entry_id=row.pk,
        clock=clock.name,
        law=clock.law,
        law_since=value.since,
        started_at=first_moment(started),
        due_at=last_moment(due),
        whole_day=not isinstance(due, datetime),
        stopped_at=None if stopped is None else first_moment(stopped),
        excused=str(fact(row, clock.excused) or "") if clock.excused else "",
    )


def derive_into(journal: Journal, row: Process) -> None:
    """Bring the kept deadlines of a row to what its facts say."""
    _bring(journal, row, [] if journal.holds(row) else Deadline.objects.filter(entry=row.pk))


def _bring(journal: Journal, row: Process, deadlines: Iterable[Deadline]) -> None:
    kept = {deadline.clock: deadline for deadline in deadlines}
    for deadline in derive(row):
        before = kept.pop(deadline.clock, None)
        if before is None:
            journal.add(deadline)
            continue
        deadline.pk = before.pk
        if changed := [name for name in FACTS if getattr(before, name) != getattr(deadline, name)]:
            journal.change(deadline, *changed)
    journal.remove(*kept.values())  # clocks that no longer apply


@dataclass
class Rebuilt:
    """What came of making deadlines again: rows looked at, and deadlines that were not what the facts say."""

    rows: int = 0
    missing: int = 0
    different: int = 0
    left_over: int = 0

    @property
    def differed(self) -> int:
        return self.missing + self.different + self.left_over


def rebuild(page: type[Process], *, mend: bool = True) -> Rebuilt:
    """Make every deadline of a process again from its facts; without `mend`, only count those that differ."""
    from righthelp.engine.journal import Journal

    found, last = Rebuilt(), None
    while True:
        # A batch at a time, each in a transaction of its own and under its rows' locks: no step waits for long, and
        # none can change a fact between its being read and its deadline being written.
        with looking(REBUILD):
            rows = page.objects.order_by("pk")
            rows = rows.filter(pk__gt=last) if last else rows
            batch = list((rows.select_for_update() if mend else rows)[:BATCH])
            journal, kept = Journal(), defaultdict(list)
            for deadline in Deadline.objects.filter(entry__in=[row.pk for row in batch]):
                kept[deadline.entry_id].append(deadline)
            for row in batch:
                _bring(journal, row, kept[row.pk])
            found.rows += len(batch)
            found.missing += len(journal.added[Deadline])
            found.different += len(journal.changed)
            found.left_over += len(journal.removed)
            if mend:
                journal.write(REBUILD)
        if len(batch) < BATCH:
            return found
        last = batch[-1].pk


BATCH = 1000  # rows at a time
FACTS = ("law", "law_since", "started_at", "due_at", "whole_day", "stopped_at", "excused")


def asked(row: Process, now: datetime) -> Iterator[tuple[Clock, Deadline | None, Timing]]:
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

"""A deadline as a page shows it: what is awaited, the answer now, how long is left, and the law it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from righthelp import law
from righthelp.engine.deadlines import answer, asked
from righthelp.engine.process import Process, processes
from righthelp.kernel import units
from righthelp.kernel.moments import local, local_day
from righthelp.kernel.page import Clock
from righthelp.kernel.timing import Answer, Timing
from righthelp.kernel.written import write_date, write_left, write_moment
from righthelp.packs import pack
from righthelp.record.models import Deadline

# With less than this left, a deadline is said to be soon.
SOON = timedelta(hours=4)


@dataclass(frozen=True)
class ClockFace:
    """One deadline in words."""

    title: str
    timing: Timing
    due: str
    left: str
    soon: bool
    source: str
    href: str
    caution: str

    @property
    def state(self) -> str:
        return self.timing.answer.value

    @property
    def late(self) -> bool:
        return self.timing.answer is Answer.MISSED


def faces(row: Process, now: datetime) -> Iterator[ClockFace]:
    """Every clock of a row."""
    for clock, deadline, timing in asked(row, now):
        yield face(type(row), clock, timing, now, whole_day=deadline is not None and deadline.whole_day)


def kept_faces(deadlines: Iterable[Deadline], now: datetime) -> Iterator[tuple[Deadline, ClockFace]]:
    """Deadlines as they are kept, each with its face: what a list shows."""
    pages = processes()
    for deadline in deadlines:
        page = pages.get(deadline.entry.kind)
        clock = next((clock for clock in page.clocks if clock.name == deadline.clock), None) if page else None
        if page and clock:
            yield deadline, face(page, clock, answer(deadline, now), now, whole_day=deadline.whole_day)


def face(page: type[Process], clock: Clock, timing: Timing, now: datetime, *, whole_day: bool) -> ClockFace:
    """One clock in words."""
    started = timing.started
    title = pack().label(f"{page.kind()}.clock.{clock.name}", clock.awaits or clock.name.capitalize())
    source = href = caution = length = ""
    if started is not None:
        value = law.value(clock.law, local_day(started))
        standard = pack().clock(clock.law, local_day(started))
        length = units.in_words(int(standard.value) if standard else value.value, value.unit)
        source = standard.source if standard else value.source
        href, caution = ("", "") if standard else (value.href or "", value.caution)
    left = timing.left(now)
    running = timing.answer is Answer.RUNNING
    return ClockFace(
        title=title.format(length=length or "time"),
        timing=timing,
        due="" if timing.due is None else _when(timing.due, whole_day),
        left=write_left(left) if left is not None and (running or timing.answer is Answer.MISSED) else "",
        soon=running and left is not None and left < SOON,
        source=source,
        href=href,
        caution=caution,
    )


def _when(due: object, whole_day: bool) -> str:
    if isinstance(due, datetime):
        return write_date(local_day(due)) if whole_day else write_moment(local(due))
    return write_date(due)  # type: ignore[arg-type]

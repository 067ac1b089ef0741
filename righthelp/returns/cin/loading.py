"""A CIN Census file loaded as opening data: whole or not at all, and nothing twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice

from django.db import connection
from django.utils import timezone

from righthelp.engine.journal import Journal
from righthelp.guard import log
from righthelp.guard.viewers import LOAD, looking
from righthelp.processes.referral.models import Referral
from righthelp.record.models import Loaded
from righthelp.returns.cin.checking import Progress, check, told_children
from righthelp.returns.cin.faults import Fault
from righthelp.returns.cin.header import Return
from righthelp.returns.cin.known import find
from righthelp.returns.cin.recording import Recording
from righthelp.returns.cin.summary import Counts
from righthelp.returns.cin.told import ToldChild

KIND = "CIN Census"
LARGEST = 100 * 1024 * 1024  # bytes: more than twice the largest authority's return
BATCH = 500  # children written together; all of a file are in one transaction
ONE_AT_A_TIME = 17_1989  # the number of the lock; any that no other has


class Outcome(Enum):
    """What became of a file."""

    LOADED = "loaded"
    WOULD_LOAD = "checked, and nothing was written"
    REFUSED = "refused, and nothing was written"
    ALREADY = "loaded before, and nothing was written again"


@dataclass
class Report:
    """What became of a file, why, and what was counted. `children` is how many are in it."""

    outcome: Outcome
    announced: Return | None = None
    children: int = 0
    faults: list[Fault] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    before: str = ""  # when and as what it was loaded before


class CannotLoad(Exception):
    """The file was not looked at, or not now; the message says why, and names nobody in it."""


def load(
    source: bytes,
    name: str,
    *,
    only_check: bool = False,
    again: bool = False,
    progress: Progress = lambda what, count: None,
) -> Report:
    """Load a file, or with `only_check` say what loading it would do. Raises `CannotLoad`.

    A file that was loaded before is gone through only when asked `again`: for what was kept then and has a place now.
    """
    if len(source) > LARGEST:
        raise CannotLoad(
            f"The file has {len(source) / 2**20:,.0f} MB; a return has {LARGEST / 2**20:,.0f} MB at most. "
            "Choose the right file."
        )
    fingerprint = hashlib.sha256(source).hexdigest()
    today = timezone.localdate()
    found = check(source, today, progress)
    if found.stopped or found.announced is None:
        return Report(Outcome.REFUSED, found.announced, found.children, found.faults)
    verb = "Check" if only_check else "Load"
    log.job(LOAD, f"{verb} a file: {found.announced.title} ({fingerprint[:12]})")
    report = Report(Outcome.LOADED, found.announced, found.children, list(found.faults))
    try:
        with looking(LOAD):
            _nobody_else_loads()
            if before := Loaded.objects.filter(fingerprint=fingerprint).first():
                when = timezone.localtime(before.at)
                report.before = f"on {when:%d %B %Y} at {when:%H:%M}, as {before.name}"
                if not again:
                    report.outcome = Outcome.ALREADY
                    return report
            children = told_children(source, found.announced, today)
            _record(children, report, progress)
            if any(fault.stops for fault in report.faults):
                raise _NotWritten(Outcome.REFUSED)
            if only_check:
                raise _NotWritten(Outcome.WOULD_LOAD)
            counts = report.counts.sentences()
            journal = Journal()
            if not before:
                at = timezone.now()
                journal.add(Loaded(name=name[:200], kind=KIND, fingerprint=fingerprint, at=at, counts=counts))
            journal.write(LOAD)
    except _NotWritten as why:
        report.outcome = why.outcome
    return report


class _NotWritten(Exception):
    """Takes back all that a load has written."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def _nobody_else_loads() -> None:
    """Two loads at once could each make the same child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not (cursor.fetchone() or [False])[0]:
            raise CannotLoad("Another file is being loaded now. Load this one when that has ended.")


def _record(children: Iterator[ToldChild], report: Report, progress: Progress) -> None:
    assert report.announced is not None
    journal = Journal()
    try:
        journal.team_that_receives(Referral.team_receives)
    except LookupError as nobody:
        raise CannotLoad(f"{nobody} Open referrals must land with somebody.") from None
    recording = Recording(report.announced, journal)
    done = 0
    while batch := list(islice(children, BATCH)):
        found = find(batch, report.announced.authority, besides=recording.made)
        recording.journal = Journal(receiving=journal.receiving, holdings=found.holdings)
        recording.faults += found.faults
        for child in batch:
            recording.child(child, found.known.get(child.number))
        if not any(fault.stops for fault in recording.faults):  # else: go on only to tell every fault
            recording.journal.write(LOAD)
            # Keys are checked now: kept until the end they would slow every audited row after them.
            connection.check_constraints()
        done += len(batch)
        progress("recorded", done)
    report.counts = recording.counts
    report.faults = sorted([*report.faults, *recording.faults], key=lambda fault: fault.place)

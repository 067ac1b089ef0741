"""Supervision of those who help families, month by month: each of their children is talked about."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from righthelp.demo.hours import DAY, HOUR, OFFICE, open_from
from righthelp.demo.plan import MONTH, Plan
from righthelp.demo.staff import Staff
from righthelp.demo.words import Slots, one_of
from righthelp.engine.journal import Journal
from righthelp.engine.process import process, processes
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION
from righthelp.kernel.moments import local_day
from righthelp.processes.supervision.children import SupervisionChild

KIND = "supervision"
LED_BY = {"social worker": "team manager", "early help worker": "early help manager"}
# Of their children who are talked about each month. In early help all of them are (EH-67); for social workers no paper
# gives a number.
TALKED_ABOUT = {"social worker": 0.85, "early help worker": 1.0}
READ = 0.9  # of workers who say within days that they have read it (assumed)
NOT_KNOWN, ACTED = 0.06, 0.3  # whether a child is safe enough; where something is to be done (assumed)


def supervise(plan: Plan, staff: Staff, since: datetime, until: datetime, *, goes_on: bool) -> None:
    """Every month between two moments. Where it goes on, the next one is due afterwards."""
    if KIND not in processes():
        return
    random = plan.random(f"supervision {since.isoformat()}")
    pairs = [
        (worker, role, managers[place % len(managers)])
        for role, manager in LED_BY.items()
        for managers in [staff.in_role[manager]]
        for place, worker in enumerate(staff.in_role[role])
    ]
    journal = Journal()
    due = {worker.pk: _called_for(journal, staff, worker, manager, since) for worker, _, manager in pairs}
    journal.now = until
    journal.write(DEMONSTRATION)
    month = since
    while month + MONTH <= until + HOUR:
        month += MONTH
        _round(random, staff, pairs, due, month, min(until, plan.now))
    if goes_on:
        return
    journal = Journal()
    for worker, _, manager in pairs:
        journal.now = month + HOUR
        why = "It goes on in the record of the months that follow."
        take(due[worker.pk], "lapse", by=staff.viewer(manager), on=journal.now, into=journal, lapsed_because=why)
    journal.now = until
    journal.write(DEMONSTRATION)


def _called_for(journal: Journal, staff: Staff, worker: Worker, manager: Worker, at: datetime) -> Any:
    journal.now = at
    return begin(process(KIND), "call_for", by=staff.viewer(manager), on=at, into=journal, worker=worker)


def _round(
    random: Random,
    staff: Staff,
    pairs: list[tuple[Worker, str, Worker]],
    due: dict[UUID, Any],
    month: datetime,
    now: datetime,
) -> None:
    """One supervision of each worker, in the fortnight before the month is over."""
    journal, children = Journal(), _children(due)
    read: list[tuple[datetime, Worker, Any]] = []
    for worker, role, manager in pairs:
        row = due[worker.pk]
        held = open_from(month - DAY * random.uniform(3, 13), OFFICE) + timedelta(minutes=random.uniform(1, 300))
        held = min(held, month - DAY).replace(microsecond=0)
        said = [
            _said(random, child, worker, held)
            for child in children[row.pk]
            if child.is_theirs and random.random() < TALKED_ABOUT[role]
        ]
        journal.now = on = held + HOUR
        take(
            row, "record", by=staff.viewer(manager), on=on, into=journal, held_at=held, children=said,
            summary=one_of(random, "supervision", "summary"), worker_is=one_of(random, "supervision", "worker"),
        )  # fmt: skip
        if random.random() < READ:
            read.append((on + HOUR * random.uniform(1, 20), worker, row))
    for at, worker, row in read:
        journal.now = at.replace(microsecond=0)
        take(row, "read", by=staff.viewer(worker), on=journal.now, into=journal, worker_says="")
    page = process(KIND)
    for row in journal.rows(page):
        due[row.worker_id] = row
    journal.now = now
    journal.write(DEMONSTRATION)


def _children(due: dict[UUID, Any]) -> dict[UUID, list[SupervisionChild]]:
    found: dict[UUID, list[SupervisionChild]] = defaultdict(list)
    listed = SupervisionChild.objects.filter(entry__in=[row.pk for row in due.values()], person__circle__isnull=True)
    for child in listed.select_related("person").order_by("entry", "number"):
        found[child.entry_id].append(child)
    return found


def _said(random: Random, child: SupervisionChild, worker: Worker, held: datetime) -> dict[str, Any]:
    slots = Slots(child.person.called.split(" ")[0], child.person.sex)
    safe = "NOT_KNOWN" if random.random() < NOT_KNOWN else "YES"
    acted = safe == "NOT_KNOWN" or random.random() < ACTED
    return {
        "row": str(child.pk),
        "talked": slots.fill(one_of(random, "supervision", "talked")),
        "safe_enough": safe,
        "safe_because": slots.fill(one_of(random, "supervision", "safe", safe)),
        "agreed": True,
        "decided": slots.fill(one_of(random, "supervision", "decided")),
        "what": slots.fill(one_of(random, "supervision", "what")) if acted else "",
        "who": worker.name if acted else "",
        "due_on": local_day(held + DAY * 9) if acted else None,
    }

"""A worker by the name that somebody gave: on the telephone, in a letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from righthelp.guard.models import Worker
from righthelp.kernel.moments import local_day
from righthelp.people.keys import plain
from righthelp.record.models import Action, CaseEntry

if TYPE_CHECKING:
    from righthelp.engine.doing import Doing


def worker_called(name: str, agency: UUID | None, on: date, also: Doing | None = None) -> Worker | None:
    """The worker of the agency who bears this name on that day; nobody where none does or several do: to take one
    for another would tell somebody what is not theirs to know. `also` is the step in hand, where one asks."""
    if agency is None or not plain(name):
        return None
    theirs = list(Worker.objects.filter(agency=agency)) if also is None else _workers_of(agency, also)
    return _the_one(plain(name), theirs, on)


def worker_taking_part(action: Action, also: Doing) -> Worker | None:
    """The one worker of the county, or of those who take part where an action hangs, who bears its name."""
    entry: Any = also.journal.added[CaseEntry].get(action.entry_id) or action.entry
    involved = [one.worker for one in also.taking_part(entry) if one.worker is not None]
    county = also.journal.once("workers of the county", lambda: list(Worker.objects.filter(agency__kind="county")))
    return _the_one(plain(action.who), dict.fromkeys([*county, *involved]), local_day(also.on))


def _workers_of(agency: UUID, also: Doing) -> list[Worker]:
    return also.journal.once(("workers of", agency), lambda: list(Worker.objects.filter(agency=agency)))


def _the_one(name: str, workers: Iterable[Worker], on: date) -> Worker | None:
    found = [
        worker
        for worker in workers
        if plain(worker.name) == name and worker.since <= on and (worker.until is None or worker.until >= on)
    ]
    return found[0] if len(found) == 1 else None

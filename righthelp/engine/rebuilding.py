"""Making every deadline again from the facts and the law, and telling what was not as they say."""

from __future__ import annotations

import multiprocessing
import os
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import connections

from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, processes
from righthelp.guard.viewers import REBUILD, looking
from righthelp.record.models import Deadline

BATCH = 250  # rows at a time
WORTH_IT = 4  # so many batches more than there are processes: fewer are done sooner than another processor is asked

Part = tuple[str, UUID | None, UUID | None]  # a kind of process, the key after which a stretch begins, and its last


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

    def __add__(self, other: Rebuilt) -> Rebuilt:
        return Rebuilt(
            self.rows + other.rows,
            self.missing + other.missing,
            self.different + other.different,
            self.left_over + other.left_over,
        )


def rebuild_all(*, mend: bool = True) -> dict[str, Rebuilt]:
    """Make every deadline of every process again, on all processors: of each kind, what came of it."""
    parts = [part for page in processes().values() for part in _batches(page)]
    found = {kind: Rebuilt() for kind in processes()}
    if len(parts) - len(found) < WORTH_IT:
        done = [_part(part, mend) for part in parts]
    else:
        connections.close_all()  # none is shared
        with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as several:
            done = list(several.map(partial(_part, mend=mend), parts))
    for (kind, *_), one in zip(parts, done, strict=True):
        found[kind] += one
    return found


def rebuild(page: type[Process], *, mend: bool = True) -> Rebuilt:
    """Make every deadline of a process again from its facts; without `mend`, only count those that differ."""
    return sum((_part(part, mend) for part in _batches(page)), Rebuilt())


def _batches(page: type[Process]) -> Iterator[Part]:
    """Stretches of the process's rows by key, no longer than a batch; the last is open, for what is begun meanwhile."""
    with looking(REBUILD):
        keys = list(page.objects.order_by("pk").values_list("pk", flat=True))
    after = None
    for last in keys[BATCH - 1 : -1 : BATCH]:
        yield page.kind(), after, last
        after = last
    yield page.kind(), after, None


def _part(part: Part, mend: bool) -> Rebuilt:
    """One stretch, in a transaction of its own and under its rows' locks: no step waits for long, and none can change
    a fact between its being read and its deadline being written."""
    kind, after, last = part
    found = Rebuilt()
    with looking(REBUILD):
        rows = processes()[kind].objects.order_by("pk")
        rows = rows.filter(pk__gt=after) if after else rows
        rows = rows.filter(pk__lte=last) if last else rows
        batch = list(rows.select_for_update() if mend else rows)
        journal, kept = Journal(), defaultdict(list)
        for deadline in Deadline.objects.filter(entry__in=[row.pk for row in batch]):
            kept[deadline.entry_id].append(deadline)
        for row in batch:
            journal.bring(row, kept[row.pk])
        found.rows += len(batch)
        made, gone = set(journal.added[Deadline]), {deadline.pk for deadline in journal.removed}
        found.missing += len(made - gone)
        found.different += len(made & gone)
        found.left_over += len(gone - made)
        if mend:
            journal.write(REBUILD)
    return found

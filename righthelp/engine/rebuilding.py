"""Making every deadline again from the facts and the law, and telling what was not as they say."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from righthelp.engine.journal import Journal
from righthelp.engine.process import Process
from righthelp.guard.viewers import REBUILD, looking
from righthelp.record.models import Deadline

BATCH = 1000  # rows at a time


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
                journal.bring(row, kept[row.pk])
            found.rows += len(batch)
            made, gone = set(journal.added[Deadline]), {deadline.pk for deadline in journal.removed}
            found.missing += len(made - gone)
            found.different += len(made & gone)
            found.left_over += len(gone - made)
            if mend:
                journal.write(REBUILD)
        if len(batch) < BATCH:
            return found
        last = batch[-1].pk

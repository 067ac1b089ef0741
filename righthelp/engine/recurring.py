"""What a plan calls for again and again, and what ends with it: visits, meetings, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from righthelp.record.models import CaseEntry

if TYPE_CHECKING:
    from righthelp.engine.doing import Doing
    from righthelp.engine.process import Process


def end_what_it_called_for(row: Process) -> None:
    """A plan has ended: visits and meetings that it called for, and that have not been, are waited for no more."""
    for other in list(_open_from(row, row.also)):
        row.also.take(other, other.ends_with_origin, {})


def hand_on_what_it_called_for(row: Process) -> None:
    """Somebody else holds a plan now: they hold what it called for, too, and what that called for."""
    also, waiting = row.also, [row]
    while waiting:
        for other in list(_open_from(waiting.pop(), also)):
            also.hold_with(other.entry)
            waiting.append(other)


def _open_from(row: Process, also: Doing) -> Iterator[Process]:
    from righthelp.engine.process import processes  # which imports what a step does, and so this

    pages = processes()
    kept = () if also.journal.holds(row.entry) else CaseEntry.objects.filter(arose_from=row.pk)
    for entry in [*kept, *also.journal.arose(row.entry)]:
        page = pages.get(entry.kind)
        if entry.arose_from_id != row.pk or page is None or not page.ends_with_origin:
            continue
        other: Any = also.journal.touched.get(entry.pk) or page.objects.filter(pk=entry.pk).first()
        if other is not None and not other.ended and other.state in page.steps[page.ends_with_origin].leaves:
            yield other

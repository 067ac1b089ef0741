"""A worker by the name that somebody gave: on the telephone, in a letter."""

from datetime import date
from uuid import UUID

from righthelp.guard.models import Worker
from righthelp.people.keys import plain


def worker_called(name: str, agency: UUID | None, on: date) -> Worker | None:
    """The worker of the agency who bears this name on that day; nobody where none does or several do: to take one
    for another would tell somebody what is not theirs to know."""
    if agency is None or not plain(name):
        return None
    found = [
        worker
        for worker in Worker.objects.filter(agency=agency, since__lte=on)
        if plain(worker.name) == plain(name) and (worker.until is None or worker.until >= on)
    ]
    return found[0] if len(found) == 1 else None

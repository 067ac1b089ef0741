"""A worker by the name that somebody gave: on the telephone, in a letter."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from righthelp.guard.models import Worker
from righthelp.people.keys import plain
from righthelp.record.models import Participant


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


def worker_taking_part(name: str, entry: UUID, on: date) -> Worker | None:
    """The one worker of the county, or of those who take part in an entry, who bears this name on that day."""
    involved = Participant.objects.filter(entry=entry, until__isnull=True, worker__isnull=False)
    theirs = Q(agency__kind="county") | Q(pk__in=involved.values("worker"))
    found = [
        worker
        for worker in Worker.objects.filter(theirs, name__iexact=name.strip(), since__lte=on)
        if worker.until is None or worker.until >= on
    ]
    return found[0] if len(found) == 1 else None

"""Bringing the services of a pack into the directory: once each, and never over what their keepers have said."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from righthelp.engine.taking import begin, journal, take
from righthelp.guard import log
from righthelp.guard.models import Agency
from righthelp.guard.viewers import DIRECTORY, looking
from righthelp.packs.directory import Entry
from righthelp.processes.service_listing.models import ServiceListing


@dataclass
class Brought:
    """What came of it: listings that are new, those that the pack changed, those that are as they were."""

    listed: int = 0
    changed: int = 0
    let_be: int = 0


def bring_in(
    entries: Iterable[Entry],
    agency_of: Callable[[Entry], Agency | None] | None = None,
    on: datetime | None = None,
) -> Brought:
    """List what is not listed yet, and take over what a pack says anew of a listing that nobody has touched.

    The agency that keeps a listing is, if nothing else is said, the one that bears its organisation's name.
    """
    brought = Brought()
    with looking(DIRECTORY):
        log.job(DIRECTORY, "the services of the county's pack")
        agencies = {agency.name: agency for agency in Agency.objects.all()}
        there = {row.pack_key: row for row in ServiceListing.objects.exclude(pack_key="").select_related("entry")}
        with journal(DIRECTORY) as gathered:
            for entry in entries:
                agency = agency_of(entry) if agency_of else agencies.get(entry.organisation)
                said = {**entry.facts(), "agency": agency}
                row = there.get(entry.key)
                if row is None:
                    begin(ServiceListing, "bring_in", by=DIRECTORY, on=on, into=gathered, pack_key=entry.key, **said)
                    brought.listed += 1
                elif _says_something_new(row, said):
                    take(row, "bring_in_again", by=DIRECTORY, into=gathered, **said)
                    brought.changed += 1
                else:
                    brought.let_be += 1
    return brought


def _says_something_new(row: ServiceListing, said: dict[str, Any]) -> bool:
    if row.changed_at or row.confirmed_at or row.ended:
        return False
    return any(getattr(row, name) != value for name, value in said.items() if name != "agency" or value is not None)

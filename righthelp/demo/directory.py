"""The demonstration's directory: the county's pack, invented services of the invented agencies, and who kept them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from righthelp.demo.staff import Staff, staff_on_record
from righthelp.engine.process import processes
from righthelp.engine.taking import take
from righthelp.guard.models import Agency
from righthelp.guard.viewers import DEMONSTRATION, looking, worker_looking
from righthelp.packs import Entry, pack
from righthelp.packs.directory import entries
from righthelp.packs.reading import Fault, Folder
from righthelp.processes.service_listing.listing import bring_in
from righthelp.processes.service_listing.models import ServiceListing

HERE = Path(__file__).parent
LATELY, LONG_AGO = timedelta(days=60), timedelta(days=400)  # when the pack's were listed, and the invented ones


def make(now: datetime) -> None:
    """List what is not listed yet; what a keeper does with a listing is done once, when it is new."""
    if "service_listing" not in processes():
        return
    invented = _invented()
    with looking(DEMONSTRATION):
        staff = staff_on_record()
        there = set(ServiceListing.objects.exclude(pack_key="").values_list("pack_key", flat=True))
    bring_in(pack().directory(), on=now - LATELY)
    bring_in(invented, _keeper_among(staff), on=now - LONG_AGO)
    for entry in invented:
        if entry.key not in there and "keeper" in entry.extra:
            _keep(entry, staff, now)


def _invented() -> tuple[Entry, ...]:
    faults: list[Fault] = []
    sets = {name: pack().codes(name) for name in ("help_need", "way_to_ask", "place", "service_cost")}
    found = entries(Folder(HERE, faults).yaml("directory.yaml"), sets, "kept_by", "keeper")
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    return found


def _keeper_among(staff: Staff) -> Callable[[Entry], Agency | None]:
    def keeper(entry: Entry) -> Agency | None:
        workers = staff.by_kind.get(str(entry.extra.get("kept_by")))
        return workers[0].agency if workers else None

    return keeper


def _keep(entry: Entry, staff: Staff, now: datetime) -> None:
    done: dict[str, Any] = entry.extra["keeper"]
    workers = staff.by_kind.get(str(entry.extra["kept_by"]))
    by = worker_looking(workers[0].pk) if workers else None
    if by is None:
        return
    with looking(DEMONSTRATION):
        row = ServiceListing.objects.get(pack_key=entry.key)
    days = done.get("confirmed") or done["paused"]
    when = now - timedelta(days=days)
    with looking(by):
        if "paused" in done:
            take(row, "pause", by=by, on=when, paused_because=done["because"])
        else:
            take(row, "confirm", by=by, on=when)

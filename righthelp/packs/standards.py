"""Local standards: clocks that a county has made shorter for itself.

A county promises more than the law asks, never less. It gives a value and the day from which it holds; unit,
calendar, start and stop stay the law's. A time that is counted back from an event (a notice, a paper sent
before a meeting) cannot be shortened here: fewer days would promise less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from righthelp import law
from righthelp.packs.reading import Folder, Table


@dataclass(frozen=True)
class LocalStandard:
    """A shortened clock: the law's key, the county's value in the law's own unit, since when, and why."""

    key: str
    value: int
    unit: str
    calendar: str
    since: date
    source: str
    why: str


Standards = Mapping[str, tuple[LocalStandard, ...]]


def read(folder: Folder) -> Standards:
    """The standards of a county's `clocks.yaml`, each key's in order of date."""
    written = folder.yaml("clocks.yaml", required=False)
    known = set(law.keys())
    standards = {}
    for key in written:
        if key not in known:
            _unknown(written, key)
            continue
        found = [standard for table in written.tables(key) if (standard := _standard(key, table))]
        standards[key] = tuple(sorted(found, key=lambda standard: standard.since))
    return standards


def in_force(standards: Standards, key: str, on: date | None) -> LocalStandard | None:
    """The standard of a clock that started on this day; None when the law alone says how long it runs.

    Without a day, the newest. A standard that the law has since overtaken (it is now as short, or is counted
    in another unit) is not in force.
    """
    held = [standard for standard in standards.get(key, ()) if on is None or standard.since <= on]
    if not held:
        return None
    newest = held[-1]
    return newest if on is None or not _too_long(newest, on) else None


def _standard(key: str, table: Table) -> LocalStandard | None:
    table.only("value", "since", "source", "why")
    since, value = table.day("since"), table.whole("value")
    source, why = table.text("source"), table.text("why")
    if since is None:
        return None
    try:
        asked = law.value(key, since)
    except (law.NotInForce, law.FaultyLaw) as error:
        table.fault(f"{key!r} cannot be shortened from {since}: {error}", "since")
        return None
    if not isinstance(asked.value, int):
        table.fault(f"{key!r} is no length of time that could be shortened: it is {asked.value}.", "value")
        return None
    if "before" in asked.unit:
        table.fault(f"{key!r} is counted back from an event; fewer {asked.unit} would promise less.", "value")
        return None
    standard = LocalStandard(key, value, asked.unit, asked.calendar, since, source, why)
    if _too_long(standard, since):
        table.fault(
            f"{key!r} may only be made shorter: the law has {asked.value} {asked.unit}, this {value}.",
            "value",
        )
    return standard


def _too_long(standard: LocalStandard, on: date) -> bool:
    asked = law.value(standard.key, on)
    if (asked.unit, asked.calendar) != (standard.unit, standard.calendar):
        return True
    return not isinstance(asked.value, int) or standard.value >= asked.value


def _unknown(written: Table, key: str) -> None:
    try:
        law.value(key, date.max)
    except law.UnknownLaw as error:
        written.fault(f"A local standard must name a clock of the law. {error}", key)

"""The measures: each one entry of a file of this folder, or a clock of a page; read once and checked.

measures()                 every measure, those of the files first
measure("contacts")        one, by its name; its earlier versions are with it
board("front_door")        those of one service, in order
by_area("3")               those of one area of the improvement plan
Measure.text               the one portable SQL question from which figure, split and list are made
Measure.example            six children, and the figure that they come to
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from righthelp.measures.definition import (
    AREAS,
    COMMON,
    LIGHT_RULE,
    NEAR,
    SERVICES,
    Counts,
    Measure,
    Polarity,
    Unit,
)

__all__ = [
    "AREAS", "COMMON", "LIGHT_RULE", "NEAR", "SERVICES", "Counts", "FaultyMeasure", "Measure", "Polarity", "Unit",
    "board", "by_area", "measure", "measures", "themes", "written",
]  # fmt: skip

HOME = Path(__file__).parent
# What a reader of the file gives; the rest is made.
GIVEN = {field.name for field in fields(Measure)} - {"name", "earlier", "written"}


class FaultyMeasure(ValueError):
    """An entry of a file of measures that cannot be read, with why."""


class UnknownMeasure(LookupError):
    """There is no measure of this name."""


def themes() -> list[str]:
    """The files, by name."""
    return sorted(path.stem for path in HOME.glob("*.yaml"))


@lru_cache
def theme(name: str) -> tuple[Measure, ...]:
    """The measures of one file, in order. Raises `FaultyMeasure`."""
    entries = yaml.safe_load((HOME / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(_entry(key, entry, name) for key, entry in entries.items())


@lru_cache
def written() -> tuple[Measure, ...]:
    """The measures of every file. Raises `FaultyMeasure`, also where two have one name."""
    found = tuple(measure for name in themes() for measure in theme(name))
    names = Counter(measure.name for measure in found)
    if twice := sorted(name for name, times in names.items() if times > 1):
        raise FaultyMeasure(f"{', '.join(twice)}: two measures have this name.")
    return found


def measures() -> tuple[Measure, ...]:
    """Every measure: those of the files, and one for each clock of each page in use."""
    from righthelp.measures.clocks import clock_measures

    return (*written(), *clock_measures())


def measure(name: str) -> Measure:
    """The measure of this name, as it counts now. Raises `UnknownMeasure`."""
    for found in measures():
        if found.name == name:
            return found
    raise UnknownMeasure(f"There is no measure called {name}.")


def board(service: str) -> tuple[Measure, ...]:
    """The measures of one service's board, in order."""
    return tuple(found for found in measures() if found.service == service)


def by_area(area: str) -> tuple[Measure, ...]:
    """The measures of one area of the improvement plan."""
    return tuple(found for found in measures() if found.area == area)


def _entry(name: str, entry: Any, theme: str) -> Measure:
    """One entry: a definition, or the list of its versions, the oldest first."""
    versions = [_measure(name, one, theme) for one in (entry if isinstance(entry, list) else [entry])]
    for before, after in pairwise(versions):
        if after.version != before.version + 1 or after.since <= before.since or after.since.day != 1:
            raise FaultyMeasure(
                f"{name}: version {after.version} follows the one before it by one, and counts from the first day of"
                " a later month."
            )
        if after.unit is not before.unit or after.period is not before.period:
            raise FaultyMeasure(f"{name}: another unit or kind of period is another measure, with another name.")
    return replace(versions[-1], earlier=tuple(versions[:-1]))


def _measure(name: str, entry: dict[str, Any], theme: str = "") -> Measure:
    if unknown := sorted(entry.keys() - GIVEN):
        raise FaultyMeasure(f"{name}: there is no {', '.join(unknown)} in a measure.")
    try:
        given = {"service": theme if theme in SERVICES else "", **entry}
        given |= {"unit": Unit(entry["unit"]), "polarity": Polarity(entry["polarity"])}
        given |= {"period": Counts(entry.get("period", "flow")), "area": str(entry.get("area", ""))}
        made = Measure(name=name, **given)
    except (TypeError, KeyError, ValueError) as wrong:
        raise FaultyMeasure(f"{name}: {wrong}") from wrong
    for wrong_one in _faults(made):
        raise FaultyMeasure(f"{name}: {wrong_one}")
    return made


def _faults(made: Measure) -> list[str]:
    faults = []
    if made.target is not None and (made.polarity is Polarity.CONTEXT or not made.target_from):
        faults.append("a target has a direction, and says where it comes from.")
    if made.area and made.area not in AREAS:
        faults.append(f"the improvement plan has no area {made.area}.")
    if made.service and made.service not in SERVICES:
        faults.append(f"there is no board called {made.service}.")
    if (made.unit is Unit.EACH) != bool(made.of_what):
        faults.append("an amount for each says of what, and nothing else does.")
    if made.taken and (made.unit is not Unit.SHARE or made.taken not in {"hours", "days"}):
        faults.append("a share alone may say how long each took besides, in hours or days.")
    if clash := sorted(set(made.splits) & set(COMMON)):
        faults.append(f"every measure is split by {', '.join(clash)}: it is not one of its own.")
    return faults

"""The measures: each one entry of a file of this folder, read once and checked.

board("front_door")        its measures, in order
Measure.text               the one portable SQL question from which figure, split and list are made
Measure.example            six children, and the figure that they come to
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


class Unit(Enum):
    """What a figure is: how many, how many in a hundred, or how long."""

    NUMBER = "number"
    SHARE = "share"
    HOURS = "hours"


class Polarity(Enum):
    """Which way is better; or neither, where a figure is there to be asked about."""

    HIGH = "high"
    LOW = "low"
    CONTEXT = "context"


NEAR = 5  # percentage points on the wrong side of a target that are amber and not yet red
LIGHT_RULE = (
    f"Green: at the target or better. Amber: within {NEAR} percentage points of it. Red: further away. "
    "No light: the county's papers give no target, or nothing was counted."
)


class FaultyMeasure(ValueError):
    """An entry of a file of measures that cannot be read, with why."""


@dataclass(frozen=True)
class Measure:
    """One measure, as published. What it says is never edited: a change is a new version."""

    name: str
    title: str
    why: str
    definition: str
    unit: Unit
    source: Sequence[str]  # the row of the county's papers, or the clock, that it answers
    polarity: Polarity
    dated_by: str
    splits: Sequence[str]
    keeper: str
    checked: str
    version: int
    since: date
    sql: str
    example: Mapping[str, Any]
    target: float | None = None
    target_from: str = ""

    @property
    def text(self) -> str:
        """The question, to stand where a table does."""
        return self.sql.strip()

    @property
    def views(self) -> list[str]:
        """The views that it reads, of which its example has rows."""
        return [name for name in self.example if name != "expect"]

    def light(self, value: float | None) -> str:
        """Green, amber or red against the target; nothing where there is no target or no figure."""
        if self.target is None or value is None:
            return ""
        short = self.target - value if self.polarity is Polarity.HIGH else value - self.target
        return "green" if short <= 0 else "amber" if short <= NEAR else "red"


@lru_cache
def board(name: str) -> tuple[Measure, ...]:
    """The measures of one board, in order. Raises `FaultyMeasure`."""
    file = Path(__file__).parent / f"{name}.yaml"
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(_measure(key, entry) for key, entry in entries.items())


def _measure(name: str, entry: dict[str, Any]) -> Measure:
    known = {field.name for field in fields(Measure)} - {"name"}
    if unknown := sorted(entry.keys() - known):
        raise FaultyMeasure(f"{name}: there is no {', '.join(unknown)} in a measure.")
    try:
        given = {**entry, "unit": Unit(entry["unit"]), "polarity": Polarity(entry["polarity"])}
        measure = Measure(name=name, **given)
    except (TypeError, KeyError, ValueError) as wrong:
        raise FaultyMeasure(f"{name}: {wrong}") from wrong
    if measure.target is not None and (measure.polarity is Polarity.CONTEXT or not measure.target_from):
        raise FaultyMeasure(f"{name}: a target has a direction, and says where it comes from.")
    return measure

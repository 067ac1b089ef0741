"""Each measure again, in plain Python, from its definition and not from its text.

A module for each file of measures; its functions take the rows of the views and give what is counted. `PLAIN` holds
them by the measure's name, those of clocks made once for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

Record = Mapping[str, Any]
Rows = Mapping[str, Sequence[Record]]


@dataclass(frozen=True)
class Row:
    """One thing that is counted: the row that may be opened, its day, and how it counts or how much it is."""

    entry: Any
    placed_on: date
    counts: int | None = 1
    amount: float | None = None
    splits: Mapping[str, str] = field(default_factory=dict)


Plain = Callable[[Rows], Iterable[Row]]
PLAIN: dict[str, Plain] = {}


def plainly(name: str) -> Callable[[Plain], Plain]:
    """Declare a function as the measure of this name, in plain Python."""

    def declare(function: Plain) -> Plain:
        assert name not in PLAIN, f"{name} is said twice"
        PLAIN[name] = function
        return function

    return declare


def of_a_clock(kind: str, clock: str, taken: str) -> Plain:
    """What every clock's measure is: of what has come or is late, what came in time."""

    def count(rows: Rows) -> Iterable[Row]:
        for row in rows["clock"]:
            if row["kind"] == kind and row["clock"] == clock and row["answer"] in {"MET", "MISSED"}:
                met = row["answer"] == "MET"
                yield Row(row["entry"], row["stopped_on"] if met else row["due_on"], int(met), row[taken])

    return count


def read_all() -> dict[str, Plain]:
    """Every one of them."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return PLAIN

"""The one way out: every number that leaves goes through `figure`, which rounds it and hides what is too small.

A figure is counted under the viewer's own rights. It counts, and its list shows, only what that viewer may see: a
child whom a locked circle keeps from them is in neither, so that nobody reads of a locked child in a number. What is
published (`public`) is counted once, by a purpose, and small numbers are kept back from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from righthelp.measures.registry import Measure, Unit

SMALL = 5  # fewer than these could be known by name
NINE_IN_TEN = 90


@dataclass(frozen=True)
class Figure:
    """A number as it may be read: in words, with the light it stands in and what it was made from."""

    words: str
    value: float | None  # rounded; None where nothing was counted, or it is kept back
    of: int | None  # how many were counted
    light: str = ""
    beside: str = ""  # what else must be read with it

    def __str__(self) -> str:
        return self.words


NOTHING = Figure("None", None, 0)
KEPT_BACK = Figure(f"Fewer than {SMALL}: not shown", None, None)


def figure(measure: Measure, counts: int, of: int, hours: Sequence[float] = (), *, public: bool = False) -> Figure:
    """A number of this measure, from how many of how many (or from hours, one for each that was counted)."""
    if not of:
        return Figure("0", 0, 0) if measure.unit is Unit.NUMBER else NOTHING
    if public and (of < SMALL or (measure.unit is Unit.SHARE and 0 < min(counts, of - counts) < SMALL)):
        return KEPT_BACK
    shown = _nearest(of, SMALL) if public else of
    if measure.unit is Unit.NUMBER:
        return Figure(f"{shown:,}", shown, shown)
    if measure.unit is Unit.SHARE:
        value = float(round(100 * counts / of)) if public else _share(counts, of)
        beside = f"of {shown:,}" if public else f"{counts:,} of {of:,}"
        return Figure(f"{value:g}%", value, shown, measure.light(value), beside)
    middle, slow = (round(nearest_rank(hours, share), 1) for share in (50, NINE_IN_TEN))
    return Figure(f"{middle:g} hours", middle, shown, measure.light(middle), f"nine in ten within {slow:g} hours")


def _share(counts: int, of: int) -> float:
    """To one decimal, and never all or none unless it is."""
    value = round(100 * counts / of, 1)
    if 0 < counts < of:
        return min(max(value, 0.1), 99.9)
    return value


def _nearest(number: int, step: int) -> int:
    return step * round(number / step)


def nearest_rank(values: Sequence[float], share: int) -> float:
    """The value that this many in a hundred are no greater than: one that occurred, never one between two."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]

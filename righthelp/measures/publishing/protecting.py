"""What is shown of each cell of a release (decision 38).

Within a measure, sums are audited whole (`kernel.suppression.protect`). Between measures, that count the same children
in other ways, a group that lies in another is shown only so that what is left between them stays open as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import permutations

from righthelp.kernel.suppression import STEP, Sum, protect, span
from righthelp.measures.definition import Measure
from righthelp.measures.publishing.cells import Cell, Held, wholes
from righthelp.processes.statistics_release.periods import Period

Shown = dict[Cell, int | None]


def protected(
    cells: Mapping[Cell, Held], measures: Sequence[Measure], over: Period, known: Mapping[Cell, int]
) -> Shown:
    """What is shown of each cell; nothing where it is withheld. `known` is what earlier releases showed."""
    shown: Shown = {}
    for measure in measures:
        sums = [Sum(whole, parts) for whole, parts in wholes([measure], over)]
        of_sums = {cell for one in sums for cell in (one.whole, *one.parts)}
        own = {cell: held.count for cell, held in cells.items() if cell.measure == measure.name}
        before = {cell: value for cell, value in known.items() if cell in of_sums or cell in own}
        shown |= protect(own, sums, before)
    _leave_open_between(cells, shown)
    return shown


def _leave_open_between(cells: Mapping[Cell, Held], shown: Shown) -> None:
    """Of the same period and split, one measure's rows may be among another's: the rest must not be worked out."""
    places: dict[tuple[str, str, str], list[tuple[Cell, ...]]] = defaultdict(list)
    sides: dict[tuple[str, tuple[str, str, str]], list[Cell]] = defaultdict(list)
    for cell in cells:
        place = (cell.period, cell.split, cell.of_split)
        places[place].append((cell,))
        sides[cell.measure, place].append(cell)
    for (_, place), both in sides.items():
        if len(both) > 1:
            places[place].append(tuple(both))
    for groups in places.values():
        filled = [(sum(cells[cell].number for cell in group), group) for group in groups]
        for (most, whole), (number, part) in permutations([one for one in filled if one[0]], 2):
            if number < most and whole[0].measure != part[0].measure and _tells_too_much(whole, part, cells, shown):
                shown[min(part, key=lambda one: cells[one].number)] = None


def _tells_too_much(whole: Sequence[Cell], part: Sequence[Cell], cells: Mapping[Cell, Held], shown: Shown) -> bool:
    most = sum(span(shown[cell])[1] for cell in whole)
    least = sum(span(shown[cell])[0] for cell in part)
    if most - least >= STEP - 1:
        return False  # five values at least are left between them
    return _entries(part, cells) < _entries(whole, cells)


def _entries(group: Sequence[Cell], cells: Mapping[Cell, Held]) -> set[object]:
    return set().union(*(cells[cell].entries for cell in group))

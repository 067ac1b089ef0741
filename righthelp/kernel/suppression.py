"""Small numbers: what of a count may be published, so that nobody works out the rest by adding and subtracting.

    rounded(number, draw)      what is shown of a count: nothing under 5, else a multiple of 5 less than 5 away
    possible(shown, sums)      what anybody can know of each number from all that is shown: exact, not a guess
    protect(counts, sums)      what is shown of each, with more withheld until nothing can be worked out

The promise (decision 38): of a number that may be under 5, none, 1, 2, 3 and 4 all stay possible; of any other, at
least five values. Numbers under 5 are shown as "fewer than 5", and so is none. What is withheld is decided from what
would be shown and never from the true numbers, so that the withholding itself tells nothing.

The sums of a release are a forest: a number is a part of one whole at most (a month of its quarter, a place of its
year), while one whole may be parted in several ways. That is why `possible` is exact, and why it can be trusted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

STEP = 5
FEWER = 0  # what is shown of none, 1, 2, 3 and 4
LARGE = 10**12  # more than there are children: of what is withheld, nobody knows the most

Span = tuple[int, int]
ANY: Span = (0, LARGE)


@dataclass(frozen=True)
class Count:
    """A true number, which is never shown, with the draw that decides whether it is rounded up."""

    number: int
    draw: float


@dataclass(frozen=True)
class Sum(Generic[K]):
    """That a number is made up of others: a year of its quarters, or of its places."""

    whole: K
    parts: tuple[K, ...]


def rounded(number: int, draw: float) -> int:
    """A multiple of 5 less than 5 away: up as often as it is near, by a draw from 0 to 1; of fewer than 5, `FEWER`."""
    if number < STEP:
        return FEWER
    below, over = divmod(number, STEP)
    return STEP * (below + (over > draw * STEP))


def span(shown: int | None) -> Span:
    """What a number may be of which this is shown: the least and the most."""
    if shown is None:
        return ANY
    if shown == FEWER:
        return 0, STEP - 1
    return max(STEP, shown - STEP + 1), shown + STEP - 1


def is_safe(of: Span) -> bool:
    """Whether so much is left open: of what may be under 5, all of none to 4; of anything else, five values."""
    least, most = of
    return most - least >= STEP - 1 and (least == 0 or least >= STEP)


class Inconsistent(ValueError):
    """No numbers can be as is shown: it was shown at different times, and the facts changed between."""


@dataclass
class Forest(Generic[K]):
    """How the numbers of a release are made up of one another."""

    sums: Sequence[Sum[K]]
    part_of: dict[K, Sum[K]] = field(init=False, default_factory=dict)
    parted: dict[K, list[Sum[K]]] = field(init=False, default_factory=dict)
    order: list[K] = field(init=False, default_factory=list)  # each whole after its parts

    def __post_init__(self) -> None:
        for one in self.sums:
            self.parted.setdefault(one.whole, []).append(one)
            for part in one.parts:
                if part in self.part_of:
                    raise ValueError(f"{part} is a part of two wholes: what is known of it cannot be told exactly.")
                self.part_of[part] = one
        roots = [whole for whole in self.parted if whole not in self.part_of]
        waiting = list(roots)
        while waiting:
            whole = waiting.pop()
            self.order.append(whole)
            waiting += [part for one in self.parted.get(whole, ()) for part in one.parts]
        if set(self.order) != set(chain(self.parted, self.part_of)):
            raise ValueError("A number cannot be a part of itself.")
        self.order.reverse()

    def beside(self, key: K) -> Iterator[K]:
        """The numbers that stand in a sum with this one: its parts, then those with which it makes up a whole."""
        for one in self.parted.get(key, ()):
            yield from one.parts
        if over := self.part_of.get(key):
            yield from (part for part in over.parts if part != key)


def possible(spans: Mapping[K, Span], forest: Forest[K]) -> dict[K, Span]:
    """What each number may be, by all that is known of the others: every value from the least to the most can be.

    From the parts up to the wholes, then down again: in a forest nothing more can be known. Raises `Inconsistent`.
    """
    known = dict(spans)
    for key in forest.order:
        for one in forest.parted.get(key, ()):
            least = sum(known[part][0] for part in one.parts)
            most = sum(known[part][1] for part in one.parts)
            known[key] = _both(known[key], (least, most))
    upward = dict(known)
    for key in reversed(forest.order):
        for one in forest.parted.get(key, ()):
            least = sum(upward[part][0] for part in one.parts)
            most = sum(upward[part][1] for part in one.parts)
            for part in one.parts:
                others = least - upward[part][0], most - upward[part][1]
                known[part] = _both(upward[part], (known[key][0] - others[1], known[key][1] - others[0]))
    return known


def _both(one: Span, other: Span) -> Span:
    found = max(one[0], other[0]), min(one[1], other[1])
    if found[0] > found[1]:
        raise Inconsistent("No number is both.")
    return found


def protect(
    counts: Mapping[K, Count], sums: Iterable[Sum[K]], known: Mapping[K, int] | None = None
) -> dict[K, int | None]:
    """What is shown of each number, `None` where it is withheld.

    `known` is what was published of the same numbers before: what is withheld now is known from then.
    """
    forest = Forest(list(sums))
    shown: dict[K, int | None] = {key: rounded(one.number, one.draw) for key, one in counts.items()}
    while (open_to := _worked_out(shown, forest, known or {})) is not None:
        shown[_to_withhold(open_to, shown, forest)] = None
    return shown


def _worked_out(shown: Mapping[K, int | None], forest: Forest[K], known: Mapping[K, int]) -> K | None:
    """A number of which too much can be known and that something can still be done about."""
    if all(one is None for one in shown.values()):
        return None
    told = {key: span(known.get(key) if one is None else one) for key, one in shown.items()}
    for key in chain(forest.order, known):
        told.setdefault(key, span(known.get(key)))
    try:
        found = possible(told, forest)
    except Inconsistent:
        now = {key: span(shown.get(key)) for key in told}
        found = possible(now, forest)
    return next((key for key, of in found.items() if not is_safe(of)), None)


def _to_withhold(key: K, shown: Mapping[K, int | None], forest: Forest[K]) -> K:
    """What is withheld next: the number itself where it is part of another; else the least that stands beside it."""
    if shown.get(key) is not None and key in forest.part_of:
        return key
    beside = [one for one in forest.beside(key) if shown.get(one) is not None]
    others = beside or [one for one in shown if shown[one] is not None and one in forest.part_of]
    others = others or [one for one in shown if shown[one] is not None]
    return min(others, key=lambda one: shown[one] or 0)

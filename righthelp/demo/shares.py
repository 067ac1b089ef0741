"""Drawing so that the shares of the whole come out as they were stated, and not only on the average."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Bag(Generic[T]):
    """So many of each; what has been taken is not there again. An empty bag is filled anew by the same shares."""

    def __init__(self, random: Random, many: Mapping[T, float]) -> None:
        self._random = random
        self._shares = {one: number for one, number in many.items() if number > 0}
        self._left = dict(self._shares)

    def take(self, size: int = 1, among: Collection[T] | None = None) -> T:
        """One of them (and as many more of the same as `size` says), of those named if any are."""
        offered = [one for one in self._left if among is None or one in among]
        weights = [max(self._left[one], 0.0) for one in offered]
        if not any(weights):
            weights = [self._shares[one] for one in offered]
        taken = self._random.choices(offered, weights=weights)[0]
        self._left[taken] -= size
        return taken


def parted(many: Mapping[T, float], part: int, parts: int) -> dict[T, int]:
    """The share of one part in whole numbers, so that the parts add up to the whole."""
    return {one: round(number * (part + 1) / parts) - round(number * part / parts) for one, number in many.items()}

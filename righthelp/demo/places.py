"""Invented addresses in the county's areas, and the schools and surgeries that are near to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from righthelp.demo.names import AREAS, STREETS, VILLAGES, WAYS
from righthelp.packs import Demonstration

INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # letters that end a postcode


@dataclass(frozen=True)
class Place:
    """An address as it is written: its lines, and its postcode."""

    lines: str
    postcode: str


class Places:
    """Where people live. No address is given twice, so that two families at one address are never an accident."""

    def __init__(
        self,
        figures: Demonstration,
        *,
        schools: Sequence[str],
        surgeries: Sequence[str],
        part: int = 0,
        parts: int = 1,
    ) -> None:
        self.shares = figures.shares("places")
        self._areas = list(self.shares)
        self._given = dict.fromkeys(self._areas, 0)
        self._part, self._parts = part, parts
        self._primary = self._near([(n, name) for n, name in enumerate(schools) if "High" not in name])
        self._high = self._near([(n, name) for n, name in enumerate(schools) if "High" in name])
        self._surgeries = self._near(surgeries)

    def home(self, area: str) -> Place:
        """An address in the area at which nobody lives yet: next door in a street before a second round of it."""
        number = self._given[area]
        self._given[area] += 1
        streets = len(STREETS) * len(WAYS)
        # Streets in an order that looks like none: 37 has no divisor in common with their number.
        street = (number * 37 + self._areas.index(area) * 11) % streets
        house = (number // streets) * self._parts + self._part + 1
        name = f"{STREETS[street // len(WAYS)]} {WAYS[street % len(WAYS)]}"
        villages = VILLAGES.get(area)
        town = villages[street % len(villages)] if villages else area
        return Place(f"{house} {name}\n{town}", self._postcode(area, street))

    def _postcode(self, area: str, street: int) -> str:
        outward = AREAS.get(area) or f"EW{self._areas.index(area) + 1}"  # of a county that does not exist
        letters = len(INWARD)
        inward = f"{1 + street // letters**2}{INWARD[street // letters % letters]}{INWARD[street % letters]}"
        return f"{outward} {inward}"

    def school(self, random: Random, area: str, *, high: bool, near: Iterable[Any]) -> tuple[int, str]:
        """A school near home, with its number; the one where a brother or sister is, if it is for their age."""
        offered = (self._high if high else self._primary)[area]
        names = {name: (number, name) for number, name in offered}
        for sibling in near:
            if sibling.school in names:
                return names[sibling.school]
        number, name = random.choice(offered)
        return number, name

    def surgery(self, random: Random, area: str) -> str:
        """A family doctors' practice near home."""
        return str(random.choice(self._surgeries[area]))

    def _near(self, all_of_them: Sequence[Any]) -> dict[str, list[Any]]:
        """Some of them for each area, more where more children live; every one for some area."""
        near: dict[str, list[Any]] = {}
        begins = 0.0
        for area, share in self.shares.items():
            ends = begins + share
            first, last = int(begins * len(all_of_them)), int(ends * len(all_of_them) + 0.999)
            near[area] = list(all_of_them[first : max(last, first + 1)]) or list(all_of_them[-1:])
            begins = ends
        return near

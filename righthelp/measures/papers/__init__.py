"""Every figure that the county's papers give, and where each stands: answered by a measure, not yet, or not to be.

rows()    each row of `rows.csv` (its number, and what it is in our own words) with where it stands
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from righthelp.measures.registry import Measure, written

HOME = Path(__file__).parent


class Stands(Enum):
    """Where a row of the papers stands."""

    ANSWERED = "answered"
    NOT_YET = "not yet"
    NOT_ANSWERABLE = "not answerable"


@dataclass(frozen=True)
class Row:
    """One figure of the papers."""

    id: str
    title: str
    stands: Stands
    by: tuple[Measure, ...] = ()
    why: str = ""  # which process is missing, or why nothing can answer it


class FaultyPapers(ValueError):
    """A row without a place, with two, or a place for no row."""


@lru_cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the papers. Raises `FaultyPapers`."""
    titles = _titles()
    answered: Mapping[str, list[Measure]] = defaultdict(list)
    for measure in written():  # a clock names a row of the law, and not of the papers, by a like number
        for row in measure.source:
            if row in titles:
                answered[row].append(measure)
    places = {row: Row(row, titles[row], Stands.ANSWERED, tuple(by)) for row, by in answered.items()}
    given = yaml.safe_load((HOME / "not_yet.yaml").read_text(encoding="utf-8"))
    of = [
        *_of(given["not_yet"], "missing", Stands.NOT_YET, titles),
        *_of(given["not_answerable"], "why", Stands.NOT_ANSWERABLE, titles),
    ]
    times = Counter([*places, *(row.id for row in of)])
    if twice := [row for row, number in times.items() if number > 1]:
        raise FaultyPapers(f"{', '.join(twice)}: a row has one place.")
    if nowhere := [row for row in titles if row not in times]:
        raise FaultyPapers(f"{', '.join(nowhere)}: say which process is missing, or why nothing can answer it.")
    places |= {row.id: row for row in of}
    return tuple(places[row] for row in titles)


def _titles() -> dict[str, str]:
    with (HOME / "rows.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["title"] for row in csv.DictReader(file)}


def _of(groups: Mapping[str, Any], why: str, stands: Stands, titles: Mapping[str, str]) -> Iterator[Row]:
    for group in groups.values():
        for said in group["rows"]:
            for row in _from_to(said, list(titles)):
                yield Row(row, titles[row], stands, why=group[why])


def _from_to(said: str, order: list[str]) -> list[str]:
    first, _, last = said.partition(" to ")
    if unknown := [row for row in (first, last or first) if row not in order]:
        raise FaultyPapers(f"{', '.join(unknown)}: the papers have no such row.")
    return order[order.index(first) : order.index(last or first) + 1]

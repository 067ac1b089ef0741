"""Run charts: the usual range of a figure, and whether its last points are signal or noise. Pure arithmetic.

The chart is that of individual values and moving ranges (XmR, or Shewhart's chart for individuals), by which NHS
England's "Making data count" reads every measure, whatever its unit. The range comes from how far each month lies from
the one before. So a share of few children has a wide range without being told that they are few.

Limits: the mean, and 2.66 mean moving ranges to either side. A moving range of more than 3.27 means is set aside first,
so that one strange month does not hide the next (Nelson 1982, as in the NHS-R Community's NHSRplotthedots).
Signals: the first four of Provost and Murray, The Health Care Data Guide (2011), chapter 4. NHS England takes a run of
seven where these take eight: of many charts read each month, fewer then cry wolf.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise

LIMIT, STRANGE = 2.66, 3.27  # mean moving ranges: from the middle to a limit; the most that one range may be
RUN, TREND, NEAR_OF, NEAR = 8, 6, 3, 2
LEAST = 12  # points, before a range is called usual: a year, with its summer and its Christmas
RULES = (
    f"The usual range is worked out from at least {LEAST} finished months of one version of a definition: their mean, "
    f"and {LIMIT} times the mean difference from one month to the next, to either side. A month that differs by more "
    f"than {STRANGE} times that mean is set aside when it is worked out. What moves within the range is noise: chance "
    "is enough to explain it. These are signals: a point outside the range; "
    f"{RUN} points in a row on one side of the middle; {TREND} points in a row that each rise, or each fall; "
    f"{NEAR} of {NEAR_OF} points in the third of the range that is nearest to the same limit."
)
RULES_FROM = "NHS England, Making data count; Provost and Murray, The Health Care Data Guide (2011)"


class Better(Enum):
    """Which way is better, as a chart needs to know it."""

    HIGHER = 1
    LOWER = -1
    NEITHER = 0


@dataclass(frozen=True)
class Point:
    """One month: its figure, None where nothing was counted; the version of the definition; whether it is over."""

    label: str
    value: float | None
    version: int = 1
    finished: bool = True


class Kind(Enum):
    """What makes a signal, the strongest first."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    NEAR = "near"


@dataclass(frozen=True)
class Signal:
    """A signal that a point belongs to: what it is, which way it goes, and how many points it is made of so far."""

    kind: Kind
    higher: bool
    points: int


@dataclass(frozen=True)
class Limits:
    """The usual range: its middle and its ends."""

    middle: float
    lower: float
    upper: float

    def near(self, higher: bool) -> float:
        """Where the outer third of the range begins."""
        return self.middle + ((self.upper if higher else self.lower) - self.middle) * 2 / 3


@dataclass(frozen=True)
class Stretch:
    """Months of one version: the places of its points in the chart, first to last, and its limits if it has any."""

    version: int
    first: int
    last: int
    limits: Limits | None


@dataclass(frozen=True)
class Run:
    """A chart, worked out: its points, its stretches, and the signal that each point belongs to."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    signals: dict[int, Signal]
    least: float | None
    most: float | None

    @property
    def latest(self) -> int | None:
        """The place of the last finished point that has a figure."""
        return next((place for place in reversed(range(len(self.points))) if _counts(self.points[place])), None)

    @property
    def now(self) -> Stretch | None:
        """The stretch of the last point."""
        return self.stretches[-1] if self.stretches else None


def run(points: Sequence[Point], *, least: float | None = 0, most: float | None = None) -> Run:
    """A chart of these points, in order. `least` and `most` are what no figure can be below or above."""
    stretches: list[Stretch] = []
    signals: dict[int, Signal] = {}
    for version, group in groupby(range(len(points)), key=lambda place: points[place].version):
        places = list(group)
        counted = [place for place in places if _counts(points[place])]
        values = [float(points[place].value or 0) for place in counted]
        found = limits(values, least=least, most=most) if len(values) >= LEAST else None
        stretches.append(Stretch(version, places[0], places[-1], found))
        if found:
            signals |= {counted[at]: signal for at, signal in _signals(values, found)}
    return Run(tuple(points), tuple(stretches), signals, least, most)


def _counts(point: Point) -> bool:
    return point.finished and point.value is not None


def limits(values: Sequence[float], *, least: float | None = None, most: float | None = None) -> Limits:
    """The usual range of two values or more, in the order in which they came."""
    middle = sum(values) / len(values)
    moves = [abs(after - before) for before, after in pairwise(values)]
    mean = sum(moves) / len(moves)
    moves = [move for move in moves if move <= STRANGE * mean] or moves
    reach = LIMIT * sum(moves) / len(moves)
    lower, upper = middle - reach, middle + reach
    return Limits(
        middle,
        lower if least is None else max(lower, least),
        upper if most is None else min(upper, most),
    )


def _signals(values: Sequence[float], usual: Limits) -> Iterator[tuple[int, Signal]]:
    """Each point that belongs to a signal, with the strongest that it belongs to."""
    for kind in reversed(Kind):  # the stronger are told after the weaker, and stand in their place
        for first, last, higher in _FOUND[kind](values, usual):
            for place in range(first, last + 1):
                yield place, Signal(kind, higher, place - first + 1)


Spans = Iterator[tuple[int, int, bool]]


def _outside(values: Sequence[float], usual: Limits) -> Spans:
    for place, value in enumerate(values):
        if value > usual.upper or value < usual.lower:
            yield place, place, value > usual.upper


def _on_one_side(values: Sequence[float], usual: Limits) -> Spans:
    sides = [(value > usual.middle) - (value < usual.middle) for value in values]
    yield from _rows(sides, RUN)


def _rows(signs: Sequence[int], least: int, before: int = 0) -> Spans:
    """Where the same sign, up or down, stands at least so many times in a row."""
    first = 0
    for sign, group in groupby(signs):
        number = len(list(group))
        if sign and number + before >= least:
            yield first, first + number + before - 1, sign > 0
        first += number


def _trend(values: Sequence[float], usual: Limits) -> Spans:
    yield from _rows([(after > before) - (after < before) for before, after in pairwise(values)], TREND, before=1)


def _near_a_limit(values: Sequence[float], usual: Limits) -> Spans:
    for higher in (True, False):
        edge = usual.near(higher)
        if edge == usual.middle:
            continue
        far = [value >= edge if higher else value <= edge for value in values]
        for last in range(1, len(values)):
            window = [place for place in range(max(0, last - NEAR_OF + 1), last + 1) if far[place]]
            if len(window) >= NEAR:
                yield from ((place, place, higher) for place in window)


_FOUND = {Kind.OUTSIDE: _outside, Kind.RUN: _on_one_side, Kind.TREND: _trend, Kind.NEAR: _near_a_limit}

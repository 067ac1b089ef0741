"""How a run chart is drawn: paths in a plane of their own, stretched to whatever room the page or the paper has.

Everything is a line. A point is a line of no length with round or square ends, which stays round however the plane is
stretched. Words stand outside the drawing, so that they are as large on a telephone as on a desk.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from righthelp.measures.runs import Better, Run

WIDE, HIGH = 600.0, 100.0  # the plane


@dataclass(frozen=True)
class Drawing:
    """The paths of a chart, by what they are; and the ends of its scale."""

    lowest: float
    highest: float
    line: str
    usual: str  # the usual range, an area
    middles: str
    points: str
    better: str  # signals for the better
    others: str  # signals for the worse, or where neither way is better
    unfinished: str
    target: str
    breaks: str  # where the definition changed
    width: float = WIDE
    height: float = HIGH


@dataclass(frozen=True)
class Scale:
    """From a figure to its height in the plane."""

    lowest: float
    highest: float

    def y(self, value: float) -> float:
        room = self.highest - self.lowest
        return round(HIGH - HIGH * (value - self.lowest) / room, 2) if room else HIGH / 2


def draw(chart: Run, better: Better, target: float | None = None) -> Drawing:
    """A chart as paths."""
    scale = _scale(chart, target)
    step = WIDE / max(len(chart.points), 1)

    def x(place: float) -> float:
        return round(step * (place + 0.5), 2)

    def dots(places: Iterable[int]) -> str:
        return "".join(f"M{x(place):g} {scale.y(chart.points[place].value or 0):g}h0" for place in places)

    there = [place for place, point in enumerate(chart.points) if point.value is not None]
    good = [place for place, signal in chart.signals.items() if signal.higher is (better is Better.HIGHER)]
    good = good if better is not Better.NEITHER else []
    unfinished = [place for place in there if not chart.points[place].finished]
    limited = [(stretch, stretch.limits) for stretch in chart.stretches if stretch.limits]
    return Drawing(
        lowest=scale.lowest,
        highest=scale.highest,
        line=_line(chart, there, x, scale),
        usual="".join(
            f"M{x(stretch.first - 0.5):g} {scale.y(limits.upper):g}H{x(stretch.last + 0.5):g}"
            f"V{scale.y(limits.lower):g}H{x(stretch.first - 0.5):g}z"
            for stretch, limits in limited
        ),
        middles="".join(
            f"M{x(stretch.first - 0.5):g} {scale.y(limits.middle):g}H{x(stretch.last + 0.5):g}"
            for stretch, limits in limited
        ),
        points=dots(place for place in there if place not in chart.signals and place not in unfinished),
        better=dots(sorted(good)),
        others=dots(sorted(chart.signals.keys() - set(good))),
        unfinished=dots(unfinished),
        target=f"M0 {scale.y(target):g}H{WIDE:g}" if target is not None else "",
        breaks="".join(f"M{x(stretch.first - 0.5):g} 0V{HIGH:g}" for stretch in chart.stretches[1:]),
    )


def _line(chart: Run, there: Sequence[int], x: object, scale: Scale) -> str:
    """A line through the finished months of each version; broken where a month has no figure."""
    assert callable(x)
    whole = [place for place in there if chart.points[place].finished]
    kept = enumerate(whole)
    paths = []
    for _, group in groupby(kept, key=lambda pair: (pair[1] - pair[0], chart.points[pair[1]].version)):
        spots = [f"{x(place):g} {scale.y(chart.points[place].value or 0):g}" for _, place in group]
        if len(spots) > 1:
            paths.append(f"M{'L'.join(spots)}")
    return "".join(paths)


def _scale(chart: Run, target: float | None) -> Scale:
    """From nought, unless all that is drawn lies in its upper half; to a round number above it."""
    drawn = [point.value for point in chart.points if point.value is not None]
    drawn += [
        end for stretch in chart.stretches if stretch.limits for end in (stretch.limits.lower, stretch.limits.upper)
    ]
    drawn += [target] if target is not None else []
    if not drawn:
        return Scale(0, 1)
    top = round_up(max(drawn))
    top = min(top, chart.most) if chart.most is not None else top
    low = min(drawn)
    if low < 0:
        return Scale(-round_up(-low), top)
    bottom = 0.0
    if low > top / 2:
        part = round_up((top - low) * 1.1) if top > low else top
        bottom = max(0.0, top - part)
    return Scale(bottom, top if top > bottom else bottom + 1)


def round_up(value: float) -> float:
    """The next round number: 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 or 10, tens of them or tenths."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    for part in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if value <= part * power * (1 + 1e-9):
            return float(round(part * power, 10))
    return 10 * power

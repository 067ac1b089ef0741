"""A measure beside its target and beside others: statistical neighbours, the region, England, and what was published.

What others come to is theirs: their period, their source, their definition. It is set beside the county's figure with
all three, and never drawn on the county's chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from righthelp.measures.charts import in_words
from righthelp.measures.figures import Figure
from righthelp.measures.registry import Measure, Polarity, Unit
from righthelp.packs import Benchmark
from righthelp.packs.benchmarks import AREAS

PUBLISHED = AREAS[0]
CAUTION = (
    "Each figure of others is of the period and by the definition of its source. The county's is of its last 12 whole "
    "months, by the version of the definition that counts now. Where definitions differ, so will the figures."
)


@dataclass(frozen=True)
class Compared:
    """A figure beside which the county's is set."""

    who: str
    words: str
    period: str
    difference: str
    source: str = ""
    href: str = ""
    checked: str = ""


def compared(measure: Measure, county: Figure, benchmarks: Sequence[Benchmark]) -> list[Compared]:
    """The target, then the latest figure of each kind of others, nearest first."""
    found = []
    if measure.target is not None:
        words = in_words(measure, measure.target)
        found.append(Compared("Target", words, "", _difference(measure, county, measure.target),
                              source=measure.target_from))  # fmt: skip
    for area in AREAS:
        figures = [one for one in benchmarks if one.measure == measure.name and one.area == area]
        if not figures:
            continue
        latest = max(figures, key=lambda one: one.year)
        found.append(
            Compared(
                area[:1].upper() + area[1:],
                in_words(measure, latest.value),
                latest.period,
                _difference(measure, county, latest.value, judged=area != PUBLISHED),
                latest.source,
                latest.href,
                latest.checked,
            )
        )
    return found


def _difference(measure: Measure, county: Figure, other: float, *, judged: bool = True) -> str:
    """How far the county's figure lies from another, in words."""
    if county.value is None:
        return "The county has no figure yet."
    by = round(county.value - other, 1)
    if by == 0:
        return "The county's figure is the same."
    size = in_words(measure, abs(by))
    if measure.unit is Unit.SHARE:
        size = f"{abs(by):g} percentage point{'' if abs(by) == 1 else 's'}"
    way = "higher" if by > 0 else "lower"
    verdict = ""
    if judged and measure.polarity is not Polarity.CONTEXT:
        verdict = ", which is better" if (by > 0) is (measure.polarity is Polarity.HIGH) else ", which is worse"
    return f"The county's figure is {size} {way}{verdict}."

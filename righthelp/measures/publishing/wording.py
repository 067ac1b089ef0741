"""What a reader reads of a figure: a number, a share or a middle, made only from what is shown of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from righthelp.kernel.suppression import STEP, span
from righthelp.measures.definition import Measure, Unit
from righthelp.measures.figures import NINE_IN_TEN, PER, nearest_rank
from righthelp.packs import pack
from righthelp.processes.statistics_release.figures import PublishedFigure
from righthelp.processes.statistics_release.periods import Period

Kind = PublishedFigure.How
ENOUGH = 20  # of fewer, a share is mostly rounding, and a middle may be somebody's
ENOUGH_FOR_THE_SLOW = 50  # of fewer, the slow tenth are fewer than five
WITHHELD = "Withheld"
FEWER = f"Fewer than {STEP}"
UNITS = {
    Unit.NUMBER: "number",
    Unit.SHARE: "per cent",
    Unit.RATE: "for every 10,000 children",
    Unit.HOURS: "hours (the middle one)",
    Unit.DAYS: "days (the middle one)",
}


@dataclass(frozen=True)
class Worded:
    """A figure as it is published."""

    shown: str
    words: str
    value: float | None = None


def worded(measure: Measure, over: Period, shown: Sequence[int | None], amounts: Sequence[float] = ()) -> Worded:
    """In words, with its value where there is one. `shown` is what is shown of each side of the measure."""
    if any(one is None for one in shown):
        return Worded(Kind.WITHHELD, WITHHELD)
    told = [one for one in shown if one is not None]
    if measure.unit is Unit.SHARE:
        return _share(*told)
    (number,) = told
    if measure.unit.of_amounts:
        return _middle(measure, number, amounts)
    if not number:
        return Worded(Kind.FEW, FEWER)
    if measure.unit is Unit.RATE:
        return _rate(number, over)
    return Worded(Kind.SHOWN, f"{number:,}", number)


def _share(counting: int, others: int) -> Worded:
    whole = counting + others
    if whole < ENOUGH:
        return Worded(Kind.NOT_COUNTED, f"Of fewer than {ENOUGH}: too few for a share")
    if not others:
        least = span(counting)[0]
        return Worded(Kind.FEW, f"{100 * least // (least + STEP - 1)}% or more, of about {whole:,}")
    if not counting:
        least = span(others)[0]
        return Worded(Kind.FEW, f"{-(-100 * (STEP - 1) // (least + STEP - 1))}% or fewer, of about {whole:,}")
    value = min(max(round(100 * counting / whole), 1), 99)
    return Worded(Kind.SHOWN, f"{value}% of about {whole:,}", value)


def _rate(number: int, over: Period) -> Worded:
    there = pack().places().children_in(over.since.year)
    if there is None:
        return Worded(Kind.NOT_COUNTED, "How many children there are is not known")
    value = round(PER * number / there.number)
    return Worded(Kind.SHOWN, f"{value} for every {PER:,} children", value)


def middle(amounts: Sequence[float]) -> int:
    """The middle one, whole."""
    return round(nearest_rank(sorted(amounts), 50))


def _middle(measure: Measure, number: int, amounts: Sequence[float]) -> Worded:
    if number < ENOUGH or not amounts:
        return Worded(Kind.NOT_COUNTED, f"Of fewer than {ENOUGH}: too few for a middle")
    value = middle(amounts)
    words = f"{value:,} {measure.unit.value}"
    if number >= ENOUGH_FOR_THE_SLOW:
        words += f"; nine in ten within {round(nearest_rank(amounts, NINE_IN_TEN)):,}"
    return Worded(Kind.SHOWN, words, value)

"""The one way out: every number that leaves goes through `figure`, which rounds it and hides what is too small.

A figure is counted under the viewer's own rights. It counts, and its list shows, only what that viewer may see: a
child whom a locked circle keeps from them is in neither, so that nobody reads of a locked child in a number. What is
published (`public`) is counted once, by a purpose, and small numbers are kept back from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from righthelp.measures.registry import Measure, Unit
from righthelp.packs import pack

SMALL = 5  # fewer than these could be known by name
NINE_IN_TEN = 90
PER = 10_000  # children, of a rate
Amounts = Mapping[float, int] | Iterable[float]


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


NOTHING = Figure("Nothing counted", None, 0)
KEPT_BACK = Figure(f"Fewer than {SMALL}: not shown", None, None)


def figure(
    measure: Measure,
    counts: int,
    of: int,
    amounts: Amounts = (),
    *,
    public: bool = False,
    before: Sequence[float | None] = (),
    year: int | None = None,
    area: str = "",
    among: int | None = None,
) -> Figure:
    """A number of this measure, from how many of how many (or from amounts, one for each that was counted).

    `before` are the figures of the periods before it, for the light; `year` and `area` say of which children a rate is,
    `among` how many those are where they are not the county's: an example's.
    """
    unit = measure.unit
    if not of:
        return Figure("0", 0, 0, measure.light(0, before)) if unit is Unit.NUMBER else NOTHING
    if public and (of < SMALL or (unit is Unit.SHARE and 0 < min(counts, of - counts) < SMALL)):
        return KEPT_BACK
    shown = _nearest(of, SMALL) if public else of
    if unit is Unit.NUMBER:
        number = _nearest(counts, SMALL) if public else counts
        return Figure(f"{number:,}", number, shown, measure.light(number, before))
    if unit is Unit.RATE:
        return _rate(measure, counts, public, before, _children(year, area, among))
    if unit is Unit.SHARE:
        value = float(round(100 * counts / of)) if public else share(counts, of)
        beside = f"of {shown:,}" if public else f"{counts:,} of {of:,}"
        return Figure(f"{value:g}%", value, shown, measure.light(value, before), beside)
    spread = spread_of(amounts)
    if spread is None:
        return NOTHING
    if unit is Unit.EACH:
        value = round(spread.mean, 1)
        beside = f"{measure.of_what}; from {spread.least:g} to {spread.most:g}"
        return Figure(f"{value:g}", value, shown, measure.light(value, before), beside)
    middle, slow = round(spread.middle, 1), round(spread.nine_in_ten, 1)
    words = unit.value if middle != 1 else unit.value.removesuffix("s")
    beside = f"nine in ten within {slow:g} {unit.value}"
    return Figure(f"{middle:g} {words}", middle, shown, measure.light(middle, before), beside)


def _children(year: int | None, area: str, among: int | None) -> tuple[int, str] | None:
    """How many children, and in which year that was; of the latest year for which it is known."""
    if among is not None:
        return among, ""
    there = pack().places().children_in(year or 9999, area)
    return (there.number, f" ({there.year})") if there else None


def _rate(
    measure: Measure, counts: int, public: bool, before: Sequence[float | None], there: tuple[int, str] | None
) -> Figure:
    """For every 10,000 children."""
    if there is None:
        return Figure("Not known", None, counts, beside="how many children there are is not known")
    if public and counts < SMALL:
        return KEPT_BACK
    children, when = there
    value = round(PER * counts / children, 1)
    if public:
        counts, value = _nearest(counts, SMALL), float(round(value))
    beside = f"{counts:,} of {children:,} children{when}"
    return Figure(f"{value:g}", value, counts, measure.light(value, before), beside)


def share(counts: int, of: int) -> float:
    """How many in a hundred, to one decimal, and never all or none unless it is."""
    value = round(100 * counts / of, 1)
    if 0 < counts < of:
        return min(max(value, 0.1), 99.9)
    return value


def _nearest(number: int, step: int) -> int:
    return step * round(number / step)


@dataclass(frozen=True)
class Spread:
    """How amounts are spread: each a value that occurred, and the mean beside them."""

    how_many: int
    least: float
    tenth: float
    quarter: float
    middle: float
    three_quarters: float
    nine_in_ten: float
    most: float
    mean: float


def spread_of(amounts: Amounts) -> Spread | None:
    """The range and the ranks of amounts (nearest rank); nothing of nothing."""
    there = counted(amounts)
    if not there:
        return None
    ordered = sorted(there.items())
    how_many = sum(times for _, times in ordered)
    tenth, quarter, middle, three_quarters, nine_in_ten = (
        _ranked(ordered, how_many, share) for share in (10, 25, 50, 75, NINE_IN_TEN)
    )
    mean = sum(amount * times for amount, times in ordered) / how_many
    least, most = ordered[0][0], ordered[-1][0]
    return Spread(how_many, least, tenth, quarter, middle, three_quarters, nine_in_ten, most, mean)


def counted(amounts: Amounts) -> Counter[float]:
    """Each amount with how many times it came."""
    return Counter(dict(amounts)) if isinstance(amounts, Mapping) else Counter(amounts)


def _ranked(ordered: Sequence[tuple[float, int]], how_many: int, share: int) -> float:
    """The value that this many in a hundred are no greater than: one that occurred, never one between two."""
    place = max(1, -(-how_many * share // 100))
    for amount, times in ordered:
        place -= times
        if place <= 0:
            return amount
    return ordered[-1][0]


def nearest_rank(values: Amounts, share: int) -> float:
    """The value that this many in a hundred are no greater than."""
    ordered = sorted(counted(values).items())
    return _ranked(ordered, sum(times for _, times in ordered), share)


@dataclass(frozen=True)
class Bucket:
    """Amounts from one value on and below the next; the last has no end."""

    since: float
    below: float | None
    how_many: int


def buckets(amounts: Amounts, edges: Sequence[float]) -> list[Bucket]:
    """How many of the amounts fall between edges: below the first, from each to the next, from the last on."""
    there = counted(amounts)
    found = []
    for low, high in zip([0.0, *edges], [*edges, None], strict=True):
        how_many = sum(times for amount, times in there.items() if amount >= low and (high is None or amount < high))
        found.append(Bucket(low, high, how_many))
    return found


def edges(amounts: Amounts, most: int = 8) -> list[float]:
    """Round edges for a picture of how amounts are spread: no more than so many, of equal width."""
    spread = spread_of(amounts)
    if spread is None or spread.nine_in_ten <= 0:
        return []
    width = next(step for step in _steps() if step * most >= spread.nine_in_ten)
    return [round(width * place, 6) for place in range(1, most) if width * place <= spread.nine_in_ten]


def _steps() -> Iterable[float]:
    power = 0.1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10

"""Attacks on what is published: somebody adds and subtracts all that was ever shown, and must not learn of the few.

The attacker here is another program than the one that protects: it tries every value of every number, one by one, as
sets and not as spans, over invented children who are told apart by month, place, ethnicity and what became of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from righthelp.kernel.suppression import FEWER, STEP, Count, Forest, Sum, is_safe, possible, protect, rounded, span

MONTHS = ("April", "May", "June", "July", "August", "September")
QUARTERS = {"first": MONTHS[:3], "second": MONTHS[3:]}
PLACES = ("North", "South", "Market")
GROUPS = ("A", "B")
FEW = set(range(STEP))
MOST = 60  # more children than there are
Child = tuple[str, str, str]  # month, place, group
SUMS = [
    Sum("year", tuple(QUARTERS)),
    *(Sum(quarter, months) for quarter, months in QUARTERS.items()),
    Sum("year", PLACES),
    Sum("year", GROUPS),
]
KEYS = ("year", *QUARTERS, *MONTHS, *PLACES, *GROUPS)


def counted(children: Sequence[Child]) -> dict[str, int]:
    """The whole release: the half year, its quarters and months, its places and its groups."""
    found = Counter(value for child in children for value in child)
    found |= {quarter: sum(found[month] for month in months) for quarter, months in QUARTERS.items()}
    return {**dict.fromkeys(KEYS, 0), **found, "year": len(children)}


def cells_of(children: Sequence[Child], draws: Mapping[Any, float]) -> dict[str, Count]:
    """Each number with its draw. A group of the same children is rounded by the same draw, in whatever table."""

    def members(key: str) -> frozenset[int]:
        within = {key} if key not in QUARTERS else set(QUARTERS[key])
        return frozenset(place for place, child in enumerate(children) if key == "year" or within & set(child))

    counts = counted(children)
    return {key: Count(counts[key], draws[hash(members(key)) % 997]) for key in KEYS}


def released(children: Sequence[Child], draws: Mapping[Any, float]) -> dict[str, int | None]:
    """What is shown of them."""
    return protect(cells_of(children, draws), SUMS)


class Attacker:
    """Knows all that was shown, how it adds up, and how it was rounded; tries every value of every number."""

    def __init__(self, *releases: Mapping[str, int | None]) -> None:
        self.may_be = {}
        shown = [one["year"] for one in releases if one["year"] is not None]
        most = max([span(year)[1] for year in shown], default=MOST)
        for key in KEYS:
            values = set(range(most + 1))
            for one in releases:
                least, top = span(one[key])
                values &= set(range(least, min(top, most) + 1))
            self.may_be[key] = values

    def _sums_to(self, key: str, fixed: Mapping[str, int]) -> set[int]:
        """Every value that a number can have, with all that hangs beneath it, when another is what is fixed."""
        values = self.may_be[key] & {fixed[key]} if key in fixed else self.may_be[key]
        for one in SUMS:
            if one.whole == key:
                totals = {0}
                for part in one.parts:
                    of_part = self._sums_to(part, fixed)
                    totals = {total + more for total in totals for more in of_part}
                values = values & totals
        return values

    def learns(self, key: str) -> set[int]:
        """What a number may still be."""
        return {value for value in self.may_be[key] if self._sums_to("year", {key: value})}


children = st.lists(
    st.tuples(st.sampled_from(MONTHS), st.sampled_from(PLACES), st.sampled_from(GROUPS)), min_size=5, max_size=45
)


def draws_of(seed: int) -> dict[int, float]:
    random = Random(seed)
    return {number: random.random() for number in range(997)}


@settings(max_examples=60, deadline=None)
@given(children, st.integers(0, 10**6))
def test_adding_and_subtracting_tells_nobody_of_the_few(those: list[Child], seed: int) -> None:
    shown, true = released(those, draws_of(seed)), counted(those)
    attacker = Attacker(shown)
    for key in KEYS:
        learnt = attacker.learns(key)
        assert true[key] in learnt
        assert len(learnt) >= STEP
        if true[key] < STEP:
            assert learnt >= FEW, f"{key} is {true[key]}, and the attacker knows that it is one of {learnt}"


@settings(max_examples=60, deadline=None)
@given(children, st.integers(0, 10**6))
def test_what_the_protection_knows_is_what_an_attacker_knows(those: list[Child], seed: int) -> None:
    """Were it to think that less can be known than can, it would protect too little."""
    counts = {key: Count(number, draws_of(seed)[number % 997]) for key, number in counted(those).items()}
    shown = {key: rounded(one.number, one.draw) for key, one in counts.items()}  # before anything more is withheld
    known = possible({key: span(one) for key, one in shown.items()}, Forest(SUMS))
    attacker = Attacker(shown)
    for key in KEYS:
        learnt = attacker.learns(key)
        assert (min(learnt), max(learnt)) == known[key]
        assert learnt == set(range(min(learnt), max(learnt) + 1))


@settings(max_examples=40, deadline=None)
@given(children, st.lists(st.sampled_from(MONTHS), max_size=4), st.integers(0, 10**6))
def test_this_release_less_the_last_one(those: list[Child], late: list[str], seed: int) -> None:
    """Some children were recorded late. How many more there are in a month is never told within five."""
    draws = draws_of(seed)
    before = released(those, draws)
    after = released([*those, *((month, "North", "A") for month in late)], draws)
    for key in KEYS:
        first, second = span(before[key]), span(after[key])
        more = range(second[0] - first[1], second[1] - first[0] + 1)
        assert counted([*those, *((month, "North", "A") for month in late)])[key] - counted(those)[key] in more
        assert len(more) >= STEP
    if not late:
        assert before == after  # asked twice, the same is told: two answers cannot be set against each other


@settings(max_examples=60, deadline=None)
@given(children, st.lists(st.tuples(st.sampled_from(MONTHS), st.sampled_from(PLACES), st.sampled_from(GROUPS)),
                          max_size=3), st.integers(0, 10**6))  # fmt: skip
def test_a_quarter_and_later_the_year_tell_no_more_together(those: list[Child], late: list[Child], seed: int) -> None:
    """The attacker takes everything that was ever shown, and guesses rightly that what reads the same is the same."""
    draws = draws_of(seed)
    own = ("first", *QUARTERS["first"])
    counts = cells_of(those, draws)
    before = protect({key: counts[key] for key in own}, SUMS)
    after = protect(
        cells_of([*those, *late], draws), SUMS, {key: one for key, one in before.items() if one is not None}
    )
    attacker = Attacker({**after, **{key: before[key] for key in own if after[key] is None}})
    true = counted([*those, *late])
    for key in KEYS:
        learnt = attacker.learns(key)
        if not learnt:
            continue  # it cannot be: the facts changed between, and nothing can be taken from the two together
        assert len(learnt) >= STEP
        if not late:
            assert true[key] in learnt
            assert true[key] >= STEP or learnt >= FEW


@given(st.integers(0, 500), st.floats(0, 1, exclude_max=True))
def test_a_number_is_less_than_five_away_and_never_small(number: int, draw: float) -> None:
    shown = rounded(number, draw)
    least, most = span(shown)
    assert least <= number <= most
    assert shown % STEP == 0
    assert (shown == FEWER) == (number < STEP)
    assert is_safe((least, most))


def test_it_is_rounded_up_as_often_as_it_is_near() -> None:
    draws = [number / 1000 for number in range(1000)]
    assert sum(rounded(13, draw) for draw in draws) / 1000 == pytest.approx(13, abs=0.05)


@pytest.mark.parametrize(
    ("whole", "parts", "withheld"),
    [
        (40, (20, 17, 3), set()),  # the whole less two parts leaves none to four, and more
        (6, (3, 3), {0, 1}),  # two few that make up five or more: each must be one at least
        (28, (4,) * 7, {0, 1}),  # shown as 30, all seven would be four: nothing but four can add up to so many
        (3, (3, 0), set()),
    ],
)
def test_what_is_withheld_beside_the_few(whole: int, parts: tuple[int, ...], withheld: set[int]) -> None:
    counts: dict[Any, Count] = {place: Count(number, 0.5) for place, number in enumerate(parts)}
    shown = protect({**counts, "all": Count(whole, 0.1)}, [Sum("all", tuple(counts))])
    assert {key for key, value in shown.items() if value is None} == withheld


def test_what_was_published_once_cannot_be_withheld_again() -> None:
    """It counts as known: what stands beside it is withheld instead."""
    counts: dict[Any, Count] = {"a": Count(3, 0.5), "b": Count(3, 0.5), "all": Count(6, 0.9)}
    sums = [Sum("all", ("a", "b"))]
    assert protect(counts, sums)["all"] == 5
    assert protect(counts, sums, known={"a": FEWER, "b": FEWER})["all"] is None


def test_sums_that_go_round_are_refused() -> None:
    """Of such tables nobody could say exactly what an attacker knows."""
    with pytest.raises(ValueError, match="two wholes"):
        Forest([Sum("row", ("a", "b")), Sum("column", ("a", "c"))])
    with pytest.raises(ValueError, match="part of itself"):
        Forest([Sum("a", ("b",)), Sum("b", ("a",))])

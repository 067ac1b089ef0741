"""What a chart says in one sentence, and how it is drawn."""

from __future__ import annotations

import re

import pytest

from righthelp.measures.drawing import HIGH, draw, round_up
from righthelp.measures.runs import Better, Point, Run, run
from righthelp.measures.runs_in_words import against_target, said

STEADY = [10.0, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13]


def chart(*values: float | None, **more: int) -> Run:
    return run([Point(str(number), value, **more) for number, value in enumerate(values)])


@pytest.mark.parametrize(
    ("values", "better", "way", "words"),
    [
        ([*STEADY, 12.0], Better.HIGHER, "noise", "move within the usual range: no sign of a change"),
        ([*STEADY, 40.0], Better.HIGHER, "better", "The last month lies above the usual range: a real change for the"),
        ([*STEADY, 40.0], Better.LOWER, "worse", "for the worse"),
        ([*STEADY, 40.0], Better.NEITHER, "changed", "Neither way is better in itself: ask why"),
        (
            [*STEADY * 3, 10.0, *[12.4, 12.2] * 4],
            Better.LOWER,
            "worse",
            "The last eight months are all above the middle",
        ),
        ([*STEADY, 17.0, 11.0, 17.0], Better.HIGHER, "better", "Two of the last three months are near the top"),
        (STEADY[:1], Better.HIGHER, "unknown", "One finished month of this definition: too few to say"),
        ([None] * 12, Better.HIGHER, "unknown", "Nothing was counted in any finished month."),
    ],
)
def test_the_sentence(values: list[float | None], better: Better, way: str, words: str) -> None:
    told = said(chart(*values), better)
    assert told.way == way
    assert words in told.words


@pytest.mark.parametrize(
    ("target", "better", "words"),
    [(12.0, Better.HIGHER, "by chance"), (2.0, Better.HIGHER, "relied on"), (40.0, Better.HIGHER, "will not be met"),
     (2.0, Better.LOWER, "will not be met"), (40.0, Better.LOWER, "relied on"), (12.0, Better.NEITHER, "")],
)  # fmt: skip
def test_what_a_target_may_expect(target: float, better: Better, words: str) -> None:
    told = against_target(chart(*STEADY), target, better)
    assert words in told
    assert bool(told) is bool(words)


def test_every_month_with_a_figure_is_drawn_once() -> None:
    values = [*STEADY, None, 40.0]
    made = draw(chart(*values), Better.HIGHER, target=15)
    dots = [made.points, made.better, made.others, made.unfinished]
    assert sum(path.count("M") for path in dots) == len(values) - 1
    assert made.better.count("M") == 1
    assert made.line.count("M") == 1  # a month alone has no line
    heights = [float(found) for path in dots for found in re.findall(r"M\S+ (\S+)h0", path)]
    assert all(0 <= height <= HIGH for height in heights)


def test_a_change_of_definition_breaks_the_line() -> None:
    points = [Point("", value, 1 + (place >= 12)) for place, value in enumerate([*STEADY, *STEADY])]
    made = draw(run(points), Better.NEITHER)
    assert made.breaks == "M300 0V100"
    assert made.line.count("M") == 2


def test_the_scale_begins_at_nought_unless_all_lies_high() -> None:
    assert draw(chart(*STEADY), Better.HIGHER).lowest == 0
    high = run([Point("", value) for value in [95.0, 96.0] * 8], most=100)
    assert (draw(high, Better.HIGHER).lowest, draw(high, Better.HIGHER).highest) == (92, 100)
    assert draw(run([]), Better.HIGHER).points == ""


@pytest.mark.parametrize(("value", "rounded"), [(0, 0), (0.3, 0.3), (7, 8), (101, 120), (1000, 1000), (1001, 1200)])
def test_round_numbers(value: float, rounded: float) -> None:
    assert round_up(value) == rounded

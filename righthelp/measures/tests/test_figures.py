"""The one way out: what is rounded, what is kept back, and the light that a figure stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.measures.figures import KEPT_BACK, NOTHING, SMALL, figure, nearest_rank
from righthelp.measures.registry import GIVEN, FaultyMeasure, Polarity, _measure, theme

MEASURES = {measure.name: measure for measure in theme("front_door")}
NUMBER, SHARE, HOURS = (MEASURES[name] for name in ("contacts", "chat_in_time", "hours_to_decision"))


def test_nothing_counted_is_none_and_not_a_share() -> None:
    assert figure(SHARE, 0, 0) == NOTHING
    assert figure(NUMBER, 0, 0).words == "0"


@pytest.mark.parametrize(("counts", "of", "words"), [(1, 3, "33.3%"), (9999, 10000, "99.9%"), (1, 10000, "0.1%"),
                                                     (5, 5, "100%"), (0, 5, "0%")])  # fmt: skip
def test_a_share_is_never_all_or_none_unless_it_is(counts: int, of: int, words: str) -> None:
    assert figure(SHARE, counts, of).words == words


@pytest.mark.parametrize(("counts", "light"), [(950, "green"), (949, "amber"), (900, "amber"), (899, "red")])
def test_the_light_is_by_the_figure_that_is_read(counts: int, light: str) -> None:
    assert figure(SHARE, counts, 1000).light == light
    lower = replace(SHARE, polarity=Polarity.LOW, target=5)
    assert figure(lower, 1000 - counts, 1000).light == light


@given(of=st.integers(0, 200), share=st.floats(0, 1))
def test_nothing_small_is_published(of: int, share: float) -> None:
    """Neither the few, nor the few that are left when they are taken from the whole."""
    counts = int(of * share)
    made = figure(SHARE, counts, of, public=True)
    if of and (of < SMALL or 0 < counts < SMALL or 0 < of - counts < SMALL):
        assert made == KEPT_BACK
    number = figure(NUMBER, of, of, public=True)
    assert number == KEPT_BACK if 0 < of < SMALL else number.value is not None and number.value % SMALL == 0


@given(st.lists(st.floats(0, 1000), min_size=1))
def test_nine_in_ten_are_no_slower(hours: list[float]) -> None:
    slow = nearest_rank(hours, 90)
    assert slow in hours
    assert sum(one <= slow for one in hours) * 10 >= len(hours) * 9


def test_hours_are_said_with_the_slow_ones() -> None:
    made = figure(HOURS, 0, 4, [1, 2, 3, 40])
    assert (made.words, made.beside) == ("2 hours", "nine in ten within 40 hours")


@pytest.mark.parametrize(("change", "why"), [({"colour": 1}, "colour"), ({"unit": "miles"}, "miles"),
                                             ({"target": 9, "target_from": ""}, "target")])  # fmt: skip
def test_a_faulty_entry_is_refused_by_name(change: dict[str, object], why: str) -> None:
    entry = {name: getattr(SHARE, name) for name in GIVEN}
    entry |= {"unit": "share", "polarity": "high", "period": "flow"}
    assert _measure("mine", dict(entry)).title == SHARE.title
    with pytest.raises(FaultyMeasure, match=why):
        _measure("mine", {**entry, **change})

"""The usual range and its signals, against published examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from righthelp.measures.runs import LEAST, Kind, Point, limits, run

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rates of ten batches, and their limits.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
# NHS-R Community, NHSRplotthedots, "Deviations from Excel defaults": with the strange point set aside, and with it.
ONE_STRANGE = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
STEADY = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13]


def points(values: list[float | None], **more: int) -> list[Point]:
    return [Point(str(number), value, **more) for number, value in enumerate(values)]


def kinds(values: list[float]) -> dict[int, Kind]:
    return {place: signal.kind for place, signal in run(points(list(values)), least=None).signals.items()}


def test_limits_are_those_of_the_handbook() -> None:
    found = limits(FLOW_RATES)
    # The handbook divides 3 by 1.128 where the table of constants says 2.66.
    assert (found.middle, found.upper, found.lower) == pytest.approx((50.81, 55.8041, 45.8159), abs=0.002)


def test_one_strange_month_is_set_aside() -> None:
    found = limits(ONE_STRANGE)
    assert (round(found.upper, 2), round(found.middle, 2), round(found.lower, 2)) == (4.6, 1.94, -0.72)
    assert kinds([float(value) for value in ONE_STRANGE])[4] is Kind.OUTSIDE


def test_what_moves_within_the_range_is_noise() -> None:
    assert kinds([*STEADY, 12, 10]) == {}


def test_a_point_outside_is_a_signal_and_one_at_the_limit_is_not() -> None:
    assert kinds([*STEADY, 40])[12] is Kind.OUTSIDE
    usual = limits([5.0] * 12)
    assert usual.lower == usual.upper == 5
    assert kinds([5.0] * 12) == {}


@pytest.mark.parametrize(("number", "signal"), [(7, False), (8, True)])
def test_a_run_is_eight_on_one_side(number: int, signal: bool) -> None:
    """They come to nearly the same mean as the others, and near no limit."""
    values = [10, 14, 9, 15, 8, 16, 14, 10, 13, 9, *([12.3, 12.1] * 4)[:number]]
    found = kinds([float(value) for value in values])
    assert (Kind.RUN in found.values()) is signal


@pytest.mark.parametrize(("rising", "signal"), [(5, False), (6, True)])
def test_a_trend_is_six_that_each_rise(rising: int, signal: bool) -> None:
    values = [50.0, 40, 60, 42, 58, 45, 55, 43, 44, *(46 + 2 * step for step in range(rising - 2)), 48, 52]
    found = [kind for kind in kinds(values).values() if kind is Kind.TREND]
    assert bool(found) is signal


def test_two_of_three_near_a_limit() -> None:
    """The point between them belongs to no signal."""
    found = kinds([*map(float, STEADY), 17.0, 11.0, 17.0])
    assert found == dict.fromkeys((12, 14), Kind.NEAR)
    assert kinds([*map(float, STEADY), 17.0, 11.0, 12.0, 17.0]) == {}


def test_the_month_that_is_not_over_counts_for_nothing() -> None:
    whole = run(points(list(map(float, STEADY))))
    more = run([*points(list(map(float, STEADY))), Point("now", 400.0, finished=False)])
    assert more.stretches[0].limits == whole.stretches[0].limits
    assert more.latest == len(STEADY) - 1
    assert more.signals == {}


def test_each_version_has_limits_of_its_own() -> None:
    made = run([*points(list(map(float, STEADY))), *points([value + 100.0 for value in STEADY], version=2)])
    first, second = made.stretches
    assert first.limits
    assert second.limits
    assert second.limits.middle == pytest.approx(first.limits.middle + 100)
    assert made.signals == {}


def test_fewer_than_a_year_have_no_range() -> None:
    assert run(points([1.0] * (LEAST - 1))).stretches[0].limits is None
    assert run(points([*[1.0] * (LEAST - 1), None])).stretches[0].limits is None


def test_no_limit_is_where_no_figure_can_be() -> None:
    found = limits([0.0, 3.0, 0.0, 4.0], least=0, most=5)
    assert (found.lower, found.upper) == (0, 5)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=24), st.integers(-500, 500))
def test_the_range_moves_with_the_figures(values: list[int], by: int) -> None:
    before, after = limits(values), limits([value + by for value in values])
    assert after.middle == pytest.approx(before.middle + by, abs=1e-6)
    assert before.lower <= before.middle <= before.upper

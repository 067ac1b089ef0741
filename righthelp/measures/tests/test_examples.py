"""Each measure's worked example comes to what it says, and its text counts as plain Python does, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.guard.viewers import STEP, looking
from righthelp.measures.duck import Duck
from righthelp.measures.engines import Engine
from righthelp.measures.examples import answer, counted_rows
from righthelp.measures.registry import Measure, measures, theme, themes
from righthelp.measures.tests.counties import Rows, counties
from righthelp.measures.tests.plain import Counted, of_a_clock, plain_of

MEASURES = {measure.name: measure for measure in measures()}
WRITTEN = [name for name, measure in MEASURES.items() if measure.written]
CLOCKS = [name for name, measure in MEASURES.items() if not measure.written]
THEMES = {measure.name: name for name in themes() for measure in theme(name)}
SOME = 4  # clocks: every text of one is made in the same way
DUCK = Duck()
EXAMPLES = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@pytest.mark.parametrize("name", MEASURES)
def test_the_example_comes_to_what_it_says(name: str) -> None:
    measure = MEASURES[name]
    for version in measure.versions:
        assert str(answer(version, version.example, DUCK)) == str(version.example["expect"])


@pytest.mark.parametrize("name", WRITTEN)
def test_the_example_is_of_six_children(name: str) -> None:
    example = MEASURES[name].example
    rows = [row for name in example if name != "expect" for row in example[name]]
    assert len({str(row.get("child", row.get("contact"))) for row in rows}) == 6


def plainly(measure: Measure) -> Callable[[Rows], Counted]:
    if measure.written:
        found = plain_of(THEMES[measure.name], measure.name)
        assert found, f"{measure.name} is not said in plain Python"
        return found
    row = measure.example["clock"][0]
    return of_a_clock(row["kind"], row["clock"])


def in_order(rows: Iterable[tuple[Any, Any, Any]]) -> list[tuple[Any, Any, float]]:
    return sorted(((str(entry), day, round(float(adds), 6)) for entry, day, adds in rows), key=str)


def agrees(measure: Measure, rows: Rows, engine: Engine | None = None) -> None:
    adds = "amount" if measure.unit.of_amounts else "counts"
    told = counted_rows(measure, rows, engine)
    assert in_order((row["entry"], row["placed_on"], row[adds]) for row in told) == in_order(plainly(measure)(rows))


@pytest.mark.parametrize("name", [*WRITTEN, *CLOCKS[:SOME]])
@settings(max_examples=15, **EXAMPLES)
@given(data=st.data())
def test_the_text_counts_as_plain_python_does(name: str, data: st.DataObject) -> None:
    measure = MEASURES[name]
    agrees(measure, data.draw(counties(measure)), DUCK)


@pytest.mark.parametrize("name", [*WRITTEN, *CLOCKS[:1]])
@settings(max_examples=3, **EXAMPLES)
@given(data=st.data())
def test_the_countys_database_counts_so_too(name: str, db: None, data: st.DataObject) -> None:
    measure = MEASURES[name]
    with looking(STEP):
        agrees(measure, data.draw(counties(measure)))

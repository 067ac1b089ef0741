"""Each measure's worked example comes to what it says, and its text counts as plain Python does, whatever the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.guard.viewers import STEP, looking
from righthelp.measures.duck import Duck
from righthelp.measures.engines import Engine
from righthelp.measures.examples import answer, counted_rows
from righthelp.measures.registry import Measure, measures
from righthelp.measures.tests.counties import Rows, counties
from righthelp.measures.tests.plain import Plain, Row, of_a_clock, read_all

MEASURES = {measure.name: measure for measure in measures()}
WRITTEN = [name for name, measure in MEASURES.items() if measure.written]
CLOCKS = [name for name, measure in MEASURES.items() if not measure.written]
PLAIN = read_all()
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
    told = {str(row[key]) for row in rows for key in ("child", "person", "contact") if row.get(key)}
    assert len(told) in {0, 6}  # none of what is about no child: a service, a worker


def plain_of(name: str) -> Plain:
    measure = MEASURES[name]
    if measure.written:
        return PLAIN[name]
    row = measure.example["clock"][0]
    return of_a_clock(row["kind"], row["clock"], measure.taken)


def told(measure: Measure, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            (str(row.entry), row.placed_on, _whole(row.counts), _half(row.amount), _splits(measure, row.splits))
            for row in rows
        ),
        key=str,
    )


def counted(measure: Measure, rows: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return told(
        measure, (Row(row["entry"], row["placed_on"], row.get("counts"), row.get("amount"), row) for row in rows)
    )


def _whole(number: Any) -> int | None:
    return None if number is None else int(number)


def _half(amount: Any) -> float | None:
    return None if amount is None else round(float(amount), 6)


def _splits(measure: Measure, splits: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(splits.get(name) for name in measure.splits)


def agrees(measure: Measure, rows: Rows, engine: Engine | None = None) -> None:
    assert counted(measure, counted_rows(measure, rows, engine)) == told(measure, plain_of(measure.name)(rows))


@pytest.mark.parametrize("name", [*WRITTEN, *CLOCKS[:SOME]])
@settings(max_examples=10, **EXAMPLES)
@given(data=st.data())
def test_the_text_counts_as_plain_python_does(name: str, data: st.DataObject) -> None:
    measure = MEASURES[name]
    agrees(measure, data.draw(counties(measure)), DUCK)


@pytest.mark.parametrize("name", [*WRITTEN[::4], *CLOCKS[:1]])
@settings(max_examples=4, **EXAMPLES)
@given(data=st.data())
def test_the_countys_database_counts_so_too(name: str, db: None, data: st.DataObject) -> None:
    measure = MEASURES[name]
    with looking(STEP):
        agrees(measure, data.draw(counties(measure)))

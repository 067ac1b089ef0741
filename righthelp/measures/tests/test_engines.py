"""Golden rows: what a measure's text gives of its example is the same on PostgreSQL, DuckDB and Spark, row by row."""

from __future__ import annotations

from typing import Any

import pytest

from righthelp.guard.viewers import STEP, looking
from righthelp.measures import spark
from righthelp.measures.columns import quoted
from righthelp.measures.duck import Duck
from righthelp.measures.engines import Engine, Postgres
from righthelp.measures.examples import told
from righthelp.measures.questions import over
from righthelp.measures.registry import Measure, measures

CLOCKS = 3  # every text of a clock is made in the same way
MADE = [measure for measure in measures() if not measure.written]
VERSIONS = [version for measure in measures() if measure.written for version in measure.versions] + MADE[:CLOCKS]
TOGETHER = 30  # texts in one question: to plan it costs more than to answer it


def golden(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every measure's example."""
    rows: dict[str, list[tuple[Any, ...]]] = {f"{one.name} {one.version}": [] for one in VERSIONS}
    for first in range(0, len(VERSIONS), TOGETHER):
        parts = [_part(version, engine) for version in VERSIONS[first : first + TOGETHER]]
        for name, *row in engine.ask(" UNION ALL ".join(parts), []):
            rows[name].append(tuple(row))
    return {name: sorted(found, key=str) for name, found in rows.items()}


def _part(version: Measure, engine: Engine) -> str:
    splits = "".join(f" || '; ' || coalesce({name}, '-')" for name in version.splits)
    counts = "NULL" if version.unit.of_amounts else "counts"
    amount = "amount" if version.unit.of_amounts or version.taken else "NULL"
    name = quoted(f"{version.name} {version.version}")
    return engine.plain(
        f"(SELECT {name} AS name, CAST(entry AS text) AS entry, placed_on, CAST({counts} AS integer) AS counts,"
        f" CAST({amount} AS double precision) AS amount, ''{splits} AS splits"
        f" FROM ({told(version, version.example, Duck())} {over(version)}) AS golden)"
    )


@pytest.fixture(scope="module")
def by_duck() -> dict[str, list[tuple[Any, ...]]]:
    return golden(Duck())


def test_rows_are_the_same_in_the_countys_database(by_duck: dict[str, list[tuple[Any, ...]]], db: None) -> None:
    with looking(STEP):
        assert golden(Postgres()) == by_duck


@pytest.mark.skipif(bool(spark.why_not()), reason=spark.why_not())
def test_rows_are_the_same_on_spark(by_duck: dict[str, list[tuple[Any, ...]]]) -> None:
    session = spark.session()
    try:
        found = golden(spark.Spark(session))
    finally:
        session.stop()
    differing = [name for name in by_duck if found[name] != by_duck[name]]
    assert not differing, [(name, found[name], by_duck[name]) for name in differing[:3]]


def test_every_measure_has_rows_to_compare(by_duck: dict[str, list[tuple[Any, ...]]]) -> None:
    none = {version.name for version in VERSIONS if version.example["expect"] == "0"}
    assert {name.split()[0] for name, rows in by_duck.items() if not rows} <= none

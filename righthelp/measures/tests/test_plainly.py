"""Each measure's worked example is counted in plain Python as its text counts it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import pytest

from righthelp.guard.viewers import STEP, looking
from righthelp.measures.analysis import view
from righthelp.measures.examples import UNSAID, counted_rows
from righthelp.measures.registry import theme as of_theme
from righthelp.measures.registry import themes
from righthelp.measures.tests.plain import Row, Rows


def whole(name: str, row: Mapping[str, Any]) -> Row:
    """A row of an example as the view has it: every column, and a child's name for the numbers."""
    child = row.get("child")
    said = {"entry": child, "person": child, **UNSAID, **row}
    return {column.name: said.get(column.name) for column in view(name).columns}


@pytest.mark.parametrize("theme", themes())
def test_the_example_is_counted_plainly_too(theme: str, db: None) -> None:
    plainly = import_module(f"righthelp.measures.tests.plain.{theme}")
    for measure in of_theme(theme):
        rows: Rows = {name: [whole(name, row) for row in measure.example[name]] for name in measure.views}
        with looking(STEP):
            told = counted_rows(measure, measure.example)
        adds = "amount" if measure.unit.of_amounts else "counts"
        by_text = sorted((str(row["entry"]), row["placed_on"], float(row[adds])) for row in told)
        by_hand = sorted(
            (str(entry), day, float(adding)) for entry, day, adding in getattr(plainly, measure.name)(rows)
        )
        assert by_text == by_hand, measure.name

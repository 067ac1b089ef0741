"""Worked examples: six children in place of the county, and the measure's own text asked of them.

What the definition's page shows, what a trainer explains and what the test holds is one and the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from righthelp.measures.analysis import view
from righthelp.measures.columns import TYPES, Column, View, quoted
from righthelp.measures.counting import over, stand_in
from righthelp.measures.engines import Engine, Postgres
from righthelp.measures.figures import Figure, figure
from righthelp.measures.registry import Measure, Unit

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Worked:
    """An example: its tables as one reads them, and what they come to."""

    tables: list[tuple[str, list[str], list[list[str]]]]
    expected: str


def worked(measure: Measure) -> Worked:
    """The example of a measure, to be read."""
    tables = []
    for name in measure.views:
        given = measure.example[name]
        heads = list(dict.fromkeys(name for row in given for name in row))
        tables.append((name, heads, [[_words(row.get(head)) for head in heads] for row in given]))
    return Worked(tables, str(measure.example["expect"]))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def answer(measure: Measure, rows: Rows, engine: Engine | None = None) -> Figure:
    """The figure that a measure's text comes to over these rows, view by view, in place of the county's.

    Of a measure of month ends, it is what stood at the last of them.
    """
    return figure_of(measure, counted_rows(measure, rows, engine))


def figure_of(measure: Measure, rows: Sequence[Mapping[str, Any]]) -> Figure:
    """The figure of the rows that a text gave."""
    if measure.snapshot and rows:
        last = max(row["placed_on"] for row in rows)
        rows = [row for row in rows if row["placed_on"] == last]
    amounts = [float(row["amount"]) for row in rows if row.get("amount") is not None]
    counts = 0 if measure.unit.of_amounts else sum(row["counts"] for row in rows)
    among = sum(row["children"] for row in measure.example["population"]) if measure.unit is Unit.RATE else None
    return figure(measure, int(counts), len(rows), amounts, among=among)


def counted_rows(measure: Measure, rows: Rows, engine: Engine | None = None) -> list[dict[str, Any]]:
    """What a measure's text gives over these rows."""
    engine = engine or Postgres()
    answered = engine.ask(
        f"{told(measure, rows, engine)} SELECT * FROM ({engine.plain(over(measure))}) AS measured", []
    )
    names = engine.heads
    return [dict(zip(names, row, strict=True)) for row in answered]


def told(measure: Measure, rows: Rows, engine: Engine) -> str:
    """Rows as questions of their own, in place of the views: with the columns of which the text speaks."""
    asked = set(re.findall(r"\w+", measure.text))
    tables = (
        f'"{stand_in(name)}" AS ({engine.plain(_table(view(name), rows[name], asked))})' for name in measure.views
    )
    return f"WITH {', '.join(tables)}"


# What a measure may ask of any row, where an example has no need to say it.
UNSAID = {
    "outcome": "ADVICE", "outcome_words": "Advice", "from_agency": "Hill Lane School", "from_agency_kind": "school",
    "from_agency_kind_words": "School",
}  # fmt: skip


def _table(of: View, rows: Sequence[Mapping[str, Any]], asked: Collection[str]) -> str:
    """Rows of a view. A child's name stands for its number, and for its record's; what is not said is not known."""
    wanted = [column for column in of.columns if column.name in asked] or list(of.columns[:1])
    lines = [_line(of, row, wanted) for row in rows]
    names = ", ".join(f'"{column.name}"' for column in wanted)
    where = "" if rows else " WHERE 1 = 0"
    return f"SELECT * FROM (VALUES {', '.join(lines or [_line(of, {}, wanted)])}) AS told ({names}){where}"


def _line(of: View, row: Mapping[str, Any], wanted: Sequence[Column]) -> str:
    child = row.get("child")
    said = {
        "entry": child,
        "person": child,
        **UNSAID,
        **{name: value for name, value in row.items() if name != "child"},
    }
    columns = {column.name for column in of.columns}
    if unknown := sorted(row.keys() - columns - {"child"}):
        raise LookupError(f"The view {of.name} has no {', '.join(unknown)}.")
    return f"({', '.join(_cell(column, said.get(column.name)) for column in wanted)})"


def _cell(column: Column, value: Any) -> str:
    written = value.isoformat() if isinstance(value, date) else value
    return f"CAST({quoted(written)} AS {TYPES[column.type]})"

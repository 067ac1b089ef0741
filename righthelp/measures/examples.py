"""Worked examples: six children in place of the county, and the measure's own text asked of them.

What the definition's page shows, what a trainer explains and what the test holds is one and the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from righthelp.measures.counting import over, stand_in
from righthelp.measures.figures import Figure, figure
from righthelp.measures.registry import Measure

# What a column of a view is, by its name: a row of an example is written without its types.
TYPES = {
    "_on": "date",
    "_at": "timestamptz",
    "hours": "float",
    "level": "integer",
    "number": "integer",
    "agrees": "boolean",
}


@dataclass(frozen=True)
class Worked:
    """An example: its tables as one reads them, and what they come to."""

    tables: list[tuple[str, list[str], list[list[str]]]]
    expected: str


def worked(measure: Measure) -> Worked:
    """The example of a measure, to be read."""
    tables = []
    for view in measure.views:
        given = measure.example[view]
        heads = list(dict.fromkeys(name for row in given for name in row))
        tables.append((view, heads, [[_words(row.get(name)) for name in heads] for row in given]))
    return Worked(tables, str(measure.example["expect"]))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def answer(measure: Measure, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Figure:
    """The figure that a measure's text comes to over these rows, view by view, in place of the county's."""
    given: list[Any] = []
    tables = [f'"{stand_in(view)}" AS ({_table(rows[view], given)})' for view in measure.views]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} {over(measure)}", given)
        names = [column.name for column in cursor.description or ()]
        counted = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    hours = [row["hours"] for row in counted if "hours" in row]
    counts = sum(row.get("counts", 0) for row in counted)
    return figure(measure, int(counts), len(counted), hours)


def _table(rows: Sequence[Mapping[str, Any]], given: list[Any]) -> str:
    """Rows as a question of their own. A child's name stands for its number, and for its record's."""
    whole = [_as_told(row) for row in rows]
    names = list(dict.fromkeys(name for row in whole for name in row))
    for row in whole:
        given += [_text(row.get(name)) for name in names]
    one = ", ".join(f"CAST(%s AS {_type(name)})" for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    return f"SELECT * FROM (VALUES {', '.join(f'({one})' for _ in whole)}) AS told ({listed})"


# What a measure may ask of any row, where an example has no need to say it.
UNSAID = {
    "outcome": "ADVICE", "outcome_words": "Advice", "from_agency": "Hill Lane School", "from_agency_kind": "school",
    "from_agency_kind_words": "School",
}  # fmt: skip


def _as_told(row: Mapping[str, Any]) -> dict[str, Any]:
    child = row.get("child")
    told: dict[str, Any] = {**UNSAID, **{name: value for name, value in row.items() if name != "child"}}
    told.setdefault("entry", child)
    told.setdefault("person", child)
    return told


def _type(name: str) -> str:
    return next((kind for end, kind in TYPES.items() if name.endswith(end)), "text")


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)

"""Small counties, as the views would hold them: rows of every view that a measure reads, made from what the views say.

Numbers of rows are drawn from few, so that rows meet; codes more often from those of which the text speaks; days from
those between which something changes: a leap day, a year later, the end of a month.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlglot
from django.db.models import UniqueConstraint
from hypothesis import strategies as st
from sqlglot import exp

from righthelp.kernel.moments import local_day
from righthelp.measures.analysis import view
from righthelp.measures.columns import Column, View
from righthelp.measures.registry import Measure

Rows = dict[str, list[dict[str, Any]]]
PEOPLE = ("Ada", "Bryn", "Cerys")
WORKERS = ("worker 1", "worker 2")
FIRST = date(2024, 2, 27)
AHEAD = (0, 1, 2, 3, 5, 28, 30, 31, 33, 60, 91, 182, 364, 365, 366, 367, 400, 729, 731)
MOST = 4  # rows of a view
MONTHS = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)]


@st.composite
def counties(draw: st.DrawFn, measure: Measure) -> Rows:
    """The rows of the views that a measure reads."""
    made = _County(draw, measure)
    return {name: made.rows(view(name)) for name in measure.views}


def days() -> st.SearchStrategy[date]:
    """A day on which something may turn."""
    return st.sampled_from(AHEAD).map(lambda ahead: FIRST + timedelta(days=ahead))


class _County:
    def __init__(self, draw: st.DrawFn, measure: Measure) -> None:
        self.draw, self.views = draw, measure.views
        tree = sqlglot.parse_one(measure.text, read="postgres")
        self.said = [node.name for node in tree.find_all(exp.Literal) if node.is_string]
        numbers = [int(node.name) for node in tree.find_all(exp.Literal) if node.is_int]
        near = {number + by for number in (*numbers, 1) for by in (-1, 0, 1)}
        self.numbers = sorted(number for number in near if 0 <= number < 1000)
        # What the text does not ask for, and nothing that it asks for follows from, need not be said.
        asked = {node.name for node in tree.find_all(exp.Column)}
        self.asked = asked | {"entry", "person"} | {f"{name.removesuffix('_on')}_at" for name in asked}
        self.asked |= {name.removesuffix("_words") for name in asked} | {
            name.removesuffix("_at") + "_on" for name in asked
        }
        self.entries = {name: [f"{name} {place}" for place in range(draw(st.integers(0, MOST)))] for name in self.views}
        self.people = {entry: draw(st.sampled_from((*PEOPLE, None))) for of in self.entries.values() for entry in of}

    def rows(self, of: View) -> list[dict[str, Any]]:
        if of.name == "month_end":
            return _month_ends()
        if of.name == "child":
            return [self.row(of, person=person) for person in PEOPLE if self.draw(st.booleans())]
        if of.name == "population":
            return [{"area": "", "year": year, "children": 36000, "source": "a paper"} for year in (2023, 2025)]
        if of.name == "entry":
            return [self.row(of, entry=entry) for entry in self.all_entries(of.name)]
        if "state" in {column.name for column in of.columns}:
            return [self.row(of, entry=entry) for entry in self.entries[of.name]]
        return _apart(of, [self.row(of) for _ in range(self.draw(st.integers(0, MOST + 2)))])

    def all_entries(self, besides: str) -> list[str]:
        return [entry for name, entries in self.entries.items() if name != besides for entry in entries]

    def row(self, of: View, **known: Any) -> dict[str, Any]:
        row: dict[str, Any] = dict(known)
        if "entry" not in row and of.column("entry"):
            others = self.all_entries(of.name)
            row["entry"] = self.draw(st.sampled_from(others or [f"{of.name} lone"]))
        for column in of.columns:
            if column.name not in row and column.name not in self.asked:
                row[column.name] = None
            elif column.name not in row:
                row[column.name] = self.value(of, column, row)
        return _answered(row) if of.name == "clock" else row

    def value(self, of: View, column: Column, row: dict[str, Any]) -> Any:
        if column.name == "person" and "entry" in row:
            return self.people.get(row["entry"])
        if column.words_of:
            return column.codes.get(row[column.words_of])
        moment = row.get(f"{column.name.removesuffix('_on')}_at")
        if column.type == "date" and isinstance(moment, datetime):
            return local_day(moment)
        if column.name.endswith("_on") and of.column(f"{column.name.removesuffix('_on')}_at"):
            return None
        if not column.always and self.draw(st.integers(0, 3)) == 0:
            return None
        return self.draw(self.values(of, column))

    def values(self, of: View, column: Column) -> st.SearchStrategy[Any]:
        if column.type == "key":
            named = self.entries.get(column.leads_to, [])
            others = {"worker": WORKERS, "person": PEOPLE}.get(column.name, ("nobody",))
            return st.sampled_from(named or others)
        if column.codes:
            codes = list(column.codes)
            spoken = [code for code in codes if str(code) in self.said]
            return st.sampled_from([*codes, *spoken * (1 + len(codes) // max(1, len(spoken)))])
        if column.type == "boolean":
            return st.booleans()
        if column.type == "integer":
            return st.sampled_from(self.numbers)
        if column.type == "float":
            return st.sampled_from((0.5, 3.25, 24.0, 30.0))
        if column.type == "date":
            return days()
        if column.type == "moment":
            return st.builds(_moment, days(), st.sampled_from((0, 9, 23)), st.integers(0, 59))
        return st.sampled_from((*self.said, "another"))


def _moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def _answered(row: dict[str, Any]) -> dict[str, Any]:
    """A clock whose answer is what its days say: what runs has not stopped."""
    if row["answer"] in {"MET", "EXCUSED"} and row["stopped_on"] is None:
        row |= {"stopped_on": row["due_on"], "stopped_at": row["due_at"]}
    elif row["answer"] == "RUNNING":
        row |= {"stopped_on": None, "stopped_at": None, "hours": None, "days": None}
    return row


def _apart(of: View, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of which no two are what the table allows once only."""
    once: list[Sequence[str]] = [("entry", "clock")] if of.name == "clock" else []
    if of.column("number"):  # the first, the second, of what a row has several of
        once.append([column.name for column in of.columns if column.type == "key" and column.always] + ["number"])
    for model in of.models[:1]:
        for rule in model._meta.constraints:
            if isinstance(rule, UniqueConstraint) and rule.condition is None:
                once.append([name for name in rule.fields if of.column(name)])
    for names in once:
        rows = list({tuple(row[name] for name in names): row for row in rows}.values())
    return rows


def _month_ends() -> list[dict[str, Any]]:
    rows = []
    for year, month in MONTHS:
        started = year if month > 3 else year - 1
        quarter = (month - 4) % 12 // 3 + 1
        last = date(year, month, calendar.monthrange(year, month)[1])
        rows.append(
            {
                "month_end": last, "month_start": last.replace(day=1), "month": year * 100 + month, "quarter": quarter,
                "half": (quarter + 1) // 2, "financial_year": f"{started}/{(started + 1) % 100:02}", "is_over": True,
            }
        )  # fmt: skip
    return rows

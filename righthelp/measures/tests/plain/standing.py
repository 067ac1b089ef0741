"""What plain counting asks again and again: what stood on a day, what came before, and at which level help was.

A measure in plain Python gives of each thing that is counted the row, the day, what it adds, and how it is split.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import Any

from dateutil.relativedelta import relativedelta

from righthelp.measures.tests.plain import Record, Row, Rows, plainly

Counted = list[tuple[Any, date, float, dict[str, Any]]]
Counting = Callable[[Rows], Counted]
UNDER_A_PLAN = {"referral", "assessment", "section_47", "family_help", "child_protection_plan"}


def counts(function: Counting) -> Counting:
    """The measure of this name, whose rows count or do not."""
    plainly(function.__name__)(lambda rows: [Row(entry, day, int(adds), None, splits)
                                             for entry, day, adds, splits in function(rows)])  # fmt: skip
    return function


def amounts(function: Counting) -> Counting:
    """The measure of this name, whose rows are an amount each."""
    plainly(function.__name__)(lambda rows: [Row(entry, day, None, adds, splits)
                                             for entry, day, adds, splits in function(rows)])  # fmt: skip
    return function


def words(row: Record, name: str, otherwise: str | None = None) -> Any:
    """A code in words; or what is said where there is none."""
    return otherwise if row[f"{name}_words"] is None else row[f"{name}_words"]


def known(row: Record, name: str, otherwise: str | None = None) -> Any:
    return otherwise if row[name] is None else row[name]


def by(day: date | None, last: date) -> bool:
    """Whether it had happened by a day."""
    return day is not None and day <= last


def on(row: Record, day: date, began: str, ended: str) -> bool:
    """Whether it had begun and had not ended on a day."""
    return by(row[began], day) and not by(row[ended], day)


def within(before: date | None, day: date, months: int) -> bool:
    """Whether a day is no more than so many months after another."""
    return before is not None and before >= ago(day, months)


def ago(day: date, months: int) -> date:
    """The day so many months before; of a shorter month, its last."""
    return day - relativedelta(months=months)


def one(yes: object) -> int:
    return 1 if yes else 0


def clock_of(rows: Rows, entry: Any, name: str) -> Iterator[Record]:
    """The clocks of this name of a row."""
    return (row for row in rows["clock"] if row["entry"] == entry and row["clock"] == name)


def months(rows: Rows) -> Iterator[date]:
    """Each month end."""
    return (month["month_end"] for month in rows["month_end"])


def levels(rows: Rows, entry: Any) -> list[tuple[Record, date | None]]:
    """The levels of help, each with the day from which it was at the next."""
    steps = sorted((row for row in rows["family_help_level"] if row["help"] == entry), key=lambda row: row["number"])
    return [(row, after["since_on"] if after else None) for row, after in zip_longest(steps, steps[1:])]


def level_on(rows: Rows, entry: Any, day: date) -> list[Record]:
    """At which level it was on a day."""
    return [row for row, until in levels(rows, entry) if by(row["since_on"], day) and not by(until, day)]


def first_of_each(rows: Iterable[Record], child: str = "person") -> list[Record]:
    """Of the rows of each child, the first; a row that is of nobody yet stands by itself."""
    found: dict[Any, Record] = {}
    for row in rows:
        found.setdefault(row[child] if row[child] is not None else row["entry"], row)
    return list(found.values())


def before_each(rows: Iterable[Record], order: str) -> Iterator[tuple[Record, Record | None]]:
    """Each row with the row before it of the same child."""
    last: dict[Any, Record] = {}
    for row in sorted(rows, key=lambda row: (row[order], row["entry"])):
        yield row, last.get(row["person"])
        last[row["person"]] = row

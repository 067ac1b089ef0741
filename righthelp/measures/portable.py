"""What of SQL a measure's text may use: what PostgreSQL, DuckDB and Spark all have, and all mean alike.

`faults(text)` says by name what is not on the list, in a sentence. What is not on the list may work on one engine and
be silently wrong on another: the difference of two days is a number on two of them and an interval on the third, a
division of whole numbers is cut off on one alone, and each has its own idea of weeks, of months between days and of
percentiles.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from righthelp.measures.columns import SCHEMA

# The words of a question, and what they are made of.
STRUCTURE = (
    exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.Subquery, exp.Union, exp.With, exp.CTE,
    exp.Table, exp.TableAlias, exp.Alias, exp.Identifier, exp.Column, exp.Star, exp.Distinct, exp.Tuple, exp.Paren,
    exp.Order, exp.Ordered, exp.Window, exp.WindowSpec, exp.DataType, exp.Var, exp.Literal, exp.Boolean, exp.Null,
)  # fmt: skip
CONDITIONS = (
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In, exp.Is,
    exp.Exists, exp.Case, exp.If, exp.Like,
)  # fmt: skip
ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Interval, exp.DPipe)
FUNCTIONS = (
    exp.Count, exp.Sum, exp.Min, exp.Max, exp.Coalesce, exp.Nullif, exp.Cast, exp.Extract, exp.Greatest, exp.Least,
    exp.RowNumber, exp.Rank, exp.Lag, exp.Lead, exp.Lower, exp.Upper, exp.Length, exp.Round, exp.Abs,
)  # fmt: skip
ALLOWED = frozenset((*STRUCTURE, *CONDITIONS, *ARITHMETIC, *FUNCTIONS))
CAST_TO = {"INT", "DOUBLE", "TEXT", "DATE", "VARCHAR"}
EXTRACTED = {"YEAR", "MONTH", "DAY"}
LENGTHS = {"DAY", "MONTH", "YEAR"}


def faults(text: str) -> list[str]:
    """What in a measure's text is not on the list; nothing where it is the same on every engine."""
    try:
        tree = sqlglot.parse_one(text, read="postgres")
    except ParseError as wrong:
        return [f"It cannot be read: {str(wrong).splitlines()[0]}"]
    found = list(dict.fromkeys(fault for node in tree.walk() for fault in _faults_of(node)))
    named = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table):
        if table.db != SCHEMA and table.name not in named:
            found.append(f"It reads {table.sql()}, which is none of the views of {SCHEMA}.")
    return found


def views_of(text: str) -> set[str]:
    """The views that it reads."""
    tree = sqlglot.parse_one(text, read="postgres")
    return {table.name for table in tree.find_all(exp.Table) if table.db == SCHEMA}


def gives(text: str) -> list[str]:
    """The columns of the rows that it gives, in order."""
    tree = sqlglot.parse_one(text, read="postgres")
    return list(tree.named_selects) if isinstance(tree, exp.Query) else []


def _faults_of(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Anonymous):
        yield f"{node.name}() is not a function of every engine."
    elif type(node) not in ALLOWED:
        yield f"{type(node).__name__} ({node.sql()[:60]}) is not on the list of what every engine has."
    elif isinstance(node, exp.Cast) and node.to.this.name not in CAST_TO:
        yield f"{node.sql()}: a cast is to one of {', '.join(sorted(CAST_TO))}."
    elif isinstance(node, exp.Extract) and node.name.upper() not in EXTRACTED:
        yield f"{node.sql()}: of a day only its year, month and day of the month are taken."
    elif isinstance(node, exp.Interval) and (node.text("unit").upper() not in LENGTHS or not _whole(node.this)):
        yield f"{node.sql()}: an interval is a whole number of days, months or years, as INTERVAL '12' MONTH."
    elif isinstance(node, exp.Div) and not _is_cast(node.this, "DOUBLE"):
        yield f"{node.sql()}: what is divided is first CAST(... AS double precision)."
    elif isinstance(node, exp.Sub) and _is_day(node.this) and _is_day(node.expression):
        if not (isinstance(node.parent, exp.Cast) and _is_cast(node.parent, "INT")):
            yield f"{node.sql()}: the days between are CAST({node.sql()} AS integer)."
    elif isinstance(node, exp.Ordered) and node.args.get("nulls_first") and not isinstance(node.parent, exp.Order):
        yield f"{node.sql()}: where what is not known stands in an order is not said."
    elif isinstance(node, exp.Select) and node.args.get("limit"):
        yield "A measure gives all of its rows: no LIMIT."


def _whole(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Literal) and node.name.isdigit()


def _is_cast(node: exp.Expr | None, to: str) -> bool:
    return isinstance(node, exp.Cast) and node.to.this.name == to


def _is_day(node: exp.Expr) -> bool:
    """Whether it is a day, by its name (`received_on`) or its cast."""
    if isinstance(node, exp.Column):
        return node.name.endswith("_on") or node.name in {"month_end", "month_start"}
    if isinstance(node, exp.Coalesce | exp.Greatest | exp.Least | exp.Min | exp.Max | exp.Paren | exp.Lag | exp.Lead):
        return node.this is not None and _is_day(node.this)
    return _is_cast(node, "DATE")

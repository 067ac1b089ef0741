"""Where the rows are that a measure counts: the county's database, or files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from righthelp.measures.analysis import view as view_called
from righthelp.measures.columns import SCHEMA
from righthelp.measures.questions import Asked, placed, reading


class Engine(Protocol):
    """What asks a question of rows, and what of SQL is its own."""

    once: str  # what has a view read once only
    weighs: bool  # whether equal amounts are counted before they are gathered
    gathered: str  # the amounts of a group
    no_amounts: str
    heads: Sequence[str]  # the names of the columns that were answered last
    splits: Sequence[str]  # ways to split that come from where the rows are

    def reads(self, view: str, only: str = "") -> str:
        """The question that gives the rows of a view, or those of them that meet a condition."""

    def beneath(self, views: Sequence[str]) -> Sequence[str]:
        """What several of these views stand on, to be read once before them."""

    def given(self, value: str, given: list[Any]) -> str:
        """How a value stands in a question that somebody typed."""

    def plain(self, text: str) -> str:
        """A measure's text, as it stands in a question."""

    def ask(self, text: str, given: Sequence[Any]) -> Iterable[Sequence[Any]]:
        """The answer's rows."""

    def amounts(self, gathered: Any) -> Counter[float]:
        """What was gathered: each amount with how many times it came."""


# The planner knows nothing of rows that were read once, and would look through all of them for each of the others.
_PLAN = "SET LOCAL enable_nestloop = off"
_AS_BEFORE = "SET LOCAL enable_nestloop = on"


BENEATH = ("case_entry", "holding")


class Postgres:
    """The county's own database, under the rights of whoever looks."""

    def __init__(self) -> None:
        self._beneath: list[str] = []

    once = "MATERIALIZED"
    weighs = False
    gathered = "array_agg(CAST(amount AS double precision))"
    no_amounts = "CAST(NULL AS double precision[])"
    heads: Sequence[str] = ()
    splits: Sequence[str] = ()

    def reads(self, view: str, only: str = "") -> str:
        asked = self.plain(view_called(view).question) if self._beneath else f'SELECT * FROM {SCHEMA}."{view}"'
        return f"SELECT * FROM ({asked}) AS every WHERE {only}" if only else asked

    def beneath(self, views: Sequence[str]) -> Sequence[str]:
        """The tables on which nearly every view stands: who may see a row of them is asked once for all views.

        A name that is read once stands in the place of the table in each view's own question; the policies of the
        tables hold as they do in the views.
        """
        self._beneath = [table for table in BENEATH if any(table in view_called(view).source for view in views)]
        return [f'{table} AS MATERIALIZED (SELECT * FROM public."{table}")' for table in self._beneath]

    def given(self, value: str, given: list[Any]) -> str:
        given.append(value)
        return "%s"

    def plain(self, text: str) -> str:
        return text.replace("%", "%%")

    def ask(self, text: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(_PLAN)
            cursor.execute(text, list(given))  # an empty list, so that a % is written twice in either case
            self.heads = [column.name for column in cursor.description or ()]
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute(_AS_BEFORE)
        return rows

    def amounts(self, gathered: Any) -> Counter[float]:
        return Counter(amount for amount in gathered or () if amount is not None)

    def behind(self, asked: Sequence[Asked], most: int, first: int) -> tuple[int, list[UUID]]:
        """The rows themselves, the latest first: how many, and one page of them."""
        given: list[Any] = []
        rows = " UNION ALL ".join(f"(SELECT entry, placed_on FROM ({placed(one, self, given)}) AS wanted)"
                                  for one in asked)  # fmt: skip
        if not rows:
            return 0, []
        read = reading(asked, self, once=False)  # who looks at one page need not read every row
        total = self.ask(f"{read} SELECT count(*) FROM ({rows}) AS listed", given)[0][0]
        page = self.ask(
            f"{read} SELECT entry FROM ({rows}) AS listed ORDER BY placed_on DESC, entry LIMIT %s OFFSET %s",
            [*given, most, first],
        )
        return total, [row[0] for row in page]

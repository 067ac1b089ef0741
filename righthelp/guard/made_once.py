"""A query for a row by its key that every step asks: its SQL is made once for each process of the server.

Making it takes Django several times as long as asking it takes the database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.guard.viewers import Purpose, current

NOBODY = UUID(int=0)  # stands where the key will be


class ForKey:
    """SQL that was made with `NOBODY` for its key, to be asked with any other."""

    def __init__(self, sql: str, given: Sequence[Any]) -> None:
        self.sql, self.given, self.at = sql, tuple(given), list(given).index(NOBODY)

    def of(self, key: UUID) -> tuple[str, tuple[Any, ...]]:
        """The SQL, and what it is given for this key."""
        return self.sql, (*self.given[: self.at], key, *self.given[self.at + 1 :])


class MadeOnce:
    """Asked as a purpose, which the first lock narrows by nothing; the second lock is the database's, as ever."""

    def __init__(self, rows: Callable[[], Any]) -> None:
        self._make = rows
        self._made: tuple[Any, Any, ForKey] | None = None

    def row(self, key: UUID) -> Any:
        """The row with this key. Raises the model's `DoesNotExist`."""
        if not isinstance(current(), Purpose):
            raise TypeError("A query that is made once knows of no worker's sight.")
        if self._made is None:
            rows = self._make().filter(pk=NOBODY)
            compiler = rows.query.get_compiler(connection=connection)
            self._made = rows, compiler, ForKey(*compiler.as_sql())
        rows, compiler, made = self._made
        # What the compiler knows of the columns serves again; only what it asks is put in its place.
        again = copy(compiler)
        again.connection = connection
        again.as_sql = lambda *_, **__: made.of(key)
        asked = rows.all()
        asked.query.get_compiler = lambda *_, **__: again
        for row in asked:
            return row
        raise rows.model.DoesNotExist(f"There is no {rows.model._meta.verbose_name} with this key.")

"""Many rows at once, past Django's model instances but not past the database: every trigger, key and check still holds.

`bulk_create` spends longer on a row than PostgreSQL does, and a county has half a million of them.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from psycopg import sql
from uuid_utils import uuid7

from righthelp.guard.guarded import GuardedModel

BATCH = 10_000


def new_id() -> str:
    """An identifier in order of time, as text."""
    return str(uuid7())


class Table:
    """Rows of one table on their way in: the values of some columns. Every other column has its usual value."""

    def __init__(self, model: type[GuardedModel], *fields: str) -> None:
        self.model = model
        self.fields: list[Any] = [model._meta.get_field(name) for name in fields]
        named = {field.name for field in self.fields}
        rest: list[Any] = [field for field in model._meta.concrete_fields if field.name not in named]
        self.usual = {field.column: field.get_default() for field in rest if field.get_default() is not None}
        self._rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """One row, in the order of the fields."""
        self._rows.append(values)

    def write(self) -> int:
        """All rows added, in batches; how many they were."""
        written = len(self._rows)
        for first in range(0, written, BATCH):
            self._insert(self._rows[first : first + BATCH])
        self._rows.clear()
        return written

    def _insert(self, rows: list[tuple[Any, ...]]) -> None:
        columns = [sql.Identifier(field.column) for field in self.fields]
        insert = "INSERT INTO {table} ({columns}) SELECT {values} FROM unnest({lists}) AS one ({names})"
        statement = sql.SQL(insert).format(
            table=sql.Identifier(self.model._meta.db_table),
            columns=sql.SQL(", ").join([*columns, *map(sql.Identifier, self.usual)]),
            values=sql.SQL(", ").join([*map(self._value, self.fields), *map(sql.Literal, self.usual.values())]),
            lists=sql.SQL(", ").join(sql.SQL(f"%s::{self._type(field)}[]") for field in self.fields),
            names=sql.SQL(", ").join(columns),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [_array(column) for column in zip(*rows, strict=True)])

    @staticmethod
    def _value(field: Any) -> sql.Composable:
        name = sql.Identifier(field.column)
        return sql.SQL("{}::text[]").format(name) if isinstance(field, ArrayField) else name

    @staticmethod
    def _type(field: Any) -> str:
        kind = field.db_type(connection)
        return "text" if isinstance(field, ArrayField) or kind.startswith("varchar") else kind


def _array(values: tuple[Any, ...]) -> str:
    """Values as PostgreSQL writes an array of text."""
    return "{" + ",".join(map(_quoted, values)) + "}"


def _quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        value = _array(tuple(value))
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'

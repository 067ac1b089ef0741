"""What a walk has written, in a form in which two ways of writing the same can be told to be the same.

Each walk is one transaction, and PostgreSQL keeps with every row which transaction wrote it. So only what the walk
wrote is read, however much was there before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import STEP, looking
from righthelp.returns.models import ReturnFinding

Row = dict[str, Any]
Rows = dict[type[GuardedModel], list[Row]]
WHEN_WRITTEN = {"recorded_at", "counted_at"}  # the moment of writing, which is not that of the step
ROUNDS = 4  # how far a row is told apart by the rows that it points to
NEW = "age({}.xmin) <= age(pg_current_xact_id()::xid)"  # this transaction wrote it, or one within it
WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


@cache
def tables() -> list[type[GuardedModel]]:
    """The tables of the record. The log of who looked is not of it: a bulk job looks once. Nor is what the rules of
    returns find: what is written all together is asked afterwards (`ask_of_everybody`), and `returns` tries that."""
    return [model for model in guarded_models() if model not in {AccessLog, ReturnFinding} and _there(model)]


def _there(model: type[GuardedModel]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f'public."{model._meta.db_table}"'])
        return bool((cursor.fetchone() or [None])[0])


class put_back:
    """Whatever is written inside is taken back at the end."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            transaction.set_rollback(True)
        self.atomic.__exit__(kind, *rest)  # type: ignore[arg-type]


@contextmanager
def what_is_written() -> Iterator[list[str]]:
    """The statements inside that write anything of the record."""
    told: list[str] = []
    logged = f'"{AccessLog._meta.db_table}"'

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and logged not in sql:
            told.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield told


def written() -> Rows:
    """The rows that this transaction has written, of each table of which it wrote any."""
    names = {model._meta.db_table: model for model in tables()}
    found = _count({name: f"count(*) FILTER (WHERE {NEW.format(_quoted(name))})" for name in names})
    with looking(STEP):
        return {
            model: list(model.objects.extra(where=[NEW.format(_quoted(name))]).values())
            for name, model in names.items()
            if found[name]
        }


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _count(what: dict[str, str]) -> dict[str, int]:
    asked = (f"SELECT '{name}', {number} FROM {_quoted(name)}" for name, number in what.items())
    with looking(STEP), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    return _count({model._meta.db_table: "count(*)" for model in tables()})


def keys() -> frozenset[UUID]:
    """The number of every row that is there."""
    with looking(STEP):
        return frozenset(key for model in tables() for key in model.objects.values_list("pk", flat=True))


def everything(there_before: frozenset[UUID]) -> dict[str, Counter[str]]:
    """Every row that was written, with what was generated (numbers, references) known by what it stands for, and how
    many rows there are.

    A number of its own stands for the row that has it, a key for the row that it points to; so two records that say
    the same are the same, whatever their numbers.
    """
    rows = written()
    references = {str(row[field.attname]) for field, row in _generated(rows)}
    named: dict[UUID, str] = {key: str(key) for key in there_before}
    for _ in range(ROUNDS):
        plain = {model: several for model, several in rows.items() if not _is_of_an_entry(model)}
        named |= {
            row[model._meta.pk.attname]: _name(model, row, named, references)
            for model, several in plain.items()
            for row in several
            if row[model._meta.pk.attname] not in there_before
        }
    said = {
        model._meta.db_table: Counter(repr(_said(model, row, named, references)) for row in several)
        for model, several in rows.items()
    }
    return said | {"how many rows": Counter(counts())}


def _is_of_an_entry(model: type[GuardedModel]) -> bool:
    """Whether its number is that of another row, which names it."""
    return isinstance(model._meta.pk, models.OneToOneField)


def _generated(rows: Rows) -> Any:
    """Columns whose value is made up for each new row: beside its number, a reference."""
    for model, several in rows.items():
        for field in model._meta.concrete_fields:
            if field.has_default() and callable(field.default) and isinstance(field, models.CharField):
                yield from ((field, row) for row in several)


def _said(model: type[GuardedModel], row: Row, named: dict[UUID, str], references: set[str]) -> dict[str, str]:
    said = {}
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if field.name in WHEN_WRITTEN:
            continue
        if isinstance(value, UUID):
            said[field.name] = named.get(value, "a number")
        elif isinstance(value, str):
            for reference in references:
                value = value.replace(reference, "a reference")
            said[field.name] = value
        else:
            said[field.name] = value.isoformat() if isinstance(value, datetime) else repr(value)
    return said


def _name(model: type[GuardedModel], row: Row, named: dict[UUID, str], references: set[str]) -> str:
    said = _said(model, row, named, references)
    said.pop(model._meta.pk.name, None)
    return sha256(f"{model._meta.db_table} {said!r}".encode()).hexdigest()[:16]

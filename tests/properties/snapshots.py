"""All that the record holds, in a form in which two ways of writing the same can be told to be the same."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models

from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import STEP, looking

Row = dict[str, Any]
WHEN_WRITTEN = {"recorded_at"}  # the moment of writing, which is not that of the step
ROUNDS = 4  # how far a row is told apart by the rows that it points to


def tables() -> list[type[GuardedModel]]:
    """The tables of the record. The log of who looked is not of it: a bulk job looks once."""
    return [model for model in guarded_models() if model is not AccessLog and _there(model)]


def _there(model: type[GuardedModel]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f'public."{model._meta.db_table}"'])
        return bool((cursor.fetchone() or [None])[0])


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    with looking(STEP), connection.cursor() as cursor:
        names = sorted(model._meta.db_table for model in tables())
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names))
        return dict(cursor.fetchall())


def everything() -> dict[str, Counter[str]]:
    """Every row of every table, with what was generated (numbers, references) known by what it stands for.

    A number of its own stands for the row that has it, a key for the row that it points to; so two records that say
    the same are the same, whatever their numbers.
    """
    with looking(STEP):
        rows = {model: list(model.objects.values()) for model in tables()}
    written = {str(row[field.attname]) for field, row in _generated(rows)}
    named: dict[UUID, str] = {}
    for _ in range(ROUNDS):
        named = {
            row[model._meta.pk.attname]: _name(model, row, named, written)
            for model, several in rows.items()
            if not isinstance(model._meta.pk, models.OneToOneField)
            for row in several
        } | {
            row[model._meta.pk.attname]: named.get(row[model._meta.pk.attname], "")
            for model, several in rows.items()
            if isinstance(model._meta.pk, models.OneToOneField)
            for row in several
        }
    return {
        model._meta.db_table: Counter(repr(_said(model, row, named, written)) for row in several)
        for model, several in rows.items()
    }


def _generated(rows: dict[type[GuardedModel], list[Row]]) -> Any:
    """Columns whose value is made up for each new row: beside its number, a reference."""
    for model, several in rows.items():
        for field in model._meta.concrete_fields:
            if field.has_default() and callable(field.default) and isinstance(field, models.CharField):
                yield from ((field, row) for row in several)


def _said(model: type[GuardedModel], row: Row, named: dict[UUID, str], written: set[str]) -> dict[str, str]:
    said = {}
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if field.name in WHEN_WRITTEN:
            continue
        if isinstance(value, UUID):
            said[field.name] = named.get(value, "a number")
        elif isinstance(value, str):
            for reference in written:
                value = value.replace(reference, "a reference")
            said[field.name] = value
        else:
            said[field.name] = value.isoformat() if isinstance(value, datetime) else repr(value)
    return said


def _name(model: type[GuardedModel], row: Row, named: dict[UUID, str], written: set[str]) -> str:
    said = _said(model, row, named, written)
    said.pop(model._meta.pk.name, None)
    return sha256(f"{model._meta.db_table} {said!r}".encode()).hexdigest()[:16]

"""The `analysis` views: what an analyst, and every measure, may count, made from the pages after each migration.

One view for each kind of row that says what it shows (`Shown`), and those of `facts`: the child, the entry, its clocks,
who holds it, the calendar. A view holds what the page
shows to everyone among county staff whose role works with children, and of that only what cannot name anybody: days
and moments, numbers, yes or no, codes with their words, and the agency that told us. No free text, no name of a
person, no reference. It is read under the reader's own rights (`security_invoker`): whoever may not see a row counts
without it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from righthelp.engine.process import Process
from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.guard.models import Agency, Worker
from righthelp.measures.columns import SCHEMA, Column, View, columns_of, in_words
from righthelp.measures.facts import shared_views
from righthelp.packs import pack
from righthelp.record.models import CaseEntry

LEADS = "lead"  # a worker of any agency: which agency is counted, and never who


def analysed() -> list[type[GuardedModel]]:
    """The models of which there is a view: every process, and what else says what it shows."""
    return [model for model in guarded_models() if hasattr(model, "Shown")]


def views() -> list[View]:
    """Every view."""
    return [*(_view_of(model) for model in analysed()), *shared_views()]


@lru_cache
def view(name: str) -> View:
    """One of them by name. Raises `LookupError`."""
    for found in views():
        if found.name == name:
            return found
    raise LookupError(f"There is no view called {name}.")


def _view_of(model: type[GuardedModel]) -> View:
    table = model._meta.db_table
    shown: Any = model.Shown  # type: ignore[attr-defined]
    columns, joins, read = [], [], [model]
    if issubclass(model, Process):
        states = {state.value: str(state.label) for state in model.State}
        columns = [
            Column("entry", f'"{table}"."entry_id"', "the number of the row", "key", always=True),
            Column(
                "person",
                "case_entry.person_id",
                "the number of the child's record, once it is said who they are",
                "key",
                leads_to="child",
            ),
            Column("state", f'"{table}"."state"', "how far it is", codes=states, always=True),
        ]
        joins.append(f'JOIN case_entry ON case_entry.id = "{table}".entry_id')
        read.append(CaseEntry)
    for field in model._meta.concrete_fields:
        if field.name not in shown.everyone:
            continue
        made_of, says = f'"{table}"."{field.column}"', str(field.verbose_name)
        if field.related_model is Agency:
            joins.append(f'LEFT JOIN agency "{field.name}" ON "{field.name}".id = {made_of}')
            read.append(Agency)
            columns += _of_agency(field.name, says)
        elif field.name == LEADS and f"{LEADS}_agency" not in shown.everyone:
            joins.append(f"LEFT JOIN worker ON worker.id = {made_of}")
            joins.append(f'LEFT JOIN agency "{LEADS}_agency" ON "{LEADS}_agency".id = worker.agency_id')
            read += [Worker, Agency]
            columns += _of_agency(f"{LEADS}_agency", "the agency of whoever leads it, where it is not the county's own")
        elif field.related_model is CaseEntry:
            columns.append(Column(field.name, made_of, "the number of the row that it belongs to", "key", always=True))
        else:
            columns += columns_of(field, made_of, says)
    return View(table, " ".join((model.__doc__ or "").split()), tuple(columns), " ".join([f'"{table}"', *joins]),
                tuple(read))  # fmt: skip


def _of_agency(name: str, says: str) -> list[Column]:
    """What is said of an agency. Of a worker, it is the agency alone: no worker is named."""
    kind, kinds = f'"{name}".kind', {code.code: code.label for code in pack().codes("agency_kind")}
    code, words = f"{name}_kind", f"{name}_kind_words"
    return [
        Column(name, f'"{name}".name', f"{says}: its name"),
        Column(code, kind, f"{says}: the code of its kind", codes=kinds),
        Column(words, in_words(kind, kinds), f"{says}: its kind in words", codes=kinds, words_of=code),
    ]


def drop() -> None:
    """Take the views away: before a migration, which may change what they read."""
    with connection.cursor() as cursor:
        if _is_there(cursor, SCHEMA):
            cursor.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(SCHEMA)))


def install() -> None:
    """Make every view anew. Runs as the owner, in one transaction."""
    role = sql.Identifier(settings.REQUEST_ROLE)
    schema = sql.Identifier(SCHEMA)
    with transaction.atomic(), connection.cursor() as cursor:
        drop()
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
        for view in views():
            if not all(_is_whole(cursor, model) for model in view.models):
                continue  # an older database, part of the way through its migrations
            cursor.execute(view.statement)
            name = sql.Identifier(SCHEMA, view.name)
            cursor.execute(sql.SQL("COMMENT ON VIEW {} IS {}").format(name, sql.Literal(view.says)))
            for column in view.columns:
                path = sql.Identifier(SCHEMA, view.name, column.name)
                cursor.execute(sql.SQL("COMMENT ON COLUMN {} IS {}").format(path, sql.Literal(column.says)))
            cursor.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(name, role))


def _is_there(cursor: Any, schema: str) -> bool:
    cursor.execute("SELECT to_regnamespace(%s)", [schema])
    return (cursor.fetchone() or [None])[0] is not None


def _is_whole(cursor: Any, model: type[models.Model]) -> bool:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped",
        [f'public."{model._meta.db_table}"'],
    )
    there = {row[0] for row in cursor.fetchall()}
    return all(field.column in there for field in model._meta.concrete_fields)


def kinds_of_entry() -> dict[str, type[Process]]:
    """The processes whose rows a number may open, by the name of their view."""
    return {model._meta.db_table: model for model in apps.get_models() if issubclass(model, Process)}

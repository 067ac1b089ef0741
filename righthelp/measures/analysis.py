"""The `analysis` views: what an analyst, and every measure, may count, made from the pages after each migration.

One view for each kind of row that says what it shows (`Shown`), and one for the clocks. A view holds what the page
shows to everyone among county staff whose role works with children, and of that only what cannot name anybody: days
and moments, numbers, yes or no, codes with their words, and the agency that told us. No free text, no name of a
person, no reference. It is read under the reader's own rights (`security_invoker`): whoever may not see a row counts
without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg import sql

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.guard.models import Agency
from righthelp.packs import pack
from righthelp.record.models import CaseEntry, Deadline

SCHEMA = "analysis"
ZONE = "Europe/London"
# What a page shows to everyone is shown to staff who work with children: a view is not a way round that.
FOR_WHOM = "((SELECT viewer_works_with_children()) OR (SELECT viewer_purpose()) IS NOT NULL)"


@dataclass(frozen=True)
class Column:
    """A column of a view: what it is called, what it is made of, and what it says."""

    name: str
    made_of: str
    says: str


@dataclass(frozen=True)
class View:
    """A view: its name, what a row of it is, its columns, and where they come from."""

    name: str
    says: str
    columns: tuple[Column, ...]
    source: str
    models: tuple[type[models.Model], ...]

    @property
    def statement(self) -> str:
        listed = ",\n    ".join(f'{column.made_of} AS "{column.name}"' for column in self.columns)
        return (
            f'CREATE VIEW {SCHEMA}."{self.name}" WITH (security_invoker = true) AS SELECT\n    {listed}\n'
            f"FROM {self.source}\nWHERE {FOR_WHOM}"
        )


def analysed() -> list[type[GuardedModel]]:
    """The models of which there is a view: every process, and what else says what it shows."""
    return [model for model in guarded_models() if hasattr(model, "Shown")]


def views() -> list[View]:
    """Every view."""
    return [*(_view_of(model) for model in analysed()), clocks()]


def _view_of(model: type[GuardedModel]) -> View:
    table = model._meta.db_table
    shown: Any = model.Shown  # type: ignore[attr-defined]
    columns, joins, read = [], [], [model]
    if issubclass(model, Process):
        columns = [
            Column("entry", f'"{table}"."entry_id"', "the number of the row"),
            Column("person", "case_entry.person_id", "the number of the child's record, once it is said who they are"),
            Column("state", f'"{table}"."state"', "how far it is"),
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
            columns.append(Column(field.name, f'"{field.name}".name', f"{says}: its name"))
            kind, kinds = f'"{field.name}".kind', {code.code: code.label for code in pack().codes("agency_kind")}
            columns.append(Column(f"{field.name}_kind", kind, f"{says}: the code of its kind"))
            columns.append(Column(f"{field.name}_kind_words", _in_words(kind, kinds), f"{says}: its kind in words"))
        else:
            columns += _columns_of(field, made_of, says)
    return View(table, " ".join((model.__doc__ or "").split()), tuple(columns), " ".join([f'"{table}"', *joins]),
                tuple(read))  # fmt: skip


def _columns_of(field: Any, made_of: str, says: str) -> Iterator[Column]:
    """What may be counted of a field; nothing of one that could name somebody."""
    if isinstance(field, models.DateTimeField):
        yield Column(field.name, made_of, says)
        day = f"({made_of} AT TIME ZONE '{ZONE}')::date"
        yield Column(f"{field.name.removesuffix('_at')}_on", day, f"{says}: the day, in local time")
    elif isinstance(field, CodeField) or field.choices:
        yield Column(field.name, made_of, f"{says}: the code")
        words = dict(field.flatchoices)
        if isinstance(field, CodeField):
            words = {code.code: code.label for code in field.codes()}
        if words:
            yield Column(f"{field.name}_words", _in_words(made_of, words), f"{says}: in words")
    elif isinstance(field, models.DateField | models.BooleanField | models.IntegerField):
        yield Column(field.name, made_of, says)
    elif field.is_relation and issubclass(field.related_model, Process):
        yield Column(field.name, made_of, f"{says}: the number of the row")


def _in_words(made_of: str, words: Mapping[Any, str]) -> str:
    cases = " ".join(f"WHEN {_quoted(code)} THEN {_quoted(label)}" for code, label in words.items())
    return f"CASE {made_of} {cases} END"


def _quoted(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def clocks() -> View:
    """Every clock of every entry, with its answer: what the kernel's `timing` says, as the database says it."""
    late = "coalesce(deadline.stopped_at, now()) > deadline.due_at"
    answer = (
        f"CASE WHEN {late} THEN CASE WHEN deadline.excused <> '' THEN 'EXCUSED' ELSE 'MISSED' END"
        " WHEN deadline.stopped_at IS NULL THEN 'RUNNING' ELSE 'MET' END"
    )
    taken = "round((extract(epoch FROM deadline.stopped_at - deadline.started_at) / 3600)::numeric, 2)::float"
    return View(
        "clock",
        "One clock of one entry: when it started, when it is due, when it stopped, and how it stands.",
        (
            Column("entry", "deadline.entry_id", "the number of the row that it is a clock of"),
            Column("clock", "deadline.clock", "which clock of the page"),
            Column("started_on", f"(deadline.started_at AT TIME ZONE '{ZONE}')::date", "the day on which it started"),
            Column("due_at", "deadline.due_at", "the last moment in time"),
            Column("stopped_at", "deadline.stopped_at", "when what is awaited came"),
            Column("answer", answer, "MET, MISSED, RUNNING or EXCUSED (late, for a reason that the instrument names)"),
            Column("hours", taken, "hours from start to stop"),
        ),
        "deadline",
        (Deadline,),
    )


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

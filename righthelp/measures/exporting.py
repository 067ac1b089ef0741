"""`./run analysis export DIR`: every analysts' view as a file, without anything that could name somebody.

All are read as at one moment, and are there whole or not at all. Who is kept from others by a locked circle is left out
unless it is asked for: a file that went out cannot be locked (docs/decisions/0036).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
from django.db import connection, transaction
from psycopg import sql

from righthelp.engine.process import Process
from righthelp.guard import log
from righthelp.guard.viewers import ANALYSE, looking
from righthelp.measures.analysis import views
from righthelp.measures.columns import SCHEMA, Column, View, quoted

# What a column is in a file.
IN_A_FILE = {
    "text": "VARCHAR", "key": "VARCHAR", "integer": "INTEGER", "float": "DOUBLE", "boolean": "BOOLEAN",
    "date": "DATE", "moment": "TIMESTAMPTZ",
}  # fmt: skip
NOTHING = r"\N"
LOCKED_PEOPLE = "SELECT id FROM person WHERE circle_id IS NOT NULL"
LOCKED_ENTRIES = (
    f"SELECT id FROM case_entry WHERE circle_id IS NOT NULL OR person_id IN ({LOCKED_PEOPLE})"  # a worry, or a child
)


class NotExported(Exception):
    """Why nothing was written, in a sentence."""


@dataclass(frozen=True)
class Written:
    """One file that was written: of which view, and how many rows."""

    view: str
    rows: int


def export(
    folder: Path, *, locked_too: bool = False, said: Callable[[Written], None] = lambda written: None
) -> list[Written]:
    """Write every view into a folder that is not there yet, or empty. Raises `NotExported`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotExported(f"{folder} is there already: name a folder that is new or empty.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise NotExported(f"{folder} cannot be written: {error.strerror}.") from error
    whom = "those in locked circles included" if locked_too else "without those in locked circles"
    log.job(ANALYSE, f"every analysts' view as files, {whom}")
    try:
        done = _all(making, locked_too, said)
        if folder.exists():
            folder.rmdir()
        making.chmod(0o750)
        making.rename(folder)
    except OSError as error:
        raise NotExported(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return done


def _all(making: Path, locked_too: bool, said: Callable[[Written], None]) -> list[Written]:
    done = []
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor, duckdb.connect(":memory:") as duck:
        if outermost:  # one moment for all; within a transaction that has begun it is too late to ask
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")  # a page is not waiting
        with looking(ANALYSE):
            for view in views():
                rows = _one(making, view, locked_too, cursor, duck)
                done.append(Written(view.name, rows))
                said(done[-1])
    return done


def _one(making: Path, view: View, locked_too: bool, cursor: Any, duck: Any) -> int:
    """One view into a file, through a table of plain text."""
    plain, file = making / f"{view.name}.csv", making / f"{view.name}.parquet"
    listed = ", ".join(f'"{column.name}"' for column in view.columns)
    question = f'SELECT {listed} FROM {SCHEMA}."{view.name}"{"" if locked_too else _unlocked(view)}'
    copying = sql.SQL("COPY ({}) TO STDOUT WITH (FORMAT csv, NULL {})").format(sql.SQL(question), NOTHING)
    with plain.open("wb") as out, cursor.copy(copying) as rows:
        for part in rows:
            out.write(part)
    columns = ", ".join(f"{quoted(column.name)}: {quoted(IN_A_FILE[column.type])}" for column in view.columns)
    duck.execute(
        f"COPY (SELECT * FROM read_csv({quoted(str(plain))}, columns = {{{columns}}}, header = false, delim = ',',"
        f" quote = '\"', escape = '\"', nullstr = {quoted(NOTHING)}, allow_quoted_nulls = false, auto_detect = false))"
        f" TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd)"
    )
    plain.unlink()
    return int(duck.execute(f"SELECT count(*) FROM read_parquet({quoted(str(file))})").fetchone()[0])


def _unlocked(view: View) -> str:
    """The condition that leaves out rows about those whom a circle keeps from others, and rows that lead to them."""
    conditions = [condition for column in view.columns if (condition := _open(view, column))]
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _open(view: View, column: Column) -> str:
    if column.type != "key":
        return ""
    if column.name == "person":
        return f'("person" IS NULL OR "person" NOT IN ({LOCKED_PEOPLE}))'
    of_an_entry = column.name == "entry" or column.leads_to == "entry" or column.leads_to in _kinds()
    return f'("{column.name}" IS NULL OR "{column.name}" NOT IN ({LOCKED_ENTRIES}))' if of_an_entry else ""


def _kinds() -> set[str]:
    from righthelp.measures.analysis import analysed

    return {model._meta.db_table for model in analysed() if issubclass(model, Process)}

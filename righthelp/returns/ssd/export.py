"""The dataset as files: one CSV and one Parquet file a table that the record fills, whole or not at all.

The database writes each table itself, so that a county of any size passes through in pieces; all tables are of the
same moment. A table that the record does not fill has no file: an empty one could be taken for "none".
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
from django.db import connection, transaction

from righthelp.guard import log
from righthelp.guard.viewers import DATASET, looking
from righthelp.returns.ssd import standard
from righthelp.returns.ssd.mapping import Asked, mapping, not_filled, select

Progress = Callable[[str, int], None]
NOT_FILLED = "not_filled.csv"
IN_PARQUET = {"datetime": "TIMESTAMP", "int": "INTEGER", "float": "DOUBLE"}


class CannotExport(Exception):
    """Nothing was written; the message says why."""


@dataclass
class Exported:
    """Where the files are, and how many rows each table has."""

    home: Path
    rows: dict[str, int] = field(default_factory=dict)


def export(home: Path, progress: Progress = lambda table, rows: None) -> Exported:
    """Write the dataset into a folder that is not there yet, or is empty. Raises `CannotExport`."""
    home = home.absolute()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise CannotExport(f"{home.name} is there and is not empty. Name a new folder.")
    if not home.parent.is_dir():
        raise CannotExport(f"There is no folder {home.parent}. Make it first.")
    log.job(DATASET, f"Export the Standard Safeguarding Dataset {standard.VERSION}")
    try:
        made = Path(mkdtemp(prefix=f".{home.name}-", dir=home.parent))  # which nobody else may open
    except OSError as fault:
        raise CannotExport(f"Nothing can be written beside {home.name}: {fault.strerror}.") from fault
    try:
        done = Exported(home, _write(made, progress))
        made.rename(home)
    except OSError as fault:
        raise CannotExport(f"The files cannot be written: {fault.strerror}. Nothing was left behind.") from fault
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return done


def _write(made: Path, progress: Progress) -> dict[str, int]:
    rows = {}
    with of_one_moment(), looking(DATASET), connection.cursor() as cursor:
        for name in mapping().tables:
            rows[name] = _as_csv(cursor, name, made / f"{name}.csv")
            progress(name, rows[name])
    for name in mapping().tables:
        _as_parquet(name, made)
    with (made / NOT_FILLED).open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["table", "field", "why", "in_words"])
        lines.writerows([table, each, lacking.kind, lacking.why] for table, each, lacking in not_filled())
    return rows


@contextmanager
def of_one_moment() -> Any:
    """Whatever is asked inside sees the record as it was at the first question."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _as_csv(cursor: Any, name: str, file: Path) -> int:
    asked = select(name, Asked(), as_text=True)
    with file.open("wb") as written, cursor.copy(f"COPY ({asked}) TO STDOUT WITH (FORMAT csv, HEADER)") as pieces:
        for piece in pieces:
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return int(cursor.rowcount)


def _as_parquet(name: str, made: Path) -> None:
    columns = {each.name: IN_PARQUET.get(each.type, "VARCHAR") for each in standard.tables()[name].fields}
    source, target = made / f"{name}.csv", made / f"{name}.parquet"
    with duckdb.connect() as files:
        read = files.read_csv(
            str(source), columns=columns, header=True, delimiter=",", quotechar='"', escapechar='"', auto_detect=False
        )
        read.write_parquet(str(target))

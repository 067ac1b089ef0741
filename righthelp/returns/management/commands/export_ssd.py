"""`export_ssd OUT_DIR`: the Standard Safeguarding Dataset as CSV and Parquet files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from righthelp.returns.ssd import standard
from righthelp.returns.ssd.export import NOT_FILLED, CannotExport, export


class Command(BaseCommand):
    """Says each table as it is written, and what is not filled."""

    help = "Write the Standard Safeguarding Dataset into a new folder: one CSV and one Parquet file a table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="OUT_DIR", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            done = export(folder, self._progress)
        except CannotExport as why:
            raise CommandError(str(why)) from None
        missing = len(standard.tables()) - len(done.rows)
        self.stdout.write(
            f"  Standard Safeguarding Dataset {standard.VERSION}: {len(done.rows)} tables in {folder}. The record fills"
            f" nothing of {missing} others; {NOT_FILLED} says why, field by field. Who is in these files is named in"
            " them: keep them as you would keep the record, and remove them when they have been used."
        )

    def _progress(self, table: str, rows: int) -> None:
        self.stdout.write(f"  {rows:>9,}  {table}")
        self.stdout.flush()

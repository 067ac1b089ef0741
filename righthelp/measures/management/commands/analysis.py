"""`analysis export DIR`: every analysts' view as a Parquet file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from righthelp.measures.exporting import NotExported, Written, export


class Command(BaseCommand):
    """Says each file with its rows; nothing is left behind when it stops on the way."""

    help = "Write every analysts' view as a file (Parquet) into a new folder: no names, no addresses, no free text."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export"], help="what is to be done")
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that is new or empty")
        parser.add_argument(
            "--locked-too", action="store_true", help="with the children whom a circle locks; it is logged"
        )

    def handle(self, *args: Any, folder: Path, locked_too: bool, **options: Any) -> None:
        try:
            done = export(folder, locked_too=locked_too, said=self._said)
        except NotExported as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"{len(done)} files, {sum(one.rows for one in done):,} rows, in {folder}.")

    def _said(self, one: Written) -> None:
        self.stdout.write(f"{one.rows:>10,}  {one.view}")
        self.stdout.flush()

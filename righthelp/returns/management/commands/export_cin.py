"""`export_cin --year Y OUT`: write the county's own record as a CIN Census."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from righthelp.returns.cin.exporting import Exported, export
from righthelp.returns.cin.from_record import Year

EARLIEST = 2023  # the first year whose rules are known
FOUND = 1


class Command(BaseCommand):
    """Says how many children the file holds, and what its rules find, rule by rule."""

    help = (
        "Write the county's own record as a CIN Census: the file is whole, or it is not there. Ends with 0 when the"
        " Department's rules find nothing, with 1 when they do; the file is written either way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="the year in which the period ends: 2026")
        parser.add_argument("out", metavar="OUT", type=Path, help="the file to write")

    def handle(self, *args: Any, year: int, out: Path, **options: Any) -> None:
        today = timezone.localdate()
        latest = Year.of(today).ends_in
        if not EARLIEST <= year <= latest:
            raise CommandError(f"There is no return of {year}: give a year from {EARLIEST} to {latest}.")
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}. Make it first.")
        if out.is_dir():
            raise CommandError(f"{out} is a folder. Name the file to write.")
        try:
            exported = export(Year(year), out, today)
        except OSError as error:
            raise CommandError(f"{out} could not be written: {error.strerror}. Nothing was changed there.") from None
        self._say(exported, out)
        if exported.findings:
            sys.exit(FOUND)

    def _say(self, exported: Exported, out: Path) -> None:
        write = self.stdout.write
        write(f"{out}: the CIN Census {exported.year} of this county.")
        write(f"  {exported.children:>9,}  children, with {exported.referrals:,} referrals")
        if exported.numbered:
            write(f"  {exported.numbered:>9,}  of them got a number of their own with this export")
        if exported.unplaced:
            write(f"  {len(exported.unplaced):>9,}  parts of the record belong to no referral, and are left out:")
            for one in exported.unplaced:
                write(f"             {one.what}, begun on {one.on}: entry {one.entry}")
        write(f"  {len(exported.findings):>9,}  findings of the Department's rules")
        for code, words, many, explained in exported.by_rule():
            told = f" ({explained} explained)" if explained else ""
            write(f"  {many:>9,}  {code}{told}: {words}")
        for (rule, child), several in sorted(exported.explained.items()):
            for said in several:
                write(f"             {rule}, child {child}: {said.words} ({said.by}, {said.on:%d %B %Y})")
        for code, why in sorted(exported.not_run.items()):
            write(f"             {code} was not run: {why}")

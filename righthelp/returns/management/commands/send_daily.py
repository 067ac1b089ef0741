"""`send_daily [--dry-run OUT] [--again]`: tell the Department what changed of children in social care."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from righthelp.returns.daily.door import Door, NotConfigured
from righthelp.returns.daily.sending import AlreadySending, outcome, send
from righthelp.returns.daily.writing import CannotWrite, write

ACCEPTED, REFUSED, NOT_SENT, STOPPED = 0, 1, 2, 3


class Command(BaseCommand):
    """Says how many children were looked through, sent and refused, and names none."""

    help = (
        "Send the Department what changed of children in social care. Ends with 0 when all was accepted, 1 when some"
        " was refused, 2 when nothing is configured or another sending is under way, 3 when it stopped and goes on with"
        " the next."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", metavar="OUT", type=Path, help="Write what would be sent into a new folder.")
        parser.add_argument("--again", action="store_true", help="Send what was refused before, too.")

    def handle(self, *args: Any, dry_run: Path | None, again: bool, **options: Any) -> None:
        if dry_run is not None:
            self._write(dry_run)
            return
        try:
            sent = send(Door(), again=again, progress=self._progress)
        except (NotConfigured, AlreadySending) as why:
            self.stderr.write(f"  {why}")
            sys.exit(NOT_SENT)
        found = sent.found
        self.stdout.write(
            f"  {found.children:,} children, {found.waiting:,} waiting: {len(sent.accepted):,} accepted,"
            f" {len(sent.refused):,} refused, of {len(sent.taken_back):,} something was taken back."
        )
        if found.unplaced:
            self.stdout.write(f"  {found.unplaced:,} plans, assessments or enquiries belong to no referral: not sent.")
        if found.unreferred:
            self.stdout.write(f"  {found.unreferred:,} children have enquiries or a plan and no referral: not sent.")
        if found.one_number:
            self.stdout.write(f"  {len(found.one_number):,} records have the number of another: make them one first.")
        self.stdout.write(f"  {outcome(sent)}")
        sys.exit(STOPPED if sent.stopped else REFUSED if sent.refused else ACCEPTED)

    def _write(self, folder: Path) -> None:
        try:
            children, amiss = write(folder, self._progress)
        except (CannotWrite, OSError) as why:
            raise CommandError(str(why)) from None
        for fault in amiss:
            self.stdout.write(f"  {fault}")
        self.stdout.write(f"  {children:,} children would be sent. Nothing was; they are named in {folder}.")

    def _progress(self, what: str, count: int) -> None:
        self.stdout.write(f"  {count:,} children {what}")
        self.stdout.flush()

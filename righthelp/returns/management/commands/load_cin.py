"""`load_cin FILE...`: load CIN Census files as opening data, each whole or not at all, none twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from righthelp.packs import pack
from righthelp.returns.cin.at_entry import ask_of_everybody
from righthelp.returns.cin.faults import printable
from righthelp.returns.cin.loading import LARGEST, CannotLoad, Outcome, Report, load
from righthelp.returns.cin.summary import by_kind

LOADED, REFUSED, NOT_READ, STOPPED = 0, 1, 2, 130
PROGRESS = 1000  # children after which something is said


class Command(BaseCommand):
    """Says what it does, then every fault with its line and column, then what was counted."""

    help = (
        "Load CIN Census files as opening data: each whole or not at all, none twice. Ends with 0 when all were loaded"
        " (or were before), 1 when one was refused for its faults, 2 when one could not be read."
    )

    _wrote = False  # whether any of the files was

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="Say what is wrong with the files and what loading would do."
        )

        parser.add_argument(
            "--again",
            action="store_true",
            help="Go through files that were loaded before, too: what was kept for later and has a place now takes it.",
        )

    def handle(self, *args: Any, files: list[Path], check: bool, again: bool, **options: Any) -> None:
        worst = max(self._one(file, check, again) for file in files)
        if self._wrote:
            ask_of_everybody()  # what was loaded by the thousand was not asked step by step
        if worst:
            sys.exit(worst)

    def _one(self, file: Path, check: bool, again: bool) -> int:
        # A name may hold letters that a terminal obeys, or that no text can.
        name = printable(file.name)
        self.stdout.write(name)
        try:
            # No more than that is read: a pipe has no size to ask for, and a device no end.
            with file.open("rb") as opened:
                source = opened.read(LARGEST + 1)
            if len(source) > LARGEST:
                raise CannotLoad(f"The file is larger than {LARGEST // 2**20} MB, which no return is.")
            report = load(source, name, only_check=check, again=again, progress=self._progress)
        except OSError as error:
            self.stderr.write(f"  The file cannot be read: {error.strerror}.")
            return NOT_READ
        except CannotLoad as why:
            self.stderr.write(f"  {why}")
            return NOT_READ
        except KeyboardInterrupt:
            self.stderr.write("  Stopped before this file was loaded: load it again.")
            sys.exit(STOPPED)
        self._wrote = self._wrote or report.outcome is Outcome.LOADED
        self._faults(report)
        self._summary(report)
        return REFUSED if report.outcome is Outcome.REFUSED else LOADED

    def _progress(self, what: str, count: int) -> None:
        if count % PROGRESS == 0:
            self.stdout.write(f"  {count:,} children {what}")
            self.stdout.flush()

    def _faults(self, report: Report) -> None:
        for fault in report.faults:
            verdict = "REFUSED" if fault.stops else "noted"
            where = f"{fault.path}: " if fault.path else ""
            self.stdout.write(f"  {fault.line}:{fault.column}  {verdict}  {where}{fault.sentence}")

    def _summary(self, report: Report) -> None:
        if report.announced:
            ours = pack().local_authority.dfe
            other = "" if report.announced.authority == ours else f" (this county is {ours})"
            self.stdout.write(f"  {report.announced.title}{other}. Children in the file: {report.children:,}")
        stopping = sum(fault.stops for fault in report.faults)
        rows = list(by_kind(report.faults))
        if report.outcome in {Outcome.LOADED, Outcome.WOULD_LOAD}:
            rows = [*report.counts.rows(), *rows]
        for words, count in rows:
            self.stdout.write(f"  {count:>9,}  {words}")
        why = f" (faults that stop it: {stopping:,} of {len(report.faults):,})" if stopping else ""
        before = f" ({report.before})" if report.before else ""
        self.stdout.write(f"  {report.outcome.value.capitalize()}{why}{before}.")

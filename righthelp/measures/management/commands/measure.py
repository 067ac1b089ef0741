"""`measure NAME --from DAY --to DAY --by SPLIT`: a table of figures."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from righthelp.guard import log
from righthelp.guard.viewers import ANALYSE, looking
from righthelp.measures import spark
from righthelp.measures.asking import Line, NotAsked, ask, cautions
from righthelp.measures.duck import Duck, Files, NoFiles
from righthelp.measures.engines import Engine, Postgres
from righthelp.measures.periods import Every
from righthelp.measures.registry import Measure, UnknownMeasure, measure, measures

WHOLE = "whole"
EVERY = {every.value.replace(" ", "-"): every for every in Every}


class Command(BaseCommand):
    """Reads the county as a purpose, which is logged; or files, which are nobody's record any more."""

    help = "Print a measure's figures, by period and by how it may be split. Without a name: every measure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="the measure; without one, all are listed")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, help="2026-04-01 (else a year ago)")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, help="2027-03-31 (else today)")
        parser.add_argument("--by", default="", help="how to split it, as age or team,sex")
        parser.add_argument("--every", choices=[*EVERY, WHOLE], default="month", help="how long a period is (month)")
        parser.add_argument("--files", type=Path, metavar="DIR", help="count what ./run analysis export wrote there")
        parser.add_argument("--spark", action="store_true", help="count the files by Spark")
        parser.add_argument("--csv", action="store_true", help="print lines for a spreadsheet")

    def handle(self, *args: Any, name: str | None, **options: Any) -> None:
        if not name:
            for found in measures():
                self.stdout.write(f"{found.name}: {found.title}")
            return
        try:
            wanted = measure(name)
            files = Files(options["files"]) if options["files"] else None
            lines = self._asked(wanted, files, options)
        except (UnknownMeasure, NotAsked, NoFiles) as why:
            raise CommandError(str(why)) from why
        by = [split for split in options["by"].split(",") if split]
        (self._csv if options["csv"] else self._table)(wanted, by, lines)
        for caution in cautions(wanted, lines):
            self.stderr.write(caution)
        if not files:
            self.stderr.write("Every child is counted, those whom a circle locks, too: a page may show fewer.")

    def _asked(self, wanted: Measure, files: Files | None, options: dict[str, Any]) -> list[Line]:
        until = options["until"] or timezone.localdate()
        since = options["since"] or (until + relativedelta(days=1, months=-12)).replace(day=1)
        by = [split for split in options["by"].split(",") if split]
        every = EVERY.get(options["every"])
        engine = self._engine(files, options["spark"])
        if not files:
            log.job(ANALYSE, f"measure {wanted.name}, {since} to {until}{', by ' + ', '.join(by) if by else ''}")
        with nullcontext() if files else looking(ANALYSE):
            return ask(wanted, since, until, by, every, engine=engine, files=files)

    def _engine(self, files: Files | None, by_spark: bool) -> Engine:
        if not by_spark:
            return Duck(files) if files else Postgres()
        if not files:
            raise NotAsked("Spark counts files: say which with --files.")
        if why := spark.why_not():
            raise NotAsked(f"Spark cannot be used here: {why}.")
        return spark.Spark(spark.session(), files)

    def _table(self, wanted: Measure, by: list[str], lines: list[Line]) -> None:
        self.stdout.write(f"{wanted.title} (version {wanted.version})")
        self.stdout.write(wanted.definition)
        rows = [["period", *by, "figure", "light", ""]]
        rows += [[line.period, *line.values, str(line.figure), line.figure.light, line.figure.beside] for line in lines]
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def _csv(self, wanted: Measure, by: list[str], lines: list[Line]) -> None:
        out = csv.writer(self.stdout, lineterminator="")  # each line is ended by whatever it is written to
        out.writerow(["measure", "version", "period", *by, "value", "unit", "counts", "of", "in words"])
        for line in lines:
            made = line.figure
            value = "" if made.value is None else f"{made.value:g}"
            out.writerow([wanted.name, wanted.version, line.period, *line.values, value, wanted.unit.value,
                          line.tally.counts, line.tally.of, f"{made} {made.beside}".strip()])  # fmt: skip

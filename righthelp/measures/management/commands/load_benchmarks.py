"""`load_benchmarks FILE`: put a newer file of other councils' figures into the county's pack, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from righthelp.measures.registry import measures
from righthelp.packs import PackFault, load_benchmarks, pack


class Command(BaseCommand):
    """Says every fault by line and column, or how many figures are new and how many were changed."""

    help = (
        "Put the figures of a CSV file into the county's benchmarks.csv: those of the same measure, area and period"
        " take the place of the old. With any fault nothing is written. They are shown once the service is started"
        " again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            new, changed = load_benchmarks(file, [measure.name for measure in measures()], pack().name)
        except PackFault as fault:
            raise CommandError("\n".join(["Nothing was written.", *fault.faults])) from fault
        self.stdout.write(f"{new} new, {changed} changed in {pack().title}'s benchmarks. Start righthelp again.")

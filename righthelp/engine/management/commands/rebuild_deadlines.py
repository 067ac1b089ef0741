"""Make every deadline again from the facts and the law, and say how many were not as they should be."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from righthelp.engine.process import processes
from righthelp.engine.rebuilding import rebuild_all
from righthelp.guard import log
from righthelp.guard.viewers import REBUILD


class Command(BaseCommand):
    """For after a law file or a local standard was put right, and to show that nothing has drifted."""

    help = "Make every deadline again from the facts. With --check, only tell how many differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when any deadline differs")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        log.job(REBUILD, "Deadlines checked" if check else "Deadlines made again")
        differed = 0
        for kind, found in rebuild_all(mend=not check).items():
            page = processes()[kind]
            differed += found.differed
            self.stdout.write(
                f"{page.titles()}: {found.rows} looked at; {found.different} deadlines differed, {found.missing} were "
                f"missing, {found.left_over} no longer apply."
            )
        if not differed:
            self.stdout.write("Every deadline is what the facts and the law say.")
        elif check:
            raise CommandError(f"{differed} deadlines differ. Run it without --check to make them again.")
        else:
            self.stdout.write(f"{differed} deadlines were made again.")

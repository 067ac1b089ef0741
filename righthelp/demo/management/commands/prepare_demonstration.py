"""`prepare_demonstration`: make the invented county in an empty database, or carry it on to the present moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from righthelp.demo import county, directory, releases
from righthelp.demo.months import earlier
from righthelp.demo.plan import timed
from righthelp.guard.models import Agency
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.packs import pack
from righthelp.returns.cin.at_entry import ask_of_everybody

FRESH = timedelta(hours=6)  # a county carried on since then is left as it is


class Command(BaseCommand):
    """Says each piece of work with the seconds it took. Run again, it does only what is missing."""

    help = "Make the demonstration county in an empty database, or carry it on to the present moment."

    def add_arguments(self, parser: CommandParser) -> None:
        size = parser.add_mutually_exclusive_group()
        size.add_argument("--children", type=int, help="how many children (as many as the pack says)")
        size.add_argument("--scale", type=float, help="how many times as many children as the pack says (1)")
        parser.add_argument("--months", type=float, default=24, help="how many months of worries (24)")
        parser.add_argument("--latest", action="store_true", help="leave the months before the latest ones for later")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another county (1)")

    def handle(
        self,
        *args: Any,
        children: int | None,
        scale: float | None,
        months: float,
        latest: bool,
        seed: int,
        verbosity: int,
        **options: Any,
    ) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration. Set RIGHTHELP_DEMONSTRATION=1, and only where nobody is real."
            )
        there = county.made()
        if children is None:
            children = round(pack().demonstration().value("population", "children") * (scale or 1))
        if there and scale is not None and there.children != children:
            raise CommandError(
                f"The demonstration county here has {there.children:,} children. Make one of {children:,} anew:"
                f" ./run reset --scale {scale:g}"
            )
        if children < 100 or not 0 < months <= 60:
            raise CommandError("A demonstration county has 100 children at least, and 60 months at most.")
        now = timezone.now()
        if there is None and _somebody_is_there():
            raise CommandError(
                "There are agencies in this database that are not of a demonstration county. Use an empty one."
            )
        if there is None or there.made_up_to is None:
            county.make(seed, now, children, months, report=self._say)
        elif now - there.made_up_to > FRESH:
            county.catch_up(now, report=self._say)
        elif verbosity:
            self._say("The county is as of today.")
        directory.make(now)
        if not latest:
            report = self._say if verbosity else lambda line: None
            earlier(report=report)
            with timed(report, "What the county publishes of its measures"):
                releases.publish(timezone.now())
        ask_of_everybody(self._say)  # what was made by the thousand was not asked step by step

    def _say(self, line: str) -> None:
        self.stderr.write(f"  {line}")


def _somebody_is_there() -> bool:
    with looking(DEMONSTRATION):
        return bool(Agency.objects.exists())

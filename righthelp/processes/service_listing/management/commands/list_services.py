"""`list_services`: bring the services that the county's pack names into the directory."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from righthelp.engine.process import processes
from righthelp.packs import pack
from righthelp.processes.service_listing.listing import bring_in


class Command(BaseCommand):
    """Run again, it lists what is new and leaves alone whatever a keeper has changed or confirmed."""

    help = "Bring the services that the county's pack names into the directory."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        if "service_listing" not in processes():
            return
        brought = bring_in(pack().directory())
        if verbosity:
            self.stdout.write(f"{brought.listed} listed, {brought.changed} changed, {brought.let_be} as they were.")

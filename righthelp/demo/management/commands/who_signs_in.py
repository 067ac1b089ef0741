"""`who_signs_in`: the named workers of the demonstration county, as whom anybody may sign in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from righthelp.demo.staff import named_workers
from righthelp.guard.viewers import DEMONSTRATION, looking


class Command(BaseCommand):
    """One worker a line: name, role and agency. What each role does is on the page where they are chosen."""

    help = "Who can be signed in as in the demonstration county."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("This is not a demonstration: people sign in with their own account and second factor.")
        with looking(DEMONSTRATION):
            workers = named_workers()
        if not workers:
            raise CommandError("There is nobody to sign in as: make the demonstration county first.")
        for worker in workers:
            self.stdout.write(f"{worker['name']}: {worker['role']}, {worker['agency']}")

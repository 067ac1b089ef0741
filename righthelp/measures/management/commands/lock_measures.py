"""`lock_measures`: write down every new definition as published; one that was changed since is refused by name."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from righthelp.measures import locked


class Command(BaseCommand):
    """Adds what is new to `definitions.lock`."""

    help = "Write a line of definitions.lock for every version of a measure that has none."

    def handle(self, *args: Any, **options: Any) -> None:
        if changed := locked.changed():
            raise CommandError(
                f"Published, and another text now: {', '.join(sorted(changed))}. A definition that was published is"
                " never edited: give it a new version. (Of one that nobody has seen yet, take the line out.)"
            )
        self.stdout.write(f"{locked.lock()} definitions are new in {locked.FILE.name}.")

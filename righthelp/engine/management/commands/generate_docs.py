"""Write the documents that are made from the pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from righthelp.engine.generated import HOME, documents


class Command(BaseCommand):
    """`./run docs`; with --check only says what is not up to date."""

    help = "Write docs/generated from the processes' pages."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is not up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = documents()
        there = {file.name: file.read_text(encoding="utf-8") for file in HOME.glob("*.md")}
        stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
        if options["check"]:
            if stale:
                raise CommandError(f"Not up to date: {', '.join(stale)}. Run ./run docs.")
            return
        HOME.mkdir(parents=True, exist_ok=True)
        for name in there.keys() - wanted.keys():
            (HOME / name).unlink()
        for name, text in wanted.items():
            (HOME / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(wanted)} documents in docs/generated, {len(stale)} of them changed.")

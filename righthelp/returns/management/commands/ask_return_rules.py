"""`ask_return_rules`: ask the rules of every return in hand of the whole record, and keep what they find."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from righthelp.guard import log
from righthelp.guard.viewers import RETURN
from righthelp.returns.cin.at_entry import ask_of_everybody


class Command(BaseCommand):
    """Steps ask for themselves: this is for a new year, for new rules, and for what jobs have written."""

    help = "Ask the rules of every return in hand of the whole record, and keep what they find."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        log.job(RETURN, "Ask the rules of the returns of everybody")
        ask_of_everybody(self.stdout.write if verbosity else lambda line: None)

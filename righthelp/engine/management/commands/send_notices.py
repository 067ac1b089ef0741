"""`send_notices`: tells people by e-mail and text that something waits for them, until it is stopped."""

from __future__ import annotations

import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from righthelp.engine.notices.sending import send_round

log = logging.getLogger("righthelp.notices")


class Command(BaseCommand):
    """Goes round every few seconds. Several may run: each message is sent by one of them."""

    help = "Tell people by e-mail and text that something waits for them, until it is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="go round once, and end")
        parser.add_argument("--every", type=float, default=10, help="seconds between two rounds (10)")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"{send_round()} sent.")
            return
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, frame: stop.set())
        while not stop.is_set():
            try:
                send_round()
            except DatabaseError:
                # The database may be starting again. Nothing is lost: what was claimed is freed, and tried again.
                log.exception("A round of the sender of notices was broken off.")
            finally:
                connection.close()
            stop.wait(every)

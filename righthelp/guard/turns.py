"""One after another, where no row is there yet to wait at."""

from __future__ import annotations

from django.db import connection


def wait_for_turn(what: str) -> None:
    """Wait until no other transaction does the same thing; whoever asks next waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])

"""Why a query of a return is right as it is: somebody's own words, kept with their name."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from righthelp.engine.journal import Journal
from righthelp.guard.viewers import STEP, AsWorker, looking
from righthelp.returns.models import ReturnFinding


class NotExplained(Exception):
    """It could not be kept; the message says why."""


def explain(finding: UUID, words: str, *, by: AsWorker) -> None:
    """Keep why a query is right. Whoever explained it before stands in the audit. Raises `NotExplained`."""
    with looking(STEP, on_behalf_of=by):
        row = ReturnFinding.objects.select_for_update().get(pk=finding)
        if row.mended_on is not None or not row.is_query:
            raise NotExplained("It was put right meanwhile, and needs no explanation.")
        row.explanation, row.explained_by_id, row.explained_on = words, by.worker, timezone.localdate()
        journal = Journal()
        journal.change(row, "explanation", "explained_by", "explained_on")
        journal.write(by)

"""The access log: who looked at whom, when, and by what relation. Written with the look, in its transaction."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import LOG, AsWorker, Purpose, Viewer, anybody, looking, request_number


def looked(
    what: str,
    *,
    viewer: Viewer | None = None,
    kind: str = AccessLog.Kind.OPENED,
    person: UUID | None = None,
    entry: UUID | None = None,
    relation: str = "",
    reason: str = "",
) -> None:
    """Write one look. `what` says what was opened in words that name no child."""
    row = _row(what, viewer or anybody(), kind=kind, person=person, entry=entry, relation=relation, reason=reason)
    _write([row])


def looked_together(what: str, whom: Iterable[tuple[UUID | None, UUID | None]], *, relation: str) -> None:
    """Write one look at each of several records that a page shows at once: (person, entry) of each."""
    viewer = anybody()
    _write([_row(what, viewer, person=person, entry=entry, relation=relation) for person, entry in whom])


def _row(
    what: str,
    viewer: Viewer | None,
    *,
    kind: str = AccessLog.Kind.OPENED,
    person: UUID | None = None,
    entry: UUID | None = None,
    relation: str = "",
    reason: str = "",
) -> AccessLog:
    return AccessLog(
        at=timezone.now(),
        worker_id=viewer.worker if isinstance(viewer, AsWorker) else None,
        worker_name=viewer.name if isinstance(viewer, AsWorker) else "",
        purpose=viewer.name if isinstance(viewer, Purpose) else "",
        kind=kind,
        person=person,
        entry=entry,
        what=what[:300],
        relation=relation,
        reason=reason,
        request=request_number(),
    )


def _write(rows: list[AccessLog]) -> None:
    with looking(LOG):
        # `bulk_create` asks for nothing back: a viewer may add to the log what they may not read in it.
        AccessLog.objects.bulk_create(rows)


def refused(
    what: str,
    *,
    viewer: Viewer | None = None,
    person: UUID | None = None,
    entry: UUID | None = None,
    reason: str = "",
) -> None:
    """Write one refusal. Call it after the refused transaction has been rolled back, or it goes with it."""
    looked(what, viewer=viewer, kind=AccessLog.Kind.REFUSED, person=person, entry=entry, reason=reason)


def job(purpose: Purpose, what: str) -> None:
    """Write that a job began, and why it may look."""
    looked(what, viewer=purpose, kind=AccessLog.Kind.PURPOSE, reason=purpose.why)

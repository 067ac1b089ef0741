"""Marking notices as read, and as not read after all."""

from __future__ import annotations

from datetime import datetime

from righthelp.guard.viewers import AsWorker
from righthelp.record.notices import Notice, NoticeWishes, Waits


def mark(notice: Notice, at: datetime | None) -> None:
    """Mark one as read at this moment, or with none as not read."""
    if (notice.read_at is None) == (at is None):
        return
    again = Notice.objects.filter(worker=notice.worker_id, entry=notice.entry_id, kind=notice.kind)
    if at is None and notice.kind == Waits.CHANGED and again.filter(read_at__isnull=True).exists():
        return  # that it changed once more is unread already
    Notice.objects.filter(pk=notice.pk).update(read_at=at)


def mark_all(viewer: AsWorker, at: datetime) -> None:
    """All that they were told of until now is read: notices, and what is due soon or late."""
    Notice.objects.filter(worker=viewer.worker, read_at__isnull=True, recorded_at__lte=at).update(read_at=at)
    if viewer.works_with_children:
        NoticeWishes.objects.update_or_create(worker_id=viewer.worker, defaults={"read_up_to": at})

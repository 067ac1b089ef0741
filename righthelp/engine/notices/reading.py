"""What waits for whoever looks: their notices, and what they hold that is due soon or late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.notices.due import became, held_by, kind_of, running
from righthelp.engine.process import Process, processes
from righthelp.guard.viewers import AsWorker
from righthelp.record.models import CaseEntry, Document, Issue
from righthelp.record.notices import Notice, NoticeWishes, Waits

MOST = 100  # shown on a page, and counted in its header
READ_STAY = timedelta(days=30)
NEVER_YET = datetime(2000, 1, 1, tzinfo=UTC)
AT_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)  # stands where the moment of asking will be


@dataclass(frozen=True)
class Line:
    """One thing that waits, or waited: why they are told, what it is, and the way there."""

    kind: Waits
    at: datetime
    what: str
    whom: str
    href: str
    notice: Notice | None = None
    clock: ClockFace | None = None

    @property
    def why(self) -> str:
        return self.kind.label[:1].upper() + self.kind.label[1:]


def wishes_of(viewer: AsWorker) -> NoticeWishes:
    """How they wish to be told; as everybody begins, until they have said."""
    return NoticeWishes.objects.filter(worker=viewer.worker).first() or NoticeWishes(worker_id=viewer.worker)


def unread(viewer: AsWorker, now: datetime) -> int:
    """How many wait that they have not read, in one query; no more than a page shows are counted.

    Every page asks, so that its SQL is made once for a viewer.
    """
    if unread not in viewer.asks:
        viewer.asks[unread] = _waiting(viewer, AT_NO_MOMENT)[:MOST].query.sql_with_params()
    sql, given = viewer.asks[unread]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) waiting", [now if one == AT_NO_MOMENT else one for one in given])
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def _waiting(viewer: AsWorker, now: datetime) -> Any:
    """The keys of what waits at this moment, and is not read."""
    told = Notice.objects.filter(read_at__isnull=True).values("pk")
    if not viewer.works_with_children:  # nobody else holds anything
        return told
    own = NoticeWishes.objects.filter(worker=viewer.worker).values("read_up_to")
    since = Coalesce(Subquery(own), Value(NEVER_YET))
    return told.union(running().filter(held_by(viewer.worker), became(since, now)).values("pk"), all=True)


def due_now(viewer: AsWorker, now: datetime) -> list[Line]:
    """What they hold that is late, and then what is due soon."""
    held = running().filter(held_by(viewer.worker), soon_at__lte=now).select_related("entry__person")
    faces = list(kept_faces(held.order_by("due_at", "clock")[:MOST], now))
    found = rows_by_key(viewer, (deadline.entry for deadline, _ in faces))
    return [
        Line(
            kind=kind_of(deadline, now),
            at=deadline.due_at,
            what=found[deadline.entry_id].title(),
            whom=_whom(found[deadline.entry_id], deadline.entry),
            href=_record(found[deadline.entry_id]),
            clock=face,
        )
        for deadline, face in faces
        if deadline.entry_id in found
    ]


def notices(viewer: AsWorker, now: datetime) -> list[Line]:
    """Their notices, the latest first: what is not read yet, and what was read in the last weeks."""
    stay = Q(read_at__isnull=True) | Q(read_at__gt=now - READ_STAY)
    told = list(Notice.objects.filter(stay).order_by("-recorded_at", "-pk")[:MOST])
    keys = {notice.entry_id for notice in told}
    entries = {}
    if viewer.works_with_children:
        entries = {entry.pk: entry for entry in CaseEntry.objects.filter(pk__in=keys).select_related("person")}
    found = rows_by_key(viewer, entries.values(), keys)
    letters = _letters(viewer, {notice.entry_id for notice in told if notice.kind == Waits.ISSUED})
    return [line for notice in told for line in _lines(notice, found, entries, letters)]


def _lines(
    notice: Notice, found: Mapping[UUID, Process], entries: Mapping[UUID, CaseEntry], letters: Mapping[UUID, Document]
) -> Iterator[Line]:
    """The notice as a line; nothing, once what it is about is no longer theirs to see."""
    row, entry = found.get(notice.entry_id), entries.get(notice.entry_id)
    letter = letters.get(notice.entry_id) if notice.kind == Waits.ISSUED else None
    if row is None and letter is None:
        return
    yield Line(
        kind=Waits(notice.kind),
        at=notice.recorded_at,
        what=letter.title if letter else row.title() if row else "",
        whom="" if row is None else _whom(row, entry) if entry else row.workspace_words,
        href=reverse("notice", args=[notice.pk]),
        notice=notice,
    )


def leads_to(viewer: AsWorker, notice: Notice) -> str:
    """The page of what a notice is about; empty when it is no longer theirs to see."""
    seen = CaseEntry.objects.filter(pk=notice.entry_id) if viewer.works_with_children else CaseEntry.objects.none()
    row = rows_by_key(viewer, seen, {notice.entry_id}).get(notice.entry_id)
    letter = _letters(viewer, {notice.entry_id}).get(notice.entry_id) if notice.kind == Waits.ISSUED else None
    if letter:
        return reverse("document", args=[letter.pk])
    return _record(row) if row else ""


def rows_by_key(viewer: AsWorker, entries: Iterable[CaseEntry], keys: Iterable[UUID] = ()) -> dict[UUID, Process]:
    """Rows of any process, in no more queries than there are kinds of them. An agency sees rows and no entries."""
    wanted: dict[type[Process], set[UUID]] = defaultdict(set)
    if viewer.works_with_children:
        pages = processes()
        for entry in entries:
            if entry.kind in pages:
                wanted[pages[entry.kind]].add(entry.pk)
    elif keys := set(keys):
        wanted = {page: keys for page in processes().values() if page.reaches_agencies()}
    return {row.pk: row for page, several in wanted.items() for row in page.objects.filter(pk__in=several)}


def _letters(viewer: AsWorker, entries: set[UUID]) -> dict[UUID, Document]:
    """The last letter of each entry that is for whoever looks."""
    if not entries:
        return {}
    theirs = Q(worker=viewer.worker) | Q(worker__isnull=True, agency=viewer.agency)
    reached = Exists(Issue.objects.filter(theirs, document=OuterRef("pk")))
    whose = Q(addressee=viewer.worker) | Q(addressee__isnull=True, agency=viewer.agency) | Q(reached)
    found = Document.objects.filter(whose, entry__in=entries).order_by("made_at").defer("words")
    return {letter.entry_id: letter for letter in found}


def _whom(row: Process, entry: CaseEntry) -> str:
    if row.about_nobody:
        return row.heading
    return str(entry.person) if entry.person else "Not yet said which child"


def _record(row: Process) -> str:
    return reverse(f"{row.kind()}_record", args=[row.pk])

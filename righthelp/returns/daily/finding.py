"""What is to be sent: children of whom anything changed since the Department accepted them, and who is no longer among
them. The whole of each child is compared by its fingerprint, so that no change has to tell of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from righthelp.guard.viewers import DAILY, looking
from righthelp.returns.cin import numbers
from righthelp.returns.daily.messages import Message, message_for
from righthelp.returns.daily.models import DailyPayload
from righthelp.returns.daily.payload import Drawn, draw, helped_without_a_referral, in_social_care

AT_ONCE = 500  # children drawn together
Progress = Callable[[str, int], None]
T = TypeVar("T")


@dataclass
class Found:
    """What a look through the county came to."""

    children: int = 0
    waiting: int = 0
    unplaced: int = 0  # plans and enquiries that no referral holds together
    unreferred: int = 0  # children who have such, and were never referred
    one_number: list[UUID] = field(default_factory=list)  # records with the number of another
    seen: dict[str, UUID] = field(default_factory=dict)


def silent(what: str, count: int) -> None:
    """Says nothing of how far it is."""


def pieces(of: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (of[start : start + size] for start in range(0, len(of), size))


def find(now: datetime, *, again: bool = False, progress: Progress = silent) -> Found:
    """Mark whatever waits to be sent. With `again`, what was refused before and has not changed waits once more."""
    found = Found()
    with looking(DAILY):
        everybody = in_social_care()
    for several in pieces(everybody, AT_ONCE):
        with looking(DAILY):
            drawn = _of_their_own(draw(several), found)
            numbers.keep([(one.person, one.number) for one in drawn], DAILY, timezone.localdate(now))
            _mark(drawn, now, again, found)
        progress("looked through", found.children)
    with looking(DAILY):
        _mark_gone(now, found)
        found.unreferred = helped_without_a_referral()
    return found


def would_send(progress: Progress = silent) -> Iterator[Message]:
    """What a sending would say first of each child who waits, without a mark on anything."""
    found = Found()
    with looking(DAILY):
        everybody = in_social_care()
    for several in pieces(everybody, AT_ONCE):
        with looking(DAILY):
            drawn = _of_their_own(draw(several), found)
            rows = _rows(drawn)
        progress("looked through", found.children)
        for one in drawn:
            if message := message_for(rows.get(one.number) or _row(one), one):
                yield message
    with looking(DAILY):
        gone = [row for row in DailyPayload.objects.order_by("number") if row.number not in found.seen]
    yield from filter(None, (message_for(row, None) for row in gone))


def _of_their_own(drawn: list[Drawn], found: Found) -> list[Drawn]:
    """Those whose number no other record has: of two with one number the Department would make one child."""
    own = []
    for one in drawn:
        found.children += 1
        found.unplaced += one.unplaced
        if found.seen.setdefault(one.number, one.person) == one.person:
            own.append(one)
        else:
            found.one_number.append(one.person)
    return own


def _rows(drawn: list[Drawn]) -> dict[str, DailyPayload]:
    rows = DailyPayload.objects.filter(number__in=[one.number for one in drawn])
    return {row.number: row for row in rows}


def _row(one: Drawn) -> DailyPayload:
    return DailyPayload(number=one.number, person_id=one.person)


def _mark(drawn: list[Drawn], now: datetime, again: bool, found: Found) -> None:
    rows, fresh, changed = _rows(drawn), [], []
    for one in drawn:
        row = rows.get(one.number) or _row(one)
        before = (row.person_id, row.waits_since, row.refused)
        row.person_id = one.person  # a record may have become another since
        message = message_for(row, one)
        if message is None or (row.refused == message.fingerprint and not again):
            row.waits_since = None
        else:
            row.waits_since = row.waits_since or now
            found.waiting += 1
        if message is None or row.refused != message.fingerprint or again:
            row.refused = row.refusal = ""
        if row.number not in rows:
            fresh.append(row)
        elif before != (row.person_id, row.waits_since, row.refused):
            changed.append(row)
    DailyPayload.objects.bulk_create(fresh)
    DailyPayload.objects.bulk_update(changed, ["person", "waits_since", "refused", "refusal"])


def _mark_gone(now: datetime, found: Found) -> None:
    """Children whom the Department knows and who are not to be sent any more: merged, or referred no longer."""
    changed = []
    for row in DailyPayload.objects.order_by("number").iterator():
        if row.number in found.seen:
            continue
        waits = bool(row.holds)
        found.waiting += waits
        if waits != (row.waits_since is not None) or row.refused:
            row.waits_since = (row.waits_since or now) if waits else None
            row.refused = row.refusal = ""
            changed.append(row)
    DailyPayload.objects.bulk_update(changed, ["waits_since", "refused", "refusal"], batch_size=AT_ONCE)

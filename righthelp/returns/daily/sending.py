"""One sending: what waits goes to the Department by the hundred, and each answer is written down before the next.

Nothing counts as accepted that the Department has not said so of. Whatever stops a sending, a full disk or a killed
process among it, leaves the rest waiting; what was sent and not answered is sent again, and is the same.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from righthelp.guard import log
from righthelp.guard.viewers import DAILY, looking
from righthelp.returns.daily import schema
from righthelp.returns.daily.door import Answer, Door, Kind
from righthelp.returns.daily.finding import Found, Progress, find, silent
from righthelp.returns.daily.messages import Message, message_for
from righthelp.returns.daily.models import DailyPayload, DailySend
from righthelp.returns.daily.payload import draw

TRIES = 5
FIRST_WAIT, LONGEST_WAIT = 5.0, 600.0  # seconds
MOST_WORDS = 2000  # of the Department's, kept of one refusal
NOT_ANY_CHILDS = 10  # children, all refused, none of them named: then it is no fault of theirs
ONE_AT_A_TIME = 27_2026  # the number of the lock; any that no other has
AT_THE_START = re.compile(r"^\W*\[(\d+)\]")  # "[3].child_details...": the place of a child in the list


class AlreadySending(Exception):
    """Another sending is under way."""


class _Stopped(Exception):
    """The rest waits; the message says why."""


@dataclass
class Sent:
    """What a sending came to."""

    found: Found
    accepted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)
    stopped: str = ""


def send(
    door: Door, *, again: bool = False, progress: Progress = silent, sleep: Callable[[float], None] = time.sleep
) -> Sent:
    """Send what waits. Raises `AlreadySending`."""
    with _alone():
        log.job(DAILY, "Send the Department what changed of children in social care")
        began = timezone.now()
        with looking(DAILY):
            row = DailySend.objects.create(began_at=began)
        sending = _Sending(door, Sent(find(began, again=again, progress=progress)), progress, sleep)
        try:
            sending.all_of_it()
        except _Stopped as why:
            sending.sent.stopped = str(why)
        _note(row, sending.sent)
        return sending.sent


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not (cursor.fetchone() or [False])[0]:
            raise AlreadySending("Another sending is under way. Let it end.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _note(row: DailySend, sent: Sent) -> None:
    row.ended_at, row.stopped_because = timezone.now(), sent.stopped[:400]
    with looking(DAILY):
        row.save()


def outcome(sent: Sent) -> str:
    """What it came to, in words that name no child."""
    if sent.stopped:
        return f"Stopped, and the rest waits. {sent.stopped}"
    if sent.refused:
        return "All that waited was sent; some of it was refused."
    return "All that waited was accepted." if sent.found.waiting else "Nothing had changed."


class _Sending:
    def __init__(self, door: Door, sent: Sent, progress: Progress, sleep: Callable[[float], None]) -> None:
        self.door, self.sent, self.progress, self.sleep = door, sent, progress, sleep

    def all_of_it(self) -> None:
        """Twice through what waits: a child of whom something was taken back is told anew in the second."""
        for _ in range(2):
            after = ""
            while rows := self._next(after):
                after = rows[-1].number
                if messages := self._messages(rows):
                    self._deliver(messages)
                self.progress("accepted", len(self.sent.accepted | self.sent.taken_back))

    def _next(self, after: str) -> list[DailyPayload]:
        with looking(DAILY):
            waiting = DailyPayload.objects.filter(waits_since__isnull=False, refused="", number__gt=after)
            return list(waiting.order_by("number")[: schema.MOST_CHILDREN])

    def _messages(self, rows: list[DailyPayload]) -> list[Message]:
        """What each is told, as the record is at this moment; one that the schema does not take goes no further."""
        with looking(DAILY):
            drawn = {one.number: one for one in draw([row.person_id for row in rows])}
        messages, faulty, settled = [], [], []
        for row in rows:
            theirs = drawn.get(row.number) if self.sent.found.seen.get(row.number) == row.person_id else None
            message = message_for(row, theirs)
            if message is None:
                settled.append(row)
            elif faults := schema.faults(message.payload):
                faulty.append((message, f"Not sent, because the Department would not take it. {' '.join(faults)}"))
            else:
                messages.append(message)
        with looking(DAILY):
            DailyPayload.objects.filter(pk__in=[row.pk for row in settled]).update(waits_since=None)
        self._refuse(faulty)
        return messages

    def _deliver(self, messages: list[Message]) -> None:
        """A request with a fault is refused whole. Those who are named in the answer are set aside, and the others sent
        again; where nobody is named they are sent by halves, until it is known of whom it speaks."""
        pieces, alone, taken = [messages], [], False
        while pieces:
            some = pieces.pop()
            answer = self._posted(some)
            if answer.kind is Kind.TAKEN:
                self._accept(some, answer.receipts)
                taken = True
            elif answer.kind not in {Kind.FAULTY, Kind.TOO_LARGE}:
                raise _Stopped(answer.sentence)
            elif named := _named(some, answer.says):
                self._refuse([(some[at], f"{answer.sentence} {words}") for at, words in named.items()])
                pieces += [rest] if (rest := [one for at, one in enumerate(some) if at not in named]) else []
            elif len(some) > 1:
                pieces += [some[len(some) // 2 :], some[: len(some) // 2]]
            else:
                alone.append((some[0], " ".join([answer.sentence, *answer.says])))
                if len(alone) >= NOT_ANY_CHILDS and not taken:
                    raise _Stopped(
                        "The Department refuses one child after another and names none: look at how we send."
                    )
            if taken:
                self._refuse(alone)
                alone = []
        self._refuse(alone)

    def _posted(self, messages: list[Message]) -> Answer:
        """Tried again while the Department asks for it or does not answer, each time after a longer wait."""
        wait = FIRST_WAIT
        for left in reversed(range(TRIES)):
            answer = self.door.post([message.payload for message in messages])
            if answer.kind is not Kind.LATER or not left:
                break
            if (answer.after or 0) > LONGEST_WAIT:
                raise _Stopped(f"{answer.sentence} It asks for {answer.after or 0:.0f} seconds.")
            self.sleep(wait if answer.after is None else answer.after)
            wait = min(wait * 2, LONGEST_WAIT)
        return answer

    def _accept(self, messages: list[Message], receipts: list[str]) -> None:
        now = timezone.now()
        for message, receipt in zip(messages, receipts, strict=True):
            row = message.row
            row.holds, row.accepted, row.receipt, row.accepted_at = message.holds, message.accepted, receipt, now
            row.refused = row.refusal = ""
            row.waits_since = None if message.ends else row.waits_since
            (self.sent.taken_back if message.takes_back else self.sent.accepted).add(row.number)
        self._written([message.row for message in messages], "holds", "accepted", "receipt", "accepted_at")

    def _refuse(self, refused: list[tuple[Message, str]]) -> None:
        now = timezone.now()
        for message, words in refused:
            row = message.row
            row.refused, row.refused_at, row.refusal, row.waits_since = (
                message.fingerprint,
                now,
                words[:MOST_WORDS],
                None,
            )
            self.sent.refused.add(row.number)
        self._written([message.row for message, _ in refused], "refused_at")

    def _written(self, rows: list[DailyPayload], *fields: str) -> None:
        if not rows:
            return
        with looking(DAILY):
            DailyPayload.objects.bulk_update(rows, [*fields, "refused", "refusal", "waits_since"])
            log.looked_together(
                "the daily return to the Department", [(row.person_id, None) for row in rows], relation=""
            )


def _named(messages: list[Message], says: list[str]) -> dict[int, str]:
    """Of which children an answer speaks, by their place in the request: by number, or as "[3]" where it begins."""
    named: dict[int, list[str]] = {}
    for words in says:
        theirs = [at for at, one in enumerate(messages) if re.search(rf"\b{re.escape(one.row.number)}\b", words)]
        if not theirs and (place := AT_THE_START.match(words)):
            theirs = [int(place[1])]
        for at in theirs:
            if at < len(messages):
                named.setdefault(at, []).append(AT_THE_START.sub("", words).lstrip("."))  # its place says nothing later
    return {at: " ".join(words) for at, words in named.items()}

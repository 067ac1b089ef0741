"""Sending what is to be sent: each message by one sender at a time, tried again with growing pauses, given up loudly.

A message is claimed in a transaction of its own before it goes out and settled in another afterwards. Where a sender
ends between the two, nobody can know whether it went: it is tried again under the same number, by which a text
service is asked first and a mail system knows it for the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from righthelp.engine.notices import reading
from righthelp.engine.notices.planning import plan
from righthelp.engine.notices.post import OF_THE_SERVER, NotSent, Post
from righthelp.engine.notices.posts import posts
from righthelp.engine.notices.proving import code_of
from righthelp.engine.notices.words import proving
from righthelp.guard.models import Worker
from righthelp.guard.viewers import SEND, looking, worker_looking
from righthelp.record.notices import Notice, NoticeMessage, NoticeWishes

About, Fault = NoticeMessage.About, NoticeMessage.Fault
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVEN_UP_AFTER = {About.CODE: timedelta(minutes=15)}
A_DAY = timedelta(days=1)
STALLED_AFTER = timedelta(minutes=10)
KEPT = timedelta(days=90)  # notices and messages: what they were about is on record
IN_TROUBLE = 3  # tries: a server may well say once or twice that it has no time
RAN_LATELY = timedelta(minutes=5)
RAN = "sender_of_notices_ran"
log = logging.getLogger("righthelp.notices")


def send_round(now: datetime | None = None) -> int:
    """One round: settle what is new, free what stalled, send what may go now, remove what is old. How many went."""
    moment = now or timezone.now()
    ways = posts()
    plan(moment, ways)
    with looking(SEND):
        _free_stalled(moment)
    sent, dead = 0, set()
    while message := _claim(moment, [by for by in ways if by not in dead]):
        fault = _try(message, ways[message.by], moment)
        sent += fault is None
        if fault in OF_THE_SERVER:
            dead.add(message.by)
    with looking(SEND):
        _give_up_what_nothing_carries(moment, ways)
        _remove_old(moment)
        cache.set(RAN, moment.isoformat(), None)
    return sent


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(tries - 1, 10)))


def unsettled() -> Q:
    """Messages that have neither gone out nor been given up."""
    return Q(sent_at__isnull=True, given_up_at__isnull=True)


@dataclass(frozen=True)
class Health:
    """How the sending goes, without a word about anybody."""

    by_email: bool
    by_text: bool
    ran_at: datetime | None
    ran_lately: bool
    waiting: int  # tried more than once or twice, and not gone out yet
    given_up: int  # within the last day

    @property
    def well(self) -> bool:
        return self.ran_lately and not self.waiting and not self.given_up


def health(now: datetime) -> Health:
    """How the sending goes."""
    ways, said = posts(), cache.get(RAN)
    ran_at = datetime.fromisoformat(said) if said else None
    with looking(SEND):
        waiting = NoticeMessage.objects.filter(unsettled(), tries__gte=IN_TROUBLE).count()
        given_up = NoticeMessage.objects.filter(given_up_at__gt=now - A_DAY).count()
    return Health(
        by_email=NoticeMessage.By.EMAIL in ways,
        by_text=NoticeMessage.By.TEXT in ways,
        ran_at=ran_at,
        ran_lately=ran_at is not None and now - ran_at < RAN_LATELY,
        waiting=waiting,
        given_up=given_up,
    )


def _claim(now: datetime, ways: list[str]) -> NoticeMessage | None:
    with looking(SEND):
        ready = NoticeMessage.objects.select_for_update(skip_locked=True).filter(
            unsettled(), claimed_at__isnull=True, next_at__lte=now, by__in=ways
        )
        message: NoticeMessage | None = ready.order_by("next_at").first()
        if message:
            message.tries += 1
            message.claimed_at = now
            message.save(force_update=True, update_fields=["tries", "claimed_at"])
        return message


def _try(message: NoticeMessage, post: Post, now: datetime) -> NoticeMessage.Fault | None:
    """Send one, and write down what became of it."""
    if not _still_waits(message, now):
        with looking(SEND):
            NoticeMessage.objects.filter(pk=message.pk).delete()
        return None
    try:
        to, words = _to_and_words(message)
        post.send(message, to, words)
    except NotSent as refusal:
        _not_sent(message, refusal, now)
        return refusal.fault
    except Exception:  # whatever is wrong with one message must not keep the others from going out
        log.exception("A message to a worker could not be sent.")
        _not_sent(message, NotSent(Fault.NOT_UNDERSTOOD), now)
        return Fault.NOT_UNDERSTOOD
    # A code is not kept once it is sent, but where it is shown instead of being sent.
    kept = {} if message.about == About.CODE and not post.shows_only else {"words": words}
    with looking(SEND):
        NoticeMessage.objects.filter(pk=message.pk).update(
            sent_at=now, claimed_at=None, fault="", only_shown=post.shows_only, **kept
        )
    return None


def _not_sent(message: NoticeMessage, refusal: NotSent, now: datetime) -> None:
    gone = now - message.made_at >= GIVEN_UP_AFTER.get(About(message.about), A_DAY)
    over = gone or not refusal.again
    if over:
        log.error("A message to a worker was given up after %d tries.", message.tries)
    else:
        log.warning("A message to a worker did not go out: try %d.", message.tries)
    with looking(SEND):
        NoticeMessage.objects.filter(pk=message.pk).update(
            claimed_at=None,
            fault=refusal.fault,
            next_at=now + pause(message.tries),
            given_up_at=now if over else None,
        )


def _still_waits(message: NoticeMessage, now: datetime) -> bool:
    """Whether what it says is still so: it may have waited through a night, and the worker may have left."""
    viewer = worker_looking(message.worker_id)
    if viewer is None or message.about == About.CODE:
        return viewer is not None
    with looking(viewer):
        return reading.unread(viewer, now) > 0


def _to_and_words(message: NoticeMessage) -> tuple[str, str]:
    with looking(SEND):
        wishes = NoticeWishes.objects.filter(worker=message.worker_id).first()
        email = Worker.objects.filter(pk=message.worker_id).values_list("account__email", flat=True).first()
    to = (wishes.mobile if wishes else "") if message.by == NoticeMessage.By.TEXT else email
    if not to or wishes is None:
        raise NotSent(Fault.NO_ADDRESS, again=False)
    return to, proving(code_of(wishes)) if message.about == About.CODE else message.words


def _free_stalled(now: datetime) -> None:
    stalled = NoticeMessage.objects.filter(unsettled(), claimed_at__lte=now - STALLED_AFTER)
    if lost := stalled.filter(made_at__lte=now - A_DAY).update(given_up_at=now, claimed_at=None, fault=Fault.STALLED):
        log.error("%d messages to workers were given up: each sender of them ended half-way.", lost)
    if freed := stalled.update(claimed_at=None, fault=Fault.STALLED, next_at=now):
        log.error("%d messages were left half-way by a sender that ended. They are tried again.", freed)


def _give_up_what_nothing_carries(now: datetime, ways: dict[str, Post]) -> None:
    """Messages whose way out is no longer set up wait for a day, too."""
    left = NoticeMessage.objects.filter(unsettled(), claimed_at__isnull=True, made_at__lte=now - A_DAY - LONGEST_PAUSE)
    if given_up := left.exclude(by__in=list(ways)).update(given_up_at=now, fault=Fault.NOTHING):
        log.error("%d messages to workers were given up: nothing is set up to carry them.", given_up)


def _remove_old(now: datetime) -> None:
    Notice.objects.filter(recorded_at__lt=now - KEPT).delete()
    NoticeMessage.objects.filter(made_at__lt=now - KEPT).delete()

"""Settling how each worker is told of what waits for them: at once, in the daily e-mail, or only here.

Run by the sender, outside every request. What it has settled it writes down with the message that follows from it, in
one transaction, so that nothing is told twice and nothing is forgotten when it is broken off.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min

from righthelp.engine.notices.due import WITHIN_A_DAY, became, held_by, kind_of, running, same_day
from righthelp.engine.notices.post import Post
from righthelp.engine.notices.words import daily, told_now
from righthelp.guard.models import Worker
from righthelp.guard.viewers import SEND, AsWorker, looking, worker_looking
from righthelp.kernel.calendars import calendar_named
from righthelp.kernel.moments import local
from righthelp.record.models import Deadline, Holding
from righthelp.record.notices import Notice, NoticeMessage, NoticeWishes, Waits, Way

By, About = NoticeMessage.By, NoticeMessage.About
AT_MOST_EVERY = timedelta(minutes=15)  # "something waits" is not said again sooner; what is urgent is
MANY = 1000  # notices settled in one round


def plan(now: datetime, posts: dict[str, Post]) -> None:
    """Settle everything that waits to be settled."""
    with looking(SEND):
        _everybody_has_wishes(now)
    _settle_notices(now, posts)
    _settle_deadlines(now, posts)
    _settle_days(now, posts)


def _everybody_has_wishes(now: datetime) -> None:
    """Whoever may sign in is told as everybody begins, until they say otherwise; and of nothing from before."""
    without = Worker.objects.filter(account__isnull=False).exclude(pk__in=NoticeWishes.objects.values("worker"))
    NoticeWishes.objects.bulk_create(
        [NoticeWishes(worker_id=pk, told_up_to=now) for pk in without.values_list("pk", flat=True)],
        ignore_conflicts=True,
    )
    NoticeWishes.objects.filter(told_up_to__isnull=True).update(told_up_to=now)


# --- Notices ------------------------------------------------------------------------------------------------


def _settle_notices(now: datetime, posts: dict[str, Post]) -> None:
    with looking(SEND):
        waiting = (
            Notice.objects.filter(planned_at__isnull=True).order_by("recorded_at").values_list("worker", flat=True)
        )
        workers = list(dict.fromkeys(waiting[:MANY]))
    for worker in workers:
        viewer = worker_looking(worker)
        with looking(SEND):
            own = Notice.objects.select_for_update(skip_locked=True).filter(worker=worker, planned_at__isnull=True)
            fresh = list(own)
            Notice.objects.filter(pk__in=[notice.pk for notice in fresh]).update(planned_at=now)
            wishes = NoticeWishes.objects.filter(worker=worker).first()
            if viewer and wishes:
                urgent = _under_same_day_clocks(notice.entry_id for notice in fresh if notice.kind == Waits.HANDED)
                seen = _seen_by(viewer, lambda keys: Notice.objects.filter(pk__in=keys, read_at__isnull=True), fresh)
                told = [
                    (Waits(notice.kind), notice.kind == Waits.HANDED and notice.entry_id in urgent) for notice in seen
                ]
                _tell(wishes, told, now, posts)


def _under_same_day_clocks(entries: Iterable[UUID]) -> set[UUID]:
    """Entries of which something is awaited within a day of its beginning."""
    started = Deadline.objects.filter(entry__in=list(entries), stopped_at__isnull=True, excused="")
    return set(started.filter(WITHIN_A_DAY).values_list("entry", flat=True))


def _seen_by(viewer: AsWorker, ask: Callable[[list[UUID]], Any], rows: Iterable[Any]) -> list[Any]:
    """Those of the rows that this worker may see now."""
    with looking(viewer):
        found = set(ask([row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk in found]


# --- Deadlines ----------------------------------------------------------------------------------------------


def _settle_deadlines(now: datetime, posts: dict[str, Post]) -> None:
    """What became due soon or late since it was last looked: each worker's own moment moves on with the message."""
    with looking(SEND):
        since = NoticeWishes.objects.aggregate(since=Min("told_up_to"))["since"]
        if since is None or since >= now:
            return
        crossed = {deadline.entry_id: deadline for deadline in running().filter(became(since, now))}
        holders = Holding.objects.filter(entry__in=list(crossed), until__isnull=True, worker__isnull=False)
        workers = set(holders.values_list("worker", flat=True))
        # Whom nothing of it concerns is not asked about one by one.
        NoticeWishes.objects.filter(told_up_to__lt=now).exclude(worker__in=workers).update(told_up_to=now)
    for worker in workers:
        viewer = worker_looking(worker)
        with looking(SEND):
            wishes = NoticeWishes.objects.select_for_update().filter(worker=worker, told_up_to__lt=now).first()
            if wishes is None:
                continue
            since = wishes.told_up_to
            NoticeWishes.objects.filter(pk=wishes.pk).update(told_up_to=now)
            if viewer:
                with looking(viewer):
                    due = list(running().filter(held_by(worker), became(since, now)))
                _tell(wishes, [(kind_of(deadline, now), same_day(deadline)) for deadline in due], now, posts)


# --- The daily e-mail ---------------------------------------------------------------------------------------


def _settle_days(now: datetime, posts: dict[str, Post]) -> None:
    """At each worker's hour of the local day, once a day, whatever the clock does in October."""
    here = local(now)
    with looking(SEND):
        ready = NoticeWishes.objects.filter(digest_hour__lte=here.hour).exclude(digest_on__gte=here.date())
        workers = list(ready.values_list("worker", flat=True))
    for worker in workers:
        viewer = worker_looking(worker)
        with looking(SEND):
            wishes = NoticeWishes.objects.select_for_update().get(worker=worker)
            if wishes.digest_on and wishes.digest_on >= here.date():
                continue
            NoticeWishes.objects.filter(pk=wishes.pk).update(digest_on=here.date())
            works = wishes.digest_on_rest_days or calendar_named("england").is_working_day(here.date())
            counts = waiting_for_the_day(viewer, wishes, now) if viewer and works else {}
            if counts and By.EMAIL in posts:
                NoticeMessage.objects.bulk_create(
                    [
                        NoticeMessage(
                            worker_id=worker, by=By.EMAIL, about=About.DIGEST, day=here.date(), made_at=now,
                            next_at=now, words=daily(counts),
                        )
                    ],
                    ignore_conflicts=True,
                )  # fmt: skip


def waiting_for_the_day(viewer: AsWorker, wishes: NoticeWishes, now: datetime) -> dict[Waits, int]:
    """How many things wait, for each reason of which they wish to be told once a day."""
    wanted = {kind for kind in Waits if wishes.way(kind) == Way.DIGEST}
    with looking(viewer):
        unread = Notice.objects.filter(read_at__isnull=True).values_list("kind", flat=True)
        counts = Counter(Waits(kind) for kind in unread if kind in wanted)
        if wanted & {Waits.SOON, Waits.LATE} and viewer.works_with_children:
            due = running().filter(held_by(viewer.worker), soon_at__lte=now)
            counts.update(kind for kind in (kind_of(deadline, now) for deadline in due) if kind in wanted)
    return dict(counts)


# --- Messages -----------------------------------------------------------------------------------------------


def _tell(wishes: NoticeWishes, told: Iterable[tuple[Waits, bool]], now: datetime, posts: dict[str, Post]) -> None:
    """The messages that follow: one for all that waits at this moment, by each way that is wished."""
    wanted: dict[tuple[str, str], None] = {}
    for kind, urgent in told:
        way = wishes.way(kind)
        by_text = way == Way.TEXT and wishes.mobile_proved_at is not None
        if urgent or way in {Way.AT_ONCE, Way.TEXT}:
            wanted[By.TEXT if by_text else By.EMAIL, About.URGENT if urgent else About.WAITS] = None
    by_way: dict[str, set[str]] = defaultdict(set)
    for by, about in wanted:
        by_way[by].add(about)
    for by, abouts in by_way.items():
        about = About.URGENT if About.URGENT in abouts else About.WAITS
        if by in posts and not _said_already(wishes, by, about):
            NoticeMessage.objects.create(
                worker_id=wishes.worker_id, by=by, about=about, made_at=now, next_at=_when(wishes, by, about, now),
                words=told_now(about, by=by),
            )  # fmt: skip


def _said_already(wishes: NoticeWishes, by: str, about: str) -> bool:
    """Whether a message that says the same waits to be sent for the first time."""
    same = NoticeMessage.objects.filter(worker=wishes.worker_id, by=by, about=about, tries=0, claimed_at__isnull=True)
    return bool(same.filter(sent_at__isnull=True, given_up_at__isnull=True).exists())


def _when(wishes: NoticeWishes, by: str, about: str, now: datetime) -> datetime:
    """When it may go out: now if it is urgent; else not too soon after the last, and not in their quiet hours."""
    if about == About.URGENT:
        return now
    before = NoticeMessage.objects.filter(worker=wishes.worker_id, by=by, about=about).order_by("-made_at").first()
    return after_quiet(wishes, max(now, before.next_at + AT_MOST_EVERY) if before else now)


def after_quiet(wishes: NoticeWishes, moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours in which it lies."""
    begins, ends = wishes.quiet_from, wishes.quiet_until
    if begins is None or ends is None or begins == ends:
        return moment
    here = local(moment)
    quiet = begins <= here.hour < ends if begins < ends else here.hour >= begins or here.hour < ends
    if not quiet:
        return moment
    day = here.date() if here.hour < ends else here.date() + timedelta(days=1)
    return local(datetime.combine(day, time(ends)))

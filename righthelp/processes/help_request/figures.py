"""How early help's month goes: answered in time, calls apart, and what families say of it this quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from righthelp.kernel.lengths import due
from righthelp.kernel.moments import last_moment, local
from righthelp.processes.help_request.models import HelpRequest
from righthelp.processes.help_request.questions import Answer
from righthelp.record.models import Deadline

AIM = 95  # in a hundred (the county's paper; law: early_help.chat_contact)
HOURS_IN_A_DAY = 24


@dataclass(frozen=True)
class Figures:
    """What the team's list says above itself. Shares are in a hundred, and none where there is nothing to share."""

    ended: int
    in_time: int
    in_working_time: int
    calls: int
    calls_from_families: int
    asked: int
    helped: int

    @property
    def share(self) -> int | None:
        return _in_a_hundred(self.in_time, self.ended)

    @property
    def working_share(self) -> int | None:
        return _in_a_hundred(self.in_working_time, self.ended)

    @property
    def helped_share(self) -> int | None:
        return _in_a_hundred(self.helped, self.asked)

    @property
    def below(self) -> bool:
        return self.share is not None and self.share < AIM

    @property
    def aim(self) -> int:
        return AIM


def figures(now: datetime) -> Figures:
    """So far, of what this worker may see. A request counts in the month in which its time ended, answered or not."""
    month = local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    quarter = month.replace(month=month.month - (month.month - 1) % 3)
    clock = HelpRequest.clocks[0].name
    ended = Deadline.objects.filter(entry__kind=HelpRequest.kind(), clock=clock, due_at__gte=month, due_at__lte=now)
    told = ended.aggregate(all=Count("pk"), in_time=Count("pk", filter=Q(stopped_at__lte=F("due_at"))))
    late = ended.exclude(stopped_at__lte=F("due_at")).values_list("started_at", "due_at", "stopped_at")
    calls = HelpRequest.objects.exclude(who_rang="").filter(asked_at__gte=month, asked_at__lte=now)
    rang = calls.aggregate(all=Count("pk"), family=Count("pk", filter=~Q(who_rang=HelpRequest.WhoRang.PROFESSIONAL)))
    said = HelpRequest.objects.filter(feedback_at__gte=quarter, feedback_at__lte=now)
    heard = said.aggregate(all=Count("pk"), helped=Count("pk", filter=Q(helped=Answer.YES)))
    return Figures(
        ended=told["all"],
        in_time=told["in_time"],
        in_working_time=told["in_time"] + _in_working_time(late, now),
        calls=rang["all"],
        calls_from_families=rang["family"],
        asked=heard["all"],
        helped=heard["helped"],
    )


def _in_working_time(late: Iterable[tuple[datetime, datetime, datetime | None]], now: datetime) -> int:
    """How many of the late were in time if weekends and holidays did not count: the paper does not say whether they do.

    As many working days as the time has days, and the end of the last of them.
    """
    found = 0
    for started, ends, stopped in late:
        days = round((ends - started).total_seconds() / 3600 / HOURS_IN_A_DAY)
        found += (stopped or now) <= last_moment(due(days, "working days", started))
    return found


def _in_a_hundred(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None

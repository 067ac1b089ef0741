"""What somebody holds that is due soon or late: read from the deadlines whenever it is asked, counted by no job."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.functions import Least

from righthelp.record.models import Deadline
from righthelp.record.notices import SAME_DAY, Waits

# Soon: in the last quarter of the time allowed, and at most two days ahead. What is due before the day that it is
# counted from, as a report is before a conference, is soon two days ahead.
SHARE, AHEAD = 4, timedelta(days=2)
COUNTED_BACK = Q(due_at__lt=F("started_at"))
SOON_AT = ExpressionWrapper(
    F("due_at")
    - Case(
        When(COUNTED_BACK, then=Value(AHEAD)),
        default=Least(
            ExpressionWrapper((F("due_at") - F("started_at")) / Value(SHARE), output_field=DurationField()),
            Value(AHEAD),
            output_field=DurationField(),
        ),
        output_field=DurationField(),
    ),
    output_field=DateTimeField(),
)
WITHIN_A_DAY = ~COUNTED_BACK & Q(due_at__lte=F("started_at") + SAME_DAY)  # its clock allows no more than a day


RUNS = "stopped_at IS NULL AND excused = ''"  # the same as `running`, for a question that is put in SQL


def running() -> Any:
    """Deadlines that run, with the moment from which each is soon due."""
    return Deadline.objects.filter(stopped_at__isnull=True, excused="").annotate(soon_at=SOON_AT)


def held_by(worker: Any) -> Q:
    """Deadlines of what this worker holds. An entry has one open holding, so that none is counted twice."""
    return Q(entry__holdings__worker=worker, entry__holdings__until__isnull=True)


def became(since: Any, now: datetime) -> Q:
    """Those that became due soon, or late, after that moment."""
    return Q(soon_at__lte=now, soon_at__gt=since) | Q(due_at__lte=now, due_at__gt=since)


def kind_of(deadline: Deadline, now: datetime) -> Waits:
    """Whether it is late, or only soon due."""
    return Waits.LATE if deadline.due_at <= now else Waits.SOON


def same_day(deadline: Deadline) -> bool:
    """Whether its clock allows no more than a day: told to whoever holds the entry, however they wish to be told."""
    return timedelta(0) <= deadline.due_at - deadline.started_at <= SAME_DAY

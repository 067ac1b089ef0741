"""What the demonstration county publishes of its measures: prepared by one worker, published by another."""

from __future__ import annotations

from datetime import datetime

from righthelp.demo.models import DemonstrationCounty
from righthelp.demo.staff import staff_on_record
from righthelp.engine.process import process, processes
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import DEMONSTRATION, AsWorker, looking, worker_looking
from righthelp.kernel.moments import local_day
from righthelp.processes.statistics_release.periods import Period, over_by

KIND = "statistics_release"
PREPARER, PUBLISHER = "Ivan Brandt", "Sylvia Marchetti"
SUBJECT = "front_door"
NOTE = "The county is invented, and so is everybody in it. The figures show how such a release is made and read."


def publish(now: datetime) -> None:
    """Publish the last year and the last quarter of which the county is whole, unless they are published already."""
    if KIND not in processes():
        return
    with looking(DEMONSTRATION):
        county = DemonstrationCounty.objects.get()
        staff = staff_on_record()
        there = set(process(KIND).objects.values_list("period", flat=True))
    preparer, publisher = (worker_looking(staff.workers[name].pk) for name in (PREPARER, PUBLISHER))
    if preparer is None or publisher is None or county.made_back_to is None:
        return
    for over in _last_ones(now, county.made_back_to):
        if over.code not in there:
            _publish(over, preparer, publisher)


def _last_ones(now: datetime, whole_from: datetime) -> list[Period]:
    """The latest year, and the latest quarter, that are over and of which every month was made."""
    whole = [one for one in over_by(local_day(now)) if one.since >= local_day(whole_from)]
    return [found for months in (12, 3) if (found := next((one for one in whole if one.months == months), None))]


def _publish(over: Period, preparer: AsWorker, publisher: AsWorker) -> None:
    with looking(preparer):
        release = begin(process(KIND), "prepare", by=preparer, subject=SUBJECT, period=over.code, note=NOTE)
    with looking(publisher):
        take(release, "publish", by=publisher)

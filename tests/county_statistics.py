"""What the small county publishes of its measures: a release that is published, and a correction that is not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from righthelp.engine.taking import begin, take
from righthelp.processes.statistics_release.models import StatisticsRelease
from righthelp.processes.statistics_release.periods import over_by

if TYPE_CHECKING:
    from tests.county import County

SUBJECT = "services"


def releases(county: County) -> None:
    """Counted once everything else is there."""
    preparer, publisher = county.as_("information governance"), county.as_("head of service")
    note = county.say("What a reader should know")
    over = over_by(timezone.localdate())[0].code
    release = begin(StatisticsRelease, "prepare", by=preparer, subject=SUBJECT, period=over, note=note)
    county.rows["release"] = take(release, "publish", by=publisher)
    county.rows["corrected release"] = begin(
        StatisticsRelease,
        "correct",
        by=publisher,
        corrects=county.rows["release"],
        corrected_because=county.say("Some were missing"),
        note=county.say("Not to be read before it is published"),
    )

"""What the small county publishes of its measures: a release that is published, and a correction that is not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.engine.taking import begin, take
from righthelp.processes.statistics_release.models import StatisticsRelease

if TYPE_CHECKING:
    from tests.county import County

SUBJECT, PERIOD = "services", "2025-26"


def releases(county: County) -> None:
    """Counted once everything else is there."""
    preparer, publisher = county.as_("information governance"), county.as_("head of service")
    note = county.say("What a reader should know")
    release = begin(StatisticsRelease, "prepare", by=preparer, subject=SUBJECT, period=PERIOD, note=note)
    county.rows["release"] = take(release, "publish", by=publisher)
    county.rows["corrected release"] = begin(
        StatisticsRelease,
        "correct",
        by=publisher,
        corrects=county.rows["release"],
        corrected_because=county.say("Some were missing"),
        note=county.say("Not to be read before it is published"),
    )

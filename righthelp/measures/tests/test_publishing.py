"""What is published of the county's measures: hidden where it is small, frozen, and beside it what changed since."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from righthelp.processes.statistics_release.models import PublishedFigure, StatisticsRelease
from righthelp.processes.statistics_release.periods import Period, over_by

PREPARER, APPROVER = "Ivan Brandt", "Sylvia Marchetti"
QUARTER = next(one for one in over_by(timezone.localdate()) if one.months == 3)
YEAR = next(one for one in over_by(timezone.localdate()) if one.months == 12)


def in_(over: Period, day: int = 3) -> datetime:
    """A moment of a period, some days after it began."""
    return timezone.make_aware(datetime.combine(over.since, time(9))) + timedelta(days=day)


def prepared(workplace: Any, over: Period = QUARTER, **more: Any) -> StatisticsRelease:
    given = {"subject": "front_door", "period": over.code, "note": "Counted for the first time.", **more}
    return workplace.begin("statistics_release", "prepare", PREPARER, **given)  # type: ignore[no-any-return]


def published(workplace: Any, over: Period = QUARTER) -> StatisticsRelease:
    return workplace.take(prepared(workplace, over), "publish", APPROVER)  # type: ignore[no-any-return]


def told(release: StatisticsRelease, measure: str = "contacts", period: str = "", **more: Any) -> PublishedFigure:
    wanted = {"measure__name": measure, "period": period or release.period, "split": "", **more}
    return release.figures.select_related("measure").get(**wanted)


@pytest.fixture
def some(workplace: Any) -> Any:
    """Seven worries of the last quarter: six in its first month, one in its second."""
    first, second = QUARTER.parts[0], QUARTER.parts[1]
    made = [workplace.worry(child_given=f"Ada{number}", on=in_(first, number)) for number in range(6)]
    return [*made, workplace.worry(child_given="Late", on=in_(second))]


def test_a_release_is_prepared_by_one_and_published_by_another(workplace: Any, some: Any, refused: Any) -> None:
    release = prepared(workplace)
    assert release.title.startswith("Front door: ")
    assert (told(release).words, told(release).shown) in {("5", "SHOWN"), ("10", "SHOWN")}
    assert told(release, period=QUARTER.parts[1].code).words == "Fewer than 5"
    assert told(release, period=QUARTER.parts[2].code).words == "Fewer than 5"  # none is not told from one
    with refused(saying="You prepared this release"):
        workplace.take(release, "publish", PREPARER)
    release = workplace.take(release, "publish", APPROVER)
    assert (release.state, release.prepared_by.name, release.approved_by.name) == ("PUBLISHED", PREPARER, APPROVER)


def test_what_may_not_be_prepared(workplace: Any, refused: Any) -> None:
    year = timezone.localdate()
    running = next(one.code for one in over_by(year + timedelta(days=400)) if one.until >= year)
    with refused("period"):
        prepared(workplace, period=running)
    prepared(workplace)
    with refused("period", saying="prepared already"):
        prepared(workplace)
    with refused(saying="cannot be dated back"):
        prepared(workplace, YEAR, on=in_(YEAR))


def test_a_correction_stands_beside_what_it_corrects(workplace: Any, some: Any, refused: Any) -> None:
    first = published(workplace)
    with refused("period", saying="corrected edition"):
        prepared(workplace)
    again = workplace.begin(
        "statistics_release", "correct", APPROVER, corrects=first, corrected_because="Worries by post were missing."
    )
    assert (again.edition, again.address, again.title) == (2, first.address, first.title)
    assert workplace.again(first).state == "PUBLISHED"
    again = workplace.take(again, "publish", PREPARER)
    assert workplace.again(first).state == "REPLACED"
    assert first.figures.count() == again.figures.count()
    with refused("corrects"):
        workplace.begin("statistics_release", "correct", PREPARER, corrects=first, corrected_because="Again.")


@pytest.mark.parametrize(
    "change",
    [
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(title="Better"),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(published_at=timezone.now()),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).update(counted_at=timezone.now()),
        lambda release: StatisticsRelease.objects.filter(pk=release.pk).delete(),
        lambda release: PublishedFigure.objects.filter(release=release).update(words="100"),
        lambda release: PublishedFigure.objects.filter(release=release).delete(),
        lambda release: release.measures.update(definition="Something else."),
        lambda release: release.measures.all()[0].delete(),
    ],
)
def test_the_database_lets_nothing_published_be_changed(workplace: Any, change: Any) -> None:
    release = published(workplace)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(release)

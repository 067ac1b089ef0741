"""The live figure beside the published one, and what changed since: recorded later, corrected, merged, defined anew.

The live figure is counted under the rights of whoever looks, and is not rounded. What was published is never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Min

from righthelp.kernel.suppression import span
from righthelp.measures.definition import Measure, Unit
from righthelp.measures.figures import figure as live_figure
from righthelp.measures.publishing.cells import YES, Cell, Held, filled, sides
from righthelp.measures.publishing.counting import digest, parts_of, published_of
from righthelp.measures.publishing.wording import middle
from righthelp.processes.same_person.models import SamePerson
from righthelp.processes.statistics_release.models import PublishedFigure, PublishedMeasure, StatisticsRelease
from righthelp.processes.statistics_release.periods import Period
from righthelp.record.models import CaseEntry, TimelineEvent

NO_LONGER = "Not counted any more"


@dataclass(frozen=True)
class Beside:
    """One published figure, with what it comes to now for whoever looks."""

    published: PublishedFigure
    over: str  # the period in words
    live: str
    differs: bool  # so far that no rounding explains it
    since: tuple[str, ...]  # what changed since, in words

    @property
    def of_split(self) -> str:
        return self.published.of_split


@dataclass(frozen=True)
class MeasureBeside:
    """A published measure: its figures, and whether its definition is still the same."""

    measure: PublishedMeasure
    figures: list[Beside]
    redefined: str = ""

    @property
    def differ(self) -> int:
        return sum(one.differs for one in self.figures)


@dataclass
class Changes:
    """Which entries were recorded after the release was counted, changed after it, or are of a child merged since."""

    recorded: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    merged: set[UUID] = field(default_factory=set)

    def words(self, entries: set[UUID]) -> Iterator[str]:
        for found, one, several in (
            (self.recorded, "was recorded later", "were recorded later"),
            (self.changed, "was changed later", "were changed later"),
            (self.merged, "is of a child whose two records were merged later",
             "are of children whose two records were merged later"),
        ):  # fmt: skip
            if number := len(entries & found):
                yield f"{number:,} {one if number == 1 else several}"


def beside(release: StatisticsRelease, only: str = "") -> list[MeasureBeside]:
    """Every figure of a release (or those of one measure) with the live one."""
    figures = release.figures.select_related("measure").order_by("number")
    if only:
        figures = figures.filter(measure__name=only)
    told = list(figures)
    current = {measure.name: measure for measure in published_of(release.subject)}
    wanted = [current[name] for name in dict.fromkeys(one.measure.name for one in told) if name in current]
    cells = filled(wanted, release.of)
    changes = _changes(release, set().union(*(held.entries for held in cells.values())))
    measures: dict[UUID, MeasureBeside] = {}
    for one in told:
        there = measures.get(one.measure_id)
        if there is None:
            now = current.get(one.measure.name)
            there = measures[one.measure_id] = MeasureBeside(one.measure, [], _redefined(one.measure, now))
        there.figures.append(_one(one, current.get(one.measure.name), release.of, cells, changes))
    return list(measures.values())


def published_of_measure(name: str, subject: str) -> list[tuple[StatisticsRelease, Beside]]:
    """Of one measure, what is published now for each whole period, with the live figure: the latest period first."""
    releases = StatisticsRelease.objects.filter(
        state=StatisticsRelease.State.PUBLISHED, subject=subject, measures__name=name
    ).order_by("-period")
    found = []
    for release in releases:
        for measure in beside(release, only=name):
            found += [(release, one) for one in measure.figures[:1]]
    return found


def _one(
    published: PublishedFigure,
    measure: Measure | None,
    over: Period,
    cells: Mapping[Cell, Held],
    changes: Changes,
) -> Beside:
    at = over if published.period == over.code else _month_or_quarter(over, published.period)
    if measure is None:
        return Beside(published, at.title, NO_LONGER, True, ())
    those = [
        cells.get(Cell(measure.name, measure.version, side, published.period, published.split, published.of_split))
        or Held()
        for side in sides(measure)
    ]
    number = sum(held.number for held in those)
    counts = those[0].number if sides(measure)[0] == YES else number
    made = live_figure(measure, counts, number, those[0].amounts, year=over.since.year)
    entries = set().union(*(held.entries for held in those))
    words = f"{made.words} ({made.beside})" if measure.unit is Unit.SHARE and made.beside else made.words
    return Beside(published, at.title, words, _differs(published, those), tuple(changes.words(entries)))


def _differs(published: PublishedFigure, live: Sequence[Held]) -> bool:
    """Whether what is counted now cannot have been what was published: the rounding does not explain it."""
    told = [number for _, number in parts_of(published)]
    outside = any(
        not span(number)[0] <= held.number <= span(number)[1] for number, held in zip(told, live, strict=True)
    )
    if published.value is None or not live[0].amounts:
        return outside
    return outside or middle(live[0].amounts) != published.value


def _month_or_quarter(over: Period, code: str) -> Period:
    return next((one for one in over.within if one.code == code), over)


def _redefined(published: PublishedMeasure, now: Measure | None) -> str:
    if now is None:
        return "This is not counted any more."
    if now.version != published.version:
        return f"Published by version {published.version} of its definition; version {now.version} counts now."
    if digest(now) != published.digest:
        return "What counts it was mended since, under the same definition."
    return ""


def _changes(release: StatisticsRelease, entries: set[UUID]) -> Changes:
    later = TimelineEvent.objects.filter(recorded_at__gt=release.counted_at)
    touched = {entry for (entry,) in later.values_list("entry").distinct()} & entries
    first = TimelineEvent.objects.filter(entry__in=touched).values_list("entry").annotate(Min("recorded_at"))
    recorded = {entry for entry, at in first.order_by() if at > release.counted_at}
    return Changes(recorded, touched - recorded, _merged(release) & entries)


def _merged(release: StatisticsRelease) -> set[UUID]:
    merged = SamePerson.objects.filter(state=SamePerson.State.MERGED, merged_at__gt=release.counted_at)
    people = {person for pair in merged.values_list("entry__person", "other") for person in pair if person}
    if not people:
        return set()
    return set(CaseEntry.objects.filter(person__in=people).values_list("pk", flat=True))

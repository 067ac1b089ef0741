"""A release as it is read: measure by measure, its periods and its splits, with what each said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from righthelp.processes.statistics_release.figures import PublishedFigure, PublishedMeasure
from righthelp.processes.statistics_release.models import StatisticsRelease
from righthelp.processes.statistics_release.periods import Period

How = PublishedFigure.How
Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Line:
    """One figure with the words before it, and what it said in the release before."""

    label: str
    figure: PublishedFigure
    before: str = ""

    @property
    def changed(self) -> bool:
        return bool(self.before) and self.before != self.figure.words


@dataclass
class Table:
    """The figures of a measure by period, or by one of its splits."""

    caption: str
    head: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Read:
    """One measure of a release."""

    measure: PublishedMeasure
    whole: Line  # the figure of the whole period; of what is counted at month ends, that of the last
    tables: list[Table]

    @property
    def lines(self) -> Iterable[Line]:
        return (line for table in self.tables for line in table.lines)

    @property
    def hidden(self) -> dict[str, int]:
        """How many figures are hidden, by why."""
        found = Counter(line.figure.shown for line in self.lines)
        return {str(How(how).label): found[how] for how in How.values if how != How.SHOWN and found[how]}

    @property
    def changed(self) -> int:
        return sum(line.changed for line in self.lines)


def read(release: StatisticsRelease, only: str = "", *, before: bool = False) -> list[Read]:
    """The measures of a release, in order; with `before`, beside what was published of the same figures last."""
    figures = release.figures.select_related("measure").order_by("number")
    if only:
        figures = figures.filter(measure__name=only)
    said = _said_before(release) if before else {}
    titles = {one.code: one.title for one in release.of.within}
    by_measure: dict[Any, list[PublishedFigure]] = {}
    for one in figures:
        by_measure.setdefault(one.measure_id, []).append(one)
    return [_measure(release.of, those, titles, said) for those in by_measure.values()]


def _measure(over: Period, figures: list[PublishedFigure], titles: dict[str, str], said: dict[Place, str]) -> Read:
    measure = figures[0].measure
    tables: dict[str, Table] = {}
    for one in figures:
        title = f"By {one.split_words.lower()}" if one.split else "By year, quarter and month"
        table = tables.setdefault(one.split, Table(title, one.split_words or "Period"))
        label = one.of_split if one.split else titles.get(one.period, one.period)
        table.lines.append(Line(label, one, said.get(_place(one), "")))
    periods = tables[""].lines
    whole = next((line for line in periods if line.figure.period == over.code), periods[-1])
    return Read(measure, whole, list(tables.values()))


def _said_before(release: StatisticsRelease) -> dict[Place, str]:
    """What was published of the same figures before this release was counted: the latest word of each."""
    figures = PublishedFigure.objects.filter(
        release__subject=release.subject, release__published_at__lt=release.published_at or release.counted_at
    ).exclude(release=release.pk)
    figures = figures.select_related("measure").order_by("release__published_at", "number")
    return {_place(one): one.words for one in figures}


def _place(figure: PublishedFigure) -> Place:
    return figure.measure.name, figure.period, figure.split, figure.of_split

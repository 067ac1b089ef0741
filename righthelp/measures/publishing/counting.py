"""The rows of a release: its definitions as they stand, and its figures as they are published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from righthelp.guard.guarded import GuardedModel
from righthelp.measures.definition import COMMON, SERVICES, Measure, Unit
from righthelp.measures.facts import NOT_KNOWN
from righthelp.measures.publishing.cells import ALL, NO, YES, Cell, Held, filled, sides, splits_of
from righthelp.measures.publishing.protecting import Shown, protected
from righthelp.measures.publishing.wording import UNITS, worded
from righthelp.measures.registry import board
from righthelp.processes.statistics_release.figures import PublishedFigure, PublishedMeasure
from righthelp.processes.statistics_release.periods import Period

if TYPE_CHECKING:
    from righthelp.processes.statistics_release.models import StatisticsRelease

SPLITS = {**COMMON, "source": "Who told us"}


class Releases:
    """Counts what a release holds, under the purpose that carries out its step: everybody is in it, seen by nobody."""

    def subjects(self) -> Sequence[tuple[str, str]]:
        return [(name, title) for name, title in SERVICES.items() if published_of(name)]

    def rows(self, release: StatisticsRelease) -> Sequence[GuardedModel]:
        measures = published_of(release.subject)
        cells = filled(measures, release.of)
        shown = protected(cells, measures, release.of, known(release))
        rows: list[GuardedModel] = []
        for measure in measures:
            defined = _defined(measure, release, len(rows))
            rows.append(defined)
            rows += _figures(measure, defined, release, cells, shown, len(rows))
        return rows


def published_of(subject: str) -> list[Measure]:
    """The measures of one service that can be published: not what is of single workers."""
    return [measure for measure in board(subject) if measure.unit in UNITS]


def known(release: StatisticsRelease) -> Mapping[Cell, int]:
    """What was shown of any cell before, by a release that was published: the latest word of it."""
    found = PublishedFigure.objects.filter(
        release__published_at__isnull=False, release__subject=release.subject
    ).select_related("measure")
    told: dict[Cell, int] = {}
    for one in found.order_by("release__published_at", "number"):
        for side, number in parts_of(one):
            if number is not None:
                told[cell_of(one, side)] = number
    return told


def parts_of(figure: PublishedFigure) -> list[tuple[str, int | None]]:
    """What was shown of the counts beneath a figure, side by side."""
    if figure.measure.unit == UNITS[Unit.SHARE]:
        return [(YES, figure.counted), (NO, figure.others)]
    return [(ALL, figure.counted)]


def cell_of(figure: PublishedFigure, side: str) -> Cell:
    """Which cell a published figure was made from."""
    measure = figure.measure
    return Cell(measure.name, measure.version, side, figure.period, figure.split, figure.of_split)


def digest(measure: Measure) -> str:
    """By which it is seen whether a definition, or the text that counts it, is still the same."""
    return sha256(f"{measure.definition}\n{measure.text}".encode()).hexdigest()


def _defined(measure: Measure, release: StatisticsRelease, number: int) -> PublishedMeasure:
    return PublishedMeasure(
        release=release,
        number=number + 1,
        name=measure.name,
        version=measure.version,
        title=measure.title,
        definition=measure.definition,
        unit=UNITS[measure.unit],
        dated_by=measure.dated_by,
        source=", ".join(measure.source),
        digest=digest(measure),
    )


def _figures(
    measure: Measure,
    defined: PublishedMeasure,
    release: StatisticsRelease,
    cells: Mapping[Cell, Held],
    shown: Shown,
    before: int,
) -> Iterator[PublishedFigure]:
    for number, (period, split, of_split) in enumerate(_places(measure, release.of, cells), start=before + 1):
        those = [Cell(measure.name, measure.version, side, period, split, of_split) for side in sides(measure)]
        told = [shown[cell] for cell in those]
        made = worded(measure, release.of, told, sorted(cells[those[0]].amounts))
        yield PublishedFigure(
            release=release,
            measure=defined,
            number=number,
            period=period,
            split=split,
            split_words=SPLITS.get(split, ""),
            of_split=of_split,
            shown=made.shown,
            words=made.words,
            value=made.value,
            counted=told[0],
            others=told[1] if len(told) > 1 else None,
        )


def _places(measure: Measure, over: Period, cells: Mapping[Cell, Held]) -> Iterator[tuple[str, str, str]]:
    """Where the figures of a measure stand: its periods, and each of its splits that says anything."""
    there = [cell for cell in cells if cell.measure == measure.name]
    for name in ("", *splits_of(measure)):
        told = [cell for cell in there if cell.split == name]
        if not name or any(cells[cell].number for cell in told if cell.of_split != NOT_KNOWN):
            yield from dict.fromkeys((cell.period, cell.split, cell.of_split) for cell in told)

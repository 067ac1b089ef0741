"""What a page of measures is when it is taken away: every figure in one plain table, and its notes.

The spreadsheet, the CSV and the print pack are made from the same page that was read, so that none can differ from it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from righthelp.kernel.written import write_when
from righthelp.measures.boards import Cell, Line, Page
from righthelp.measures.charts import Only
from righthelp.measures.comparing import Compared
from righthelp.measures.fact_sheets import Sheet, Spreads
from righthelp.measures.figures import Figure
from righthelp.measures.periods import Period
from righthelp.measures.registry import LIGHT_RULE, Measure
from righthelp.measures.runs import RULES
from righthelp.packs import pack

HEADS = ("measure", "name", "version", "unit", "split", "part", "period", "from", "to", "finished", "value", "of",
         "light", "signal", "in words", "only", "as at")  # fmt: skip
WHO_COUNTS = (
    "Counted for whoever took this away: only what they may see. A child whom a locked circle keeps from them is in no "
    "figure. These are working figures and not published ones: small numbers are shown; keep it as you keep a record."
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Taken:
    """A page to take away."""

    title: str
    file: str  # its name, without an ending
    made_at: datetime
    only: Only
    lines: tuple[Line, ...]
    parts: tuple[tuple[Measure, str, Period, Sequence[tuple[str, Cell]]], ...] = ()  # splits
    compared: tuple[Compared, ...] = ()
    spread: Spreads | None = None

    @property
    def as_at(self) -> str:
        return write_when(self.made_at)

    @property
    def only_words(self) -> str:
        return ", ".join(value for _, value in self.only)

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What must be read with the figures."""
        return [
            ("Page", self.title),
            ("As at", self.as_at),
            ("Only", self.only_words or "everything that may be seen"),
            ("County", pack().title),
            ("Who may see", WHO_COUNTS),
            ("Lights", LIGHT_RULE),
            ("Signals", RULES),
        ]


def of_board(page: Page) -> Taken:
    """A board, to take away."""
    parts = []
    if beside := page.side_by_side:
        by_title = {line.measure.title: line.measure for line in page.lines}
        for title in beside.heads:
            there = [(value, cell) for value, cells in beside.rows for cell in cells if cell.label == title]
            parts.append((by_title[title], beside.title, beside.period, there))
    return Taken(
        page.board.heading, page.board.key.replace("_", "-"), page.made_at, page.only, page.lines, tuple(parts)
    )


def of_sheet(sheet: Sheet) -> Taken:
    """A measure's own page, to take away."""
    line = Line(sheet.measure, sheet.month, sheet.year, sheet.before, sheet.chart, sheet.rows)
    parts = tuple(
        (sheet.measure, split.title, sheet.shown.year, [(part.value, part.year) for part in split.parts])
        for split in sheet.splits
    )
    return Taken(sheet.measure.title, sheet.measure.name.replace("_", "-"), sheet.made_at, sheet.only, (line,), parts,
                 sheet.compared, sheet.spread)  # fmt: skip


def records(taken: Taken) -> Iterator[tuple[object, ...]]:
    """Every figure, one a line, under `HEADS`."""
    as_at = timezone.localtime(taken.made_at).isoformat(timespec="seconds")
    for line in taken.lines:
        for row in line.rows:
            yield _record(line.measure, row.version, "", "", row.period, row.finished, row.number.figure, row.signal,
                          taken.only_words, as_at)  # fmt: skip
    for measure, split, period, found in taken.parts:
        for value, cell in found:
            yield _record(measure, measure.version, split, value, period, True, cell.number.figure, "",
                          taken.only_words, as_at)  # fmt: skip


def _record(
    measure: Measure,
    version: int,
    split: str,
    part: str,
    period: Period,
    finished: bool,
    made: Figure,
    signal: str,
    only: str,
    as_at: str,
) -> tuple[object, ...]:
    return (
        measure.title, measure.name, version, measure.unit.value, split, part, period.name, period.since.isoformat(),
        period.until.isoformat(), "yes" if finished else "no", "" if made.value is None else made.value, made.of,
        made.light, signal, f"{made.words} {made.beside}".strip(), only, as_at,
    )  # fmt: skip


def as_csv(taken: Taken) -> str:
    """The figures as a CSV file."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEADS)
    lines.writerows([safe(cell) for cell in record] for record in records(taken))
    return written.getvalue()


def safe(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: the name of an agency is what somebody typed."""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < 1_000_000 else value
    words = str(value)
    return f"'{words}" if words.startswith(FORMULA) else words

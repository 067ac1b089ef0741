"""A page of measures as a spreadsheet: figures, months, splits, definitions and notes, each on a sheet of its own."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from righthelp.measures.taken_away import HEADS, Taken, records

# Nothing that somebody typed becomes a formula, a link or a number.
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST, MOST_ROWS = 60, 1_000_000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_workbook(taken: Taken) -> bytes:
    """The spreadsheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        book.set_properties({"title": taken.title, "comments": f"As at {taken.as_at}"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        every = list(records(taken))
        split = HEADS.index("split")
        sheets: tuple[tuple[str, Sequence[str], Iterable[Sequence[Any]]], ...] = (
            ("Figures", FIGURES, _figures(taken)),
            ("Months", HEADS, (record for record in every if not record[split])),
            ("Splits", HEADS, (record for record in every if record[split])),
            ("Others", OTHERS, _others(taken)),
            ("Definitions", DEFINITIONS, _definitions(taken)),
            ("Notes", ("what", "says"), taken.notes),
        )
        for name, heads, rows in sheets:
            _sheet(book.add_worksheet(name), heads, rows, head, wrap)
    return file.getvalue()


def _sheet(sheet: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]], head: Any, wrap: Any) -> None:
    widths = [len(name) for name in heads]
    sheet.write_row(0, 0, heads, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(number, place, value)
            else:
                sheet.write_string(number, place, str(value), wrap)
            widths[place] = max(widths[place], min(len(str(value)), WIDEST))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)


FIGURES = ("measure", "name", "version", "last whole month", "light", "last 12 whole months", "the 12 before", "target",
           "what the last points say", "what the target may expect")  # fmt: skip


def _figures(taken: Taken) -> Iterable[Sequence[Any]]:
    for line in taken.lines:
        target = "" if line.measure.target is None else line.measure.target
        yield (
            line.measure.title, line.measure.name, line.measure.version, _words(line.month), line.month.figure.light,
            _words(line.year), _words(line.before), target, line.chart.said.words, line.chart.expects,
        )  # fmt: skip


def _words(number: Any) -> str:
    return f"{number.figure.words} {number.figure.beside}".strip()


OTHERS = ("who", "figure", "period", "difference", "source", "address", "how checked")


def _others(taken: Taken) -> Iterable[Sequence[Any]]:
    for one in taken.compared:
        yield one.who, one.words, one.period, one.difference, one.source, one.href, one.checked


DEFINITIONS = ("measure", "name", "version", "since", "definition", "why", "placed in a period by", "unit", "better",
               "target", "target from", "source", "kept by", "how checked")  # fmt: skip


def _definitions(taken: Taken) -> Iterable[Sequence[Any]]:
    for measure in dict.fromkeys(line.measure.name for line in taken.lines):
        latest = next(line.measure for line in taken.lines if line.measure.name == measure)
        for one in latest.versions:
            target = "" if one.target is None else one.target
            yield (
                one.title, one.name, one.version, one.since.isoformat(), one.definition, one.why, one.dated_by,
                one.unit.value, one.polarity.value, target, one.target_from, ", ".join(one.source), one.keeper,
                one.checked,
            )  # fmt: skip

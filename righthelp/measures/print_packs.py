"""A page of measures as a print pack: PDF/UA by Typst, to be laid before a board, and kept with its minutes."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import typst
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from righthelp.measures.boards import Line
from righthelp.measures.taken_away import Taken
from righthelp.packs import pack

PAGE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, author: data.county)
#set page(paper: "a4", margin: (x: 2cm, y: 2cm), numbering: "1 of 1", footer-descent: 40%)
#set text(lang: "en", region: "GB", size: 10.5pt, font: ("Libertinus Serif",))
#set par(leading: 0.65em, spacing: 0.9em)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11pt)
#show table.cell.where(y: 0): strong
#set table(stroke: (x: none, y: 0.5pt + luma(160)), inset: (x: 4pt, y: 4pt))
#heading(level: 1, data.title)
#par(data.county + ". As at " + data.as_at + ".")
#if data.only != "" { par("Only: " + data.only + ".") }
#for note in data.notes { par(text(size: 9pt, note)) }
#heading(level: 2, "In short")
#table(
  columns: (2.4fr, 1.2fr, 1fr, 1.3fr, 1.3fr, 0.8fr),
  table.header([Measure], [Last whole month], [Light], [Last 12 whole months], [The 12 before], [Target]),
  ..data.lines.map(line => (line.title, line.month, line.light, line.year, line.before, line.target)).flatten(),
)
#for line in data.lines {
  block(breakable: false, width: 100%)[
    #heading(level: 2, line.title)
    #par(line.summary)
    #if line.chart != "" {
      grid(columns: (auto, 1fr), column-gutter: 4pt,
        align(right, block(height: 2.6cm)[#text(size: 8pt, line.highest) #v(1fr) #text(size: 8pt, line.lowest)]),
        image(bytes(line.chart), format: "svg", width: 100%, alt: line.alt))
      par(text(size: 8.5pt, line.caption))
    }
    #par(strong(line.says))
    #if line.expects != "" { par(line.expects) }
  ]
}
#for part in data.tables {
  heading(level: 2, part.title)
  table(columns: part.columns, table.header(..part.heads), ..part.cells)
}
#heading(level: 2, "What is counted")
#for line in data.lines {
  heading(level: 3, line.title + " (version " + line.version + ")")
  par(line.definition)
}
"""
CHART_RULES = re.compile(r"^(?:\.rh-run__drawing|\.rh-run__)[^{]*\{[^}]*\}$", re.MULTILINE)
LIGHTS = {"": "No light"}


def as_pdf(taken: Taken) -> bytes:
    """The print pack. Raises nothing for letters that this machine has no font for: the page opens all the same."""
    inputs = {"data": json.dumps(_data(taken))}
    try:
        made = typst.compile(PAGE.encode(), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        made = typst.compile(PAGE.encode(), sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


def _data(taken: Taken) -> dict[str, Any]:
    return {
        "title": taken.title,
        "county": pack().title,
        "as_at": taken.as_at,
        "only": taken.only_words,
        "notes": [says for name, says in taken.notes if name in {"Who may see", "Lights", "Signals"}],
        "lines": [_line(line) for line in taken.lines],
        "tables": list(_tables(taken)),
    }


def _line(line: Line) -> dict[str, str]:
    measure, chart = line.measure, line.chart
    month = line.month.figure
    return {
        "title": measure.title,
        "month": f"{month.words} {month.beside}".strip(),
        "light": month.light.capitalize() or LIGHTS[""],
        "year": f"{line.year.figure.words} {line.year.figure.beside}".strip(),
        "before": f"{line.before.figure.words} {line.before.figure.beside}".strip(),
        "target": "None set" if measure.target is None else f"{measure.target:g}",
        "summary": measure.why,
        "chart": _drawing(line),
        "alt": f"{chart.title}. {chart.caption}",
        "caption": chart.caption,
        "highest": chart.highest,
        "lowest": chart.lowest,
        "says": chart.said.words,
        "expects": chart.expects,
        "version": str(measure.version),
        "definition": f"{measure.definition} Placed in a period by {measure.dated_by}. Source: "
        f"{', '.join(measure.source) or 'not found in the county’s papers'}. Checked: {measure.checked}.",
    }


def _drawing(line: Line) -> str:
    if line.chart.drawing is None:
        return ""
    context = {"chart": line.chart, "drawing": line.chart.drawing, "paper": True}
    drawn = render_to_string("measures/run_drawing.html", context)
    head, _, rest = drawn.partition(">")
    return f"{head}><style>{_rules()}</style>{rest}"


@cache
def _rules() -> str:
    """How a chart's lines look: as they do on a page."""
    found = finders.find("righthelp/righthelp.css")
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:
        return "\n".join(CHART_RULES.findall(file.read())).replace(".rh-run__drawing ", "")


def _tables(taken: Taken) -> Any:
    if taken.compared:
        cells = [
            cell for one in taken.compared for cell in (one.who, one.words, one.period, one.difference, one.source)
        ]
        yield {"title": "Against others", "columns": 5, "heads": ["Who", "Figure", "Period", "Difference", "Source"],
               "cells": cells}  # fmt: skip
    if taken.spread:
        cells = [cell for pair in taken.spread.words for cell in pair]
        yield {"title": f"How it is spread, {taken.spread.period.name.lower()}", "columns": 2,
               "heads": ["Rank", "Amount"], "cells": cells}  # fmt: skip
    for measure, split, period, found in taken.parts:
        title = f"{measure.title} by {split.lower()}, {period.name.lower()}"
        cells = []
        for value, cell in found:
            made = cell.number.figure
            cells += [
                value,
                made.words,
                made.beside,
                made.light.capitalize(),
                "Few: read with care" if cell.few else "",
            ]
        if cells:
            yield {"title": title, "columns": 5, "heads": [split, "Figure", "Of", "Light", "Care"], "cells": cells}

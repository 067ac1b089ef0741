"""The document of the measures: what becomes of each figure of the county's papers, and each measure as published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from righthelp.engine.generated import MADE
from righthelp.measures.definition import AREAS, SERVICES, Measure, Unit
from righthelp.measures.papers import Row, Stands, rows
from righthelp.measures.registry import measures, written

UNITS = {
    Unit.NUMBER: "how many",
    Unit.SHARE: "how many in a hundred",
    Unit.RATE: "how many for every 10,000 children",
    Unit.HOURS: "hours",
    Unit.DAYS: "days",
}


def documents() -> dict[str, str]:
    """File names with their text."""
    return {"measures.md": "\n".join([*_papers(), *_measures(), *_clocks()])}


def _papers() -> Iterator[str]:
    found = rows()
    stands = Counter(row.stands for row in found)
    yield from ("# Measures", "", MADE.replace("pages of the processes", "measures"), "")
    yield from ("## The figures of the county's papers", "")
    yield (
        f"Of {len(found)} figures, {stands[Stands.ANSWERED]} are answered by a measure,"
        f" {stands[Stands.NOT_YET]} are not yet, and {stands[Stands.NOT_ANSWERABLE]} cannot be answered from a record."
    )
    yield from ("", "| figure | what it is | stands | by which measure, what is missing, or why not |")
    yield "| --- | --- | --- | --- |"
    yield from (f"| {row.id} | {_cell(row.title)} | {row.stands.value} | {_cell(_what(row))} |" for row in found)


def _what(row: Row) -> str:
    return ", ".join(f"[`{measure.name}`](#{measure.name})" for measure in row.by) or row.why


def _measures() -> Iterator[str]:
    for service, title in SERVICES.items():
        yield from ("", f"## {title}")
        for measure in written():
            if measure.service == service:
                yield from _measure(measure)


def _measure(measure: Measure) -> Iterator[str]:
    yield from ("", f'### <a id="{measure.name}"></a>{measure.title}', "", f"`{measure.name}`. {measure.why}", "")
    yield from (measure.definition, "")
    when = f"what stood on {measure.dated_by}" if measure.snapshot else f"by {measure.dated_by}"
    yield f"- Is: {UNITS.get(measure.unit, measure.of_what)}; {when}"
    if measure.splits:
        yield f"- Split by: {', '.join(split.replace('_', ' ') for split in measure.splits)}, and what every measure is"
    yield f"- Better: {_better(measure)}"
    if measure.area:
        yield f"- Measures that matter: area {measure.area}, {AREAS[measure.area].lower()}"
    if measure.source:
        yield f"- Answers: {', '.join(measure.source)}"
    yield f"- Kept by: {measure.keeper}. Checked: {measure.checked}"
    yield f"- Version {measure.version}, since {measure.since.isoformat()}"


def _better(measure: Measure) -> str:
    said = {"high": "higher", "low": "lower", "context": "neither; it is there to be asked about"}
    target = f"; target {measure.target:g}, from {measure.target_from}" if measure.target is not None else ""
    return said[measure.polarity.value] + target


def _clocks() -> Iterator[str]:
    yield from (
        "",
        "## Clocks",
        "",
        "Every deadline is a measure of timeliness by itself. Higher is better.",
        "",
    )
    yield from ("| measure | what it is | counts by |", "| --- | --- | --- |")
    for measure in measures():
        if not measure.written:
            yield f"| `{measure.name}` | {_cell(measure.title)} | {_cell(measure.checked)} |"


def _cell(words: str) -> str:
    return words.replace("|", "/").replace("\n", " ")

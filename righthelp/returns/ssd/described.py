"""The document of the dataset: every table and field of the standard, and what of the record fills it, or why not."""

from __future__ import annotations

from collections.abc import Iterator

from righthelp.returns.ssd import standard
from righthelp.returns.ssd.mapping import Lacking, mapping


def document() -> str:
    """`docs/generated/ssd.md`."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    known = mapping()
    fields = [each for table in standard.tables().values() for each in table.fields]
    filled = sum(len(table.fields) for table in known.tables.values())
    yield from (
        f"# The Standard Safeguarding Dataset {standard.VERSION}, and what of it the record fills",
        "",
        "Made from `righthelp/returns/ssd/mapping.yaml` by `./run docs`; never edited by hand.",
        "",
        f"{len(known.tables)} of {len(standard.tables())} tables and {filled} of {len(fields)} fields are filled by"
        " `./run export ssd OUT_DIR`.",
        "",
    )
    for name, table in known.tables.items():
        yield from (f"## {name}", "", f"{table.says}.", "", "| field | filled from, or why not |", "| --- | --- |")
        for each in standard.tables()[name].fields:
            source = table.fields.get(each.name)
            yield f"| `{each.name}` | {_capital(source.words) if source else _why(table.lacking[each.name])} |"
        yield ""
    yield from ("## Tables of which nothing is filled", "", "| table | fields | why |", "| --- | --- | --- |")
    for table_ in standard.tables().values():
        if table_.name in known.lacking:
            yield f"| `{table_.name}` | {len(table_.fields)} | {_why(known.lacking[table_.name])} |"


def _why(lacking: Lacking) -> str:
    return f"*{_capital(lacking.kind)}:* {lacking.why}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

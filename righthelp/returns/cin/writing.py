"""A CIN Census written as the Department's XML: elements in the order of the specification, values as it types them.

The order is `structure.py`'s, and where a value stands in the tables `rules/rows.py` says. What has no value is left
out, for an empty element is not valid. The same tables give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any
from xml.sax.saxutils import escape

from righthelp.returns.cin.rules.rows import ELEMENTS
from righthelp.returns.cin.structure import CHILD, Item
from righthelp.returns.cin.tables import Child, Tables

SOFTWARE = "righthelp"

# What stands otherwise in the tables than in the file.
_OTHERWISE: dict[str, Callable[[Any], Any]] = {
    "GenderCurrent": lambda child: {"M": "1", "F": "2", "U": "0"}.get(child.sex, child.sex),
    "CPPreviewDate": lambda plan: [review.on for review in plan.reviews if review.on],
}
# The rows of which a group is written, from the row of the group around it; others are of that row itself.
_ROWS: dict[str, Callable[[Any], Iterable[Any]]] = {
    "CINdetails": lambda child: child.episodes,
    "Assessments": lambda episode: episode.assessments,
    "CINPlanDates": lambda episode: episode.plans,
    "Section47": lambda episode: episode.enquiries,
    "ChildProtectionPlans": lambda episode: episode.protection_plans,
    "PreProceedingsandFGDM": lambda episode: episode.pre_proceedings,
}


def write(tables: Tables, out: IO[bytes]) -> None:
    """The whole message, a child at a time."""
    for piece in _message(tables):
        out.write(piece.encode("utf-8"))


def _message(tables: Tables) -> Iterator[str]:
    header = tables.header
    assert header.year is not None
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n'
    yield from _group("CollectionDetails", 2, [("Collection", "CIN"), ("Year", header.year),
                                                ("ReferenceDate", header.reference)])  # fmt: skip
    # No moment of making: the same record gives the same file.
    yield from _group("Source", 2, [("SourceLevel", "L"), ("LEA", header.authority), ("SoftwareCode", SOFTWARE),
                                    ("SerialNo", "001")])  # fmt: skip
    yield "  </Header>\n  <Children>\n"
    for child in tables.children:
        yield from child_element(child, header.year)
    yield "  </Children>\n</Message>\n"


def _group(name: str, depth: int, values: Iterable[tuple[str, Any]]) -> Iterator[str]:
    yield f"{'  ' * depth}<{name}>\n"
    for element, value in values:
        yield _value(element, value, depth + 1)
    yield f"{'  ' * depth}</{name}>\n"


def child_element(child: Child, year: int) -> Iterator[str]:
    """One child, as lines."""
    yield from _written(CHILD, child, year, 2)


def _written(item: Item, row: Any, year: int, depth: int) -> Iterator[str]:
    within = [line for each in item.holds for line in _each(each, row, year, depth + 1)]
    if within or item.must or item.needed:
        yield f"{'  ' * depth}<{item.name}>\n"
        yield from within
        yield f"{'  ' * depth}</{item.name}>\n"


def _each(item: Item, row: Any, year: int, depth: int) -> Iterator[str]:
    if not item.since <= year <= item.until:
        return
    if item.holds:
        for one in _ROWS[item.name](row) if item.name in _ROWS else (row,):
            yield from _written(item, one, year, depth)
        return
    value = _OTHERWISE[item.name](row) if item.name in _OTHERWISE else getattr(row, ELEMENTS[type(row)][item.name])
    for one in value if isinstance(value, list) else (value,):
        if one not in (None, ""):
            yield _value(item.name, one, depth)


def _value(name: str, value: Any, depth: int) -> str:
    words = str(int(value)) if isinstance(value, bool) else value.isoformat() if isinstance(value, date) else str(value)
    return f"{'  ' * depth}<{name}>{escape(words)}</{name}>\n"

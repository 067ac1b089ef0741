"""The rows of a child in whom nothing is odd, made from the pieces between one < and the next.

Most children of most returns are told in plain words: tags without attributes, in order, each value one that can be
read. The same few thousand pieces ("Sex>F", "/Sex>") come again and again, so each is understood once and kept.

Where a child has anything else in it, whatever it is, nothing is made of them here: the XML parser reads them
(`elements.py`), what is odd is told (`reading.py`), and the rows are made of what it read (`careful.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from righthelp.kernel.identifiers import LONGEST
from righthelp.returns.cin.careful import AS_GIVEN
from righthelp.returns.cin.faults import SCHEMA
from righthelp.returns.cin.layout import FIELDS, LISTS, add_review, begin_child, begins, forget
from righthelp.returns.cin.structure import CHILD, Item, Value
from righthelp.returns.cin.tables import Tables
from righthelp.returns.cin.values import Days, read

MOST_KEPT = 50_000  # pieces; codes and days are far fewer
LONGEST_KEPT = 200  # bytes of one
ODD, VALUE, BEGINS, ENDS = range(4)

Piece = tuple[int, str, Any, Any]
"""What a piece is; the name in its tag; the value it holds; the words of that value, or the lines that follow."""

NOTHING: Piece = (ODD, "", None, 0)
_DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile(r"[^\x00-\x20\x7f-\x9f&>\ufffe\uffff](?:[^\x00-\x1f\x7f-\x9f&>\ufffe\uffff]*"
                    r"[^\x00-\x20\x7f-\x9f&>\ufffe\uffff])?")  # fmt: skip
_SEEN_ONCE = {Value.CHILD_NUMBER, Value.UPN}  # each belongs to one child, so keeping it helps nobody


@dataclass(slots=True, eq=False)
class _Group:
    """A group of elements: what may stand in it, by name, and what must."""

    name: str
    steps: dict[str, tuple[int, int, int, str, _Group | None]] = field(default_factory=dict)
    must: int = 0
    list: str = ""  # the list of the row that its values join
    begins: Callable[[Any, int], Any] = lambda row, line: row


class Quick:
    """Reads children into the tables of one return."""

    def __init__(self, tables: Tables, days: Days, year: int) -> None:
        self.tables = tables
        self.root = _group(CHILD, year, tables)
        self.pieces = _Pieces(days)

    def child(self, pieces: list[bytes], line: int) -> int:
        """Make the rows of the child in these pieces, which begin in this line, up to their end tag.

        Gives the line of the end tag; 0 where something is odd, and then nothing was made.
        """
        begun = len(self.tables.children)
        line = self._child(pieces, line)
        if not line and len(self.tables.children) > begun:
            forget(self.tables, self.tables.children[-1])
        return line

    def _child(self, pieces: list[bytes], line: int) -> int:
        tables = self.tables
        told = iter(map(self.pieces.__getitem__, pieces))
        kind, name, _, more = next(told)
        if kind != ENDS or name:  # all that may stand before is spaces
            return 0
        line += more
        kind, name, _, more = next(told, NOTHING)
        if kind != BEGINS or name != CHILD.name:
            return 0
        row: Any = begin_child(tables, line)
        line += more
        within: list[tuple[_Group, Any, Any, int, int]] = []
        group = self.root
        steps, said = group.steps, row.said
        listed: list[Any] | None = None
        at = seen = 0
        for kind, name, value, more in told:
            if kind == VALUE:
                step = steps.get(name)
                if step is None:
                    return 0
                floor, after, bit, into, _ = step
                if floor < at:
                    return 0
                at = after
                seen |= bit
                kind, closing, _, lines = next(told, NOTHING)
                if kind != ENDS or closing != name:
                    return 0
                if into:
                    setattr(row, into, value)
                    said[name] = (more, line)
                elif listed is not None:
                    listed.append(value)
                    if name not in said:
                        said[name] = (more, line)
                else:
                    add_review(tables, row, value, line)
                line += lines
            elif kind == BEGINS:
                step = steps.get(name)
                if step is None:
                    return 0
                floor, after, bit, _, inner = step
                if floor < at or inner is None:
                    return 0
                within.append((group, row, listed, after, seen | bit))
                group = inner
                row = group.begins(row, line)
                said = row.said
                listed = getattr(row, group.list) if group.list else None
                steps = group.steps
                at = seen = 0
                line += more
            elif kind == ENDS and name == group.name and within and seen & group.must == group.must:
                group, row, listed, at, seen = within.pop()
                steps, said = group.steps, row.said
                line += more
            else:
                return 0
        return 0 if within or seen & group.must != group.must else line


class _Pieces(dict[bytes, Piece]):
    """What each piece says. Those that were not met yet are understood when they are asked for."""

    def __init__(self, days: Days) -> None:
        super().__init__()
        self.days = days
        self.known = {name.encode(): (name, item) for name, item in _items(CHILD).items()}

    def __missing__(self, piece: bytes) -> Piece:
        tag, ended, rest = piece.partition(b">")
        name, item = self.known.get(tag.removeprefix(b"/"), ("", None))
        if not ended:
            found = NOTHING if _lines(tag) is None else (ENDS, "", None, _lines(tag))
        elif item is None:
            found = NOTHING
        elif tag.startswith(b"/") or item.holds:
            lines = _lines(rest)
            kind = ENDS if tag.startswith(b"/") else BEGINS
            found = NOTHING if lines is None else (kind, name, None, lines)
        else:
            found = self._value(name, item, rest)
            if item.value in _SEEN_ONCE:
                return found
        if len(piece) > LONGEST_KEPT:
            return found
        if len(self) >= MOST_KEPT:
            self.clear()
        self[piece] = found
        return found

    def _value(self, name: str, item: Item, rest: bytes) -> Piece:
        try:
            words = rest.decode()
        except UnicodeDecodeError:
            return NOTHING
        if not _PLAIN.fullmatch(words):
            return NOTHING
        if item.value in AS_GIVEN and item.value is not Value.CODE:
            return (VALUE, name, words, words) if len(words) <= LONGEST else NOTHING
        if item.value is Value.DATE and _DAY.fullmatch(rest):
            try:
                return VALUE, name, date.fromisoformat(words), words
            except ValueError:
                return NOTHING
        assert item.value is not None
        found = read(item, words, self.days)
        if any(kind in SCHEMA for kind, _ in found.faults):
            return NOTHING
        return VALUE, name, words if item.value in AS_GIVEN else found.value, words


def _lines(spaces: bytes) -> int | None:
    """How many lines end in these spaces; None when they are more than spaces, or end lines in another way."""
    if spaces.strip(b" \t\r\n") or spaces.count(b"\r") != spaces.count(b"\r\n"):
        return None
    return spaces.count(b"\n")


def _group(item: Item, year: int, tables: Tables) -> _Group:
    made = _Group(item.name, list=LISTS.get(item.name, ""), begins=begins(item.name, tables))
    names = [each for each in item.holds if each.since <= year <= each.until]
    for place, each in enumerate(names):
        into = FIELDS.get(item.name, {}).get(each.name, "")
        inner = _group(each, year, tables) if each.holds else None
        made.steps[each.name] = (place, place if each.many else place + 1, 1 << place, into, inner)
        if each.must or each.needed or into == "sex":  # one of the two names of it is of this year
            made.must |= 1 << place
    return made


def _items(item: Item) -> dict[str, Item]:
    """Every element within this one by name, and itself. Those that stand in two places are the same in both."""
    found = {item.name: item}
    for each in item.holds:
        found |= _items(each)
    return found

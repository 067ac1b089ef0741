"""A file of the CIN Census read once, from its beginning to its end, into tables, and what is wrong with its form.

It is read in pieces, cut where a child ends. A child in whom nothing is odd is read the quick way; all else goes
through the XML parser, which knows at every moment how deep it is, and is only told how much was passed over. So what
is not a child told in plain words has one reader, the same that loads files, and one set of sentences.

However a file is made, no more of it is held than its rows and one child: `Unreadable` says what was met.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from typing import BinaryIO
from xml.parsers import expat

from righthelp.returns.cin import agreement, careful
from righthelp.returns.cin.elements import CHILD, HEADER, Builder, Element
from righthelp.returns.cin.faults import SCHEMA, Fault
from righthelp.returns.cin.header import read_header, read_whole
from righthelp.returns.cin.quick import Quick
from righthelp.returns.cin.reading import Group, Reading
from righthelp.returns.cin.refusals import no_encoding, refused, too_much
from righthelp.returns.cin.structure import CHILD as CHILD_ITEM
from righthelp.returns.cin.tables import Tables
from righthelp.returns.cin.values import Days

PIECE = 1 << 20  # bytes read at a time
LARGEST = 512 << 20  # bytes; 100,000 children, more than any authority knows, are a quarter of that
MOST_ROWS = 4_000_000
MOST_IN_ONE = 8 << 20  # bytes of one child, or outside of any
MOST_FAULTS = 100_000  # a file with more has one systematic mistake: no further ones are looked for
ENDS_CHILD = b"</Child>"
TABLES = [table.name for table in fields(Tables) if table.name != "header"]
PLAIN_ENCODINGS = ("", "utf-8", "utf8", "us-ascii", "ascii")

Progress = Callable[[int], None]
"""Told, now and then, how many children have been read."""


@dataclass
class ReadReturn:
    """What a file says: its rows, the year that it is checked as, and the faults of its form, each with its child."""

    tables: Tables
    year: int
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    more: bool = False  # whether there may be further faults, which nobody looked for


def read_return(
    opened: BinaryIO, today: date, year: int | None = None, progress: Progress = lambda count: None
) -> ReadReturn:
    """Read a file. `year` is the return's, where the file's own header is not to say it. Raises `Unreadable`."""
    stream = _Stream(today, year, progress)
    stream.read(opened)
    assert stream.reading is not None
    stream.found.faults.sort(key=lambda told: told[0].place)
    return stream.found


class _Stream:
    def __init__(self, today: date, year: int | None, progress: Progress) -> None:
        self.today, self.given, self.progress = today, year, progress
        self.found = ReadReturn(Tables(), year or 0)
        self.builder = Builder()
        self.builder.parser.XmlDeclHandler = self._declared
        self.encoding = ""
        self.fed = 0  # bytes that the parser was given
        self.since = 0  # of those, where it last came to the end of a child
        self.line = 1  # where reading stands
        self.plain = False  # whether it stands between two children
        self.head: Element | None = None
        self.reading: Reading | None = None
        self.quick: Quick | None = None

    def read(self, opened: BinaryIO) -> None:
        size, held = 0, b""
        while piece := opened.read(PIECE):
            size += len(piece)
            if size > LARGEST:
                raise too_much(self.line, 1, f"The file is larger than {LARGEST >> 20} MB, which no return is.")
            held += piece
            end = held.rfind(ENDS_CHILD) + len(ENDS_CHILD)
            if end >= len(ENDS_CHILD):
                self._children(held[:end])
                held = held[end:]
            elif len(held) > PIECE:
                self._carefully(held)
                held = b""
        self._carefully(held, ended=True)

    def _children(self, text: bytes) -> None:
        """Read text that ends with the end of a child, as far as can be told from its letters."""
        begun = start = 0
        for words in text.split(ENDS_CHILD)[:-1]:
            end = start + len(words) + len(ENDS_CHILD)
            line = self.quick.child(words.split(b"<"), self.line) if self.plain and self.quick else 0
            if line:
                self.line = line
            else:
                self._pass_over(text, begun, start)
                self._carefully(text[start:end])
                begun = end
            start = end
        self._pass_over(text, begun, start)
        self._few_enough()
        self.progress(len(self.found.tables.children))

    def _pass_over(self, text: bytes, begun: int, end: int) -> None:
        """Tell the parser of children whom it need not read: so many lines, and so far into the last of them."""
        if begun == end:
            return
        spaces = b"\n" * text.count(b"\n", begun, end) + b" " * (end - max(text.rfind(b"\n", begun, end) + 1, begun))
        self.builder.listen(False)
        self.builder.parser.Parse(spaces, False)
        self.builder.listen()
        self.fed += len(spaces)
        self.since = self.fed
        self.builder.counts[-1][CHILD] = len(self.found.tables.children)

    def _carefully(self, text: bytes, *, ended: bool = False) -> None:
        """Have the parser read this, and make rows of the children whose end it came to."""
        builder = self.builder
        self.fed += len(text)
        try:
            builder.parser.Parse(text, ended)
        except expat.ExpatError as error:
            raise refused(error, builder, text, ended=ended) from None
        except (LookupError, ValueError):
            raise no_encoding() from None
        for element in builder.done:
            if element.name == CHILD and element.parent:
                self._child(element)
            else:
                self._whole(element)
        if builder.done:
            builder.done.clear()
            self.line, self.since = builder.ended
            if not self.plain:
                self._few_enough()
        parser = builder.parser
        self.plain = (
            text.endswith(ENDS_CHILD)
            and len(builder.open) == 2
            and builder.ended[1] == self.fed - len(ENDS_CHILD)
            and self.encoding.lower() in PLAIN_ENCODINGS
        )
        if self.fed - self.since > MOST_IN_ONE and not ended:
            what = f"There are more than {MOST_IN_ONE >> 20} MB without the end of a child."
            raise too_much(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, what)

    def _few_enough(self) -> None:
        rows = sum(len(getattr(self.found.tables, table)) for table in TABLES)
        if rows > MOST_ROWS:
            raise too_much(self.line, 1, f"The file tells of more than {MOST_ROWS:,} things, which no return does.")

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or ""

    def _begin(self, message: Element) -> Reading:
        """Know whose return it is and of which year, by the header if it stands before the first child."""
        self.head = next((each for each in message.elements if each.name == HEADER), None)
        days = Days(self.today)
        tables = self.found.tables
        if self.head is not None:
            careful.add_header(self.head, tables, days)
        header = tables.header
        year = self.given or header.year or (header.reference.year if header.reference else None)
        self.found.year = year or self.today.year + (self.today.month > 3)
        reference = header.reference if header.reference and header.reference.year == year else None
        days = Days(self.today, reference or date(self.found.year, 3, 31))
        self.reading = Reading(days, self.found.year)
        self.quick = Quick(tables, days, self.found.year)
        return self.reading

    def _child(self, element: Element) -> None:
        assert element.parent is not None
        assert element.parent.parent is not None
        reading = self.reading or self._begin(element.parent.parent)
        careful.add_child(element, self.found.tables, reading.days)
        if self.found.more:
            return
        reading.next_child()
        group = reading.group(element, CHILD_ITEM)
        for identifiers in group.groups.get("ChildIdentifiers", [])[:1]:
            characteristics = (group.groups.get("ChildCharacteristics") or [Group(element)])[0]
            agreement.of_child(identifiers, characteristics, reading)
        self._tell(reading, self.found.tables.children[-1].number or "")

    def _whole(self, message: Element) -> None:
        reading = self.reading or self._begin(message)
        if self.head is None:
            self.head = next((each for each in message.elements if each.name == HEADER), None)
            if self.head is not None:
                careful.add_header(self.head, self.found.tables, reading.days)
        if self.head is not None:
            read_header(self.head, reading)
        read_whole(message, self.head, len(self.found.tables.children), reading)
        self._tell(reading)

    def _tell(self, reading: Reading, child: str = "") -> None:
        told = [(fault, child) for fault in reading.faults if fault.kind in SCHEMA]
        reading.faults.clear()
        self.found.faults += told
        self.found.more = len(self.found.faults) > MOST_FAULTS

"""What is wrong with a file that is not well-formed XML, in words for whoever mends it.

Nothing is read from such a file. It is gone through once more by a parser that carries on after a fault, so that
further ones are told at once; after the first they are what can be said for certain, no more.
"""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree

from righthelp.returns.cin.elements import ROOT, Unreadable
from righthelp.returns.cin.faults import Fault, Kind

MOST = 200  # after one broken tag hundreds of lines may follow that are only its consequences

AMPERSAND = "An & stands here by itself: write it as &amp;."
# By libxml2's names of its errors.
_SENTENCES = {
    "ERR_DOCUMENT_EMPTY": "The file is empty, or does not begin with a tag. Choose the right file.",
    "ERR_DOCUMENT_END": f"Something follows after </{ROOT}>: the file must end there.",
    "ERR_NAME_REQUIRED": "A & or a < stands here by itself: write them as &amp; and &lt;, or mend the tag's name.",
    "ERR_ENTITYREF_SEMICOL_MISSING": AMPERSAND,
    "ERR_UNDECLARED_ENTITY": "The name between & and ; means nothing here: write & as &amp;.",
    "ERR_INVALID_CHAR": "A control character stands here, which XML cannot hold: take it out.",
    "ERR_INVALID_ENCODING": "Letters here are not in the encoding that the file names: save it as UTF-8.",
    "ERR_UNSUPPORTED_ENCODING": "The file names an encoding that cannot be read: save it as UTF-8.",
    "ERR_ATTRIBUTE_NOT_STARTED": "The value of an attribute stands in quotation marks: put them round it.",
    "ERR_ATTRIBUTE_REDEFINED": "An attribute is said twice in one tag: take one of them out.",
    "ERR_GT_REQUIRED": "A tag begins here and lacks its >.",
    "ERR_LT_IN_ATTRIBUTE": "A < stands within a tag: end the tag with > before it.",
    "ERR_RESERVED_XML_NAME": "The line <?xml ...?> must be the very first, with nothing before it.",
}
_OF_PAIRS = {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED"}  # errors of tags that begin and end
_ENDED_OTHERWISE = re.compile(r"mismatch: (?P<begun>\S+) line (?P<line>\d+) and (?P<ended>\S+)")
_NEVER_ENDED = re.compile(r"end of data in tag (?P<begun>\S+) line (?P<line>\d+)")


def broken(source: bytes, first: Unreadable) -> list[Fault]:
    """The fault at which reading ended, and those that can be seen after it."""
    entries = [] if b"<!DOCTYPE" in source else [entry for entry in _log(source) if entry.line >= first.line]
    faults: dict[tuple[int, int], Fault] = {}
    if not any(entry.line == first.line for entry in entries):  # where both parsers see it, the second says more
        faults[first.line, first.column] = _fault(first.line, first.column, first.sentence)
    lost = False  # whether a tag could not be read, so that those after it do not fit each other
    for entry in entries:
        if (lost and entry.type_name in _OF_PAIRS) or len(faults) >= MOST:
            continue
        lost = lost or entry.type_name == "ERR_GT_REQUIRED" or "StartTag" in entry.message
        faults.setdefault((entry.line, entry.column), _fault(entry.line, entry.column, _sentence(entry)))
    return sorted(faults.values(), key=lambda fault: fault.place)


class _Nothing:
    """A target that keeps nothing of what is parsed."""

    def start(self, *_: object) -> None: ...

    def end(self, *_: object) -> None: ...

    def data(self, *_: object) -> None: ...

    def comment(self, *_: object) -> None: ...

    def close(self) -> None: ...


def _log(source: bytes) -> list[etree._LogEntry]:
    parser = etree.XMLParser(
        target=_Nothing(),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    with suppress(etree.XMLSyntaxError, ValueError):  # it gave up: what it saw until then is in its log
        etree.fromstring(source, parser)
    return list(parser.error_log)


def _sentence(entry: etree._LogEntry) -> str:
    message = str(entry.message).strip()
    if "attribute name" in message:
        return "A tag begins here and lacks its >, or holds something that is no attribute."
    if found := _ENDED_OTHERWISE.search(message):
        begun, line, ended = found["begun"], found["line"], found["ended"]
        return f"<{begun}>, begun in line {line}, is ended here by </{ended}>: end it with </{begun}> first."
    if found := _NEVER_ENDED.search(message):
        begun, line = found["begun"], found["line"]
        return (
            f"The file ends before <{begun}>, begun in line {line}, has ended: it was cut short, or lacks </{begun}>."
        )
    known = _SENTENCES.get(entry.type_name)
    return known or f"This is not well-formed XML: {message}. Mend it here, or make the file again."


def _fault(line: int, column: int, sentence: str) -> Fault:
    return Fault(Kind.BROKEN, max(line, 1), max(column, 1), "", sentence)

"""Reads a return's elements one child at a time, each with the line and column where it begins.

The parser is Expat, fed in pieces, because it knows the place of every element however long the file (libxml2 loses
lines beyond 65,535) and stops at a document type before anything in it is obeyed. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from righthelp.returns.cin.faults import Kind, shown

ROOT, HEADER, CHILDREN, CHILD = "Message", "Header", "Children", "Child"
PIECE = 1 << 20  # bytes given to the parser at a time
DEEPEST = 30  # levels; a return has nine
MOST_ELEMENTS = 50_000  # in one child, or outside of any
LONGEST_TEXT = 1_000_000  # characters of one value


class Unreadable(Exception):
    """The file cannot be read on from here."""

    def __init__(self, kind: Kind, line: int, column: int, sentence: str) -> None:
        super().__init__(sentence)
        self.kind, self.line, self.column, self.sentence = kind, line, column, sentence


@dataclass(slots=True)
class Text:
    """Words between two tags, with where they begin."""

    line: int
    column: int
    words: str


@dataclass(slots=True, eq=False)
class Element:
    """An element with all that stands in it, in order. `number` is its place among those of its name, from 1."""

    name: str
    line: int
    column: int
    number: int
    parent: Element | None
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Element | Text] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        return [part for part in self.content if isinstance(part, Element)]

    @property
    def texts(self) -> list[Text]:
        return [part for part in self.content if isinstance(part, Text)]

    @property
    def value(self) -> str:
        """Its words, without the spaces around them."""
        return "".join(text.words for text in self.texts).strip()

    @property
    def path(self) -> str:
        """Where it stands: Message/Children/Child[3]/CINdetails[2]/CINclosureDate."""
        own = f"{self.name}[{self.number}]" if self.number > 1 or self.name == CHILD else self.name
        return f"{self.parent.path}/{own}" if self.parent else own


def elements(source: bytes) -> Iterator[Element]:
    """Each child of the return in order, and at the end the whole without its children. Raises `Unreadable`."""
    builder = Builder()
    for start in range(0, max(len(source), 1), PIECE):
        piece = source[start : start + PIECE]
        try:
            builder.parser.Parse(piece, start + PIECE >= len(source))
        except expat.ExpatError as error:
            yield from builder.done
            message = expat.ErrorString(error.code) or "it cannot be read"
            sentence = f"This is not well-formed XML: {message}. Mend it here, or make the file again."
            raise Unreadable(Kind.BROKEN, error.lineno, error.offset + 1, sentence) from None
        except (LookupError, ValueError):  # an encoding that is no encoding, or that Expat cannot read
            sentence = "The file names an encoding that cannot be read. Save it as UTF-8."
            raise Unreadable(Kind.BROKEN, 1, 1, sentence) from None
        except Unreadable:
            yield from builder.done
            raise
        yield from builder.done
        builder.done.clear()


def header(source: bytes) -> Element | None:
    """The header alone, read no further than its end; None where there is none. Raises `Unreadable`."""
    builder = Builder(until=HEADER)
    try:
        for start in range(0, len(source), PIECE):
            builder.parser.Parse(source[start : start + PIECE], False)
            builder.done.clear()
    except _Reached as reached:
        return reached.element
    except (expat.ExpatError, LookupError, ValueError, Unreadable):
        return None  # told in its place when the whole is read
    return None


class _Reached(Exception):
    def __init__(self, element: Element) -> None:
        self.element = element


class Builder:
    """Makes elements of what the parser meets, and lets go of each child once it is whole."""

    def __init__(self, until: str = "") -> None:
        self.until = until
        self.open: list[Element] = []
        self.counts: list[dict[str, int]] = [{}]
        self.done: list[Element] = []
        self.held = 0  # elements that nobody has let go of
        self.outside = 0  # those of them that stand in no child
        self.words: list[str] = []  # what has been met since the last tag, if nothing but words
        self.length = 0  # of them
        self.ended = (0, 0)  # the line and the byte at which the end tag of the latest whole child begins
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.listen()

    def listen(self, yes: bool = True) -> None:
        """Hear of each element; or of none, while the parser passes over what somebody else reads."""
        self.parser.StartElementHandler = self._start if yes else None
        self.parser.EndElementHandler = self._end if yes else None
        self.parser.CharacterDataHandler = self._text if yes else None

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _document_type(self, *_: object) -> None:
        sentence = "The file declares a document type. A return has none: take the line with DOCTYPE out."
        raise Unreadable(Kind.DOCUMENT_TYPE, *self._here(), sentence)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self._here()
        if not self.open and name != ROOT:
            sentence = f"A CIN Census begins with {ROOT}, and this begins with {shown(name)}. Choose the right file."
            raise Unreadable(Kind.OTHER_RETURN, line, column, sentence)
        if len(self.open) >= DEEPEST or self.held >= MOST_ELEMENTS:
            sentence = (
                f"There are more than {DEEPEST} elements within each other, or more than {MOST_ELEMENTS:,} in one"
                " child. Make the file again from its system."
            )
            raise Unreadable(Kind.TOO_MUCH, line, column, sentence)
        siblings = self.counts[-1]
        siblings[name] = siblings.get(name, 0) + 1
        self._join()
        if self._is_child(name):
            self.outside = self.held
        parent = self.open[-1] if self.open else None
        element = Element(name, line, column, siblings[name], parent, attributes)
        if parent and not self._is_child(name):
            parent.content.append(element)
        self.open.append(element)
        self.counts.append({})
        self.held += 1

    def _is_child(self, name: str) -> bool:
        return name == CHILD and len(self.open) == 2 and self.open[-1].name == CHILDREN

    def _end(self, name: str) -> None:
        self._join()
        element = self.open.pop()
        self.counts.pop()
        if self._is_child(name):
            self.done.append(element)
            self.held = self.outside
            self.ended = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
        elif not self.open:
            self.done.append(element)
        elif name == self.until and len(self.open) == 1:
            raise _Reached(element)

    def _text(self, words: str) -> None:
        if self.words:
            self.words.append(words)
            self.length += len(words)
        elif bare := words.lstrip():
            line, column = self._here()
            self.open[-1].content.append(Text(line, column + len(words) - len(bare), bare))
            self.words = [bare]
            self.length = len(bare)
        if self.length > LONGEST_TEXT:
            last = self.open[-1].content[-1]
            sentence = "This value is longer than a million letters. Make the file again from its system."
            raise Unreadable(Kind.TOO_MUCH, last.line, last.column, sentence)

    def _join(self) -> None:
        """Words may come in a million pieces, with remarks between them: put together once, they take no time."""
        if len(self.words) > 1:
            last = self.open[-1].content[-1]
            assert isinstance(last, Text)
            last.words = "".join(self.words)
        self.words = []
        self.length = 0


def as_text(element: Element) -> str:
    """The element's own XML, without the spaces and line ends that only set it out."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    inside = "".join(
        as_text(part) if isinstance(part, Element) else escape(part.words.strip(), quote=False)
        for part in element.content
    )
    return f"<{element.name}{attributes}>{inside}</{element.name}>" if inside else f"<{element.name}{attributes}/>"

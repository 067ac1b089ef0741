"""An element read against what a CIN Census is made of: its values, and everything that is wrong with its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from righthelp.returns.cin.elements import Element, as_text
from righthelp.returns.cin.faults import Fault, Kind, shown
from righthelp.returns.cin.structure import KNOWN, Item
from righthelp.returns.cin.values import Days, read

# Said on the outermost element by any program that knows where the form of the file is written down.
HARMLESS = ("xmlns:xsi", "xsi:noNamespaceSchemaLocation")


@dataclass(frozen=True)
class Found:
    """A value, None when it could not be read, and the element that it stands in."""

    element: Element
    value: Any


@dataclass
class Group:
    """A group of elements, read: values and groups by name, and what is to be kept word for word."""

    element: Element
    values: dict[str, list[Found]] = field(default_factory=dict)
    groups: dict[str, list[Group]] = field(default_factory=dict)
    kept: list[Element] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """The value of this name; None where there is none."""
        found = self.values.get(name)
        return found[0].value if found else None

    def at(self, name: str) -> Element:
        """The element of this name, or the group itself where there is none."""
        found = self.values.get(name)
        return found[0].element if found else self.element


class Reading:
    """Reads the elements of one return, and gathers their faults."""

    def __init__(self, days: Days, year: int | None = None) -> None:
        self.days = days
        self.year = year
        self.faults: list[Fault] = []

    def note(self, kind: Kind, at: Element, sentence: str, *, value: str = "", kept: bool = False) -> None:
        """Gather a fault at an element."""
        self.faults.append(Fault(kind, at.line, at.column, at.path, sentence, value, kept))

    def group(self, element: Element, item: Item, *, kept: bool = False) -> Group:
        """The element read as this item. Within `kept` nothing is read from it but its faults."""
        read_as = Group(element)
        self._attributes(element, kept)
        for text in element.texts:
            words = text.words.strip()
            sentence = f"{shown(words)} stands between elements and belongs to none. Take it out."
            place = (text.line, text.column, element.path)
            self.faults.append(Fault(Kind.STRAY_TEXT, *place, sentence, words, kept))
        met: dict[str, Element] = {}
        furthest = -1
        for each in element.elements:
            own = item.item(each.name)
            if own is None:
                self._unexpected(each, element, kept, read_as)
                continue
            place = item.within[each.name]
            if place < furthest:
                after = item.holds[furthest].name
                self.note(Kind.OUT_OF_ORDER, each, f"{each.name} must stand before {after}. Move it.", kept=kept)
            furthest = max(furthest, place)
            if each.name in met and not own.many:
                self._again(each, met[each.name], kept)
                continue
            met.setdefault(each.name, each)
            self._one(each, own, read_as, kept or own.kept)
        self._missing(read_as, item, met, kept)
        return read_as

    def _one(self, element: Element, item: Item, group: Group, kept: bool) -> None:
        if not item.since <= (self.year or item.since) <= item.until:
            years = (
                f"from {item.since - 1} to {item.since} on" if item.since else f"until {item.until - 1} to {item.until}"
            )
            sentence = f"{item.name} is of returns {years}. Give this year's element instead, or leave it out."
            self.note(Kind.OTHER_YEAR, element, sentence, kept=kept)
        if item.kept:
            group.kept.append(element)
        if item.holds:
            inner = self.group(element, item, kept=kept)
            group.groups.setdefault(item.name, []).append(inner)
        elif item.value is None:  # read elsewhere
            group.groups.setdefault(item.name, []).append(Group(element))
        else:
            found = Found(element, self._value(element, item, kept))
            if element.content:
                group.values.setdefault(item.name, []).append(found)

    def _value(self, element: Element, item: Item, kept: bool) -> Any:
        self._attributes(element, kept)
        if inner := element.elements:
            names = ", ".join(each.name for each in inner[:3])
            sentence = f"{item.name} is a value, and holds elements ({names}). Write the value alone."
            self.note(Kind.MIXED, element, sentence, kept=kept)
            return None
        words = element.value
        if not words:
            if not (item.must or item.needed):  # those are told as missing
                sentence = f"{item.name} is empty. Give its value, or leave the element out."
                self.note(Kind.EMPTY, element, sentence, kept=kept)
            return None
        found = read(item, words, self.days)
        for kind, sentence in found.faults:
            self.note(kind, element, f"{item.name} {sentence}", value=words, kept=kept)
        return found.value

    def _attributes(self, element: Element, kept: bool) -> None:
        for name in element.attributes:
            if element.parent is not None or name not in HARMLESS:
                sentence = f"{element.name} has the attribute {shown(name)}. A return has none: take it out."
                self.note(Kind.ATTRIBUTE, element, sentence, kept=kept)

    def _unexpected(self, element: Element, parent: Element, kept: bool, group: Group) -> None:
        if element.name in KNOWN:
            sentence = f"{element.name} does not belong in {parent.name}. Move it to its place."
            self.note(Kind.MISPLACED, element, sentence, value=element.value, kept=kept)
            return
        if parent.path.startswith("Message/Header") or "/Child[" in parent.path:
            sentence = f"A CIN Census has no element {shown(element.name)}. Mend its name, or take it out."
            self.note(Kind.UNKNOWN_ELEMENT, element, sentence, value=element.value, kept=kept)
        else:
            sentence = f"A CIN Census has no element {shown(element.name)} here. Mend its name, or take it out."
            self.note(Kind.UNKNOWN_OUTSIDE, element, sentence)
        group.kept.append(element)

    def _again(self, element: Element, first: Element, kept: bool) -> None:
        alike = as_text(element) == as_text(first)
        kind = Kind.REPEATED_ALIKE if alike else Kind.REPEATED
        how = "says the same" if alike else "says something else"
        sentence = f"{element.name} stands in line {first.line} already, and this one {how}. Leave one of them out."
        self.note(kind, element, sentence, value=element.value, kept=kept)

    def _missing(self, group: Group, item: Item, met: dict[str, Element], kept: bool) -> None:
        for own in item.holds:
            if not (own.must or own.needed) or own.name in group.values or own.name in group.groups:
                continue
            kind = Kind.MISSING_NEEDED if own.needed else Kind.MISSING
            sentence = f"{item.name} lacks {own.name}. Give it."
            self.note(kind, met.get(own.name, group.element), sentence, kept=kept)

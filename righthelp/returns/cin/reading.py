"""An element read against what a CIN Census is made of: its values, and everything that is wrong with its structure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
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
    sound: bool = True  # nothing in it would stop a load, and every value was read

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
        self._before = 0  # how many faults there were before the child that is being read

    def next_child(self) -> None:
        """What is gathered from now on is another child's."""
        self._before = len(self.faults)

    def note(self, kind: Kind, at: Element, sentence: str, *, value: str = "", kept: bool = False) -> None:
        """Gather a fault at an element."""
        self.faults.append(Fault(kind, at.line, at.column, at.path, sentence, value, kept))

    def only_keep(self, element: Element) -> None:
        """The element is kept word for word, and nothing is made of it: so its faults stop nothing."""
        for number in range(self._before, len(self.faults)):
            fault = self.faults[number]
            if (fault.line, fault.column) == (element.line, element.column):
                self.faults[number] = replace(fault, kept=True)

    def group(self, element: Element, item: Item, *, kept: bool = False) -> Group:
        """The element read as this item. The faults of what is `kept`, or may come to be, stop nothing."""
        read_as = Group(element)
        before = len(self.faults)
        self._attributes(element, kept)
        for text in element.texts:
            words = text.words.strip()
            sentence = f"{shown(words)} stands between elements and belongs to none. Take it out."
            place = (text.line, text.column, element.path)
            self.faults.append(Fault(Kind.STRAY_TEXT, *place, sentence, words, kept))
        self._order(element, item, kept)
        met: dict[str, Element] = {}
        for each in element.elements:
            own = item.item(each.name)
            if own is None:
                self._unexpected(each, element, kept, read_as)
                continue
            if each.name in met and not own.many:
                apart = own.kept or own.part
                self._again(each, met[each.name], kept or apart)
                read_as.kept += [each] if apart else []
                continue
            met.setdefault(each.name, each)
            self._one(each, own, read_as, kept or own.kept or own.part)
        self._missing(read_as, item, met, kept)
        read_as.sound = read_as.sound and not self._stops_since(before)
        return read_as

    def _stops_since(self, before: int) -> bool:
        return any(fault.kind.value.stops for fault in self.faults[before:])

    def _order(self, element: Element, item: Item, kept: bool) -> None:
        expected = [each for each in element.elements if each.name in item.within]
        for number in out_of_order([item.within[each.name] for each in expected]):
            each = expected[number]
            place = item.within[each.name]
            where = f"after {item.holds[place - 1].name}" if place else "first"
            self.note(Kind.OUT_OF_ORDER, each, f"{each.name} is out of order. Move it: it stands {where}.", kept=kept)

    def _one(self, element: Element, item: Item, group: Group, kept: bool) -> None:
        if not item.since <= (self.year or item.since) <= item.until:
            since, until = f"{item.since - 1} to {item.since} and after", f"{item.until - 1} to {item.until} and before"
            sentence = f"{item.name} belongs to returns of {since if item.since else until}. Give this year's instead."
            self.note(Kind.OTHER_YEAR, element, sentence, kept=kept)
        if item.kept:
            group.kept.append(element)
        if item.holds:
            inner = self.group(element, item, kept=kept)
            group.groups.setdefault(item.name, []).append(inner)
            group.sound = group.sound and inner.sound
        elif item.value is None:  # read elsewhere
            group.groups.setdefault(item.name, []).append(Group(element))
        else:
            before = len(self.faults)
            found = Found(element, self._value(element, item, kept))
            sound = found.value is not None and not self._stops_since(before)
            group.sound = group.sound and (sound or not element.content)
            if item.part and not sound:
                group.kept += [element] if element.content else []
            elif element.content:
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


def out_of_order(places: list[int]) -> list[int]:
    """Which of these must be moved so that the rest are in order: as few as will do."""
    last: list[int] = []  # by length of an ordered run: the number with which the best one of that length ends
    ends: list[int] = []  # the places of those
    before: list[int | None] = []
    for number, place in enumerate(places):
        length = bisect_right(ends, place)
        before.append(last[length - 1] if length else None)
        last[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    in_order = set()
    at = last[-1] if last else None
    while at is not None:
        in_order.add(at)
        at = before[at]
    return [number for number in range(len(places)) if number not in in_order]

"""A whole file read once: whose return it is, how many children are in it, and every fault, in the file's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from righthelp.returns.cin import elements
from righthelp.returns.cin.broken import broken
from righthelp.returns.cin.elements import Unreadable
from righthelp.returns.cin.faults import Fault, Kind, shown
from righthelp.returns.cin.header import Return, days_of, read_header, read_whole
from righthelp.returns.cin.reading import Reading
from righthelp.returns.cin.told import ToldChild, told_child

MOST_FAULTS = 100_000  # a file with more is not a return, or one systematic mistake

Progress = Callable[[str, int], None]
"""Told, now and then, what is being done and of how many children it has been done."""


@dataclass
class Checked:
    """What a file was found to be: the return it announces, if it says enough, its children, its faults."""

    announced: Return | None = None
    children: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether any fault refuses the file."""
        return self.announced is None or any(fault.stops for fault in self.faults)


def check(source: bytes, today: date, progress: Progress = lambda what, count: None) -> Checked:
    """Read a file and tell everything that is wrong with it. Writes nothing and asks the database nothing."""
    found = Checked()
    head = elements.header(source)
    in_header = Reading(days_of(None, today))
    if head is not None:
        found.announced = read_header(head, in_header)
    reading = _reading(found.announced, today)
    numbers = _Numbers(reading)
    try:
        for element in elements.elements(source):
            if element.name == elements.CHILD:
                found.children += 1
                told = told_child(element, reading)
                if told:
                    numbers.of(told)
                if found.children % 1000 == 0:
                    progress("checked", found.children)
            else:
                read_whole(element, head, found.children, reading)
            if len(reading.faults) > MOST_FAULTS:
                sentence = f"There are more than {MOST_FAULTS:,} faults. Mend these first."
                raise Unreadable(Kind.TOO_MUCH, element.line, element.column, sentence)
    except Unreadable as why:
        if why.kind is Kind.BROKEN:
            reading.faults += broken(source, why)
        else:
            reading.faults.append(Fault(why.kind, why.line, why.column, "", why.sentence))
    found.faults = sorted([*in_header.faults, *reading.faults], key=lambda fault: fault.place)
    return found


def told_children(source: bytes, announced: Return, today: date) -> Iterator[ToldChild]:
    """What a file that was checked tells of each child, one at a time."""
    reading = _reading(announced, today)
    for element in elements.elements(source):
        if element.name == elements.CHILD and (told := told_child(element, reading)):
            yield told
        reading.faults.clear()  # they were told when the file was checked


def _reading(announced: Return | None, today: date) -> Reading:
    return Reading(days_of(announced, today), announced.year if announced else None)


class _Numbers:
    """The numbers of the children met so far, and where."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.children: dict[str, int] = {}
        self.upns: dict[str, int] = {}

    def of(self, child: ToldChild) -> None:
        """Note a number that another child of the file has already."""
        for kind, value, met, name in (
            (Kind.SAME_CHILD_NUMBER, child.number, self.children, "LAchildID"),
            (Kind.SAME_UPN, child.upn, self.upns, "UPN"),
        ):
            if not value:
                continue
            at = child.said[name]
            first = met.setdefault(value, at.line)
            if first != at.line:
                sentence = f"{name} {shown(value)} is that of the child in line {first} already. Mend one of the two."
                self.reading.faults.append(Fault(kind, at.line, at.column, at.path, sentence, value))

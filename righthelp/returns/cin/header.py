"""Whose return a file is, of which year, and as at which day: what every fact of it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date
from righthelp.returns.cin.elements import Element
from righthelp.returns.cin.faults import Kind, shown
from righthelp.returns.cin.reading import Group, Reading
from righthelp.returns.cin.structure import HEADER, MESSAGE
from righthelp.returns.cin.values import Days

if TYPE_CHECKING:
    from righthelp.people.rows import Source

COLLECTION = "CIN"


@dataclass(frozen=True)
class Return:
    """A return: the authority that made it (three digits), the year its period ends in, and its reference date.

    `as_at` is the day as at which it speaks: the reference date, or the day it was made when that was before.
    """

    authority: str
    year: int
    reference: date
    as_at: date

    @property
    def title(self) -> str:
        """As a fact names its source: CIN Census 2025 to 2026, return of authority 884."""
        return f"CIN Census {self.year - 1} to {self.year}, return of authority {self.authority}"

    @property
    def source(self) -> Source:
        # Only here: a file is checked without Django and its models.
        from righthelp.people.rows import Source

        return Source(words=self.title, on=self.as_at)


def read_header(element: Element, reading: Reading) -> Return | None:
    """The return that this header announces; None when it does not say enough. Its faults are the reading's."""
    group = reading.group(element, HEADER)
    details = (group.groups.get("CollectionDetails") or [Group(element)])[0]
    sources = group.groups.get("Source") or [Group(element)]
    _collection(details, reading)
    authority = _authority(sources, reading)
    reference, year = _period(details, reading)
    if not authority or not reference:
        return None
    made = [local_day(moment) for source in sources if (moment := source.value("DateTime"))]
    as_at = min([reference, reading.days.today, *made])
    return Return(authority=authority, year=year or reference.year, reference=reference, as_at=as_at)


def read_whole(message: Element, header: Element | None, children: int, reading: Reading) -> None:
    """What is said of the file as a whole, once all its children have been read."""
    reading.group(message, MESSAGE)
    if header is None:
        sentence = "The file has no header, and so names no authority. Give Header, with Source and LEA in it."
        reading.note(Kind.NO_AUTHORITY, message, sentence)
    if not children:
        reading.note(Kind.NO_CHILD, message, "There is no child in the file. Choose the right file.")


def days_of(announced: Return | None, today: date) -> Days:
    """The days by which the values of a return are judged."""
    return Days(today=today, reference=announced.reference if announced else None)


def _collection(details: Group, reading: Reading) -> None:
    collection = details.value("Collection")
    if collection and collection.upper() != COLLECTION:
        sentence = (
            f"This is a return of the collection {shown(collection)}, not of {COLLECTION}. Choose the right file."
        )
        reading.note(Kind.OTHER_RETURN, details.at("Collection"), sentence, value=collection)


def _authority(sources: list[Group], reading: Reading) -> str:
    """The authority's number; empty when it cannot be said."""
    for source in sources:
        level = source.value("SourceLevel")
        if level and level != "L":
            sentence = f"SourceLevel is {shown(level)}; a local authority's is L."
            reading.note(Kind.HEADER, source.at("SourceLevel"), sentence, value=level)
    found = {source.value("LEA") for source in sources} - {None}
    at = sources[-1].at("LEA")
    if len(found) > 1:
        listed = " and ".join(sorted(shown(number) for number in found))
        reading.note(Kind.NO_AUTHORITY, at, f"The header names several authorities, {listed}. Leave one.")
        return ""
    number = next(iter(found), "")
    if not re.fullmatch("[0-9]{3}", number):
        said = f"LEA is {shown(number)}" if number else "The header names no authority"
        sentence = f"{said}. Give the authority's number of three figures in Source, such as <LEA>884</LEA>."
        reading.note(Kind.NO_AUTHORITY, at, sentence, value=number)
        return ""
    return str(number)


def _period(details: Group, reading: Reading) -> tuple[date | None, int | None]:
    """The reference date and the year. Each can be told from the other."""
    reference, year = details.value("ReferenceDate"), details.value("Year")
    if reference and year and reference.year != year:
        sentence = f"The year is {year} and the reference date {write_date(reference)}. Make them agree."
        reading.note(Kind.HEADER, details.at("ReferenceDate"), sentence)
    if reference and (reference.month, reference.day) != (3, 31):
        sentence = f"The reference date is {write_date(reference)}; a return's is 31 March."
        reading.note(Kind.HEADER, details.at("ReferenceDate"), sentence)
    if not reference and not details.values.get("ReferenceDate") and year:
        reference = date(year, 3, 31)
    if not reference:
        sentence = "The header says neither a year nor a reference date that can be read. Give ReferenceDate."
        reading.note(Kind.NO_YEAR, details.element, sentence)
    return reference, year

"""The lengths of time that law, guidance and the county's own standards set, each dated and with its source.

    law.value("front_door.contact_decision", on=day)   the value in force on the day something started
    law.due("front_door.contact_decision", moment)     when it is due
    law.deadline_words(value)                          "24 hours"
    law.keys(), law.check()                            every key; every fault in the files, none when all is
    well

The values are the YAML files of this folder, one for each area; a key is `<file>.<entry>`. The date of the
event picks the value; before the first there is none, never the nearest. A new law is a new dated value: old
ones stay, as what happened under them is judged by them.
"""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from righthelp.kernel import lengths, units
from righthelp.kernel.moments import When, local_day
from righthelp.kernel.terms import TermTable
from righthelp.law.book import Book, FaultyLaw, NotInForce, UnknownLaw
from righthelp.law.values import CAUTIONS, STATUSES, Value

__all__ = [
    "CAUTIONS", "STATUSES", "Book", "FaultyLaw", "NotInForce", "UnknownLaw", "Value",
    "book", "check", "deadline_words", "due", "keys", "value",
]  # fmt: skip


@lru_cache
def book() -> Book:
    """The files of this folder, read once."""
    return Book(Path(__file__).parent)


def value(key: str, on: date) -> Value:
    """The value in force on a day (of a moment, on its local day).

    Raises `UnknownLaw` for a key that is in no file, `NotInForce` before the first value, `FaultyLaw` for an
    entry that `check` faults.
    """
    return book().value(key, on)


def due(key: str, start: When, *, terms: TermTable | None = None) -> date | datetime:
    """When something that started then is due, by the value in force that day. Raises as `value` and
    `lengths.due`."""
    found = value(key, local_day(start))
    return lengths.due(found.value, found.unit, start, found.calendar, terms=terms)


def deadline_words(found: Value) -> str:
    """The length of a value as it reads in a sentence: "24 hours", "1 working day"."""
    return units.in_words(found.value, found.unit)


def keys() -> list[str]:
    """Every key, in order."""
    return book().keys()


def check() -> list[str]:
    """Every fault in the files, as sentences that begin with the file or key. Empty when all is well."""
    return book().faults()

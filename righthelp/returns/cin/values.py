"""The value of an element, read from its words: a date, a code, a number, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from righthelp.kernel.identifiers import LONGEST, NotAnIdentifier, check_upn
from righthelp.kernel.written import write_date
from righthelp.packs.codes import Code
from righthelp.packs.nation import national_codes
from righthelp.packs.reading import near
from righthelp.returns.cin.faults import Kind, shown
from righthelp.returns.cin.structure import Item, Value

EARLIEST = date(1900, 1, 1)
LONGEST_CHILD_NUMBER = 20  # characters (the Department's rule 1570)
FEW = 20  # codes that are listed when one is unknown
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_ZONE = r"(Z|[+-]\d{2}:\d{2})?"
_DAY_WITH_MORE = re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}(T\d{{2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?)?{_ZONE}", re.ASCII)
_TRUTH = {"1": True, "true": True, "0": False, "false": False}

Fault = tuple[Kind, str]
Reader = Callable[["Days", Item, str], Iterator[Any]]


@dataclass(frozen=True)
class Days:
    """The days by which values are judged: as at which the return speaks, and today."""

    today: date
    reference: date | None = None


@dataclass
class Read:
    """A value as it was read, None when it could not be, with what is wrong or odd about it."""

    value: Any = None
    faults: list[Fault] = field(default_factory=list)


def read(item: Item, words: str, days: Days) -> Read:
    """The value that these words are. `words` are not empty."""
    assert item.value is not None
    found = Read()
    for each in _READERS[item.value](days, item, words):
        if isinstance(each, tuple):
            found.faults.append(each)
        else:
            found.value = each
    return found


def _text(days: Days, item: Item, words: str) -> Iterator[Any]:
    yield words


def _date(days: Days, item: Item, words: str) -> Iterator[Any]:
    if not _DAY_WITH_MORE.fullmatch(words):
        yield Kind.DATE, f"{shown(words)} is not written as a date. Write year-month-day, such as 2026-03-31."
        return
    try:
        day = date(*map(int, _DAY.match(words).groups()))  # type: ignore[union-attr]
    except ValueError:
        yield Kind.DATE, f"{shown(words)} is no day that there is. Write the right one, as year-month-day."
        return
    if len(words) > len("2026-03-31"):
        yield (
            Kind.ODD_SPELLING,
            f"{shown(words)} is more than a day. It is read as {day}; leave the rest out.",
        )
    if day < EARLIEST:
        yield Kind.LONG_AGO, f"{shown(words)} is before 1900. Write the right date."
    elif day > days.today and not item.ahead:
        yield Kind.FUTURE, f"{shown(words)} has not come yet. Write the right date, or take it out."
    elif days.reference and day > days.reference and not item.ahead:
        reference = write_date(days.reference)
        yield Kind.AFTER_THE_YEAR, f"{shown(words)} is after the reference date, {reference}. Check both."
    yield day


def _moment(days: Days, item: Item, words: str) -> Iterator[Any]:
    with suppress(ValueError):
        yield datetime.fromisoformat(words)
        return
    yield Kind.MOMENT, f"{shown(words)} is no date and time. Write it as 2026-05-01T10:00:00."


def _year(days: Days, item: Item, words: str) -> Iterator[Any]:
    if re.fullmatch(r"20\d{2}", words):
        yield int(words)
    else:
        yield (
            Kind.NUMBER,
            f"{shown(words)} is not a year of the census. Write the one in which the period ends.",
        )


def _count(days: Days, item: Item, words: str) -> Iterator[Any]:
    if re.fullmatch(r"[0-9]{1,9}", words):
        yield int(words)
    else:
        yield Kind.NUMBER, f"{shown(words)} is not a whole number. Write it in figures."


def _yes_no(days: Days, item: Item, words: str) -> Iterator[Any]:
    truth = _TRUTH.get(words.lower())
    if truth is None:
        yield Kind.YES_NO, f"{shown(words)} is neither yes nor no. Write 1 or 0."
        return
    if words not in _TRUTH:
        yield Kind.ODD_SPELLING, f"{shown(words)} is read as {words.lower()}. Write 1 or 0."
    yield truth


def _code(days: Days, item: Item, words: str) -> Iterator[Any]:
    known = dict.fromkeys(item.codes) if item.codes else codes(item.code_set)
    spelt = words if words in known else words.upper()
    if spelt not in known:
        listed = f"Write one of: {', '.join(known)}." if len(known) <= FEW else "Write a code of the Department's list."
        yield Kind.CODE, f"{shown(words)} is no code of it. {listed}{near(words, list(known))}"
        return
    if spelt != words:
        yield Kind.ODD_SPELLING, f"{shown(words)} is read as {spelt}. Write it so."
    code = known[spelt]
    if code is None:
        yield spelt
        return
    day = days.reference or days.today
    if not code.current(day):
        yield (
            Kind.OLD_CODE,
            f"{shown(words)} was not in use in this return's year. It is read as: {code.label}.",
        )
    yield code.also.get("now") or code.code


@cache
def codes(code_set: str) -> dict[str, Code]:
    """The national codes of a set: those that a return may hold."""
    return {code.code: code for code in national_codes()[code_set]}


def _child_number(days: Days, item: Item, words: str) -> Iterator[Any]:
    if too_long := _too_long(words):
        yield too_long
        return
    if len(words) > LONGEST_CHILD_NUMBER:
        yield (
            Kind.CHILD_NUMBER,
            f"{shown(words)} is longer than {LONGEST_CHILD_NUMBER} characters. Shorten it at its source.",
        )
    if not re.fullmatch(r"[A-Za-z0-9]+", words):
        yield (
            Kind.CHILD_NUMBER,
            f"{shown(words)} has other characters than letters and figures. Take them out at its source.",
        )
    yield words


def _upn(days: Days, item: Item, words: str) -> Iterator[Any]:
    if too_long := _too_long(words):
        yield too_long
        return
    try:
        yield check_upn(words)
    except NotAnIdentifier as why:
        yield Kind.UPN, f"{shown(words)}: {why}. It is kept and marked; ask the child's school."
        yield words


def _too_long(words: str) -> Fault | None:
    if len(words) <= LONGEST:
        return None
    return Kind.TOO_LONG, f"{shown(words)} is longer than {LONGEST} characters. Write the right number."


_READERS: dict[Value, Reader] = {
    Value.TEXT: _text,
    Value.DATE: _date,
    Value.MOMENT: _moment,
    Value.YEAR: _year,
    Value.COUNT: _count,
    Value.YES_NO: _yes_no,
    Value.CODE: _code,
    Value.CHILD_NUMBER: _child_number,
    Value.UPN: _upn,
}

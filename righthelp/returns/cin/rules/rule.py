"""What a rule of the CIN Census is: whom it concerns, the Department's words, how what it finds is put right.

A rule is a function over whole tables: it gives the rows that break it, each with the element to look at where that is
not the rule's first. So it runs the same over one child and over a return of 100,000.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

from righthelp.returns.cin.rules.census import Census
from righthelp.returns.cin.rules.rows import Row
from righthelp.returns.cin.tables import Tables

FIRST = 2023  # the return to 31 March 2023: the earliest whose rules are here

Broken = Iterable[Row | tuple[Row, str]]
"""The rows that break a rule, those that need it with the element to look at."""
Asks = Callable[[Tables, Census], Broken]


class Severity(StrEnum):
    """An error must be mended; a query must be mended or explained."""

    ERROR = "error"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the Department for Education, as it stood in the returns `since` to `until`."""

    code: str
    severity: Severity
    module: str  # the group it concerns
    fields: tuple[str, ...]  # names of elements; the first is where to look
    message: str  # the Department's words
    mend: str  # how it is put right, for whoever can
    scope: Literal["child", "return"]  # of one child or several, or of the return as a whole
    since: int
    until: int | None
    at_entry: bool  # whether it can be judged months before the return
    broken_by: Asks

    @property
    def element(self) -> str:
        """The element to look at first."""
        return self.fields[0]


_RULES: list[Rule] = []


def rule(
    code: str,
    *,
    module: str,
    fields: str,
    message: str,
    mend: str,
    scope: Literal["child", "return"] = "child",
    since: int = FIRST,
    until: int | None = None,
) -> Callable[[Asks], Asks]:
    """Declare a rule. From `since` on it stands in for an earlier one of the same code; a code in Q is a query."""

    def declare(asks: Asks) -> Asks:
        severity = Severity.QUERY if code.endswith("Q") else Severity.ERROR
        names, at_entry = tuple(fields.split()), scope == "child"
        _RULES.append(Rule(code, severity, module, names, message, mend, scope, since, until, at_entry, asks))
        return asks

    return declare


@cache
def rules_of(year: int) -> tuple[Rule, ...]:
    """The rules of the return to 31 March of this year, in the order of their codes.

    A return before 2022/23 is asked the questions of that year.
    """
    year = max(year, FIRST)
    standing = {
        each.code: each
        for each in sorted(_RULES, key=lambda each: each.since)
        if each.since <= year and (each.until is None or year <= each.until)
    }
    return tuple(sorted(standing.values(), key=lambda each: (int(each.code.rstrip("Q")), each.code)))


def every_rule() -> tuple[Rule, ...]:
    """Every rule there ever was, those that a later year replaced among them."""
    return tuple(_RULES)

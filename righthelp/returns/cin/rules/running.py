"""Asks the rules of a year of the tables of a return, or of one child's while the year goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from righthelp.returns.cin.rules.census import CannotRun, Census
from righthelp.returns.cin.rules.rows import Row, child_of, line_of, value_of
from righthelp.returns.cin.rules.rule import Rule, Severity, rules_of
from righthelp.returns.cin.tables import Tables

_MARCH, _LAST = 3, 31


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that breaks a rule, and the value to look at."""

    rule: Rule
    row: Row
    element: str

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def message(self) -> str:
        """The Department's words."""
        return self.rule.message

    @property
    def mend(self) -> str:
        """How it is put right, in plain words."""
        return self.rule.mend

    @property
    def child(self) -> str:
        """The child's number in the return; empty for the return as a whole."""
        child = child_of(self.row)
        return (child.number or "") if child else ""

    @property
    def value(self) -> str:
        return value_of(self.row, self.element)

    @property
    def line(self) -> int:
        return line_of(self.row, self.element)


@dataclass(slots=True)
class Result:
    """What rules found, and those that could not be asked, each with why."""

    findings: list[Finding] = field(default_factory=list)
    not_run: dict[str, str] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """The codes of the rules that are broken, each once, in order."""
        return list(dict.fromkeys(finding.code for finding in self.findings))


def run(tables: Tables, year: int, only: Iterable[str] | None = None) -> Result:
    """Ask the rules of the return to 31 March of this year, or only those of these codes."""
    asked = rules_of(year)
    if only is not None:
        wanted = set(only)
        asked = tuple(each for each in asked if each.code in wanted)
    return _ask(asked, tables, Census(year, tables.header.reference))


def run_for_child(tables: Tables, as_at: date, year: int | None = None) -> Result:
    """Ask what can be asked of one child's tables on a day within the year, months before the return.

    The year is the one in progress on that day, and ends on its 31 March whatever the header says. "By the end of the
    year" is then "by this day": an assessment is long open when it has been so for 45 working days now. Rules about the
    return as a whole are left out. What has yet to come, such as the need of a referral just decided, is told as well.
    """
    year = year or year_in_progress(as_at)
    asked = tuple(each for each in rules_of(year) if each.at_entry)
    return _ask(asked, tables, Census(year, date(year, _MARCH, _LAST), early=as_at))


def year_in_progress(as_at: date) -> int:
    """The return in whose census year the day falls: 2026 for 1 April 2025 to 31 March 2026."""
    return as_at.year + ((as_at.month, as_at.day) > (_MARCH, _LAST))


def _ask(asked: Iterable[Rule], tables: Tables, census: Census) -> Result:
    result = Result()
    for each in asked:
        try:
            broken = list(each.broken_by(tables, census))
        except CannotRun as why:
            result.not_run[each.code] = str(why)
            continue
        except Exception as fault:  # one rule that fails takes no other with it
            why_not = f"The rule itself failed ({type(fault).__name__}): tell whoever keeps righthelp."
            result.not_run[each.code] = why_not
            continue
        result.findings += [
            Finding(each, *row) if isinstance(row, tuple) else Finding(each, row, each.element) for row in broken
        ]
    return result

"""A CIN Census exported from the county's own record: written whole or not at all, and asked by the rules first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from righthelp.guard import log
from righthelp.guard.viewers import RETURN, looking
from righthelp.returns.cin import numbers
from righthelp.returns.cin.at_entry import SETTLED_BY_TIME
from righthelp.returns.cin.episodes import Unplaced
from righthelp.returns.cin.from_record import Drawn, Year, whole_county
from righthelp.returns.cin.rules import Finding, rules_of, run
from righthelp.returns.cin.writing import write
from righthelp.returns.findings import Explanation, explanations


@dataclass
class Exported:
    """What an export holds, and what its rules found."""

    year: Year
    children: int
    referrals: int
    numbered: int  # children who got a number with this export
    findings: list[Finding]
    not_run: dict[str, str]
    unplaced: list[Unplaced]
    explained: dict[tuple[str, str], list[Explanation]] = field(default_factory=dict)  # by rule and child's number

    def by_rule(self) -> Iterator[tuple[str, str, int, int]]:
        """Each rule that was broken: its code, its words, how often, and for how many children it is explained."""
        times = Counter(finding.code for finding in self.findings)
        words = {finding.code: finding.message for finding in self.findings}
        for code, many in sorted(times.items()):
            yield code, words[code], many, sum(rule == code for rule, _ in self.explained)


def export(year: Year, out: Path, today: date) -> Exported:
    """Write the return of a year to a file. The file that was there stays until the new one is whole."""
    log.job(RETURN, f"Export the CIN Census {year}")
    with looking(RETURN):
        drawn = whole_county(year)
        numbered = numbers.keep(_numbers(drawn), RETURN, today)
        explained = explanations("CIN", year.ends_in, drawn.tables.children)
    write_whole(drawn, out)
    tables, not_yet = drawn.tables, SETTLED_BY_TIME if today <= year.last else frozenset()
    result = run(tables, year.ends_in, only={rule.code for rule in rules_of(year.ends_in)} - not_yet)
    result.not_run |= dict.fromkeys(sorted(not_yet), "The year is not over, and time may settle it.")
    return Exported(
        year, len(tables.children), len(tables.episodes), numbered, list(result.findings), dict(result.not_run),
        drawn.unplaced, explained,
    )  # fmt: skip


def write_whole(drawn: Drawn, out: Path) -> None:
    """Whole or not at all: a file beside it takes its place when it is written to the disk. Only its maker reads it."""
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as beside:
        made = Path(beside.name)
        try:
            write(drawn.tables, beside)
            beside.flush()
            os.fsync(beside.fileno())
        except BaseException:
            made.unlink()
            raise
    made.replace(out)


def _numbers(drawn: Drawn) -> Iterable[tuple[UUID, str]]:
    return [(UUID(str(child.entry)), child.number or "") for child in drawn.tables.children]

"""The rules of the CIN Census asked of a child's record when a fact is recorded, and of everybody's when they change.

What only the passing of time can settle is not asked before the year has ended: an assessment that is under way in June
is late by its own clock, and not because it might still be under way in March.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.utils import timezone

from righthelp.engine.process import Process
from righthelp.guard.viewers import RETURN, Purpose, Viewer, looking
from righthelp.returns import findings
from righthelp.returns.cin import rules
from righthelp.returns.cin.from_record import Drawn, Year, of_children, whole_county
from righthelp.returns.cin.rules.rows import child_of
from righthelp.returns.cin.tables import Child, Tables
from righthelp.returns.findings import Found, Kept

CIN = "CIN"
# Whose steps change what a return tells of a child. Two records that become one are asked of both.
KINDS = frozenset({
    "referral", "assessment", "strategy_discussion", "section_47", "child_protection_conference",
    "child_protection_plan", "family_help", "child_details", "same_person", "contact",
})  # fmt: skip
# Not finished, or not born, by the year's end: known when it has ended.
SETTLED_BY_TIME = frozenset({"8530Q", "8670Q", "8675Q", "8736", "8740"})
HANDED_IN = (7, 31)  # month and day: until then last year's return is still in hand
AT_ONCE = 200  # people asked of together


def in_hand(today: date) -> list[Year]:
    """The years whose returns can still be put right: this one, and until the end of July the one before."""
    now = Year.of(today)
    return [now, Year(now.ends_in - 1)] if (4, 1) <= (today.month, today.day) <= HANDED_IN else [now]


def after_steps(rows: Collection[Process], by: Viewer) -> None:
    """What follows the steps of a worker, in their transaction. Jobs ask for all they did when they have done it."""
    if isinstance(by, Purpose):
        return
    people = {row.entry.person_id for row in rows if row.kind() in KINDS and row.entry.person_id}
    people |= {row.other_id for row in rows if row.kind() == "same_person"}  # type: ignore[attr-defined]
    if people:
        ask_of(people)


def ask_of(people: Iterable[UUID]) -> Kept:
    """Ask the rules of these children, and keep what they find."""
    today, several = timezone.localdate(), list(people)
    years = in_hand(today)
    found: list[Found] = []
    entries: set[UUID] = set()
    for year, drawn in of_children(several, years).items():
        found += found_in(drawn, year, today)
        entries |= _entries(drawn.tables)
    kept = findings.keep(CIN, [year.ends_in for year in years], several, found, today, entries)
    if kept.others:
        ask_of(kept.others)
    return kept


def _entries(tables: Tables) -> set[UUID]:
    """Every entry of which these tables tell."""
    kinds = (tables.episodes, tables.assessments, tables.plans, tables.enquiries, tables.protection_plans)
    return {_key(row.entry) for rows in kinds for row in rows}


def ask_of_everybody(say: Callable[[str], None] = lambda line: None) -> Kept:
    """Ask the rules of the whole county, and keep what they find: of a new year, of new rules, after a load."""
    today, total = timezone.localdate(), Kept()
    with looking(RETURN):
        for year in in_hand(today):
            drawn = whole_county(year)
            found = list(found_in(drawn, year, today))
            kept = findings.keep(CIN, [year.ends_in], None, found, today)
            total = Kept(total.added + kept.added, total.mended + kept.mended)
            children = len(drawn.tables.children)
            say(f"CIN Census {year}: {children:,} children, {len(found):,} findings, {kept.added:,} of them new")
    return total


def found_in(drawn: Drawn, year: Year, today: date) -> Iterator[Found]:
    """What the rules for one child find in these tables."""
    tables, is_over = drawn.tables, today > year.last
    run = partial(rules.run, tables) if is_over else partial(rules.run_for_child, tables, today)
    result = run(year=year.ends_in)
    of_child = _of_a_child(year.ends_in)
    for one in result.findings:
        if one.code not in of_child or (one.code in SETTLED_BY_TIME and not is_over):
            continue
        child = child_of(one.row)
        if child is None:
            continue
        entry = _entry_of(one.row) or child.episodes[-1].entry
        yield Found(
            year=year.ends_in,
            rule=one.code,
            severity=one.severity.upper(),
            person=_key(child.entry),
            entry=_key(entry),
            element=one.element or "",
            value=_words(one.value),
            since=max(_began(one.row, child), year.first),
        )


@lru_cache(maxsize=8)
def _of_a_child(year: int) -> frozenset[str]:
    """The rules that can be judged of one child by themselves."""
    return frozenset(rule.code for rule in rules.rules_of(year) if rule.scope == "child")


def _entry_of(row: Any) -> object:
    """The entry at which it is mended; what is said of the child themselves is mended with their latest referral."""
    if row is None or isinstance(row, Child):
        return None
    return getattr(row, "entry", None) or _entry_of(getattr(row, "plan", None) or getattr(row, "episode", None))


def _began(row: Any, child: Child) -> date:
    """The day on which what a finding is about began; of the child themselves, their latest referral."""
    of = child.episodes[-1] if isinstance(row, Child) else row
    return getattr(of, "started_on", None) or getattr(of, "referred_on", None) or getattr(of, "on", None) or date.min


def _key(said: object) -> UUID:
    return said if isinstance(said, UUID) else UUID(str(said))


def _words(value: object) -> str:
    return "" if value is None else str(value)

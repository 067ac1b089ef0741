"""The question that is put: measures' texts, with the splits that every measure has, grouped; alike on every engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from righthelp.measures.columns import SCHEMA, quoted
from righthelp.measures.definition import COMMON, Measure
from righthelp.measures.facts import NOT_KNOWN

if TYPE_CHECKING:
    from righthelp.measures.engines import Engine

PLACE = NOT_KNOWN  # where a split of a row is not known
MONTH = "CAST(EXTRACT(YEAR FROM placed_on) * 100 + EXTRACT(MONTH FROM placed_on) AS integer)"
# From the month of birth to that in which the row is placed: a child is of an age from the month of the birthday on.
AGED = (
    "(CAST(EXTRACT(YEAR FROM measured.placed_on) * 12 + EXTRACT(MONTH FROM measured.placed_on) AS integer)"
    " - split_child.born_months)"
)
AGES = (("Unborn", 0), ("Under 1", 12), ("1 to 4", 60), ("5 to 9", 120), ("10 to 15", 192), ("16 and 17", 216))
ADULT = "18 and over"
OF_AGE = f"CASE WHEN split_child.born_months IS NULL THEN '{PLACE}' WHEN NOT split_child.is_born THEN 'Unborn'" + (
    "".join(f" WHEN {AGED} < {months} THEN '{band}'" for band, months in AGES) + f" ELSE '{ADULT}' END"
)
# What each common split is made of, and what must be joined for it.
MADE_OF = {
    "age": OF_AGE,
    "sex": f"coalesce(split_child.sex_words, '{PLACE}')",
    "ethnicity": f"coalesce(split_child.ethnicity_group, '{PLACE}')",
    "locality": f"coalesce(split_child.locality, '{PLACE}')",
    "team": "coalesce(split_entry.team, 'No team')",
}
OF_CHILD = {"age", "sex", "ethnicity", "locality"}
EARLIEST = date(1900, 1, 1)  # no database goes back to the first day that Python knows
YEAR = timedelta(days=366)
AUTHORITY = "authority"  # of files of several authorities


@dataclass(frozen=True)
class Asked:
    """One version of a measure over some days: narrowed, grouped, and from which day on its groups are counted."""

    measure: Measure
    since: date
    until: date
    only: Sequence[tuple[str, str]] = ()
    counting: bool = False
    groups: Sequence[tuple[str, ...]] = ((),)
    late: date = date.min
    monthly: bool = False

    @property
    def used(self) -> set[str]:
        """The splits that it needs."""
        return {name for group in self.groups for name in group} | {name for name, _ in self.only}

    def views(self) -> set[str]:
        """The views that must be read for it."""
        common = self.used & set(COMMON) | self.used & {AUTHORITY}
        return {*self.measure.views, *(["entry"] if common else []), *(["child"] if common & OF_CHILD else [])}


@dataclass
class Question:
    """What is put to an engine: the text, what was typed, and the splits in the order in which they are answered."""

    text: str
    names: list[str]
    given: list[Any] = field(default_factory=list)


def stand_in(view: str) -> str:
    """What a view is called while other rows stand in its place, or its own that were read once."""
    return f"these_{view}"


def over(measure: Measure) -> str:
    """A measure's text over what stands in the place of its views."""
    return re.sub(rf"\b{SCHEMA}\.(\w+)", lambda found: f'"{stand_in(found[1])}"', measure.text)


def question(asked: Sequence[Asked], engine: Engine) -> Question:
    """One question for all of these: each view is read once, and each measure grouped over it."""
    names = sorted({name for one in asked for group in one.groups for name in group})
    made = Question("", names)
    parts = [_part(one, names, engine, made.given) for one in asked]
    made.text = f"{reading(asked, engine)} {' UNION ALL '.join(parts)}"
    return made


def reading(asked: Sequence[Asked], engine: Engine, *, once: bool = True) -> str:
    """The views, each read once, or as the engine thinks best."""
    how = f"AS {engine.once}" if once else "AS"
    views = sorted({view for one in asked for view in one.views()})
    beneath = engine.beneath(views) if once else ()
    measures = [one.measure for one in asked]
    only = {view: values_asked(measures, view, column) for view, column in NARROWED.items() if view in views}
    asks = {view: engine.reads(view, only.get(view, "")) if once else engine.reads(view) for view in views}
    read = [f'"{stand_in(view)}" {how} ({_in_time(view, text, asked)})' for view, text in asks.items()]
    return f"WITH {', '.join([*beneath, *read])}"


# There are more of these than of anything else. What no measure of a question counts is not read for it.
NARROWED = {"clock": "clock", "allocation": "kind"}
_WORD = r"'(?:[^']|'')*'"


def values_asked(measures: Sequence[Measure], view: str, column: str) -> str:
    """Which rows of a view these measures count, as a condition on a column; empty where one counts them all."""
    values: set[str] = set()
    for measure in measures:
        if view not in measure.views:
            continue
        found = re.findall(rf"\b{column} (?:= ({_WORD})|IN \(([^)]*)\))", measure.text)
        if len(found) < len(re.findall(rf"\b{SCHEMA}\.{view}\b", measure.text)):
            return ""
        values |= {word for one, several in found for word in re.findall(_WORD, one or several)}
    return f"{column} IN ({', '.join(sorted(values))})" if values else ""


def _in_time(view: str, text: str, asked: Sequence[Asked]) -> str:
    """Of the month ends those that are asked for, and the year before: the rest would be counted to be thrown away."""
    if view != "month_end":
        return text
    since, until = min(one.since for one in asked), max(one.until for one in asked)
    dated = f"month_end BETWEEN {_day(max(since, EARLIEST) - YEAR)} AND {_day(until)}"
    return f"SELECT * FROM ({text}) AS calendar WHERE {dated}"


def _part(one: Asked, names: Sequence[str], engine: Engine, given: list[Any]) -> str:
    """The question for one measure: its rows, grouped by month and by each group of splits."""
    used = {name for group in one.groups for name in group}
    listed = "".join(f", {name if name in used else 'CAST(NULL AS text)'}" for name in names)
    which = "".join(f", {f'GROUPING({name})' if name in used else '1'}" for name in names)
    sets = ["(month)", *(f"({', '.join(('late', *group))})" for group in one.groups)]
    if one.monthly:
        sets += [f"({', '.join(('month', *group))})" for group in one.groups if group]
    of_amounts = one.measure.unit.of_amounts or bool(one.measure.taken)
    amounts = engine.gathered if of_amounts else engine.no_amounts
    counts = "0" if one.measure.unit.of_amounts else "sum(counts)"
    rows = (
        f"SELECT placed.*, {MONTH} AS month, CASE WHEN placed_on >= {_day(one.late)} THEN 1 ELSE 0 END AS late"
        f" FROM ({placed(one, engine, given)}) AS placed"
    )
    how_many = "count(*)"
    if of_amounts and engine.weighs:
        keys = ", ".join(("month", "late", *sorted(used), "amount"))
        rows = f"SELECT {keys}, {counts} AS counts, count(*) AS times FROM ({rows}) AS each GROUP BY {keys}"
        how_many, counts = "sum(times)", "sum(counts)"
    return (
        f"(SELECT '{one.measure.name}', GROUPING(late), month, late, {how_many}, {counts}, {amounts}{listed}{which}"
        f" FROM ({rows}) AS monthly GROUP BY GROUPING SETS ({', '.join(sets)}))"
    )


def placed(one: Asked, engine: Engine, given: list[Any]) -> str:
    """A measure's rows that are wanted, with the splits that are needed."""
    common = [name for name in (*COMMON, AUTHORITY) if name in one.used and name not in one.measure.splits]
    columns, joined = "measured.*", ""
    for name in common:
        columns += f", {MADE_OF.get(name, f'split_entry.{AUTHORITY}')} AS {name}"
    if common:
        joined += f'\nLEFT JOIN "{stand_in("entry")}" AS split_entry ON split_entry.entry = measured.entry'
    if OF_CHILD & set(common):
        joined += f'\nLEFT JOIN "{stand_in("child")}" AS split_child ON split_child.person = measured.person'
    conditions = [f"placed_on BETWEEN {_day(one.since)} AND {_day(one.until)}"]
    for name, value in one.only:
        conditions.append(f"{name} = {engine.given(value, given)}")
    if one.counting:
        conditions.append("counts = 1")
    text = engine.plain(over(one.measure))
    inner = f"SELECT {columns} FROM (\n{text}\n) AS measured{joined}"
    return f"SELECT * FROM ({inner}) AS split WHERE {' AND '.join(conditions)}"


def _day(day: date) -> str:
    """A day as SQL writes it."""
    return f"CAST({quoted(max(day, EARLIEST).isoformat())} AS date)"

"""The tables of a CIN Census from the county's own record: of the whole county for an export, or of one child.

One question to the database, whoever is asked of. Every child is in it who was referred, or had an open referral, in
the return's year (Department for Education, Children in Need Census guide): those whose referral came to no further
action, and those not yet born, too. What happened after the year is not in its return.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from righthelp.packs import pack
from righthelp.people.models import Characteristic, Identifier
from righthelp.returns.cin.episodes import Unplaced, day_of, episodes_of, national
from righthelp.returns.cin.kept import content_of
from righthelp.returns.cin.numbers import number_of
from righthelp.returns.cin.tables import Child, Episode, Header, Tables

# What is held of each: the function is `functions.sql`'s.
OF_CHILDREN = "SELECT who, cin_record(who) FROM unnest(%s::uuid[]) who"
OF_EVERYBODY = """
    SELECT person_id, cin_record(person_id) FROM (
        SELECT DISTINCT entry.person_id FROM referral JOIN case_entry entry ON entry.id = referral.entry_id
        WHERE entry.person_id IS NOT NULL AND (referral.closed_on IS NULL OR referral.closed_on >= %s)
    ) referred
"""
AT_ONCE = 500  # children fetched together
SCHOOL_AGE = 5  # years, on the last day of the return's year: a younger child has no pupil number yet
NO_NUMBER_YET, NO_FURTHER_ACTION = "UN1", "UN7"


@dataclass(frozen=True)
class Year:
    """The year of a return, by the one in which it ends: 2026 is 1 April 2025 to 31 March 2026."""

    ends_in: int

    @property
    def first(self) -> date:
        return date(self.ends_in - 1, 4, 1)

    @property
    def last(self) -> date:
        return date(self.ends_in, 3, 31)

    @classmethod
    def of(cls, day: date) -> Year:
        """The one in which a day lies."""
        return cls(day.year + (day >= date(day.year, 4, 1)))

    def __str__(self) -> str:
        return f"{self.ends_in - 1}/{self.ends_in % 100:02}"


@dataclass
class Drawn:
    """Tables drawn from the record, and what of it belongs to no referral and so is in no return."""

    tables: Tables
    unplaced: list[Unplaced] = field(default_factory=list)


def whole_county(year: Year) -> Drawn:
    """The return of a year, its children in the order of their numbers."""
    drawn = Drawn(_empty(year))
    children = (child_of(row, year, drawn.unplaced) for row in _rows(None, year))
    return _filled(drawn, sorted((child for child in children if child), key=lambda child: child.number or ""))


def of_children(people: Iterable[UUID], years: Iterable[Year]) -> dict[Year, Drawn]:
    """What the returns of these years hold of some children: one question for all of them."""
    wanted = list(years)
    drawn = {year: Drawn(_empty(year)) for year in wanted}
    rows = list(_rows(list(people), wanted[0]))
    for year, one in drawn.items():
        _filled(one, (child for row in rows if (child := child_of(row, year, one.unplaced))))
    return drawn


def child_of(row: dict[str, Any], year: Year, unplaced: list[Unplaced]) -> Child | None:
    """A child as the return of a year has them; None when they are not in it."""
    child = Child(entry=row["id"])
    child.episodes = episodes_of(child, row, year.first, year.last, unplaced)
    if not child.episodes:
        return None
    _identify(child, row, year)
    coded = [(kind, code) for kind, code in row["characteristics"] or ()]
    ethnicity = [code for kind, code in coded if kind == Characteristic.Kind.ETHNICITY]
    child.ethnicity = national("ethnicity", ethnicity[-1]) if ethnicity else None
    disabilities = [code for kind, code in coded if kind == Characteristic.Kind.DISABILITY]
    child.disabilities = sorted({national("disability", code) or code for code in disabilities})
    _say_why_no_number(child, row, year)
    return child


def _identify(child: Child, row: dict[str, Any], year: Year) -> None:
    numbers = row["numbers"] or ()
    child.number = number_of(row["id"], [value for kind, value, _, by in numbers if _is_ours(kind, by)])
    upns = [(value, current) for kind, value, current, _ in numbers if kind == Identifier.Kind.UPN]
    now = [value for value, current in upns if current]
    child.upn = now[-1] if now else None
    former = [value for kind, value, *_ in numbers if kind == Identifier.Kind.FORMER_UPN]
    former += [value for value, current in upns if not current]
    child.former_upn = former[-1] if former else None
    born_on, died_on = day_of(row["born_on"]), day_of(row["died_on"])
    is_born = born_on is not None and born_on <= year.last
    child.born_on = born_on if is_born else None
    child.expected_on = None if is_born else day_of(row["expected_on"]) or born_on
    child.sex = row["sex"] if is_born or child.expected_on is None else "U"
    child.died_on = died_on if died_on and died_on <= year.last else None


def _is_ours(kind: str, issuer: str) -> bool:
    return kind == Identifier.Kind.LA_CHILD and issuer == pack().local_authority.dfe


def _say_why_no_number(child: Child, row: dict[str, Any], year: Year) -> None:
    """Why a child has no pupil number: as somebody said, as a return that was loaded said, or as it follows."""
    if child.upn:
        return
    said = [code for kind, code in row["characteristics"] or () if kind == Characteristic.Kind.NO_UPN]
    said += [content_of(content) for kind, _, content in row["kept"] or () if kind == "UPNunknown"]
    if said:
        child.upn_unknown = said[0]
    elif child.born_on is None or _age(child.born_on, year.last) < SCHOOL_AGE:
        child.upn_unknown = NO_NUMBER_YET
    elif all(episode.nfa for episode in child.episodes):
        child.upn_unknown = NO_FURTHER_ACTION


def _age(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _empty(year: Year) -> Tables:
    header = Header(collection="CIN", year=year.ends_in, reference=year.last, authority=pack().local_authority.dfe)
    return Tables(header=header)


def _filled(drawn: Drawn, children: Iterable[Child]) -> Drawn:
    tables = drawn.tables
    for child in children:
        tables.children.append(child)
        for episode in child.episodes:
            _add(tables, episode)
    return drawn


def _add(tables: Tables, episode: Episode) -> None:
    tables.episodes.append(episode)
    tables.assessments += episode.assessments
    tables.plans += episode.plans
    tables.enquiries += episode.enquiries
    tables.protection_plans += episode.protection_plans
    tables.reviews += (review for plan in episode.protection_plans for review in plan.reviews)
    tables.pre_proceedings += episode.pre_proceedings


def _rows(people: list[UUID] | None, year: Year) -> Iterator[dict[str, Any]]:
    """What is held of each, a few hundred at a time. Whoever was never referred, or became another record, is left
    out."""
    with connection.cursor() as cursor:
        if people is None:
            cursor.execute(OF_EVERYBODY, [year.first])
        else:
            cursor.execute(OF_CHILDREN, [people])
        while several := cursor.fetchmany(AT_ONCE):
            for person, held in several:
                if held is not None:
                    yield {**(held if isinstance(held, dict) else json.loads(held)), "id": person}

"""Two records of one child, and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from righthelp.guard.viewers import STEP, looking
from righthelp.people.differences import STAYS, differences
from righthelp.people.merging import fingerprint, hung_on, text_of
from righthelp.people.models import Person
from righthelp.people.unmerging import key_of
from righthelp.processes.same_person.doing import to_be_said
from righthelp.processes.same_person.models import SamePerson


@dataclass
class Merging:
    """Says, merges and separates, as the workers whose part it is."""

    workplace: Any

    def say(self, one: Person, other: Person, who: str = "Sam Holt") -> Any:
        return self.workplace.begin("same_person", "propose", who, person=one, other=other, why="Same number.")

    def merge(self, row: Any, who: str = "Marian Blythe", *, shown: str | None = None, **keeps: str) -> Any:
        """Merge: of each difference the record that stays is right, unless said otherwise."""
        row = self.workplace.again(row)
        by = self.workplace.as_(who)
        with looking(by):
            lines = differences(row.entry.person, row.other)
            now = fingerprint(row.entry.person, row.other)
        decisions = [{"slot": line.slot, "keeps": keeps.pop(line.slot, STAYS)} for line in lines]
        decisions += [{"slot": slot, "keeps": kept} for slot, kept in keeps.items()]
        return self.workplace.take(
            row, "merge", who, decisions=decisions, shown=now if shown is None else shown, merged_because="Seen both."
        )

    def one(self, first: Person, second: Person, **keeps: str) -> Any:
        """Two records become one."""
        return self.merge(self.say(first, second), **keeps)

    def separate(self, row: Any, whose: Any = STAYS, who: str = "Ivan Brandt") -> Any:
        """Two again; what was written since is all of one record, or as `whose` says of each row."""
        row = self.workplace.again(row)
        assigned = [
            {"key": key_of(one, name), "belongs": whose(one) if callable(whose) else whose}
            for one, name in to_be_said(row)
        ]
        return self.workplace.take(row, "separate", who, separated_because="They are twins.", assigned=assigned)


@pytest.fixture
def merging(workplace: Any) -> Merging:
    return Merging(workplace)


@pytest.fixture
def ada(workplace: Any) -> Person:
    return workplace.person(
        "Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA", identifiers=(("NHS", "9434765919"),)
    )


@pytest.fixture
def adah(workplace: Any) -> Person:
    """The same child, as somebody else wrote her down."""
    return workplace.person(
        "Adah", "Pugh-Rees", born_on=date(2016, 3, 4), sex="F", lines="9 New Street", postcode="HR1 2BB",
        identifiers=(("LA_CHILD", "77"),),
    )  # fmt: skip


def all_of(*people: Person) -> dict[Any, Any]:
    """Everything that is known of people and hangs on them, but for what tells of merging itself."""
    with looking(STEP):
        told: dict[Any, Any] = {}
        for person in people:
            now = Person.objects.get(pk=person.pk)
            rows = [(now, ""), *hung_on(now)]
            told[person.pk] = {
                (row._meta.db_table, row.pk, name): [text_of(row, field.name) for field in row._meta.concrete_fields]
                for row, name in rows
                if not isinstance(row, SamePerson) and getattr(row, "kind", "") != "same_person"
            }
            told[person.pk]["keys"] = sorted(now.searchkey.keys)
        return told

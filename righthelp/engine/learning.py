"""What is learned of a person when it is said whom something is about, and what is unlearned when it was another.

For a step by which a row that somebody told us of joins a record: nothing that is there is changed.
"""

from __future__ import annotations

from righthelp.engine.doing import Doing
from righthelp.guard.guarded import GuardedModel
from righthelp.kernel.moments import local_day
from righthelp.people.models import Person, PersonName
from righthelp.people.rows import (
    FOUND_BY,
    Source,
    born_if_unborn,
    call_by,
    current_record,
    known_rows,
    learned,
    refreshed_search_key,
    rename_if_nameless,
    unlearned,
)
from righthelp.people.told import Told


def join(also: Doing, person: Person, told: Told, source: Source) -> Person:
    """The entry joins this person's record, and adds to it what was told and is not there. Gives the record it joined:
    another, if two have been merged."""
    entry = also.row.entry
    before = entry.person
    person = held(also, person)
    also.about(person)
    if before and before.pk != person.pk:
        _unlearn(also, held(also, before))
    known = known_with(also, person)
    fresh = learned(person, told, source, known, entry.pk)
    born = born_if_unborn(person, told, entry.pk)
    if born:
        also.change(person, "born_on", "born_told_in")
    if fresh or born:
        also.write(*fresh)
        also.replace(refreshed_search_key(person, known, fresh), "keys")
        if rename_if_nameless(person, known, fresh):
            also.change(person, "called", "called_sort")
    return person


def held(also: Doing, person: Person) -> Person:
    """The record to write about, of somebody whom the step's own journal may have made."""
    return person if also.journal.holds(person) else current_record(person)


def known_with(also: Doing, person: Person) -> list[GuardedModel]:
    """The facts by which a person is found, with what this and earlier steps of the journal wrote."""
    return known_rows(person, (row for model in FOUND_BY for row in also.journal.rows(model)))


def _unlearn(also: Doing, person: Person) -> None:
    """It was another child: what this entry taught of them is marked as wrong, and they are no longer found by it."""
    known = known_with(also, person)
    changes = unlearned(person, also.row.entry.pk, known, local_day(also.on))
    if not changes:
        return
    left = [row for row in known if row.wrong_on is None]  # type: ignore[attr-defined]
    if any(isinstance(row, PersonName) for row in known if row not in left):
        call_by(person, left)
        changes += [(person, "called"), (person, "called_sort")]
    for row, field in changes:
        also.change(row, field)
    also.replace(refreshed_search_key(person, left, []), "keys")

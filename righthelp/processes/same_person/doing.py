"""What saying, merging and separating do beside changing their own row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from righthelp.engine.refusals import NotTaken
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.people.differences import GOES, differences, resolved
from righthelp.people.merging import Change, Hung, changed, hold_both, hung_on, moves, search_keys
from righthelp.people.models import Person
from righthelp.people.unmerging import Noted, given_back, key_of, written_since

if TYPE_CHECKING:
    from righthelp.processes.same_person.models import SamePerson, SamePersonAssigned, SamePersonDecision


def take_down(merging: SamePerson, on: datetime) -> None:
    """Who says so; and which of the two stays, should they be merged: the one that was there first."""
    merging.proposed_at = on
    merging.proposed_by_id = getattr(merging.also.by, "worker", None)
    person = merging.stays
    if merging.other.pk < person.pk:  # numbers are in order of time
        person, merging.other = merging.other, person
        merging.also.about(person)
    if merging.other.circle_id:
        merging.also.keep_within(merging.other.circle_id)


def merge(merging: SamePerson, on: datetime) -> None:
    """Decide the differences, move all that hangs on the other record, and note every change in the ledger."""
    stays, goes = held(merging)
    keeps = _decided(merging, stays, goes)
    before = [(row._meta.db_table, row.pk, name) for row, name in hung_on(stays)]
    changes = resolved(stays, goes, keeps, local_day(on))
    if stays.born_on and stays.died_on and stays.died_on < stays.born_on:
        raise NotTaken([Fault("They would have died before they were born. Look at both dates again.", at="died_on")])
    changes += list(moves(stays, goes))
    circle = stays.circle_id or goes.circle_id
    for person in (stays, goes):
        if person.circle_id != circle:
            changes.append(changed(person, "circle", circle))
    changes.append(changed(goes, "became", stays))
    _write(merging, changes, (stays, goes))
    _note(merging, changes, before, str(stays.pk))
    merging.other = goes


def held(merging: SamePerson) -> tuple[Person, Person]:
    """The record that stays and the one that goes, as they are now, held until the step is done."""
    return hold_both(merging.stays, merging.other)


def _decided(merging: SamePerson, stays: Person, goes: Person) -> dict[str, str]:
    """What was decided of each difference. Of what the worker may not see, nothing can be asked: both are kept."""
    told: list[SamePersonDecision] = _parts(merging, "decisions")
    keeps = {part.slot: part.keeps for part in told}
    with looking(merging.also.by):
        lines = {line.slot: line for line in differences(stays, goes)}
    faults = [
        Fault(f"Decide which is right, or that both are: {line.label}.", at=slot)
        for slot, line in lines.items()
        if keeps.get(slot) not in dict(line.choices)
    ]
    if strange := sorted(keeps.keys() - lines.keys()):
        faults.append(Fault(f"The records do not differ there: {', '.join(strange)}."))
    if faults:
        raise NotTaken(faults)
    for part in told:
        line = lines[part.slot]
        part.about = line.label[:200]
        part.this_said, part.other_said = ("; ".join(side.words) for side in (line.stays, line.goes))
    return keeps


def _parts(merging: SamePerson, name: str) -> list[Any]:
    model: Any = type(merging)._meta.get_field(name).related_model
    return [part for part in merging.also.journal.rows(model) if part.merging_id == merging.pk]


def _write(merging: SamePerson, changes: list[Change], people: tuple[Person, Person]) -> None:
    for change in changes:
        merging.also.change(change.row, change.field)
    for key in search_keys(people, changes):
        merging.also.replace(key, "keys")


def _note(merging: SamePerson, changes: list[Change], before: list[tuple[str, Any, str]], stays: str) -> None:
    """The ledger: what changed, and what the record that stays had of its own. A value changed twice is one line."""
    model: Any = type(merging)._meta.get_field("moved").related_model
    lines: dict[tuple[str, Any, str], Noted] = {at: Noted(*at, stays, stays) for at in before}
    for change in changes:
        at = (change.row._meta.db_table, change.row.pk, change.field)
        was = lines[at].was if at in lines else change.was
        lines[at] = Noted(*at, was, change.becomes)
    merging.also.write(
        *(
            model(merging=merging, table=line.table, row=line.row, field=line.field, was=line.was, became=line.became)
            for line in lines.values()
        )
    )


def to_be_said(merging: SamePerson) -> list[Hung]:
    """What was written since the merging, of which somebody must say whose it is: what this viewer may see of it."""
    written = written_since(_ledger(merging), merging.stays, merging.other)
    return [hung for hung in written.asked() if not _tells_of_merging(merging, hung[0])]


def _tells_of_merging(merging: SamePerson, row: Any) -> bool:
    """Whether a row says which records are of whom: it stays with the record that it was said of."""
    return isinstance(row, type(merging)) or getattr(row, "kind", "") == merging.kind()


def _ledger(merging: SamePerson) -> list[Noted]:
    fields = ("table", "row", "field", "was", "became")
    return [Noted(**line) for line in merging.moved.order_by("pk").values(*fields)]


def separate(merging: SamePerson, on: datetime) -> None:
    """Give everything back to whom it came from; what was written since goes to whom somebody says it is of."""
    stays, goes = held(merging)
    ledger = _ledger(merging)
    written = written_since(ledger, stays, goes)
    told: list[SamePersonAssigned] = _parts(merging, "assigned")
    said = {part.key: part.belongs for part in told}
    with looking(merging.also.by):  # what they may not see, nobody can ask them about: it stays where it is
        asked = {key_of(row, name) for row, name in to_be_said(merging)}
    if asked != said.keys() or len(told) != len(said):
        raise NotTaken([Fault("Say of everything that was written since whose it is: something is missing or new.")])
    changes = list(given_back(ledger))
    changes += [changed(row, name, goes) for row, name, side in written.whose(said) if side == GOES]
    _write(merging, changes, (stays, goes))

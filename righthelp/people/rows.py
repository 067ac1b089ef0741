"""The rows that make up what is known of a person, ready to be written by a step.

Nothing here writes: a step adds these rows to its own, so that a person appears, or learns a fact, in the same
transaction as the reason for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from righthelp.guard.guarded import GuardedModel
from righthelp.kernel.identifiers import (
    NotAnIdentifier,
    check_nhs_number,
    check_postcode,
    check_uln,
    check_upn,
)
from righthelp.people.keys import keys, place_key, plain
from righthelp.people.models import Address, FoundBy, Identifier, Person, PersonName, SearchKey
from righthelp.people.told import Told

CHECKS = {
    Identifier.Kind.NHS: check_nhs_number,
    Identifier.Kind.UPN: check_upn,
    Identifier.Kind.FORMER_UPN: check_upn,
    Identifier.Kind.ULN: check_uln,
}


@dataclass(frozen=True)
class Source:
    """Who said so, and on which day: goes with every fact."""

    words: str
    on: date


NAMELESS = "Name not known"
LONGEST = 200  # letters of a name in a list; the names themselves are kept whole


def called(given: str, family: str, fallback: str) -> str:
    """A person as lists call them."""
    return f"{given} {family}".strip()[:LONGEST] or fallback


def sort_name(given: str, family: str) -> str:
    """A name as lists are ordered: by family name, without accents or capitals, whatever the database's locale."""
    return f"{plain(family)} {plain(given)}".strip()[:LONGEST]


def new_person(told: Told, source: Source, *, called_otherwise: str = NAMELESS, issuer: str = "") -> list[GuardedModel]:
    """A new person and what was told of them. The first row is the person."""
    given = told.known_as or told.given
    person = Person(
        called=called(given, told.family, called_otherwise),
        called_sort=sort_name(given, told.family),
        sex=told.sex or Person.Sex.UNKNOWN,
        born_on=told.born_on,
        expected_on=told.expected_on,
        source=source.words,
        recorded_on=source.on,
    )
    rows: list[GuardedModel] = [person]
    if told.known_as and told.known_as != told.given:
        rows.append(_name(person, PersonName.Kind.USED, told.known_as, told.family, source))
        if told.given:
            rows.append(_name(person, PersonName.Kind.IN_LAW, told.given, told.family, source))
    elif told.given or told.family:
        rows.append(_name(person, PersonName.Kind.USED, told.given, told.family, source))
    if told.lines or told.postcode:
        rows.append(new_address(person, told.lines, told.postcode, source))
    rows += [new_identifier(person, kind, value, source, issuer) for kind, value in told.identifiers]
    return [*rows, search_key(person, rows)]


def _name(person: Person, kind: str, given: str, family: str, source: Source) -> PersonName:
    return PersonName(person=person, kind=kind, given=given, family=family, source=source.words, recorded_on=source.on)


def kept_postcode(told: str) -> str:
    """A postcode as a record keeps it: as it is written when it is one, else as it was told."""
    try:
        return check_postcode(told)
    except NotAnIdentifier:
        return told.strip().upper()[:8]


def new_address(person: Person, lines: str, postcode: str, source: Source, since: date | None = None) -> Address:
    """An address, its postcode as it is written when it is one."""
    postcode = kept_postcode(postcode)
    return Address(
        person=person,
        lines=lines,
        postcode=postcode,
        place_key=place_key(lines, postcode),
        since=since,
        source=source.words,
        recorded_on=source.on,
    )


def new_identifier(person: Person, kind: str, value: str, source: Source, issuer: str = "") -> Identifier:
    """A number, with whether its check digit is right: a wrong one is kept, because somebody will search by it."""
    sound = True
    if check := CHECKS.get(Identifier.Kind(kind)):
        try:
            value = check(value)
        except NotAnIdentifier:
            sound = False
    return Identifier(
        person=person,
        kind=kind,
        value=value,
        issuer=issuer if kind == Identifier.Kind.LA_CHILD else "",
        sound=sound,
        source=source.words,
        recorded_on=source.on,
    )


def search_key(person: Person, rows: list[GuardedModel]) -> SearchKey:
    """The keys of a person, from all that is known of them. A record that has become another is not found."""
    if person.became_id:
        return SearchKey(person=person, keys=[])
    names = [row for row in rows if isinstance(row, PersonName)]
    addresses = [row for row in rows if isinstance(row, Address)]
    identifiers = [row for row in rows if isinstance(row, Identifier)]
    born = person.born_on or person.expected_on
    return SearchKey(
        person=person,
        keys=sorted(
            keys(
                names=[(name.given, name.family) for name in names],
                dates=[born] if born else [],
                postcodes=[address.postcode for address in addresses],
                numbers=[(identifier.kind, identifier.value) for identifier in identifiers],
            )
        ),
    )


FOUND_BY = (PersonName, Address, Identifier)


def current_record(person: Person) -> Person:
    """The record to write about, held until the transaction ends: that which this one has been merged into, if it was.

    Whoever else learns of the same person meanwhile waits, so that neither loses the search keys of the other.
    """
    held: Person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    return current_record(held.became) if held.became else held


def known_rows(person: Person, gathered: Iterable[GuardedModel] = ()) -> list[GuardedModel]:
    """The facts by which a person is found: those on record, and theirs among rows that are about to be written."""
    theirs = [row for row in gathered if isinstance(row, FOUND_BY) and row.person_id == person.pk]
    kept = [*person.names.all(), *person.addresses.all(), *person.identifiers.all(), *theirs]
    return [row for row in kept if row.wrong_on is None]


def refreshed_search_key(person: Person, known: list[GuardedModel], fresh: list[GuardedModel]) -> SearchKey:
    """The keys of a person who is known already, with the rows that a step is about to add."""
    return search_key(person, [*known, *fresh])


def learned(
    person: Person, told: Told, source: Source, known: list[GuardedModel], told_in: UUID | None = None
) -> list[GuardedModel]:
    """The facts told of a known person that are not `known` yet, each with the entry in which it was told.

    What is known is left as it is.
    """
    rows: list[FoundBy] = []
    names = {(plain(row.given), plain(row.family)) for row in known if isinstance(row, PersonName)}
    for given in dict.fromkeys([told.known_as or told.given, told.given]):
        if (given or told.family) and (plain(given), plain(told.family)) not in names:
            as_kind = PersonName.Kind.ALSO if names else PersonName.Kind.USED
            rows.append(_name(person, as_kind, given, told.family, source))
            names.add((plain(given), plain(told.family)))
    places = {row.place_key or plain(str(row)) for row in known if isinstance(row, Address)}
    if (told.lines or told.postcode) and (
        (place_key(told.lines, told.postcode) or plain(f"{told.lines}{told.postcode}")) not in places
    ):
        rows.append(new_address(person, told.lines, told.postcode, source))
    held = {(row.kind, row.value) for row in known if isinstance(row, Identifier)}
    for kind, value in told.identifiers:
        fresh = new_identifier(person, kind, value, source)
        if (fresh.kind, fresh.value) not in held:
            rows.append(fresh)
    for row in rows:
        row.told_in_id = told_in
    return [*rows]


def born_if_unborn(person: Person, told: Told, told_in: UUID) -> bool:
    """A child who was recorded unborn, or without a date of birth, is born on the day that was told."""
    if person.born_on is not None or told.born_on is None or (person.died_on and person.died_on < told.born_on):
        return False
    person.born_on, person.born_told_in = told.born_on, told_in
    return True


def unlearned(person: Person, told_in: UUID, known: list[GuardedModel], on: date) -> list[tuple[GuardedModel, str]]:
    """What an entry taught of a person, now that it is about somebody else: the changes that mark it as wrong.

    A fact that somebody has confirmed since stands on its own.
    """
    changes: list[tuple[GuardedModel, str]] = []
    for row in known:
        if isinstance(row, FoundBy) and row.told_in_id == told_in and row.confirmed_on is None:
            row.wrong_on = on
            changes.append((row, "wrong_on"))
    if person.born_told_in == told_in and person.confirmed_on is None:
        person.born_on = person.born_told_in = None
        changes += [(person, "born_on"), (person, "born_told_in")]
    return changes


def call_by(person: Person, known: Iterable[GuardedModel]) -> None:
    """Lists call a person by the name they use, else by the first that is right, else by the authority's number."""
    names = [row for row in known if isinstance(row, PersonName)]
    if names:
        name = min(names, key=lambda name: (name.kind != PersonName.Kind.USED, not name.now))
        person.called = called(name.given, name.family, person.called)
        person.called_sort = sort_name(name.given, name.family)
        return
    numbers = [row.value for row in known if isinstance(row, Identifier) and row.kind == Identifier.Kind.LA_CHILD]
    person.called = f"Child {numbers[0]}" if numbers else NAMELESS
    person.called_sort = plain(person.called) if numbers else ""


def rename_if_nameless(person: Person, known: list[GuardedModel], fresh: list[GuardedModel]) -> bool:
    """A person loaded from a return has no name; the first name told of them is what lists call them."""
    if any(isinstance(row, PersonName) for row in known):
        return False
    for row in fresh:
        if isinstance(row, PersonName):
            person.called = called(row.given, row.family, person.called)
            person.called_sort = sort_name(row.given, row.family)
            return True
    return False

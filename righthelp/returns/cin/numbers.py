"""The number by which the authority knows a child (`LAchildID`): up to 20 letters and figures, the same in every year.

A child who came by a return has the number that it gave. One whose record began here gets one with their first export:
it is made from the record's own, so that it can be told beforehand, and is kept among the child's numbers from then on.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Collection, Iterable
from datetime import date
from hashlib import blake2b
from uuid import UUID

from righthelp.engine.journal import Journal
from righthelp.guard.viewers import Purpose
from righthelp.packs import pack
from righthelp.people.keys import keys
from righthelp.people.models import Identifier, Person, SearchKey
from righthelp.people.rows import Source, new_identifier

OURS = "RH"  # how a number that was given here begins
SOURCE = "Given when the county's return was made"
MOST = 20  # characters (the Department's rule 1570)
BYTES = 10  # of the digest: 16 letters and figures; two of a million children have the same once in a trillion counties


def number_of(person: UUID, told: Collection[str]) -> str:
    """A child's number: the first that is on record, or the one that they will get."""
    return next(iter(told), None) or given_to(person)


def given_to(person: UUID) -> str:
    """The number that a child whose record began here gets."""
    return OURS + b32encode(blake2b(person.bytes, digest_size=BYTES).digest()).decode("ascii")


def keep(numbers: Iterable[tuple[UUID, str]], by: Purpose, on: date) -> int:
    """Put the numbers of those who had none on record, so that each is found by theirs. Gives how many there were."""
    wanted = dict(numbers)
    issuer = pack().local_authority.dfe
    held = Identifier.objects.filter(kind=Identifier.Kind.LA_CHILD, issuer=issuer, wrong_on__isnull=True)
    without = wanted.keys() - set(held.filter(person__in=list(wanted)).values_list("person", flat=True))
    journal, source = Journal(), Source(SOURCE, on)
    people = Person.objects.in_bulk(list(without))
    found_by = SearchKey.objects.in_bulk(list(without))
    for key, person in people.items():
        journal.add(new_identifier(person, Identifier.Kind.LA_CHILD, wanted[key], source, issuer))
        if search_key := found_by.get(key):
            fresh = keys(names=[], dates=[], postcodes=[], numbers=[(Identifier.Kind.LA_CHILD, wanted[key])])
            search_key.keys = sorted({*search_key.keys, *fresh})
            journal.change(search_key, "keys")
    journal.write(by)
    return len(people)

"""Who of a return's children is known already, and what of them: by the authority's number, then by UPN and birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from righthelp.kernel.moments import local_day
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.processes.referral.models import Referral
from righthelp.record.models import KeptForLater
from righthelp.returns.cin.faults import Fault, Kind, shown
from righthelp.returns.cin.told import ToldChild, ToldReferral


@dataclass
class Known:
    """A person whom the record knows, with what a return could say again of them."""

    person: Person
    identifiers: set[tuple[str, str, str]] = field(default_factory=set)  # kind, value, issuer
    characteristics: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # codes by kind
    referrals: list[Referral] = field(default_factory=list)
    kept: set[tuple[UUID | None, str, str]] = field(default_factory=set)  # entry, kind, content

    def referral(self, told: ToldReferral) -> Referral | None:
        """The referral of that day from that source; one without a source is taken for any of its day."""
        same_day = [row for row in self.referrals if local_day(row.received_at) == told.on]
        exactly = [row for row in same_day if row.return_source == told.source]
        nearly = [row for row in same_day if not row.return_source or not told.source]
        return next(iter([*exactly, *nearly]), None)


@dataclass
class Found:
    """The people of a batch of children who are known, by the child's number, and what was odd in finding them."""

    known: dict[str, Known] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def find(children: Sequence[ToldChild], issuer: str, *, besides: Iterable[UUID] = ()) -> Found:
    """Who is known of these children. `besides` are people made by this very load."""
    found = Found()
    by_number = _people_with(Identifier.Kind.LA_CHILD, [child.number for child in children], issuer=issuer)
    by_upn = _people_with(Identifier.Kind.UPN, [child.upn for child in children if child.upn], sound=True)
    taken = set(besides)  # each record is one child of the file
    for child in children:
        people = by_number.get(child.number, [])
        if len(people) > 1:
            sentence = f"{len(people)} records have the number {shown(child.number)}. Make them one first."
            found.faults.append(_fault(Kind.TWO_RECORDS, child, "LAchildID", sentence))
            continue
        if not people and child.upn:
            others = [person for person in by_upn.get(child.upn, []) if person.pk not in taken]
            people = [
                person
                for person in others
                if child.born_on and person.born_on == child.born_on and not _numbered(person, issuer)
            ]
            if others and len(people) != 1:
                people = []
                sentence = (
                    f"A child with the UPN {shown(child.upn)} is known already, with another number or date of birth."
                    " A record of their own was made; look whether the two are one child."
                )
                found.faults.append(_fault(Kind.MAYBE_KNOWN, child, "UPN", sentence))
        if people:
            found.known[child.number] = Known(people[0])
            taken.add(people[0].pk)
    _fill(found.known.values())
    return found


def _people_with(kind: str, values: list[str], **more: object) -> dict[str, list[Person]]:
    rows = Identifier.objects.filter(kind=kind, value__in=values, **more).select_related("person")
    people: dict[str, dict[UUID, Person]] = defaultdict(dict)
    for row in rows:
        people[row.value][row.person_id] = row.person
    return {value: list(each.values()) for value, each in people.items()}


def _numbered(person: Person, issuer: str) -> bool:
    return bool(person.identifiers.filter(kind=Identifier.Kind.LA_CHILD, issuer=issuer).exists())


def _fill(known: Iterable[Known]) -> None:
    by_person = {each.person.pk: each for each in known}
    about = {"person__in": list(by_person)}
    for identifier in Identifier.objects.filter(**about):
        by_person[identifier.person_id].identifiers.add((identifier.kind, identifier.value, identifier.issuer))
    for one in Characteristic.objects.filter(**about):
        by_person[one.person_id].characteristics[one.kind].add(one.code)
    for referral in Referral.objects.filter(entry__person__in=list(by_person)).select_related("entry"):
        by_person[referral.entry.person_id].referrals.append(referral)
    for row in KeptForLater.objects.filter(**about):
        by_person[row.person_id].kept.add((row.entry_id, row.kind, row.content))


def _fault(kind: Kind, child: ToldChild, name: str, sentence: str) -> Fault:
    at = child.said[name]
    return Fault(kind, at.line, at.column, at.path, sentence)

"""Who of a return's children is known already, and what of them: by the authority's number, then by UPN and birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from righthelp.engine.process import processes
from righthelp.guard.viewers import LOAD
from righthelp.kernel.moments import local_day
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.processes.referral.models import Referral
from righthelp.record.models import Holding, KeptForLater, TimelineEvent
from righthelp.returns.cin.faults import Fault, Kind, shown
from righthelp.returns.cin.parts import ToldPart
from righthelp.returns.cin.places import PLACES
from righthelp.returns.cin.told import ToldChild, ToldReferral


@dataclass
class Known:
    """A person whom the record knows, with what a return could say again of them."""

    person: Person
    identifiers: set[tuple[str, str, str]] = field(default_factory=set)  # kind, value, issuer
    characteristics: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # codes by kind
    referrals: list[Referral] = field(default_factory=list)
    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))  # of their parts, by kind
    taken_up: set[UUID] = field(default_factory=set)  # entries of which somebody here has done something
    kept: set[tuple[UUID | None, str, str]] = field(default_factory=set)  # entry, kind, content

    def referral(self, told: ToldReferral) -> Referral | None:
        """The referral of that day from that source; one without a source is taken for any of its day."""
        same_day = [row for row in self.referrals if local_day(row.received_at) == told.on]
        exactly = [row for row in same_day if row.return_source == told.source]
        nearly = [row for row in same_day if not row.return_source or not told.source]
        return next(iter([*exactly, *nearly]), None)

    def part(self, told: ToldPart, referral: Referral) -> Any:
        """The row of that part that began on that day, of this referral; one that names none may be of any."""
        place = PLACES[told.name]
        began = [row for row in self.rows[place.kind] if place.began(row) == told.on]
        of_it = [row for row in began if row.referral_id == referral.pk]
        return next(iter([*of_it, *(row for row in began if row.referral_id is None)]), None)


@dataclass
class Found:
    """The people of a batch of children who are known, by the child's number, and what was odd in finding them."""

    known: dict[str, Known] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    holdings: dict[UUID, Holding | None] = field(default_factory=dict)  # who holds their entries now


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
    _fill(found)
    return found


def _people_with(kind: str, values: list[str], **more: object) -> dict[str, list[Person]]:
    rows = Identifier.objects.filter(kind=kind, value__in=values, **more).select_related("person")
    people: dict[str, dict[UUID, Person]] = defaultdict(dict)
    for row in rows:
        people[row.value][row.person_id] = row.person
    return {value: list(each.values()) for value, each in people.items()}


def _numbered(person: Person, issuer: str) -> bool:
    return bool(person.identifiers.filter(kind=Identifier.Kind.LA_CHILD, issuer=issuer).exists())


def _fill(found: Found) -> None:
    by_person = {each.person.pk: each for each in found.known.values()}
    about = {"person__in": list(by_person)}
    for identifier in Identifier.objects.filter(**about):
        by_person[identifier.person_id].identifiers.add((identifier.kind, identifier.value, identifier.issuer))
    for one in Characteristic.objects.filter(**about):
        by_person[one.person_id].characteristics[one.kind].add(one.code)
    for referral in Referral.objects.filter(entry__person__in=list(by_person)).select_related("entry"):
        by_person[referral.entry.person_id].referrals.append(referral)
    for row in KeptForLater.objects.filter(**about):
        by_person[row.person_id].kept.add((row.entry_id, row.kind, row.content))
    _fill_parts(found, by_person)


def _fill_parts(found: Found, by_person: dict[UUID, Known]) -> None:
    entries: set[UUID] = {referral.pk for known in by_person.values() for referral in known.referrals}
    for place in PLACES.values():
        page: Any = processes().get(place.kind)
        if page is None:
            continue
        for row in page.objects.filter(entry__person__in=list(by_person)).select_related("entry"):
            by_person[row.entry.person_id].rows[place.kind].append(row)
            entries.add(row.pk)
    # What arose from a row is of it: a visit that was recorded is work on its assessment, and on its referral.
    above = ("entry__person", "entry", "entry__arose_from", "entry__arose_from__arose_from")
    done = TimelineEvent.objects.filter(entry__person__in=list(by_person)).exclude(by_name=LOAD.name)
    for person, *worked_on in done.values_list(*above).distinct():
        by_person[person].taken_up.update(entry for entry in worked_on if entry)
    found.holdings = dict.fromkeys(entries)
    for holding in Holding.objects.filter(entry__in=entries, until__isnull=True):
        found.holdings[holding.entry_id] = holding


def _fault(kind: Kind, child: ToldChild, name: str, sentence: str) -> Fault:
    at = child.said[name]
    return Fault(kind, at.line, at.column, at.path, sentence)

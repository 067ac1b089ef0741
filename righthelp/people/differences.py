"""Two records side by side: where they say different things of one person, and what a decision does with each.

What only one of them knows is kept without asking, and so is what may be true several times over (a second earlier
name, two disabilities). Where both say something and only one can be so, a person decides; what they do not keep stays
as history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.people.facts import code_in_words
from righthelp.people.keys import plain
from righthelp.people.merging import COLUMNS, Change, changed
from righthelp.people.models import (
    Characteristic,
    HouseholdMember,
    Identifier,
    Involvement,
    Person,
    PersonName,
    Relationship,
)

STAYS, GOES, BOTH = "STAYS", "GOES", "BOTH"
NAMES = {PersonName.Kind.USED: PersonName.Kind.ALSO, PersonName.Kind.IN_LAW: PersonName.Kind.FORMER}  # kept as
ONE_OF_A_KIND = {Characteristic.Kind.ETHNICITY, Characteristic.Kind.LANGUAGE}
COLUMN_LABELS = {
    "sex": "Sex", "born_on": "Date of birth", "expected_on": "Date the baby is due", "died_on": "Died",
}  # fmt: skip


@dataclass
class Side:
    """What one record says in one place: in words, and the rows that say it."""

    said: list[tuple[Any, Any]] = field(default_factory=list)  # a row, and what it means: equal where both say the same
    words: list[str] = field(default_factory=list)

    @property
    def sources(self) -> str:
        """Who said so, and when: by that somebody decides. The person's own row tells nothing of one fact."""
        known = (row for row, _ in self.said if not isinstance(row, Person))
        told = (f"{row.source}, {write_date(row.confirmed_on or row.recorded_on)}" for row in known)
        return "; ".join(dict.fromkeys(told))

    @property
    def means(self) -> set[Any]:
        return {means for _, means in self.said}


@dataclass
class Line:
    """One place in which either record says something."""

    slot: str
    label: str
    may_both: bool  # whether both can be so at once
    stays: Side = field(default_factory=Side)
    goes: Side = field(default_factory=Side)

    @property
    def differs(self) -> bool:
        """Whether somebody must decide."""
        return bool(self.slot and self.stays.said and self.goes.said and self.stays.means != self.goes.means)

    @property
    def hints(self) -> dict[str, str]:
        """Beneath each choice, which record says so, and from whom it has it."""
        sides = ((STAYS, "This record", self.stays.sources), (GOES, "The other record", self.goes.sources))
        return {code: f"{record}. {sources}".removesuffix(". ") for code, record, sources in sides}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be decided, in words."""
        one, other = "; ".join(self.stays.words), "; ".join(self.goes.words)
        choices = [(STAYS, one), (GOES, other)]
        return [*choices, (BOTH, f"Both: {one}, and {other}")] if self.may_both else choices


def side_by_side(stays: Person, goes: Person) -> list[Line]:
    """Everything that either record says now."""
    lines: dict[tuple[str, str], Line] = {}
    for side, person, other in (("stays", stays, goes), ("goes", goes, stays)):
        for slot, label, may_both, row, means, words in _told(person, other):
            line = lines.setdefault((slot, label), Line(slot, label, may_both))
            here: Side = getattr(line, side)
            if means not in here.means:
                here.words.append(words)
            here.said.append((row, means))
    return list(lines.values())


def differences(stays: Person, goes: Person) -> list[Line]:
    """Where a person must decide."""
    return [line for line in side_by_side(stays, goes) if line.differs]


Told = tuple[str, str, bool, Any, Any, str]  # slot ("" when nothing can differ), label, may both, row, meaning, words


def _told(person: Person, other: Person) -> Iterator[Told]:
    yield from _names(person.names.filter(wrong_on__isnull=True).order_by("pk"))
    for name in COLUMNS:
        value = getattr(person, name)
        if value and value != Person.Sex.UNKNOWN:
            words = person.get_sex_display() if name == "sex" else write_date(value)
            yield name, COLUMN_LABELS[name], False, person, value, words
    for number in person.identifiers.filter(wrong_on__isnull=True).order_by("pk"):
        single = number.now and number.kind != Identifier.Kind.FORMER_UPN
        slot = f"number_{number.kind}_{number.issuer}".rstrip("_") if single else ""
        words = number.value if number.now else f"{number.value} (no longer in use)"
        yield slot, number.get_kind_display(), True, number, number.value, words
    for address in person.addresses.filter(wrong_on__isnull=True).order_by("pk"):
        means = address.place_key or plain(str(address))
        yield _if_now(address, "address"), _label(address, "Address"), True, address, means, str(address)
    yield from _characteristics(person)
    for one in person.involvements.select_related("agency").order_by("pk"):
        slot = "" if one.kind == Involvement.Kind.OTHER else f"involvement_{one.kind}"
        label = _label(one, one.get_kind_display())
        yield _if_now(one, slot), label, True, one, one.agency_id, str(one.agency)
    yield from _households(person)
    yield from _relationships(person, other)


def _if_now(row: Any, slot: str) -> str:
    return slot if row.now else ""


def _label(row: Any, label: str) -> str:
    return label if row.now else f"{label}, before"


def _names(names: Iterable[PersonName]) -> Iterator[Told]:
    for name in names:
        slot = f"name_{name.kind}" if name.now and name.kind in NAMES else ""
        label = name.get_kind_display().capitalize()
        yield slot, label, False, name, (plain(name.given), plain(name.family)), str(name)


def _characteristics(person: Person) -> Iterator[Told]:
    for one in person.characteristics.order_by("pk"):
        slot = f"characteristic_{one.kind}" if one.kind in ONE_OF_A_KIND else ""
        label = _label(one, one.get_kind_display())
        yield _if_now(one, slot), label, False, one, one.code, code_in_words(one.kind, one.code)


def _households(person: Person) -> Iterator[Told]:
    homes = list(person.households.filter(until__isnull=True).order_by("pk"))
    together: dict[Any, list[str]] = {}
    others = HouseholdMember.objects.filter(household__in=[home.household_id for home in homes], until__isnull=True)
    for member in others.exclude(person=person).select_related("person").order_by("person__called_sort"):
        together.setdefault(member.household_id, []).append(str(member.person))
    for home in homes:
        words = ", ".join(together.get(home.household_id, [])) or "Nobody else on record"
        yield "household", "Lives with", True, home, home.household_id, words


def _relationships(person: Person, beside: Person) -> Iterator[Told]:
    to_them = person.related_to.select_related("person").exclude(person=beside).order_by("pk")
    from_them = person.relationships.select_related("other").exclude(other=beside).order_by("pk")
    codes = pack().codes("relationship")
    for row, other, kind in (
        *((row, row.person, row.kind) for row in to_them),
        *((row, row.other, codes.inverse(row.kind)) for row in from_them),
    ):
        means = (kind, row.parental_responsibility)
        words = code_in_words("relationship", kind)
        if row.parental_responsibility != Relationship.ParentalResponsibility.UNKNOWN:
            words = f"{words} ({row.get_parental_responsibility_display().lower()})"
        yield _if_now(row, f"relationship_{other.pk}"), _label(row, str(other)), True, row, means, words


def resolved(stays: Person, goes: Person, keeps: Mapping[str, str], on: date) -> list[Change]:
    """What the decisions change, before anything is moved. A difference that nobody decided is kept both ways."""
    changes: list[Change] = []
    for line in side_by_side(stays, goes):
        kept = keeps.get(line.slot, BOTH if line.may_both else STAYS)
        if line.slot in COLUMNS:
            if line.goes.said and (not line.stays.said or kept == GOES):
                changes.append(changed(stays, line.slot, getattr(goes, line.slot)))
            continue
        if line.slot == f"name_{PersonName.Kind.USED}" and line.goes.said and (not line.stays.said or kept == GOES):
            changes += [changed(stays, name, getattr(goes, name)) for name in ("called", "called_sort")]
        if line.differs and kept != BOTH:
            right, other = (line.stays, line.goes) if kept == STAYS else (line.goes, line.stays)
            changes += [_as_history(row, on) for row, means in other.said if means not in right.means]
    return changes


def _as_history(row: Any, on: date) -> Change:
    """What was not kept is still on record, as what it was: another name, an earlier number, a time that has ended."""
    if isinstance(row, PersonName):
        return changed(row, "kind", NAMES[PersonName.Kind(row.kind)])
    if isinstance(row, Identifier) and row.kind == Identifier.Kind.UPN:
        return changed(row, "kind", Identifier.Kind.FORMER_UPN)
    until = on - timedelta(days=1)
    return changed(row, "until", max(row.since, until) if row.since else until)

"""What is known of a person, fact by fact: what, since when, who said so and on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.packs.errors import UnknownCode
from righthelp.people.models import (
    Address,
    Characteristic,
    FoundBy,
    HouseholdMember,
    Identifier,
    Involvement,
    Known,
    Person,
    PersonName,
    Relationship,
    Spell,
)


@dataclass(frozen=True)
class KnownFact:
    """One fact as a screen shows it: what it is, what it says, and where it comes from."""

    key: str  # "address:<id>": by this a worker says that it is still right
    what: str
    says: str
    source: str
    on: date
    confirmed: bool  # `on` is the day on which it was last confirmed, rather than first told
    ended: bool

    @property
    def provenance(self) -> str:
        """The line beneath the fact."""
        verb = "Confirmed" if self.confirmed else "Told"
        return f"{self.source}. {verb} on {write_date(self.on)}."


KINDS: dict[str, type[Known]] = {
    "person": Person,
    "name": PersonName,
    "number": Identifier,
    "address": Address,
    "characteristic": Characteristic,
    "relationship": Relationship,
    "involvement": Involvement,
}


def known_facts(person: Person, *, past: bool = False) -> list[KnownFact]:
    """All that is known of a person now, and with `past` what has ended as well."""
    told: dict[tuple[str, str, bool], KnownFact] = {}
    for fact in _all(person):  # two records that were merged may say the same: said once, as it was heard last
        before = told.get(same := (fact.what, fact.says, fact.ended))
        if before is None or (fact.confirmed, fact.on) > (before.confirmed, before.on):
            told[same] = fact
    return [fact for fact in told.values() if past or not fact.ended]


def _all(person: Person) -> Iterator[KnownFact]:
    born = person.born_on or person.expected_on
    if born:
        yield _fact("person", person, "Date of birth" if person.born_on else "Expected", write_date(born))
    if person.sex != Person.Sex.UNKNOWN:
        yield _fact("person", person, "Sex", person.get_sex_display())
    rows: tuple[tuple[str, Iterable[Known]], ...] = (
        ("name", person.names.all()),
        ("address", person.addresses.all()),
        ("number", person.identifiers.all()),
        ("characteristic", person.characteristics.all()),
        ("involvement", person.involvements.select_related("agency")),
        ("relationship", person.related_to.select_related("person")),
        ("relationship", person.relationships.select_related("other")),
    )
    for kind, several in rows:
        for row in several:
            yield _fact(kind, row, *known_of_row(row, person))


def known_of_row(row: Known, person: Person | None = None) -> tuple[str, str]:
    """What a row says, and of what: of a relationship, as it looks from this person (else from the one it names)."""
    match row:
        case PersonName():
            return row.get_kind_display().capitalize(), str(row)
        case Address():
            return "Address", str(row)
        case Identifier():
            return row.get_kind_display(), row.value if row.sound else f"{row.value} (its check digit is wrong)"
        case Characteristic():
            return row.get_kind_display(), code_in_words(row.kind, row.code)
        case Involvement():
            return row.get_kind_display(), str(row.agency)
        case HouseholdMember():
            return "Household", f"{row.person} lives with others"
        case Relationship():
            return _relation(row, person)
    return str(row._meta.verbose_name).capitalize(), str(row)


def _relation(row: Relationship, person: Person | None) -> tuple[str, str]:
    if person is not None and row.person_id == person.pk:
        inverse = pack().codes("relationship").inverse(row.kind)
        return code_in_words("relationship", inverse), str(row.other)
    says = str(row.person)
    if row.parental_responsibility != Relationship.ParentalResponsibility.UNKNOWN:
        says = f"{says} ({row.get_parental_responsibility_display().lower()})"
    return code_in_words("relationship", row.kind), says


def _fact(kind: str, row: Known, what: str, says: str) -> KnownFact:
    ended = isinstance(row, Spell) and not row.now
    if isinstance(row, FoundBy) and row.wrong_on:
        says = f"{says} (told of somebody else: found on {write_date(row.wrong_on)})"
    if isinstance(row, Spell) and (row.since or row.until):
        says = f"{says} ({_span(row)})"
    return KnownFact(
        key=f"{kind}:{row.pk}",
        what=what,
        says=says,
        source=row.source,
        on=row.confirmed_on or row.recorded_on,
        confirmed=row.confirmed_on is not None,
        ended=ended,
    )


def _span(row: Spell) -> str:
    if row.since and row.until:
        return f"{write_date(row.since)} to {write_date(row.until)}"
    return f"since {write_date(row.since)}" if row.since else f"until {write_date(row.until)}"  # type: ignore[arg-type]


def code_in_words(name: str, code: str) -> str:
    """A code of the pack's set in words; what is not of the set as it stands."""
    try:
        return pack().codes(name)[code].label
    except UnknownCode:
        return code


def confirm(person: UUID | None, keys: Sequence[str], *, by: UUID | None, on: datetime) -> list[Known]:
    """The rows behind these keys, marked as confirmed today by this worker; those of anybody else are passed over."""
    rows: list[Known] = []
    for key in dict.fromkeys(keys):
        kind, _, number = key.partition(":")
        model = KINDS.get(kind)
        row = model.objects.filter(pk=number).first() if model and _is_a_number(number) else None
        if row is None or not _is_about(row, person):
            continue
        row.confirmed_on = local_day(on)
        row.confirmed_by_id = by
        rows.append(row)
    return rows


def _is_a_number(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _is_about(row: Known, person: UUID | None) -> bool:
    if isinstance(row, Person):
        return bool(row.pk == person)
    return person is not None and person in {getattr(row, "person_id", None), getattr(row, "other_id", None)}

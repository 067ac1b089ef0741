"""Two records of one person become one, and can be made two again.

Whatever names a person is found from the models themselves, so that a new table is merged without being asked; a model
says which of its fields go on naming whom they named (`never_moved`). Nothing here writes: it tells a step what to
change, each change with what was there before, so that every one of them can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, models

from righthelp.guard.guarded import GuardedModel, guarded_models, has_field
from righthelp.people.models import Person, Relationship, SearchKey
from righthelp.people.rows import known_rows, search_key

COLUMNS = ("sex", "born_on", "expected_on", "died_on")  # what a person is, rather than what hangs on them


@cache
def person_fields() -> dict[type[GuardedModel], tuple[str, ...]]:
    """Every field of the record that names a person and moves with them."""
    found = {
        model: tuple(
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is Person and field.name not in model.never_moved
        )
        for model in guarded_models()
    }
    return {model: names for model, names in found.items() if names}


Hung = tuple[GuardedModel, str]  # a row, and the field in which it names a person


def hung_on(person: Person) -> Iterator[Hung]:
    """Every row that names a person, with the field in which it does."""
    return _hung_on(person, person_fields())


def _hung_on(person: Person, fields: Mapping[type[GuardedModel], Iterable[str]]) -> Iterator[Hung]:
    for model, name in _which_name(person, [(model, name) for model, names in fields.items() for name in names]):
        rows = model._default_manager.filter(**{name: person}).order_by("pk")
        yield from ((row, name) for row in (rows.select_related("entry") if has_field(model, "entry") else rows))


def _which_name(person: Person, fields: list[tuple[type[GuardedModel], str]]) -> list[tuple[type[GuardedModel], str]]:
    """In which fields a person is named at all, in one question: most tables say nothing of them."""
    quoted = connection.ops.quote_name
    columns = [(model._meta.db_table, str(model._meta.get_field(name).column)) for model, name in fields]  # type: ignore[union-attr]
    asked = (
        f"SELECT {at} WHERE EXISTS (SELECT 1 FROM {quoted(table)} WHERE {quoted(column)} = %(person)s)"
        for at, (table, column) in enumerate(columns)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), {"person": person.pk})
        found = {at for (at,) in cursor.fetchall()}
    return [field for at, field in enumerate(fields) if at in found]


def hold_both(one: Person, other: Person) -> tuple[Person, Person]:
    """Both records as they are now, held until the transaction ends: whoever writes about either meanwhile waits."""
    held = {
        row.pk: row
        for row in Person.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    }
    return held[one.pk], held[other.pk]


def lead_to_current(rows: Iterable[Hung], people: Mapping[UUID, Person]) -> None:
    """Make rows that are about to be written name the record that a person is now, wherever they name one that went.

    `people` are those whom the same writing makes or changes. Each record that is named is held until the rows are
    written: a merging that is going on is waited for.
    """
    naming: dict[UUID, list[Hung]] = {}
    for row, name in rows:
        pk = getattr(row, f"{name}_id")
        if pk is not None and pk not in people:
            naming.setdefault(pk, []).append((row, name))
    while naming:
        held = Person.objects.select_for_update(no_key=True).filter(pk__in=list(naming)).order_by("pk")
        onward: dict[UUID, list[Hung]] = {}
        for pk, became in held.values_list("pk", "became"):
            if became is not None:
                onward.setdefault(became, []).extend(naming[pk])
                for row, name in naming[pk]:
                    setattr(row, f"{name}_id", became)
        naming = onward


@dataclass(frozen=True)
class Change:
    """A field of a row that gets another value; and what it held before, as text, so that it can be given back."""

    row: GuardedModel
    field: str
    was: str
    becomes: str


def changed(row: GuardedModel, name: str, value: Any) -> Change:
    """Give a field of a row its new value, and note both."""
    field: Any = row._meta.get_field(name)
    was = text_of(row, name)
    setattr(row, field.attname, value.pk if isinstance(value, models.Model) else value)
    return Change(row, name, was, text_of(row, name))


def text_of(row: GuardedModel, name: str) -> str:
    """The value of a field as it is noted."""
    value = row._meta.get_field(name).value_from_object(row)  # type: ignore[union-attr]
    return "" if value is None else str(value)


def read(row: GuardedModel, name: str, noted: str) -> Any:
    """A value that was noted, as the field holds it."""
    field: Any = row._meta.get_field(name)
    if noted == "" and field.null:
        return None
    return field.target_field.to_python(noted) if field.is_relation else field.to_python(noted)


def moves(stays: Person, goes: Person) -> Iterator[Change]:
    """All that names the record that goes names the one that stays. What says something of both stays as it is."""
    for row, name in hung_on(goes):
        if stays.pk not in _named_by(row):
            yield changed(row, name, stays)


def _named_by(row: GuardedModel) -> set[UUID | None]:
    named = {getattr(row, f"{name}_id") for name in person_fields()[type(row)]}
    entry = getattr(row, "entry", None)
    return {*named, entry.person_id} if entry is not None else named


def search_keys(people: Iterable[Person], changes: Iterable[Change]) -> list[SearchKey]:
    """The search keys that both people have after these changes, which are not written yet."""
    both = {person.pk: person for person in people}
    rows: dict[UUID, Any] = {row.pk: row for person in both.values() for row in known_rows(person)}
    for change in changes:
        if row := both.get(change.row.pk) or rows.get(change.row.pk):
            attname = change.row._meta.get_field(change.field).attname  # type: ignore[union-attr]
            setattr(row, attname, getattr(change.row, attname))
    return [
        search_key(person, [row for row in rows.values() if row.person_id == person.pk]) for person in both.values()
    ]


def fingerprint(*people: Person) -> str:
    """What is known of these people, as one number: equal as long as nobody has written anything of it."""
    said = [f"{person.pk}: {[text_of(person, field.name) for field in columns(Person)]}" for person in people]
    known = {
        model: names for model, names in person_fields().items() if model._meta.app_label == Person._meta.app_label
    }
    for person in people:
        for row, name in _hung_on(person, known):
            said.append(f"{row._meta.db_table}.{name}: {[text_of(row, field.name) for field in columns(type(row))]}")
    return sha256("\n".join(said).encode()).hexdigest()


def columns(model: type[GuardedModel]) -> list[Any]:
    """The columns of a model."""
    return list(model._meta.concrete_fields)


def related_to_one_another(one: Person, other: Person) -> list[Relationship]:
    """What two records that may be of one person are said to be to one another, and are still."""
    pair = [one.pk, other.pk]
    return list(Relationship.objects.filter(person__in=pair, other__in=pair, until__isnull=True))


def went_into(person: Person) -> list[Person]:
    """Every record that has become part of this one, and those that had become part of them."""
    found: list[Person] = []
    waiting = [person.pk]
    while waiting:
        more = list(Person.objects.filter(became__in=waiting).order_by("pk"))
        found += more
        waiting = [one.pk for one in more]
    return found


def record_now(person: Person) -> Person:
    """The record that a person has now: their own, or the one it was merged into."""
    became = Person.objects.filter(pk=person.pk).values_list("became", flat=True).first()
    return record_now(Person.objects.get(pk=became)) if became else person

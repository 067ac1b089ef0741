"""Whatever names a person can be moved when two records of one become one, and can be given back."""

from __future__ import annotations

import pytest
from django.db import models

from righthelp.guard.guarded import guarded_models
from righthelp.people.merging import person_fields
from righthelp.people.models import Person
from tests.closed.test_tables import rights_in_force

pytestmark = pytest.mark.django_db

# Fields that go on naming whom they named, each with its reason.
NEVER_MOVED = {
    "people.Person.became": "it is what says which record became which",
    "people.SearchKey.person": "keys are made again from what moved",
}
# Numbers of people that are no keys, each with why they need not move.
NOT_KEYS = {
    "guard.AccessLog.person": "who looked at which record is never rewritten; a record tells of those merged into it",
    "people.Person.born_told_in": "an entry, not a person",
}
NAMING = [
    (model, field)
    for model in guarded_models()
    for field in model._meta.concrete_fields
    if isinstance(field, models.ForeignKey) and field.related_model is Person
]


def label(found: object) -> str:
    return f"{found._meta.label}" if hasattr(found, "_meta") else str(getattr(found, "name", found))


@pytest.mark.parametrize(("model", "field"), NAMING, ids=label)
def test_every_key_to_a_person_moves_or_is_named_with_a_reason(model: type[models.Model], field: models.Field) -> None:
    named = f"{model._meta.label}.{field.name}"
    moves = field.name in person_fields().get(model, ())  # type: ignore[call-overload]
    assert moves != (named in NEVER_MOVED), named
    if not moves:
        return
    assert "UPDATE" in rights_in_force(model._meta.db_table), "a row that is never changed cannot be moved"
    assert not field.primary_key
    assert not field.unique
    limits = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    assert not [one.name for one in limits if field.name in one.fields], "two records may both have one"


def test_nothing_else_names_a_person_by_number() -> None:
    others = {
        f"{model._meta.label}.{field.name}"
        for model in guarded_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField) and ("person" in field.name or model is Person) and not field.primary_key
    }
    assert others == NOT_KEYS.keys()
    assert all(reason.strip() for reason in (*NEVER_MOVED.values(), *NOT_KEYS.values()))


def test_what_is_named_here_is_there() -> None:
    assert {f"{model._meta.label}.{field.name}" for model, field in NAMING} >= NEVER_MOVED.keys()
    assert len(NAMING) > 12

"""A migration that is done at once leaves the same database, and the same models, as one done bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CASCADE, PROTECT, Q
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from righthelp.guard.at_once import AtOnce, can_be_done_at_once, do_at_once
from tests.databases import a_database_of_its_own, by_the_owner

# What a database holds, in words that name no row of its catalogue. Columns keep their order.
ASKED = (
    "SELECT attrelid::regclass::text, attnum, attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT pg_get_triggerdef(oid), obj_description(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)


def trigger(table: str, does: str) -> Trigger:
    sql = UpsertTriggerSql(table=table, pgid=f"pgtrigger_{table}_x", func=does, operation="INSERT", when="BEFORE")
    return Trigger(name="insert_insert", sql=sql)


def everything() -> list[Operation]:
    """Tables made and changed, tables that name each other, and a table changed that was there before."""
    key = models.BigAutoField(primary_key=True)
    return [
        migrations.CreateModel("Kite", [("id", key), ("name", models.CharField(max_length=20))], {"db_table": "kite"}),
        migrations.AddField("kite", "of", models.ForeignKey("contact.contact", PROTECT, related_name="kites")),
        migrations.CreateModel(
            "Tail", [("id", key.clone()), ("kite", models.ForeignKey("contact.kite", CASCADE))], {"db_table": "tail"}
        ),
        migrations.AddField("kite", "tail", models.ForeignKey("contact.tail", PROTECT, null=True, related_name="+")),
        migrations.AddField("kite", "code", models.CharField(max_length=9, unique=True)),
        migrations.AlterField("kite", "name", models.TextField(db_index=True)),
        migrations.AddIndex("kite", models.Index(fields=["of", "name"], name="kite_of")),
        migrations.AddConstraint("kite", models.CheckConstraint(condition=~Q(name=""), name="kite_is_named")),
        migrations.AddConstraint(
            "kite", models.UniqueConstraint(fields=["of"], condition=Q(tail=None), name="kite_without_tail")
        ),
        AddTrigger("kite", trigger("kite", "RETURN NEW;")),
        migrations.AlterModelOptions("kite", {"ordering": ["name"]}),
        migrations.AddField("contact", "kite", models.ForeignKey("contact.kite", PROTECT, null=True)),
        migrations.AddField("contact", "wind", models.CharField(max_length=20, default="west")),
        migrations.AlterField("contact", "urgency_reason", models.TextField(null=True)),
        migrations.AddIndex("contact", models.Index(fields=["wind", "kite"], name="contact_wind")),
        migrations.RemoveConstraint("contact", "contact_state_is_known"),
        migrations.AddConstraint(
            "contact", models.CheckConstraint(condition=~Q(state="LOST"), name="contact_state_is_known")
        ),
        RemoveTrigger("contact", "insert_insert"),
        AddTrigger("contact", trigger("contact", "NEW.wind = 'north'; RETURN NEW;")),
    ]


def later(operations: list[Operation], app: str = "contact") -> migrations.Migration:
    migration = migrations.Migration("9999_later", app)
    migration.operations = operations
    return migration


def held() -> list[set[Any]]:
    answers = []
    with connection.cursor() as cursor:
        for question in ASKED:
            cursor.execute(question)
            answers.append(set(cursor.fetchall()))
    return answers


def known(state: ProjectState) -> dict[str, tuple[object, set[tuple[str, str]]]]:
    """Of every model in which order it comes, what it names, and what names it."""
    return {
        model._meta.label: (
            model._meta.ordering,
            {
                (field.name, getattr(field.related_model, "__name__", ""))
                for field in model._meta.get_fields(True, True)
            },
        )
        for model in state.apps.get_models()
    }


def done(migration: migrations.Migration) -> tuple[list[set[Any]], dict[str, Any]]:
    """What there is when the migration has been done to the database, which is then as it was."""
    state = MigrationLoader(None).project_state()
    assert state.apps  # drawn, as they are when migrations run
    with by_the_owner(), transaction.atomic():
        with connection.schema_editor() as editor:
            state = migration.apply(state, editor)
        found = held()
        transaction.set_rollback(True)
    return found, known(state)


@pytest.fixture
def _database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), a_database_of_its_own("at_once"):
        yield


@pytest.mark.usefixtures("_database")
def test_the_database_and_the_models_come_out_the_same() -> None:
    bit_by_bit = done(later(everything()))
    migration = later(everything())
    do_at_once([(migration, False)])
    assert [type(one) for one in migration.operations] == [AtOnce]
    at_once = done(migration)
    assert at_once[0] == bit_by_bit[0]
    assert at_once[1] == bit_by_bit[1]
    assert at_once[1]["contact.Contact"][1] >= {("kite", "Kite"), ("kites", "Kite"), ("wind", "")}
    with by_the_owner():
        before = held()
    assert all(made - there for made, there in zip(at_once[0], before, strict=True))


@pytest.mark.parametrize(
    "more",
    [
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("SELECT 1"),
        migrations.RenameField("contact", "worry", "trouble"),
        migrations.AlterField("contact", "wind", models.TextField()),
    ],
)
def test_what_needs_the_models_on_the_way_is_done_bit_by_bit(more: Operation) -> None:
    migration = later([*everything(), more])
    assert not can_be_done_at_once(migration.operations)
    do_at_once([(migration, False)])
    assert migration.operations[-1] is more


@pytest.mark.parametrize(("app", "backwards"), [("auth", False), ("contact", True)])
def test_only_what_is_ours_and_goes_forwards_is_done_at_once(app: str, backwards: bool) -> None:
    migration = later(everything(), app)
    do_at_once([(migration, backwards)])
    assert len(migration.operations) == len(everything())

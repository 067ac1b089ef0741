"""Every change of a model has its migration; they follow each other in one line; each only adds, at once."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from righthelp.guard.at_once import can_be_done_at_once
from tests.migrating.adding import takes_away

ROOM = Path(__file__).parents[2] / "righthelp"
OURS = sorted(config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOM))
HOLDING = sorted(label for label in OURS if list(apps.get_app_config(label).get_models()))
pytestmark = pytest.mark.django_db


def line(app: str) -> list[str]:
    """The migrations of an app, by name."""
    return sorted(name for label, name in MigrationLoader(None).disk_migrations if label == app)


def test_no_model_was_changed_without_a_migration() -> None:
    out = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, no_color=True)
    except SystemExit:
        pytest.fail(f"Run manage.py makemigrations:\n{out.getvalue()}")


@pytest.mark.parametrize("app", HOLDING)
def test_migrations_are_numbered_and_follow_each_other(app: str) -> None:
    names = line(app)
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    graph = MigrationLoader(None).graph
    assert graph.leaf_nodes(app) == [(app, names[-1])]
    for before, after in pairwise(names):
        own = {key for key in graph.node_map[app, after].parents if key.key[0] == app}
        assert {key.key for key in own} == {(app, before)}


@pytest.mark.parametrize("app", HOLDING)
def test_every_migration_of_ours_only_adds(app: str) -> None:
    loader = MigrationLoader(None)
    for name in line(app):
        migration = loader.disk_migrations[app, name]
        before = loader.project_state((app, name), at_end=False)
        assert list(takes_away(migration, before)) == []


@pytest.mark.parametrize("app", HOLDING)
def test_every_migration_of_ours_is_done_at_once(app: str) -> None:
    """Otherwise an empty database takes half a minute to come up."""
    loader = MigrationLoader(None)
    assert [name for name in line(app) if not can_be_done_at_once(loader.disk_migrations[app, name].operations)] == []


def test_every_migration_that_runs_is_on_disk_and_was_run() -> None:
    loader = MigrationLoader(connection)
    assert {key for key in loader.disk_migrations if key[0] in OURS} <= loader.applied_migrations.keys()


TRIGGER = Trigger(
    name="insert_insert",
    sql=UpsertTriggerSql(table="x", pgid="x", hash="x", func="x", operation="INSERT", when="AFTER"),
)


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("contact", "more", models.TextField(blank=True, default=""))],
        [migrations.AddField("contact", "more", models.DateField(null=True))],
        [migrations.AddField("contact", "more", models.IntegerField(db_default=0))],
        [migrations.AlterField("contact", "worry", models.TextField("what is it?", max_length=9000))],
        [migrations.AlterField("contact", "child_given", models.CharField("first name", max_length=200))],
        [migrations.AlterField("contact", "child_given", models.TextField("first name"))],
        [migrations.AlterField("contact", "received_at", models.DateTimeField("received", null=True))],
        [migrations.AddIndex("contact", models.Index(fields=["worry"], name="by_worry"))],
        [migrations.CreateModel("More", [("id", models.BigAutoField(primary_key=True))])],
        [RemoveTrigger("contact", "insert_insert"), AddTrigger("contact", TRIGGER)],
    ],
)  # fmt: skip
def test_what_adds(operations: list[Operation]) -> None:
    assert faults(operations) == []


@pytest.mark.parametrize(
    ("operations", "says"),
    [
        ([migrations.RemoveField("contact", "worry")], "does not only add"),
        ([migrations.RenameField("contact", "worry", "trouble")], "does not only add"),
        ([migrations.DeleteModel("Contact")], "does not only add"),
        ([migrations.RenameModel("Contact", "Worry")], "does not only add"),
        ([migrations.AlterModelTable("contact", "worry")], "does not only add"),
        ([migrations.RunSQL("DELETE FROM contact")], "does not only add"),
        ([migrations.RemoveConstraint("contact", "contact_state_is_known")], "may come in"),
        ([migrations.AddField("contact", "more", models.DateField())], "nothing to put in it"),
        ([migrations.AlterField("contact", "child_given", models.CharField(max_length=99))], "shorter"),
        ([migrations.AlterField("contact", "worry", models.CharField(max_length=8000))], "from text to varchar"),
        ([migrations.AlterField("contact", "child_born_on", models.DateTimeField(null=True))], "from date to"),
        ([migrations.AlterField("contact", "child_born_on", models.DateField())], "may no longer be empty"),
        ([RemoveTrigger("contact", "insert_insert")], "written no longer"),
    ],
)
def test_what_takes_away(operations: list[Operation], says: str) -> None:
    assert [says in fault for fault in faults(operations)] == [True]


def faults(operations: list[Operation]) -> list[str]:
    """Of a migration that does this to the worries, after all that there are."""
    migration = migrations.Migration("9999_later", "contact")
    migration.operations = operations
    return list(takes_away(migration, MigrationLoader(None).project_state()))

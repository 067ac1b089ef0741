"""Today's release goes over the rows of a county that was at work under an older one, and leaves them as they are."""

from __future__ import annotations

import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from righthelp.demo.staff import staff_on_record
from righthelp.engine.process import process
from righthelp.engine.taking import take
from righthelp.guard.rowsecurity import differences
from righthelp.guard.viewers import STEP, looking, worker_looking
from running.backup import fill
from tests.county import County
from tests.databases import an_empty_database, by_the_owner, connected, owner_of

Rows = dict[str, list[dict[str, Any]]]
RELEASES = Path(__file__).parent / "releases"


def rows() -> Rows:
    """All rows of all our tables, read as the owner; in no order that a migration might change."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in ("django_migrations", "guard_installed"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column.name for column in cursor.description]
            found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


def still_there(before: Rows, after: Rows) -> None:
    """Every row is there as it was; there may be more columns, more rows and more tables."""
    for table, several in before.items():
        columns = list(several[0]) if several else []
        now = [{column: row[column] for column in columns} for row in after[table]]
        lost = Counter(map(repr, several)) - Counter(map(repr, now))
        assert not lost, f"{table} is not as it was"


@pytest.fixture(params=sorted(RELEASES.glob("*.dump.xz")), ids=lambda file: file.name)
def older(request: Any, django_db_setup: None, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A county at work under an older release, in an empty database that is then in use."""
    unpacked = tmp_path / "older.dump"
    unpacked.write_bytes(lzma.decompress(request.param.read_bytes()))
    with an_empty_database("older") as name:
        fill(owner_of(name), unpacked)
        with django_db_blocker.unblock(), connected(NAME=name):
            yield request.param


def test_a_county_at_work_under_an_older_release_goes_on(older: Path) -> None:
    with by_the_owner():
        before = rows()
        assert before["contact"]
        assert before["contact_audit"]
        call_command("migrate", verbosity=0)
        still_there(before, rows())
        assert differences() == ""
    with looking(STEP):
        contact = process("contact").objects.filter(state="SCREENING").order_by("received_at")[0]
        manager = worker_looking(staff_on_record().in_role["front door manager"][0].pk)
    assert manager is not None
    with looking(manager):
        again = type(contact).objects.get(pk=contact.pk)
    held = take(again, "hold", by=manager, hold_reason="Waiting for the school.")
    assert held.version == contact.version + 1


def apply(*operations: Any) -> None:
    """A migration that does this to the worries."""
    migration = migrations.Migration("9999_later", "contact")
    migration.operations = list(operations)
    with connection.schema_editor() as editor:
        migration.apply(MigrationLoader(None).project_state(), editor)


def test_a_change_that_adds_leaves_the_rows_as_they_are(lasting_county: County) -> None:
    with by_the_owner():
        before = rows()
        apply(
            migrations.AddField("contact", "weather", models.CharField(max_length=10, default="")),
            migrations.AddField("contact", "seen_by_on", models.DateField(null=True)),
        )
        after = rows()
        still_there(before, after)
        assert {row["weather"] for row in after["contact"]} == {""}


def test_a_change_that_the_rows_do_not_bear_is_found(lasting_county: County) -> None:
    with by_the_owner():
        before = rows()
        with pytest.raises(IntegrityError):
            apply(migrations.AlterField("contact", "decided_at", models.DateTimeField()))
        still_there(before, rows())
        with connection.cursor() as cursor:
            cursor.execute("UPDATE contact SET version = version + 1")
        with pytest.raises(AssertionError, match="contact is not as it was"):
            still_there(before, rows())


def test_whoever_comes_after_sees_what_they_saw(lasting_county: County) -> None:
    """No rule of sight was lost on the way: a purpose sees rows, and a partner of another school does not."""
    contact = lasting_county.rows["screening"]
    with looking(STEP):
        assert type(contact).objects.filter(pk=contact.pk).exists()
    with looking(lasting_county.as_("uninvolved")):
        assert not type(contact).objects.filter(pk=contact.pk).exists()

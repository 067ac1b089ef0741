"""Every later migration goes over the rows of a county that worked with what was before, and leaves them as they are.

The county is made with today's models; what came later is then taken back, one by one, and brought again over its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from righthelp.guard.rowsecurity import differences, install
from righthelp.guard.viewers import STEP, looking
from tests.county import County
from tests.databases import by_the_owner
from tests.migrating.test_migrations import HOLDING, line

Rows = dict[str, list[dict[str, Any]]]
FIRST = [(app, line(app)[0]) for app in HOLDING]


def later() -> Iterator[tuple[str, str]]:
    """Every migration of ours after the first of its room, in the order in which they run."""
    graph = MigrationLoader(None).graph
    seen = set(FIRST)
    for app in HOLDING:
        for node in graph.forwards_plan((app, line(app)[-1])):
            if node[0] in HOLDING and node not in seen:
                seen.add(node)
                yield node


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
    """Every row is there as it was; it may have more columns, and there may be more tables."""
    for table, several in before.items():
        columns = list(several[0]) if several else []
        now = [{column: row[column] for column in columns} for row in after[table]]
        assert sorted(map(repr, now)) == sorted(map(repr, several)), f"{table} is not as it was"


def to(*targets: tuple[str, str]) -> None:
    """Bring the database to these migrations, forwards or back, without what follows a release."""
    MigrationExecutor(connection).migrate(list(targets))


def test_every_later_migration_goes_over_a_county_at_work(lasting_county: County) -> None:
    with by_the_owner():
        to(*FIRST)
        before = rows()
        assert before["contact"]
        assert before["contact_audit"]
        for node in later():
            to(node)
            still_there(before, after := rows())
            before = after
        install()
        assert differences() == ""
    with looking(lasting_county.as_("front door manager")):
        assert type(lasting_county.rows["screening"]).objects.exists()


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

"""What a later migration may do: add, and rename what is only shown. A county goes on with the release before, too."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.postgres.operations import CreateExtension
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

# Each with why it takes nothing away from rows that are there, or from the release that runs until the next one does.
ADDS: dict[type[Operation], str] = {
    migrations.CreateModel: "a new table",
    migrations.AddIndex: "makes reading faster",
    migrations.AddConstraint: "is checked over the rows that are there, and refused if one does not hold",
    migrations.AlterModelOptions: "is about words and order, not about the table",
    migrations.AlterModelManagers: "is about the code, not about the table",
    AddTrigger: "writes the audit",
    CreateExtension: "something more that the database can do",
}


def takes_away(migration: migrations.Migration, before: ProjectState) -> Iterator[str]:
    """What of a migration does more than add, each as a sentence."""
    made_anew = {(one.model_name, one.trigger.name) for one in migration.operations if isinstance(one, AddTrigger)}
    bound_anew = {one.constraint.name for one in migration.operations if isinstance(one, migrations.AddConstraint)}
    state = before.clone()
    for operation in migration.operations:
        if _of_an_old_table(operation, migration.app_label, before) and (
            fault := _fault(operation, migration.app_label, state, made_anew, bound_anew)
        ):
            yield f"{migration.app_label}.{migration.name}: {fault}"
        operation.state_forwards(migration.app_label, state)


def _of_an_old_table(operation: Operation, app: str, before: ProjectState) -> bool:
    """Whether it is not about a table that the migration itself makes."""
    name = getattr(operation, "model_name", None)
    return name is None or (app, name.lower()) in before.models


def _fault(
    operation: Operation, app: str, before: ProjectState, made_anew: set[tuple[str, str]], bound_anew: set[str]
) -> str | None:
    says = operation.describe()
    if isinstance(operation, migrations.AddField):
        field = operation.field
        filled = field.null or field.has_default() or field.many_to_many or field.db_default is not models.NOT_PROVIDED
        filled = filled or (field.blank and field.empty_strings_allowed)  # text that Django fills with nothing
        return None if filled else f"{says}: rows that are there have nothing to put in it. Let it be empty."
    if isinstance(operation, migrations.AlterField):
        old = before.models[app, operation.model_name_lower].fields[operation.name]
        return _narrowed(old, operation.field, says)
    if isinstance(operation, RemoveTrigger):
        if (operation.model_name, operation.name) in made_anew:
            return None
        return f"{says}: what it wrote is written no longer."
    if isinstance(operation, migrations.RemoveConstraint):
        return None if operation.name in bound_anew else f"{says}: what it kept out may come in."
    return None if isinstance(operation, tuple(ADDS)) else f"{says}: it does not only add."


def _narrowed(old: models.Field, new: models.Field, says: str) -> str | None:
    if old.null and not new.null:
        return f"{says}: it may no longer be empty, and is."
    longest = [field.max_length or float("inf") for field in (old, new)]
    if longest[1] < longest[0] and not isinstance(new, models.TextField):
        return f"{says}: it is shorter than what may be there."
    kinds = [_kind(field) for field in (old, new)]
    if kinds[0] == kinds[1] or kinds == ["varchar", "text"]:
        return None
    return f"{says}: from {kinds[0]} to {kinds[1]}. Add another field beside it."


def _kind(field: models.Field) -> str:
    """The type of the column, without its length."""
    if field.is_relation:
        return f"key to {field.remote_field.model}"
    return str(field.db_type(connection)).split("(")[0]

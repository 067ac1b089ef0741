"""A migration of ours is done at once: Django draws the models anew after each operation, and once is enough.

Django's way costs more with every model there is, for every operation there is; an empty database took half a minute.
What is done to the database is the same. A table that the migration makes is made as it stands at the migration's
end. A migration with an operation that is not named here is done in Django's way, one operation after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.operations import CreateExtension
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

ROOM = Path(__file__).parents[1]

# Each does the same to the database, whether the models are drawn after the one before it or after the whole migration.
KNOWN: frozenset[type[Operation]] = frozenset(
    {
        operations.CreateModel,
        operations.AddField,
        operations.AlterField,
        operations.AddIndex,
        operations.AddConstraint,
        operations.RemoveConstraint,
        operations.AlterModelOptions,
        operations.AlterModelManagers,
        AddTrigger,
        RemoveTrigger,
    }
)


class AtOnce(Operation):
    """Several operations, for which the models are drawn once."""

    reversible = False  # a migration is only wrapped on its way forwards

    def __init__(self, several: Sequence[Operation]) -> None:
        self.several = several
        self.made = [one.name_lower for one in several if isinstance(one, operations.CreateModel)]

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        drawn = state.__dict__.pop("apps", None)  # without them, Django draws nothing
        for one in self.several:
            one.state_forwards(app_label, state)
        if drawn is None:
            return
        state.__dict__["apps"] = drawn
        drawn.render_multiple([state.models[app_label, name] for name in self.made])
        changed = {(app_label, _changes(one)) for one in self._to_do() if _changes(one)}
        if changed:
            state.reload_models(sorted(changed), delay=False)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for one in self._to_do():
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(one.describe() for one in self.several)

    def _to_do(self) -> Iterator[Operation]:
        """All but what changes a table that is made here: that is part of making it."""
        return (one for one in self.several if _changes(one) not in self.made)


def can_be_done_at_once(several: Sequence[Operation]) -> bool:
    """Whether all are known, and none needs a table that was there already as another has left it."""
    made = AtOnce(several).made
    fields = [
        (_changes(one), one.name_lower)
        for one in several
        if isinstance(one, operations.AddField | operations.AlterField) and _changes(one) not in made
    ]
    known = all(type(one) in KNOWN or isinstance(one, CreateExtension) for one in several)
    return known and len(set(fields)) == len(fields)


def do_at_once(plan: Sequence[tuple[Migration, bool]]) -> None:
    """Have those migrations of a plan that are ours, and go forwards, done at once."""
    ours = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOM)}
    for migration, backwards in plan:
        if migration.app_label in ours and not backwards and can_be_done_at_once(migration.operations):
            vars(migration)["operations"] = [AtOnce(migration.operations)]  # of this run alone


def _changes(one: Operation) -> str:
    """The model that it changes, or nothing when it makes one or changes none."""
    if isinstance(one, operations.AlterModelOptions | operations.AlterModelManagers):
        return one.name_lower
    return str(getattr(one, "model_name", "")).lower()

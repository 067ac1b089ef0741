"""Guarded models: seen only by whom their rules name, and every write of them audited.

A model says `seen_by` (rules, any of which suffices); the guarded manager and the row-level security policy are both
made from it. `append_only` rows are never changed; `removable` ones may be deleted (a draft); `audited = False` is
for rows that can be made again from others.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

import pghistory
import uuid_utils
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models
from django.db.models.base import ModelBase

from righthelp.guard.made_once import NOBODY, ForKey
from righthelp.guard.rules import NO_ROW, Rule
from righthelp.guard.viewers import AsPublic, AsWorker, Refused, current


def new_id() -> UUID:
    """An identifier in order of time that nobody can guess (UUID version 7)."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


class NotShown(Refused):
    """A field that this viewer is not shown."""


class GuardedQuerySet(models.QuerySet[Any]):
    """Rows that the viewer may see, with the fields that the viewer may see."""

    def _check(self, names: Sequence[Any]) -> None:
        hidden = self.model.fields_hidden_from(current())
        for name in names:
            if isinstance(name, str) and field_of(self.model, name.split("__")[0]) in hidden:
                raise NotShown(f"{self.model._meta.verbose_name}: '{name}' is not shown to this viewer.")

    def values(self, *fields: Any, **expressions: Any) -> Any:
        self._check(fields or [field.name for field in self.model._meta.concrete_fields])
        return super().values(*fields, **expressions)

    def values_list(self, *fields: Any, **options: Any) -> Any:
        self._check(fields or [field.name for field in self.model._meta.concrete_fields])
        return super().values_list(*fields, **options)


class GuardedManager(models.Manager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """The only way to a guarded table. Without a viewer it raises."""

    def get_queryset(self) -> Any:
        viewer = current()
        rows = super().get_queryset()
        if isinstance(viewer, AsWorker | AsPublic):
            if self.model not in viewer.narrowed:
                viewer.narrowed[self.model] = self._narrow(rows, viewer).query
            rows.query = viewer.narrowed[self.model].chain()
        return rows

    def shows(self, key: UUID) -> bool:
        """Whether the viewer may see the row with this key. Asked at every step, so the query is made once a viewer."""
        viewer = current()
        if not isinstance(viewer, AsWorker):
            return bool(self.filter(pk=key).exists())
        if self.model not in viewer.asks:
            found = self.filter(pk=NOBODY).order_by().values_list("pk")
            viewer.asks[self.model] = ForKey(*found.query.sql_with_params())
        with connection.cursor() as cursor:
            cursor.execute(*viewer.asks[self.model].of(key))
            return cursor.fetchone() is not None

    def _narrow(self, rows: Any, viewer: AsWorker | AsPublic) -> Any:
        if isinstance(viewer, AsPublic):
            allowed = [rule.public_q(self.model) for rule in self.model.seen_by if rule.for_public]
        else:
            allowed = [rule.q(viewer, self.model) for rule in self.model.seen_by]
        if all(allowed):
            rows = rows.filter(reduce(or_, allowed, NO_ROW))
        if hidden := self.model.fields_hidden_from(viewer):
            rows = rows.defer(*hidden)
        return rows


class GuardedBase(ModelBase):
    """Gives every guarded model its plain table name, its guarded managers and its audit."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        above = next((base.Meta for base in bases if hasattr(base, "Meta")), object)
        meta = attrs.setdefault("Meta", type("Meta", (above,), {"abstract": False}))
        abstract = getattr(meta, "abstract", False)
        # Related look-ups use the base manager: were it not guarded, they would go round the guard.
        meta.base_manager_name = meta.default_manager_name = "objects"
        if not abstract and not hasattr(meta, "db_table"):
            meta.db_table = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        made: Any = super().__new__(mcs, name, bases, attrs, **kwargs)
        if not abstract and not getattr(meta, "proxy", False) and made.audited:
            pghistory.track(
                pghistory.InsertEvent(),
                pghistory.UpdateEvent(),
                pghistory.DeleteEvent(),
                obj_field=pghistory.ObjForeignKey(related_name="+"),
                context_field=pghistory.ContextJSONField(),
                # Nothing beside the context itself: None, as the library documents it.
                context_id_field=None,  # type: ignore[arg-type]
                level=pghistory.Row,
                model_name=f"{name}Audit",
                meta={"db_table": f"{made._meta.db_table}_audit"},
            )(made)
        return made


class GuardedModel(models.Model, metaclass=GuardedBase):
    """A row that somebody may see and others may not."""

    seen_by: ClassVar[Sequence[Rule]] = ()
    written_by: ClassVar[Sequence[Rule]] = ()  # beside purposes, which carry out steps
    append_only: ClassVar[bool] = False
    words_frozen: ClassVar[bool] = False  # a trigger lets none of it be changed but whose it is
    removable: ClassVar[bool] = False
    audited: ClassVar[bool] = True
    # Fields that go on naming the same person when two records of one are merged; all others are moved (`merging.py`).
    never_moved: ClassVar[frozenset[str]] = frozenset()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    objects = GuardedManager()

    class Meta:
        abstract = True

    @classmethod
    def fields_hidden_from(cls, viewer: Any) -> frozenset[str]:
        """Fields that this kind of viewer never sees, whatever the row."""
        return frozenset()

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        hidden = type(self).fields_hidden_from(current())
        if fields and (refused := sorted({field_of(type(self), name) for name in fields} & hidden)):
            raise NotShown(f"{self._meta.verbose_name}: {', '.join(refused)} is not shown to this viewer.")
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)


def guarded_models() -> list[type[GuardedModel]]:
    """Every guarded model of the project."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, GuardedModel)]


def field_of(model: type[models.Model], name: str) -> str:
    """The field behind a name: a key has two, itself ("contact") and its column ("contact_id")."""
    return str(model._meta.get_field(name).name) if has_field(model, name) else name


def has_field(model: type[models.Model], name: str) -> bool:
    """Whether the model has such a field."""
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True

"""A column that holds a code of a pack's set: its words are the pack's, its meaning the nation's."""

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.packs import pack
from righthelp.packs.codes import CodeSet


class CodeField(models.CharField):  # type: ignore[type-arg]
    """A code of the set `code_set`. Which codes there are is asked of the pack when a form is drawn or judged."""

    def __init__(self, *args: Any, code_set: str = "", leaving_out: Collection[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("blank", True)
        self.code_set = code_set
        self.leaving_out = frozenset(leaving_out)  # codes of the set that make no sense where this is asked
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        # In the database it is text: a migration neither knows nor freezes what a pack says.
        kwargs.pop("code_set", None)
        kwargs.pop("leaving_out", None)
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> "CodeField":
        made: CodeField = super().clone()
        made.code_set, made.leaving_out = self.code_set, self.leaving_out
        return made

    def codes(self) -> CodeSet:
        """The set, as the county's pack has it."""
        return pack().codes(self.code_set)


def code_set_of(column: Any) -> CodeSet | None:
    """The set of a column that holds a code, or several; None of any other column."""
    inner = column.base_field if isinstance(column, ArrayField) else column
    return inner.codes() if isinstance(inner, CodeField) else None

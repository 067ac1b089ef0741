"""Rows that belong to a process's row and are asked for with it: the adults of a family, whoever is invited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.viewers import AsWorker, Viewer

MOST = 20  # rows told at once, where a page does not say fewer


class Part(GuardedModel):
    """One of several like things that a step asks for: seen by whoever sees the row it belongs to.

    `asked_with` names its fields, in order; `must_have` those without which it is not a whole answer; `most` how many
    of them are told at once, where that is fewer than usual.
    """

    asked_with: ClassVar[tuple[str, ...]] = ()
    must_have: ClassVar[frozenset[str]] = frozenset()
    most: ClassVar[int] = MOST
    heads_itself: ClassVar[bool] = False  # on the record by its own name, and not by its number

    number = models.PositiveSmallIntegerField()  # its place among the others, from 1

    append_only = True

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Several:
    """Rows that a step asks for together, and by which key they belong to the process's row or to its entry.

    With `of_each`, nothing is added: of each row that is there the step asks these fields (who came, of all who were
    invited). `must_have` are those without which an answer is not whole.
    """

    model: Any
    field: str
    asked_with: tuple[str, ...]
    must_have: frozenset[str] = frozenset()
    of_each: bool = False
    still: str = ""  # the attribute of a row by which it is asked of at all: an action that is not done
    mine: bool = False  # of rows that name an agency, only that of whoever takes the step
    most: int = MOST  # told at once: with one, nothing offers to add another
    at: str = ""  # the field of the process's row that names the row on whose entry they hang: a meeting's plan

    def key_of(self, row: Any) -> UUID:
        """The key of the row, or of the entry, to which they belong."""
        key: UUID = getattr(row, f"{self.at}_id") if self.at else row.pk
        return key

    def of(self, key: UUID) -> list[Any]:
        """The rows that belong to the process's row with this key, in the order in which they were told."""
        return list(self.model.objects.filter(**{self.field: key}).order_by("number", "pk"))

    def whom(self, rows: Iterable[Any], by: Viewer | None) -> list[Any]:
        """Those of them of whom a step asks whoever takes it."""
        agency = by.agency if isinstance(by, AsWorker) else None
        return [
            row
            for row in rows
            if (not self.still or getattr(row, self.still)) and (not self.mine or row.agency_id == agency)
        ]

    @property
    def title(self) -> str:
        """What one of them is called."""
        return str(self.model._meta.verbose_name)


def several(
    model: Any,
    *,
    of_each: Sequence[str] = (),
    must_have: Sequence[str] = (),
    still: str = "",
    mine: bool = False,
    most: int = MOST,
    at: str = "",
) -> Several:
    """Rows of the record that belong to an entry, as a page asks for them (`Process.several`)."""
    if of_each:
        return Several(
            model, "entry", tuple(of_each), frozenset(must_have), of_each=True, still=still, mine=mine, at=at
        )
    return Several(model, "entry", model.asked_with, model.must_have, most=most, at=at)

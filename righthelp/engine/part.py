"""Rows that belong to a process's row and are asked for with it: the adults of a family, the children of a worry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from righthelp.guard.guarded import GuardedModel


class Part(GuardedModel):
    """One of several like things that a step asks for: seen by whoever sees the row it belongs to.

    `asked_with` names its fields, in order; `must_have` those without which it is not a whole answer.
    """

    asked_with: ClassVar[tuple[str, ...]] = ()
    must_have: ClassVar[frozenset[str]] = frozenset()

    number = models.PositiveSmallIntegerField()  # its place among the others, from 1

    append_only = True

    class Meta:
        abstract = True

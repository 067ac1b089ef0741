"""What belongs to a record and is told in rows: who is invited, what is agreed, each part of a child's life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from righthelp.engine.answers import parts
from righthelp.engine.codes import CodeField
from righthelp.engine.fields import sentence
from righthelp.engine.part import Several
from righthelp.engine.process import Process
from righthelp.engine.timeline import words

MOST_COLUMNS, LONGEST_IN_A_TABLE = 5, 160  # characters


@dataclass(frozen=True)
class Fact:
    """A field of a row in words."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Told:
    """Rows of one kind that belong to a record: a table where they are short, else each under a heading of its own."""

    title: str
    rows: list[tuple[str, list[Fact]]]
    heads: list[Fact]  # what each column asks; none where it is no table

    @property
    def labels(self) -> list[str]:
        return [head.label for head in self.heads]

    def cells(self) -> Iterator[list[Fact]]:
        """Row by row, what stands in each column."""
        for _, told in self.rows:
            said = {fact.name: fact.value for fact in told}
            yield [Fact(head.name, head.label, said.get(head.name, "")) for head in self.heads]


def parts_of(row: Process) -> Iterator[Told]:
    """Rows that belong to this one and say anything, as they were told."""
    shown: dict[tuple[Any, str], list[str]] = {}  # rows of one kind are shown once, with all that is asked of them
    for part in parts(type(row)).values():
        if not part.at:  # what hangs on another row is shown there
            names = shown.setdefault((part.model, part.field), [])
            names += [name for name in part.asked_with if name not in names]
    for (model, field), names in shown.items():
        rows = []
        for number, one in enumerate(Several(model, field, tuple(names)).of(row.pk), start=1):
            told = [
                Fact(key, sentence(str(model._meta.get_field(key).verbose_name)), _part_in_words(one, key))
                for key in names
                if getattr(one, key) not in (None, "")
            ]
            if told:
                title = str(one) if getattr(model, "heads_itself", False) else f"{model._meta.verbose_name} {number}"
                rows.append((sentence(title), told))
        if rows:
            yield Told(sentence(str(model._meta.verbose_name_plural)), rows, _columns(model, names, rows))


def _columns(model: Any, names: list[str], rows: list[tuple[str, list[Fact]]]) -> list[Fact]:
    """The columns of a table of them: as asked, without those in which nothing stands."""
    said = {fact.name: fact for _, told in rows for fact in told}
    columns = [said[name] for name in names if name in said]
    long = any(len(fact.value) > LONGEST_IN_A_TABLE for _, told in rows for fact in told)
    if getattr(model, "heads_itself", False) or long or len(rows) < 2 or len(columns) > MOST_COLUMNS:
        return []
    return columns


def _part_in_words(row: Any, name: str) -> str:
    field = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(field, CodeField):
        return field.codes().label(value) if value in field.codes() else str(value)
    return str(dict(field.flatchoices).get(value, value)) if field.flatchoices else words(value)

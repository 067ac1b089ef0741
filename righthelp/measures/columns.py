"""What a view and a column of it are, and what may be counted of a field of a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process

SCHEMA = "analysis"
ZONE = "Europe/London"
TODAY = f"(now() AT TIME ZONE '{ZONE}')::date"
# What a page shows to everyone is shown to staff who work with children: a view is not a way round that.
FOR_WHOM = "((SELECT viewer_works_with_children()) OR (SELECT viewer_purpose()) IS NOT NULL)"
# The kinds of column, and what each is in a file: a key is the number of a row, and text there.
TYPES = {
    "text": "text", "key": "text", "integer": "integer", "float": "double precision", "boolean": "boolean",
    "date": "date", "moment": "timestamptz",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a view: what it is called, what it is made of, what it says, and what it can hold."""

    name: str
    made_of: str
    says: str
    type: str = "text"  # of `TYPES`
    codes: Mapping[Any, str] = field(default_factory=dict)  # code and words, of a column of codes
    words_of: str = ""  # the column whose code it says in words
    leads_to: str = ""  # the view of which it holds the number of a row
    always: bool = False  # is never empty


@dataclass(frozen=True)
class View:
    """A view: its name, what a row of it is, its columns, and where they come from."""

    name: str
    says: str
    columns: tuple[Column, ...]
    source: str
    models: tuple[type[models.Model], ...]

    @property
    def question(self) -> str:
        """What the view asks."""
        listed = ",\n    ".join(f'{column.made_of} AS "{column.name}"' for column in self.columns)
        return f"SELECT\n    {listed}\nFROM {self.source}\nWHERE {FOR_WHOM}"

    @property
    def statement(self) -> str:
        return f'CREATE VIEW {SCHEMA}."{self.name}" WITH (security_invoker = true) AS {self.question}'

    def column(self, name: str) -> Column | None:
        """One of its columns."""
        return next((column for column in self.columns if column.name == name), None)


def columns_of(field: Any, made_of: str, says: str) -> Iterator[Column]:
    """What may be counted of a field; nothing of one that could name somebody."""
    always = not field.null
    if isinstance(field, models.DateTimeField):
        yield Column(field.name, made_of, says, "moment", always=always)
        day = f"({made_of} AT TIME ZONE '{ZONE}')::date"
        name = f"{field.name.removesuffix('_at')}_on"
        yield Column(name, day, f"{says}: the day, in local time", "date", always=always)
    elif isinstance(field, CodeField) or field.choices:
        words = dict(field.flatchoices)
        if isinstance(field, CodeField):
            words = {code.code: code.label for code in field.codes()}
        kind = "integer" if isinstance(field, models.IntegerField) else "text"
        yield Column(field.name, made_of, f"{says}: the code", kind, codes=words, always=always)
        if words:
            name = f"{field.name}_words"
            yield Column(name, in_words(made_of, words), f"{says}: in words", codes=words, words_of=field.name)
    elif isinstance(field, models.DateField):
        yield Column(field.name, made_of, says, "date", always=always)
    elif isinstance(field, models.BooleanField):
        yield Column(field.name, made_of, says, "boolean", always=always)
    elif isinstance(field, models.IntegerField):
        yield Column(field.name, made_of, says, "integer", always=always)
    elif field.is_relation and issubclass(field.related_model, Process):
        view = field.related_model._meta.db_table
        yield Column(field.name, made_of, f"{says}: the number of the row", "key", leads_to=view, always=always)


def in_words(made_of: str, words: Mapping[Any, str]) -> str:
    """A code in words."""
    cases = " ".join(f"WHEN {quoted(code)} THEN {quoted(label)}" for code, label in words.items())
    return f"CASE {made_of} {cases} END"


def quoted(value: object) -> str:
    """A value as SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"

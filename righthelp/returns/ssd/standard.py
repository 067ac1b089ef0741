"""The standard's tables and fields: names, types, keys and codes, as it publishes them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

VERSION = "1.4.5"
HERE = Path(__file__).parent / "standard.csv"
CORE = "core"  # the kind of table that holds facts; the others are its own tools'


@dataclass(frozen=True)
class Field:
    """A field. `size` is how many letters it holds, 0 where that has no end; `references` is "table.field".

    `api` is where the Department's daily payload has the same fact.
    """

    name: str
    type: str
    size: int
    key: str
    references: str
    required: bool
    codes: tuple[str, ...]
    api: str

    @property
    def is_text(self) -> bool:
        return self.type in {"nvarchar", "nchar", "varchar"}


@dataclass(frozen=True)
class Table:
    """A table with its fields, in the standard's order."""

    name: str
    kind: str
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def key(self) -> Field:
        """Its primary key: the first, where it has two."""
        return next(field for field in self.fields if "PK" in field.key)


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name, in the standard's order."""
    found: dict[str, tuple[str, list[Field]]] = {}
    with HERE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            fields = found.setdefault(row["table"], (row["kind"], []))[1]
            fields.append(
                Field(
                    name=row["field"],
                    type=row["type"],
                    size=int(row["size"] or 0),
                    key=row["key"],
                    references=row["references"],
                    required=row["required"] == "Y",
                    codes=tuple(filter(None, row["codes"].split("|"))),
                    api=row["api"],
                )
            )
    return MappingProxyType({name: Table(name, kind, tuple(fields)) for name, (kind, fields) in found.items()})

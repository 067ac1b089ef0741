"""Taking back a merging: what moved goes back to whom it came from; what was written since is somebody's to say.

A ledger holds every change that a merging made, and every row that hung on the record which stayed. So each row that
names the merged record now is one of three: it was the one's, it was the other's, or it was written since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from righthelp.guard.guarded import GuardedModel, guarded_models
from righthelp.people.differences import GOES, STAYS
from righthelp.people.merging import Change, changed, hung_on, read, text_of
from righthelp.people.models import Person


@dataclass(frozen=True)
class Noted:
    """A change as the ledger keeps it. Where nothing changed, `was` and `became` are the same."""

    table: str
    row: UUID
    field: str
    was: str
    became: str


@dataclass
class Since:
    """What was written about a merged record since, and whose it is where that follows from something else."""

    stays: Person
    goes: Person
    before: Mapping[tuple[str, UUID, str], Noted]
    rows: list[tuple[GuardedModel, str]] = field(default_factory=list)

    def asked(self) -> list[tuple[GuardedModel, str]]:
        """The rows of which a person must say whose they are."""
        return [(row, name) for row, name in self.rows if self._follows(row) is None]

    @cached_property
    def _entries(self) -> dict[UUID, GuardedModel | None]:
        """Entries about the merged record: those of before, and with their rows those begun since."""
        of_before = {row: None for table, row, name in self.before if (table, name) == ENTRIES}
        return {**of_before, **{row.pk: row for row, name in self.rows if (row._meta.db_table, name) == ENTRIES}}

    def _follows(self, row: GuardedModel) -> UUID | None:
        """The entry that a row goes with: what it belongs to, was told in, or arose from, if that is theirs."""
        named = (getattr(row, name, None) for name in ("arose_from_id", "entry_id", "told_in_id"))
        return next((entry for entry in named if entry in self._entries), None)

    def whose(self, said: Mapping[str, str]) -> Iterator[tuple[GuardedModel, str, str]]:
        """Each row that was written since, with whose it is: as was said, or as what it follows is."""
        for row, name in self.rows:
            yield row, name, self._side(row, name, said)

    def _side(self, row: GuardedModel, name: str, said: Mapping[str, str]) -> str:
        entry = self._follows(row)
        if entry is None:
            return said.get(key_of(row, name), STAYS)
        if first := self._entries[entry]:
            return self._side(first, ENTRIES[1], said)
        table, field = ENTRIES
        return GOES if self.before[table, entry, field].was == str(self.goes.pk) else STAYS


ENTRIES = ("case_entry", "person")  # the table of entries, and the field that says whom one is about


def key_of(row: GuardedModel, name: str) -> str:
    """What a form calls a row: its table, its field and its number."""
    return f"{row._meta.db_table}-{name}-{row.pk}"


def written_since(ledger: Iterable[Noted], stays: Person, goes: Person) -> Since:
    """What names the merged record now and did not, or was not there, when it was merged."""
    before = {(noted.table, noted.row, noted.field): noted for noted in ledger}
    rows = [(row, name) for row, name in hung_on(stays) if (row._meta.db_table, row.pk, name) not in before]
    return Since(stays, goes, before, rows)


def given_back(ledger: Iterable[Noted]) -> Iterator[Change]:
    """Every change of a merging, taken back. What has been changed again since then stays as it is."""
    tables: dict[str, Any] = {model._meta.db_table: model for model in guarded_models()}
    wanted: dict[str, list[Noted]] = {}
    for noted in ledger:
        if noted.was != noted.became:
            wanted.setdefault(noted.table, []).append(noted)
    for table, several in wanted.items():
        rows = tables[table]._default_manager.in_bulk([noted.row for noted in several])
        for noted in several:
            row = rows[noted.row]
            if text_of(row, noted.field) == noted.became:
                yield changed(row, noted.field, read(row, noted.field, noted.was))

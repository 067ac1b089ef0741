"""What one step, or a thousand, writes: gathered while they are worked out, written together in one transaction.

`take` uses a journal for one step; a bulk load or the demonstration county uses one for many. Both write the same
rows, because both write them here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, models
from django.utils import timezone

from righthelp.engine.after import follow
from righthelp.engine.deadlines import FACTS, Clocked, derive
from righthelp.engine.notices.giving import News, give
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Team
from righthelp.guard.viewers import STEP, AsWorker, Viewer, still_looking
from righthelp.packs import pack
from righthelp.people.merging import lead_to_current, person_fields
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Deadline, Holding

BATCH = 2000  # rows in one INSERT


T = TypeVar("T")


@dataclass
class Journal:
    """Rows to add and rows to change, and the processes whose deadlines follow."""

    now: datetime | None = None  # the moment of writing, when it is not the present one
    added: dict[type[GuardedModel], dict[UUID, GuardedModel]] = field(default_factory=lambda: defaultdict(dict))
    changed: dict[tuple[type[GuardedModel], UUID], tuple[GuardedModel, set[str]]] = field(default_factory=dict)
    touched: dict[UUID, Clocked] = field(default_factory=dict)
    reclocked: set[UUID] = field(default_factory=set)  # those of them whose deadlines may have changed
    holdings: dict[UUID, Holding | None] = field(default_factory=dict)
    # Rows that steps asked for together, and that are not written yet, by what they belong to.
    parts: dict[tuple[Any, UUID], list[Any]] = field(default_factory=lambda: defaultdict(list))
    removed: list[GuardedModel] = field(default_factory=list)
    news: list[News] = field(default_factory=list)  # for whom its steps leave something waiting
    receiving: dict[str, Team] = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)  # what a bulk load has read once for all its rows
    spoilt: bool = False  # a step into it was refused half-way: nothing of it may be written

    def moment(self) -> datetime:
        return self.now or timezone.now()

    def once(self, what: Hashable, read: Callable[[], T]) -> T:
        """What every step of a bulk load asks and no step of it changes: read for the first, kept for the rest."""
        if what not in self.known:
            self.known[what] = read()
        return self.known[what]  # type: ignore[no-any-return]

    def add(self, *rows: GuardedModel) -> None:
        for row in rows:
            self.added[type(row)][row.pk] = row

    def change(self, row: GuardedModel, *fields: str) -> None:
        """Note that fields of a row have changed; one that is itself new is written whole anyway."""
        if self.holds(row):
            return
        kept, changed = self.changed.setdefault((type(row), row.pk), (row, set()))
        if kept is not row:  # the same row read twice: one write, with both changes
            for name in fields:
                setattr(kept, name, getattr(row, name))
        changed.update(fields)

    def remove(self, *rows: GuardedModel) -> None:
        """Rows that are made from others, and that these no longer make."""
        self.removed += rows

    def holds(self, row: GuardedModel | Clocked) -> bool:
        """Whether the row is new in this journal."""
        added: dict[Any, dict[UUID, GuardedModel]] = self.added
        return row.pk in added.get(type(row), {})

    def holds_entry(self, key: UUID) -> bool:
        """Whether the entry with this key is new in this journal: then nothing that hangs on it is written yet."""
        return key in self.added.get(CaseEntry, {})

    def note_origin(self, entry: CaseEntry) -> None:
        """Note from which other a new entry arose."""
        if entry.arose_from_id and entry not in (arose := self.parts[(CaseEntry, entry.arose_from_id)]):
            arose.append(entry)

    def arose(self, origin: CaseEntry) -> list[CaseEntry]:
        """The new entries that arose from an entry."""
        return [entry for entry in self.parts.get((CaseEntry, origin.pk), ()) if entry.arose_from_id == origin.pk]

    def bring(self, row: Clocked, kept: Iterable[Deadline]) -> None:
        """Bring the kept deadlines of a row to what its facts say."""
        before = {deadline.clock: deadline for deadline in kept}
        for deadline in derive(row):
            was = before.pop(deadline.clock, None)
            if was is None:
                self.add(deadline)
                continue
            deadline.pk = was.pk
            if any(getattr(was, name) != getattr(deadline, name) for name in FACTS):
                # A whole row made from facts takes the old one's place: many are written in two statements.
                self.remove(was)
                self.add(deadline)
        self.remove(*before.values())  # clocks that no longer apply

    def rows(self, model: type[GuardedModel]) -> Iterable[Any]:
        return self.added.get(model, {}).values()

    def team_that_receives(self, work: str) -> Team:
        """The team with which a kind of work lands. Raises `LookupError` in words."""
        if work not in self.receiving:
            said = pack().receiver(work)
            team = Team.objects.filter(key=said.key).first() if said else None
            if team is None:
                raise LookupError(
                    f"No team receives {work}: the pack's teams.yaml says which, and add-worker makes it."
                )
            self.receiving[work] = team
        return self.receiving[work]

    def write(self, by: Viewer) -> None:
        """Write everything, in an order that keys allow, as the step that was allowed to this viewer."""
        if self.spoilt:
            raise RuntimeError("A step was refused: nothing of this journal is written. Begin with a new one.")
        with still_looking(STEP, on_behalf_of=by if isinstance(by, AsWorker) else None):
            lead_to_current(self._naming_a_person(), self._people())
            for process in (self.touched[key] for key in self.reclocked):
                self.bring(process, [] if self.holds(process) else Deadline.objects.filter(entry=process.pk))
            # A holding ends before the next begins: an entry is held once at a time.
            first = [change for change in self.changed.values() if isinstance(change[0], Holding)]
            later = [change for change in self.changed.values() if not isinstance(change[0], Holding)]
            for row, fields in first:
                row.save(force_update=True, update_fields=sorted(fields))
            for model, gone in _by_model(self.removed).items():
                model.objects.filter(pk__in=gone).delete()
            for model in _in_order(self.added):
                model.objects.bulk_create(list(self.added[model].values()), batch_size=BATCH)
            for row, fields in later:
                _update(row, sorted(fields))
            give(self.news)
            follow(self.touched.values(), by)
            if sum(len(rows) for rows in self.added.values()) >= BATCH:
                # Checked now, or each row still to come waits on a longer list of keys to be checked at the end.
                connection.check_constraints()
        self.added.clear()
        self.changed.clear()
        self.touched.clear()
        self.reclocked.clear()
        self.removed.clear()
        self.news.clear()
        self.parts.clear()

    def _naming_a_person(self) -> Iterator[tuple[GuardedModel, str]]:
        """Rows to be written, with each of their fields that names a person."""
        for model, names in person_fields().items():
            for row in self.rows(model):
                yield from ((row, name) for name in names)
        for (model, _), (row, changed) in self.changed.items():
            yield from ((row, name) for name in person_fields().get(model, ()) if name in changed)

    def _people(self) -> dict[UUID, Person]:
        """People as this journal makes or leaves them."""
        rows = [*self.rows(Person), *(row for row, _ in self.changed.values())]
        return {row.pk: row for row in rows if isinstance(row, Person)}


def _by_model(rows: Iterable[GuardedModel]) -> dict[type[GuardedModel], list[UUID]]:
    keys: dict[type[GuardedModel], list[UUID]] = defaultdict(list)
    for row in rows:
        keys[type(row)].append(row.pk)
    return keys


def _update(row: GuardedModel, names: list[str]) -> None:
    fields: list[Any] = [row._meta.get_field(name) for name in names]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    if not type(row).objects.filter(pk=row.pk).update(**values):
        raise DatabaseError(f"A row of {row._meta.verbose_name} that a step changes is not there.")


def _in_order(models_: Iterable[type[GuardedModel]]) -> list[type[GuardedModel]]:
    """Models so that each stands after those its keys name."""
    left, ordered = list(models_), []
    while left:
        ready = [model for model in left if not (_named_by(model) & (set(left) - {model}))] or left
        ordered += ready
        left = [model for model in left if model not in ready]
    return ordered


def _named_by(model: type[models.Model]) -> set[Any]:
    return {key.related_model for key in model._meta.concrete_fields if key.is_relation}

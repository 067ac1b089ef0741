"""What one step, or a thousand, writes: gathered while they are worked out, written together in one transaction.

`take` uses a journal for one step; a bulk load or the demonstration county uses one for many. Both write the same
rows, because both write them here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from righthelp.engine import deadlines
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Team, Worker
from righthelp.guard.viewers import STEP, AsWorker, Viewer, looking
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Document, Holding, Issue, TimelineEvent

if TYPE_CHECKING:
    from righthelp.engine.process import Process

BATCH = 2000  # rows in one INSERT


@dataclass
class Journal:
    """Rows to add and rows to change, and the processes whose deadlines follow."""

    now: datetime | None = None  # the moment of writing, when it is not the present one
    added: dict[type[GuardedModel], dict[UUID, GuardedModel]] = field(default_factory=lambda: defaultdict(dict))
    changed: dict[tuple[type[GuardedModel], UUID], tuple[GuardedModel, set[str]]] = field(default_factory=dict)
    touched: dict[UUID, Process] = field(default_factory=dict)
    holdings: dict[UUID, Holding | None] = field(default_factory=dict)
    removed: list[GuardedModel] = field(default_factory=list)
    receiving: dict[str, Team] = field(default_factory=dict)
    spoilt: bool = False  # a step into it was refused half-way: nothing of it may be written

    def moment(self) -> datetime:
        return self.now or timezone.now()

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

    def holds(self, row: GuardedModel) -> bool:
        """Whether the row is new in this journal."""
        return row.pk in self.added.get(type(row), {})

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
        with looking(STEP, on_behalf_of=by if isinstance(by, AsWorker) else None):
            for process in self.touched.values():
                deadlines.derive_into(self, process)
            # A holding ends before the next begins: an entry is held once at a time.
            first = [change for change in self.changed.values() if isinstance(change[0], Holding)]
            later = [change for change in self.changed.values() if not isinstance(change[0], Holding)]
            for row, fields in first:
                row.save(force_update=True, update_fields=sorted(fields))
            for model in _in_order(self.added):
                model.objects.bulk_create(list(self.added[model].values()), batch_size=BATCH)
            for row, fields in later:
                row.save(force_update=True, update_fields=sorted(fields))
            for row in self.removed:
                row.delete()
            if sum(len(rows) for rows in self.added.values()) >= BATCH:
                # Checked now, or each row still to come waits on a longer list of keys to be checked at the end.
                connection.check_constraints()
        self.added.clear()
        self.changed.clear()
        self.touched.clear()
        self.removed.clear()


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


@dataclass
class Doing:
    """The step in hand, as its body sees it: what else it does."""

    journal: Journal
    row: Process
    by: Viewer
    on: datetime
    begin: Callable[..., Process]  # begins another process in the same transaction: (page, step, person, answers)

    def about(self, person: Person) -> None:
        """The entry, and all that arose from it, is about this child. A circle that locks the child locks them all."""
        for entry in self._and_what_arose():
            entry.person = person
            self.journal.change(entry, "person")

    def keep_within(self, circle: UUID | None) -> None:
        """Lock the entry to a circle of its own accord, before it is known to be about anybody."""
        for entry in self._and_what_arose():
            entry.circle_id = circle
            self.journal.change(entry, "circle")

    def arises_from(self, entry: CaseEntry) -> None:
        """The entry arose from another: it is about the same child, locked as that is, and held by who holds that."""
        self.row.entry.arose_from = entry
        self.row.entry.person_id = entry.person_id
        self.row.entry.circle_id = entry.circle_id
        self.journal.change(self.row.entry, "arose_from", "person", "circle")
        if holding := self._holding_of(entry):
            self._hold(holding.team_id, holding.worker_id)

    def _and_what_arose(self) -> Iterator[CaseEntry]:
        waiting = [self.row.entry]
        while waiting:
            entry = waiting.pop()
            yield entry
            waiting += [new for new in self.journal.rows(CaseEntry) if new.arose_from_id == entry.pk]
            if not self.journal.holds(entry):
                waiting += CaseEntry.objects.filter(arose_from=entry)

    def hold(self, team: Team | None = None, worker: Worker | UUID | None = None) -> None:
        """From now on this team holds the entry, and this worker of it."""
        holding = self._holding_of(self.row.entry)
        team_id = team.pk if team else (holding.team_id if holding else None)
        if team_id is None:
            raise ValueError("An entry is held by a team before it is held by a worker.")
        self._hold(team_id, worker.pk if isinstance(worker, Worker) else worker)

    def _hold(self, team: UUID, worker: UUID | None) -> None:
        holding = self._holding_of(self.row.entry)
        if holding and (holding.team_id, holding.worker_id) == (team, worker):
            return
        self.let_go()
        fresh = Holding(entry=self.row.entry, team_id=team, worker_id=worker, since=self.on)
        self.journal.add(fresh)
        self.journal.holdings[self.row.entry.pk] = fresh

    def hold_myself(self) -> None:
        """From now on the worker who takes this step holds the entry."""
        if not isinstance(self.by, AsWorker):
            raise TypeError("Only a worker can hold an entry.")
        self.hold(worker=self.by.worker)

    def let_go(self) -> None:
        """Nobody holds the entry any more."""
        if holding := self._holding_of(self.row.entry):
            holding.until = self.on
            self.journal.change(holding, "until")
            self.journal.holdings[self.row.entry.pk] = None

    def _holding_of(self, entry: CaseEntry) -> Holding | None:
        if entry.pk not in self.journal.holdings and not self.journal.holds(entry):
            self.journal.holdings[entry.pk] = Holding.objects.filter(entry=entry, until__isnull=True).first()
        return self.journal.holdings.get(entry.pk)

    def write(self, *rows: GuardedModel) -> None:
        """Other rows that this step adds."""
        self.journal.add(*rows)

    def change(self, row: GuardedModel, *fields: str) -> None:
        """Other rows that this step changes."""
        self.journal.change(row, *fields)

    def replace(self, row: GuardedModel, *fields: str) -> None:
        """A row that is made from others, made anew."""
        if self.journal.holds(row):
            self.journal.add(row)
        else:
            self.journal.change(row, *fields)

    def issue(self, title: str, words: str, *, to: str, worker: Worker | None = None) -> Document:
        """Freeze a document in these words and send it to somebody's workspace."""
        document = Document(
            entry=self.row.entry,
            title=title,
            made_at=self.on,
            words=words,
            agency=worker.agency if worker else None,
            addressee=worker,
        )
        how = Issue.How.WORKSPACE if worker else Issue.How.POST
        self.journal.add(document, Issue(document=document, to=to[:200], how=how, at=self.on))
        return document

    def event(self, step: str, says: str, *, significant: bool) -> None:
        """What the timeline will say."""
        worker = self.by if isinstance(self.by, AsWorker) else None
        self.journal.add(
            TimelineEvent(
                entry=self.row.entry,
                at=self.on,
                recorded_at=self.journal.moment(),
                step=step,
                says=says[:500],
                significant=significant,
                by_id=worker.worker if worker else None,
                by_name=f"{worker.name}, {worker.agency_name}"[:200] if worker else self.by.name,
            )
        )

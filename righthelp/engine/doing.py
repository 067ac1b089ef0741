"""What a step does beside setting its own facts: who holds the entry, whom it is about, what else is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from righthelp.engine.composing import Section, compose
from righthelp.engine.issuing import Recipient, issues
from righthelp.engine.journal import Journal
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Team, Worker
from righthelp.guard.viewers import AsWorker, Viewer
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Document, Holding, Issue, Participant, TimelineEvent


class Entered(Protocol):
    """A row with an entry in the record."""

    @property
    def entry(self) -> Any: ...


@dataclass
class Doing:
    """The step in hand, as its body sees it: what else it does."""

    journal: Journal
    row: Entered
    by: Viewer
    on: datetime
    begin: Callable[..., Any]  # begins another process in the same transaction: (page, step, person, answers)
    take: Callable[..., Any]  # takes a step of another row in the same transaction: (row, step, answers)
    # Rows asked for together, as they were answered, by the name under which the step asks: what a need looks at.
    several: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    told: dict[str, list[Any]] = field(default_factory=dict)  # and the rows that these answers made or changed
    happened_at: datetime | None = None  # when it was, if earlier than it is written down
    holds_anew: bool = False  # somebody holds the entry who did not before
    let_go_by: list[UUID] = field(default_factory=list)  # workers who held it until now
    issued: list[Issue] = field(default_factory=list)
    involved: list[Participant] = field(default_factory=list)  # who takes part from now on
    step: str = ""

    def happened(self, at: datetime) -> None:
        """What begins with this step happened earlier than it is written down: the entry and the timeline say when.

        Who holds it has held it since it was written down: nobody could before.
        """
        self.happened_at = self.row.entry.begun_at = at

    def about(self, person: Person) -> None:
        """The entry, and all that arose from it, is about this child. A circle that locks the child locks them all."""
        for entry in self._and_what_arose(self.row.entry):
            entry.person = person
            self.journal.change(entry, "person")

    def about_worker(self, worker: Worker) -> None:
        """The entry concerns a worker and no child: they see it, and those who answer for their practice."""
        self.row.entry.about_worker = worker
        self.journal.change(self.row.entry, "about_worker")

    def keep_within(self, circle: UUID | None, entry: CaseEntry | None = None) -> None:
        """Lock an entry, and all that arose from it, of its own accord, before it is known to be about anybody."""
        for locked in self._and_what_arose(entry or self.row.entry):
            locked.circle_id = circle
            self.journal.change(locked, "circle")

    def arises_from(self, entry: CaseEntry) -> None:
        """The entry arose from another: it is about the same child, locked as that is, and held by who holds that."""
        self.row.entry.arose_from = entry
        self.row.entry.person_id = entry.person_id
        self.row.entry.circle_id = entry.circle_id
        self.journal.change(self.row.entry, "arose_from", "person", "circle")
        self.journal.note_origin(self.row.entry)
        if holding := self._holding_of(entry):
            self._hold(holding.team_id, holding.worker_id)
            # Whoever was handed the other by this very step is told of that, and knows what comes with it.
            self.holds_anew = holding.since != self.on

    def _and_what_arose(self, first: CaseEntry) -> Iterator[CaseEntry]:
        waiting = [first]
        while waiting:
            entry = waiting.pop()
            yield entry
            waiting += self.journal.arose(entry)
            if not self.journal.holds(entry):
                waiting += CaseEntry.objects.filter(arose_from=entry)

    def hold(self, team: Team | None = None, worker: Worker | UUID | None = None) -> None:
        """From now on this team holds the entry, and this worker of it."""
        holding = self._holding_of(self.row.entry)
        team_id = team.pk if team else (holding.team_id if holding else None)
        if team_id is None:
            raise ValueError("An entry is held by a team before it is held by a worker.")
        self._hold(team_id, worker.pk if isinstance(worker, Worker) else worker)

    def hold_with(self, other: CaseEntry) -> None:
        """Who holds this entry holds another from now on: what a plan called for goes where the plan goes."""
        if holding := self._holding_of(self.row.entry):
            self._hold(holding.team_id, holding.worker_id, other)

    def _hold(self, team: UUID, worker: UUID | None, other: CaseEntry | None = None) -> None:
        entry = other or self.row.entry
        holding = self._holding_of(entry)
        if holding and (holding.team_id, holding.worker_id) == (team, worker):
            return
        self.let_go(entry)
        fresh = Holding(entry=entry, team_id=team, worker_id=worker, since=self.on)
        self.journal.add(fresh)
        self.journal.holdings[entry.pk] = fresh
        self.holds_anew = self.holds_anew or other is None

    def hold_myself(self) -> None:
        """From now on the worker who takes this step holds the entry."""
        if not isinstance(self.by, AsWorker):
            raise TypeError("Only a worker can hold an entry.")
        self.hold(worker=self.by.worker)

    def let_go(self, other: CaseEntry | None = None) -> None:
        """Nobody holds the entry any more."""
        entry = other or self.row.entry
        if holding := self._holding_of(entry):
            holding.until = self.on
            self.journal.change(holding, "until")
            self.journal.holdings[entry.pk] = None
            if holding.worker_id and other is None:
                self.let_go_by.append(holding.worker_id)

    def involve(self, agency: Agency, worker: Worker | None, part: str, entry: CaseEntry | None = None) -> None:
        """From now on this agency's worker takes part, and sees what the page shows to those who do."""
        about = entry or self.row.entry
        if any(one.worker_id == (worker and worker.pk) and one.part == part for one in self.taking_part(about, agency)):
            return
        fresh = Participant(entry=about, agency=agency, worker=worker, part=part, since=self.on)
        self.journal.add(fresh)
        self.journal.parts[(Participant, about.pk)].append(fresh)
        self.involved.append(fresh)

    def no_longer_involve(
        self,
        agency: Agency | None = None,
        part: str = "",
        entry: CaseEntry | None = None,
        whom: Callable[[Participant], bool] = lambda one: True,
    ) -> list[Participant]:
        """This agency takes part no more, or nobody does; or not as this; or only these of it. Gives who did."""
        found = self.taking_part(entry or self.row.entry, agency)
        ended = [one for one in found if (not part or one.part == part) and whom(one)]
        for one in ended:
            one.until = self.on
            self.journal.change(one, "until")
        return ended

    def rows_at(self, model: Any, entry: UUID) -> list[Any]:
        """The rows of a kind that hang on an entry, in order, as this and earlier steps left them."""
        journal = self.journal
        kept = () if journal.holds_entry(entry) else model.objects.filter(entry=entry).order_by("number", "pk")
        now = (journal.changed[model, one.pk][0] if (model, one.pk) in journal.changed else one for one in kept)
        return [*now, *journal.parts.get((model, entry), ())]

    def taking_part(self, entry: CaseEntry, agency: Agency | None = None) -> list[Participant]:
        """Who takes part in an entry now."""
        found = list(self.journal.parts[(Participant, entry.pk)])
        if not self.journal.holds(entry):
            found += Participant.objects.filter(entry=entry, until__isnull=True).select_related("agency", "worker")
        return [one for one in found if one.until is None and agency in (None, one.agency)]

    def team_that_receives(self, work: str) -> Team:
        """The team with which a kind of work lands."""
        return self.journal.team_that_receives(work)

    @property
    def holding(self) -> Holding | None:
        """Who holds the entry, with all that this step has done so far."""
        return self._holding_of(self.row.entry)

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

    def issue(
        self,
        title: str,
        words: str,
        *,
        to: str,
        worker: Worker | None = None,
        agency: Agency | None = None,
        entry: CaseEntry | None = None,
        how: str = Issue.How.POST,
    ) -> Document:
        """Freeze a document in these words for somebody: a worker's workspace, else by post or as is said.

        An agency whose worker has no workspace reads it through its leads: the document names the agency, and its
        ledger only whom it was addressed to.
        """
        document = self._frozen(title, words, entry)
        document.agency = worker.agency if worker else agency
        document.addressee = worker
        return self.issue_to(document, [Recipient(to, worker=worker, how=Issue.How.WORKSPACE if worker else how)])

    def issue_to(
        self,
        what: Document | tuple[str, str],
        recipients: Iterable[Recipient],
        *,
        entry: CaseEntry | None = None,
    ) -> Document:
        """Issue one document to several: a title and words, frozen now, or a document that was frozen before."""
        document = what if isinstance(what, Document) else self._frozen(*what, entry)
        ledger = issues(document, recipients, self.on)
        self.journal.add(*ledger)
        self.issued += ledger
        return document

    def issue_composed(
        self,
        title: str,
        sections: Iterable[Section],
        recipients: Iterable[Recipient],
        *,
        entry: CaseEntry | None = None,
    ) -> Document:
        """Compose a document from the record, freeze it with what it quotes, and issue it."""
        composed = compose(title, sections)
        document = self._frozen(composed.title, composed.words, entry)
        for quotation in composed.quotations:
            quotation.document = document
        self.journal.add(*composed.quotations)
        return self.issue_to(document, recipients)

    def last_document(self, title: str) -> Document | None:
        """The last document of the row's entry with this title, as this and earlier steps left it."""
        kept = () if self.journal.holds(self.row.entry) else Document.objects.filter(entry=self.row.entry, title=title)
        made = (one for one in self.journal.rows(Document) if one.entry_id == self.row.entry.pk and one.title == title)
        return max([*kept, *made], key=lambda one: one.made_at, default=None)

    def _frozen(self, title: str, words: str, entry: CaseEntry | None) -> Document:
        document = Document(entry=entry or self.row.entry, title=title, made_at=self.on, words=words)
        self.journal.add(document)
        return document

    @property
    def when(self) -> datetime:
        """When what the step says happened."""
        return self.happened_at or self.on

    @property
    def called(self) -> str:
        """Who takes the step, as they are called, and for whom, today."""
        if isinstance(self.by, AsWorker):
            return f"{self.by.name}, {self.by.agency_name}"[:200]
        return self.by.name

    def event(self, step: str, says: str, *, significant: bool) -> None:
        """What the timeline will say."""
        event = TimelineEvent(
            entry=self.row.entry,
            at=self.when,
            recorded_at=self.journal.moment(),
            step=step,
            says=says[:500],
            significant=significant,
            by_id=self.by.worker if isinstance(self.by, AsWorker) else None,
            by_name=self.called,
        )
        self.journal.add(event)
        self.journal.parts[(TimelineEvent, self.row.entry.pk)].append(event)

    def events(self, steps: Collection[str]) -> list[TimelineEvent]:
        """When these steps were taken with the entry: on record, and in the journal that is still to be written."""
        entry = self.row.entry
        fresh = [event for event in self.journal.parts.get((TimelineEvent, entry.pk), ()) if event.step in steps]
        if self.journal.holds(entry):
            return fresh
        return [*TimelineEvent.objects.filter(entry=entry.pk, step__in=steps), *fresh]

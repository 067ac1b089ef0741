"""A file of notifications: read, shown before it is loaded, and loaded whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin
from righthelp.guard.models import Agency, Worker
from righthelp.guard.turns import wait_for_turn
from righthelp.guard.viewers import STEP, AsWorker, looking
from righthelp.kernel.tables import NotReadable, TableFault, read_table, text_of
from righthelp.people.keys import plain
from righthelp.processes.police_notification import doing
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.rows import DAY, HEADINGS, NEEDED, questions, read_row

MOST_ROWS = 10_000
TOGETHER = 400  # rows worked out and written at a time; all in one transaction
# What is the incident's, and so the same for each of its children.
OF_THE_INCIDENT = ("attended_at", "category", "risk_grading")


@dataclass(frozen=True)
class Told:
    """One row of a file that can be loaded: on which line it stands, and the answers it gives."""

    line: int
    answers: Mapping[str, Any]

    @property
    def number(self) -> str:
        return doing.written_number(self.answers["incident_number"])

    @property
    def key(self) -> str:
        return doing.child_key(PoliceNotification(**self.answers))


@dataclass
class File:
    """A file that was read: its rows, and everything that is wrong with it."""

    rows: list[Told] = field(default_factory=list)
    faults: list[TableFault] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What loading a file would do."""

    fresh: Sequence[Told]
    sent_already: Sequence[Told]

    @property
    def incidents(self) -> int:
        return len({row.number for row in self.fresh})


def read_file(content: bytes) -> File:
    """A file as notifications, with every fault by line and column."""
    try:
        return read_text(text_of(content))
    except NotReadable as wrong:
        return File(faults=[TableFault(1, "", str(wrong))])


def read_text(text: str) -> File:
    """As `read_file`, of words that were decoded already."""
    table = read_table(text, HEADINGS, needed=NEEDED, most=MOST_ROWS)
    file = File(faults=list(table.faults))
    fields = questions()
    for row in table.rows:
        read = read_row(row.words, fields)
        file.faults += [TableFault(row.line, _column(table.places, fault.at), fault.sentence) for fault in read.faults]
        if not read.faults:
            file.rows.append(Told(row.line, read.answers))
    file.faults += [
        TableFault(wrong.row.line, _column(table.places, wrong.key), wrong.sentence)
        for wrong in faults_between(file.rows)
    ]
    file.faults.sort()
    return file


def _column(places: Mapping[str, str], key: str) -> str:
    """A column as people find it: its letter, and its name."""
    return f"{places[key]} ({HEADINGS[key]})" if key in places else HEADINGS.get(key, "")


@dataclass(frozen=True)
class Differs:
    """What is wrong between two rows: of which row, at which column's key, and in words."""

    row: Told
    key: str
    sentence: str


def faults_between(rows: Iterable[Told], called: str = "line") -> Iterable[Differs]:
    """A child twice in one incident; an incident of which two rows say different things."""
    first: dict[str, Told] = {}
    children: dict[tuple[str, str], Told] = {}
    for row in rows:
        before = children.setdefault((row.number, row.key), row)
        if before is not row:
            yield Differs(row, "child_given", f"This child of this incident is on {called} {before.line} already.")
            continue
        head = first.setdefault(row.number, row)
        for name in OF_THE_INCIDENT:
            if head.answers[name] != row.answers[name]:
                key = DAY if name == "attended_at" else name
                yield Differs(row, key, f"{called.capitalize()} {head.line} says something else of the same incident.")


def preview(rows: Sequence[Told], force: UUID) -> Preview:
    """Which rows are new, and which children of which incidents this force has sent before."""
    keys = {row.line: (doing.incident_of(force, row.number), row.key) for row in rows}
    incidents = {incident for incident, _ in keys.values()}
    with looking(STEP):  # what a colleague of the same force has sent is known as sent, and not shown
        there = set(PoliceNotification.objects.filter(incident__in=incidents).values_list("incident", "child_key"))
    return Preview(
        fresh=[row for row in rows if keys[row.line] not in there],
        sent_already=[row for row in rows if keys[row.line] in there],
    )


def load(rows: Sequence[Told], sender: Worker, by: AsWorker) -> Preview:
    """Load what is new, whole or not at all, each row by the step `notify`. Raises `NotTaken`."""
    schools = {plain(school.name): school for school in Agency.objects.filter(kind="school")}
    named: dict[str, Any] = {"from_worker": sender} if by.is_county else {}
    with looking(STEP, on_behalf_of=by):
        # Of two lists of one force at the same moment, the second sees what the first has brought.
        wait_for_turn(f"notifications of {sender.agency_id}")
        found = preview(rows, sender.agency_id)
        known = doing.read_once(sender.agency_id, (row.number for row in found.fresh))
        for some in _parts(found.fresh):
            journal = Journal(known=known)
            for row in some:
                school = schools.get(plain(row.answers["school_named"]))
                begin(
                    PoliceNotification, "notify", by=by, into=journal, **named, **row.answers,
                    **({"school": school} if school else {}),
                )  # fmt: skip
            journal.write(by)
    return found


def _parts(rows: Sequence[Told]) -> Iterable[list[Told]]:
    """The rows in handy numbers, the children of one incident never apart."""
    incidents: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        incidents[row.number].append(row)
    part: list[Told] = []
    for children in incidents.values():
        part += children
        if len(part) >= TOGETHER:
            yield part
            part = []
    if part:
        yield part

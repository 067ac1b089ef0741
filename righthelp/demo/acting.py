"""Takes the steps of stories: many at once while a county is made, one by one when a day of it has passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models

from righthelp.demo.models import PlannedStep
from righthelp.demo.staff import Staff
from righthelp.demo.stories import Act
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Agency
from righthelp.guard.viewers import worker_looking
from righthelp.processes.contact.asking import about
from righthelp.processes.contact.models import Contact

ASK = "information_request"  # the one process of a story that a step of it begins
FOLLOWS = ("referral", "help_request", "signposting")  # those that a decision begins


class Rows:
    """The records of one story: its worries, one for each child, and what they led to."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.contacts: list[Contact] = []
        self._found: dict[tuple[str, Any], Process] = {}

    def of(self, act: Act) -> Process | None:
        """The record with which the step is taken."""
        if act.kind == "contact":
            return self.contacts[act.child]
        if act.kind == ASK:
            return self._found.get((ASK, act.agency))
        contact = self.contacts[act.child]
        if (act.kind, contact.pk) not in self._found:
            for row in self.journal.rows(process(act.kind)):
                if row.contact_id == contact.pk:
                    self._found[act.kind, contact.pk] = row
        return self._found.get((act.kind, contact.pk))

    def keep(self, act: Act, row: Process) -> None:
        """A record that a step began."""
        if isinstance(row, Contact):
            together = [row] if row.sent_together is None else [
                other for other in self.journal.rows(Contact) if other.sent_together == row.sent_together
            ]  # fmt: skip
            self.contacts = [row, *(other for other in together if other is not row)]
            for contact in self.contacts:  # already named by their keys: said here, they need not be asked for
                contact.from_worker, contact.from_agency = act.by, act.by.agency
        else:
            self._found[act.kind, act.agency] = row


def perform(acts: Iterable[Act], journal: Journal, staff: Staff, now: datetime) -> Iterator[PlannedStep]:
    """Take the steps of one new story up to now, into the journal. Gives those that lie ahead."""
    agencies: dict[UUID | None, Agency] = {agency.pk: agency for agency in staff.agencies.values()}
    rows = Rows(journal)
    for act in sorted(acts, key=lambda act: act.at):
        act.at = act.at.replace(microsecond=0)
        if act.at > now:
            yield _planned(act, rows.contacts[act.child])
            continue
        journal.now = act.at
        by = staff.viewer(act.by)
        if act.step == "send":
            rows.keep(act, begin(Contact, "send", by=by, on=act.at, into=journal, **act.answers))
        elif act.kind == ASK and act.step == "ask":
            asks = _asks(rows.contacts[act.child], agencies[act.agency])
            rows.keep(act, begin(process(ASK), "ask", by=by, on=act.at, into=journal, **asks, **act.answers))
        else:
            row = rows.of(act)
            assert row is not None, f"{act.kind} has not begun."
            take(row, act.step, by=by, on=act.at, into=journal, **act.answers)


def _asks(contact: Contact, agency: Agency) -> dict[str, Any]:
    return {"contact": contact, "agency": agency, "about": about(contact)}


def _planned(act: Act, contact: Contact) -> PlannedStep:
    return PlannedStep(
        contact_id=contact.pk,
        at=act.at,
        by=act.by,
        kind=act.kind,
        agency_id=act.agency,
        step=act.step,
        answers={name: _as_text(value) for name, value in act.answers.items()},
    )


def work_off(staff: Staff, now: datetime) -> int:
    """Take the planned steps whose time has come, each as whoever takes it would. How many were taken.

    A step that somebody who tries the demonstration has taken already, or made impossible, is left out.
    """
    agencies: dict[UUID | None, Agency] = {agency.pk: agency for agency in staff.agencies.values()}
    due = list(PlannedStep.objects.filter(at__lte=now).order_by("at", "id"))
    looking_now = lru_cache(worker_looking)
    taken = 0
    for planned in due:
        journal, by = Journal(now=planned.at), looking_now(planned.by_id)
        row = _row(planned)
        if by is None:
            continue  # who was to do it has left
        page = type(row) if row else process(planned.kind)
        answers = _read(page, planned.answers)
        try:
            if planned.kind == ASK and planned.step == "ask":
                contact = Contact.objects.get(pk=planned.contact_id)
                asks = _asks(contact, agencies[planned.agency_id])
                begin(page, "ask", by=by, on=planned.at, into=journal, **asks, **answers)
            elif row is None:
                continue
            else:
                take(row, planned.step, by=by, on=planned.at, into=journal, **answers)
        except NotTaken:
            continue
        journal.write(by)
        taken += 1
    PlannedStep.objects.filter(pk__in=[planned.pk for planned in due]).delete()
    return taken


def _row(planned: PlannedStep) -> Process | None:
    if planned.kind == "contact":
        rows = Contact.objects.filter(pk=planned.contact_id)
    else:
        rows = process(planned.kind).objects.filter(contact=planned.contact_id)
    if planned.kind == ASK:
        rows = rows.filter(agency=planned.agency_id)
    found: Process | None = rows.order_by("-entry__begun_at").first()
    return found


def _as_text(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _read(page: type[Process], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a step takes them: moments and days are kept as text until then."""
    read: dict[str, Any] = dict(answers)
    for name, value in answers.items():
        field = page._meta.get_field(name)
        if value and isinstance(field, models.DateTimeField):
            read[name] = datetime.fromisoformat(value)
        elif value and isinstance(field, models.DateField):
            read[name] = date.fromisoformat(value)
    return read

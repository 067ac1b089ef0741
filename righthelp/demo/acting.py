"""Takes the steps of stories: many at once while a county is made, one by one when a day of it has passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models

from righthelp.demo.models import PlannedStep
from righthelp.demo.protecting import EVERYBODY
from righthelp.demo.staff import Staff
from righthelp.demo.stories import AHEAD, Act
from righthelp.engine.answers import ROW, parts
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Agency
from righthelp.guard.viewers import AsWorker, worker_looking
from righthelp.people.models import Person
from righthelp.processes.contact.asking import about
from righthelp.processes.contact.models import Contact
from righthelp.record.models import CaseEntry

ASK = "information_request"  # which a step of a story begins, as it does a question of an assessment
PART = "assessment_part"
HELP = {"family_help", "family_meeting", "family_visit"}
FOLLOWS = ("referral", "help_request", "signposting")  # those that a decision begins


class Rows:
    """The records of one story: its worries, one for each child, and what they led to."""

    def __init__(self, journal: Journal, people: Sequence[Person] = ()) -> None:
        self.journal = journal
        self.people = people  # whom it is about, where it does not begin with a worry
        self.contacts: list[Contact] = []
        self.begun: dict[int, list[CaseEntry]] = defaultdict(list)  # beside its worry, by place among the children
        self._found: dict[tuple[str, Any], Process] = {}

    def of(self, act: Act) -> Process | None:
        """The record with which the step is taken."""
        if act.kind == "contact":
            return self.contacts[act.child]
        if act.kind == ASK:
            return self._found.get((ASK, act.agency))
        if act.kind not in FOLLOWS:
            return self._latest(act)
        contact = self.contacts[act.child]
        if (act.kind, contact.pk) not in self._found:
            for row in self.journal.rows(process(act.kind)):
                if row.contact_id == contact.pk:
                    self._found[act.kind, contact.pk] = row
        return self._found.get((act.kind, contact.pk))

    def roots(self, child: int) -> list[CaseEntry]:
        """What began of itself with a child: the worry, and what was begun from their page, the first first."""
        return [*(contact.entry for contact in self.contacts[child : child + 1]), *self.begun[child]]

    def person(self, child: int) -> Person | None:
        """The child themselves, once somebody has said who it is."""
        found: Person | None = self.contacts[child].entry.person if self.contacts else self.people[child]
        return found

    def _latest(self, act: Act) -> Process | None:
        """Of what arose from the child's worry, the latest record with which the step can be taken."""
        page = process(act.kind)
        leaves = page.steps[act.step].leaves
        rows: Mapping[UUID, Any] = self.journal.added.get(page, {})
        waiting = self.roots(act.child)
        found: list[Process] = []
        while waiting:
            entry = waiting.pop()
            waiting += self.journal.arose(entry)
            if entry.kind == act.kind and (row := rows.get(entry.pk)) is not None and row.state in leaves:
                found.append(row)
        return max(found, key=lambda row: row.entry.begun_at, default=None)

    def keep(self, act: Act, row: Process) -> None:
        """A record that a step began."""
        if isinstance(row, Contact):
            together = [row] if row.sent_together is None else [
                other for other in self.journal.rows(Contact) if other.sent_together == row.sent_together
            ]  # fmt: skip
            self.contacts = [row, *(other for other in together if other is not row)]
            for contact in self.contacts:  # already named by their keys: said here, they need not be asked for
                contact.from_worker, contact.from_agency = act.by, act.by.agency
        elif act.kind == ASK:
            self._found[act.kind, act.agency] = row
        else:
            self.begun[act.child].append(row.entry)


def perform(
    acts: Iterable[Act], journal: Journal, staff: Staff, now: datetime, people: Sequence[Person] = ()
) -> Iterator[PlannedStep]:
    """Take the steps of one new story up to now, into the journal. Gives those that lie ahead.

    `people`: whom it is about, where it begins from their pages and not with a worry.
    """
    agencies: dict[UUID | None, Agency] = {agency.pk: agency for agency in staff.agencies.values()}
    rows = Rows(journal, people)
    for act in sorted(acts, key=lambda act: act.at):
        act.at = act.at.replace(microsecond=0)
        if act.at > now + AHEAD:
            return
        if act.at > now:
            yield _planned(act, rows.roots(act.child)[0])
            continue
        journal.now = act.at
        by = staff.viewer(act.by)
        page = process(act.kind)
        if page.steps[act.step].begins:
            rows.keep(act, _begun(act, page, rows, by, journal, agencies))
            continue
        row = rows.of(act)
        if row is None and act.kind in HELP:
            continue  # a plan helps the child already, which goes on as it is
        assert row is not None, f"{act.kind} has not begun, or is past: {act.step}."
        take(row, act.step, by=by, on=act.at, into=journal, **of_each(row, act.step, act.answers, journal))


def _begun(
    act: Act, page: type[Process], rows: Rows, by: AsWorker, journal: Journal, agencies: Mapping[UUID | None, Agency]
) -> Process:
    """What a step of a story begins: a worry, a question to an agency, or something about the child of one."""
    whole: dict[str, Any] = dict(act.answers)
    if act.step == "send":
        return begin(page, "send", by=by, on=act.at, into=journal, **whole)
    if act.kind == ASK:
        contact = rows.contacts[act.child]
        asks = _asks(contact, agencies[act.agency])
        return begin(page, act.step, by=by, on=act.at, into=journal, **asks, **whole)
    if act.kind == PART:
        assessment = rows.of(replace(act, kind="assessment", step="write"))
        return begin(page, act.step, by=by, on=act.at, into=journal, assessment=assessment, **whole)
    return begin(page, act.step, by=by, on=act.at, person=rows.person(act.child), into=journal, **whole)


def of_each(row: Process, step: str, answers: Mapping[str, Any], journal: Journal) -> dict[str, Any]:
    """Answers as a step takes them: what is said of each of the rows that are there is told by their names."""
    whole = dict(answers)
    for name, part in parts(type(row)).items():
        if not part.of_each or not isinstance(said := answers.get(name), Mapping):
            continue
        key = part.key_of(row)
        kept = () if journal.holds_entry(key) else part.of(key)
        there = part.whom([*kept, *journal.parts.get((part.model, key), ())], None)
        each = ((one, said.get(_called(one), said.get(EVERYBODY))) for one in there)
        whole[name] = [{ROW: str(one.pk), **its} for one, its in each if its is not None]
    return whole


def _called(row: Any) -> str:
    """By what an answer names a row that is there: who was invited, which part of the child's life, which action."""
    return str(next(getattr(row, name) for name in ("name", "domain", "number") if hasattr(row, name)))


def _asks(contact: Contact, agency: Agency) -> dict[str, Any]:
    return {"contact": contact, "agency": agency, "about": about(contact)}


def _planned(act: Act, first: CaseEntry) -> PlannedStep:
    return PlannedStep(
        contact_id=first.pk,
        at=act.at,
        by=act.by,
        kind=act.kind,
        agency_id=act.agency,
        step=act.step,
        answers=_as_text(act.answers),
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
        if by is None:
            continue  # who was to do it has left
        page = process(planned.kind)
        answers = _read(page, planned.answers)
        at: dict[str, Any] = {"by": by, "on": planned.at, "into": journal}
        try:
            if page.steps[planned.step].begins:
                _begin_planned(planned, page, agencies, at, answers)
            elif row := _row(planned, page):
                take(row, planned.step, **at, **of_each(row, planned.step, answers, journal))
            else:
                continue
        except NotTaken:
            continue
        journal.write(by)
        taken += 1
    PlannedStep.objects.filter(pk__in=[planned.pk for planned in due]).delete()
    return taken


def _begin_planned(
    planned: PlannedStep,
    page: type[Process],
    agencies: Mapping[UUID | None, Agency],
    at: dict[str, Any],
    answers: dict[str, Any],
) -> None:
    first = CaseEntry.objects.select_related("person").get(pk=planned.contact_id)
    if planned.kind == ASK:
        contact = Contact.objects.get(pk=first.pk)
        begin(page, planned.step, **at, **_asks(contact, agencies[planned.agency_id]), **answers)
    elif planned.kind == PART:
        assessment = process("assessment").objects.filter(referral__contact=first.pk).order_by("-started_at").first()
        begin(page, planned.step, **at, assessment=assessment, **answers)
    else:
        begin(page, planned.step, **at, person=first.person, **answers)


def _row(planned: PlannedStep, page: type[Process]) -> Process | None:
    if planned.kind == "contact":
        rows = Contact.objects.filter(pk=planned.contact_id)
    elif planned.kind in {ASK, *FOLLOWS}:
        rows = page.objects.filter(contact=planned.contact_id)
    else:
        person = CaseEntry.objects.filter(pk=planned.contact_id, person__isnull=False).values("person")
        rows = page.objects.filter(entry__person__in=person, state__in=page.steps[planned.step].leaves)
    if planned.kind == ASK:
        rows = rows.filter(agency=planned.agency_id)
    found: Process | None = rows.order_by("-entry__begun_at").first()
    return found


def _as_text(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, Mapping):
        return {name: _as_text(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _read(page: type[Process], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as a step takes them: moments and days are kept as text until then."""
    return {name: _read_one(page, name, value) for name, value in answers.items()}


def _read_one(page: type[models.Model], name: str, value: Any) -> Any:
    together = parts(page) if issubclass(page, Process) else {}
    if name in together and isinstance(value, list):
        model = together[name].model
        return [{key: _read_one(model, key, one) for key, one in row.items()} for row in value]
    if name in together or not value:
        return value
    field = page._meta.get_field(name)
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(field, models.DateField) else value

"""A small county for the tests beside each room: its staff, its families, and worries made through the steps.

Everything a test reads, it reads as the purpose that carries out steps; every step is taken as a worker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from righthelp.demo.staff import Staff, make_staff
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.guarded import guarded_models
from righthelp.guard.models import Worker
from righthelp.guard.viewers import DEMONSTRATION, PUBLIC_FORM, STEP, AsWorker, Purpose, looking, worker_looking
from righthelp.people.models import Household, HouseholdMember, Person
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told

# A worry as a partner sends it, with nothing that need not be there.
WORRY: dict[str, Any] = {
    "child_given": "Ada",
    "child_family": "Pugh",
    "child_born_on": "3 4 2016",
    "worry": "She comes to school hungry and says that nobody is at home.",
    "significant_harm_likely": "no",
    "child_says_basis": "NOT_ASKED",
    "consent": "GIVEN",
    "consent_from": "Her mother, today",
    "family_knows": "yes",
    "sender_telephone": "01432 000000",
}
# A call as a contact worker takes it down.
CALL: dict[str, Any] = {
    "came_by": "TELEPHONE",
    "who_told": "AGENCY",
    "from_name": "Ruth Adeyemi",
    "sender_telephone": "01632 960123",
    **{name: WORRY[name] for name in WORRY if name != "sender_telephone"},
}
DECISION: dict[str, Any] = {
    "outcome": "ADVICE",
    "level": 2,
    "decision_reason": "The school and the mother have a plan.",
    "parents_told": "YES",
}


@dataclass
class Workplace:
    """The workers of a small county, and what they do all day."""

    staff: Staff
    usual_worry: ClassVar[dict[str, Any]] = WORRY

    def worker(self, name: str) -> Worker:
        """A named worker of the demonstration staff."""
        return self.staff.workers[name]

    def as_(self, who: str) -> AsWorker:
        """The viewer that a worker is now, by their name or as the first who holds a role."""
        worker = self.staff.workers.get(who) or self.staff.in_role[who][0]
        viewer = worker_looking(worker.pk)
        assert viewer is not None, f"{who} holds no role"
        return viewer

    def signed_in(self, who: str, browser: Client | None = None) -> Client:
        """A browser in which this worker is signed in."""
        browser = browser or Client()
        browser.post("/demonstration/sign-in/", {"worker_id": self.worker(who).pk})
        return browser

    def begin(self, kind: str, step: str, who: str | Purpose, **more: Any) -> Any:
        """Begin a process as this worker."""
        by = self.as_(who) if isinstance(who, str) else who
        with looking(by):
            return begin(process(kind), step, by=by, **more)

    def take(self, row: Process, step: str, who: str | Purpose, **more: Any) -> Any:
        """Take a step as this worker."""
        by = self.as_(who) if isinstance(who, str) else who
        with looking(by):
            return take(row, step, by=by, **more)

    def again(self, row: Any) -> Any:
        """The row as it is on record now."""
        return type(row).objects.get(pk=row.pk)

    def worry(self, who: str = "Ruth Adeyemi", *, on: datetime | None = None, **answers: Any) -> Any:
        """A worry that a partner has sent."""
        return self.begin("contact", "send", who, on=on, **{**WORRY, **answers})

    def call(self, *, on: datetime | None = None, told: datetime | None = None, **answers: Any) -> Any:
        """A worry that a contact worker has taken down; of an agency's worker unless it is said otherwise."""
        given = {**CALL, "received_at": told or on or timezone.now(), **answers}
        if given["who_told"] == "AGENCY":
            given.setdefault("from_agency", self.staff.agencies["Hill Lane Primary School"])
        return self.begin("contact", "take_down", "Dale Winters", on=on, **given)

    def told_by_the_public(self, step: str = "tell", *, on: datetime | None = None, **answers: Any) -> Any:
        """What somebody who is not signed in has sent."""
        worry = {"child_given": "Ada", "child_family": "Pugh", "worry": "She cries at night and nobody comes."}
        who = {"who_told": "NEIGHBOUR" if step == "tell" else "CHILD"}
        return self.begin("contact", step, PUBLIC_FORM, on=on, **{**who, **worry, **answers})

    def passed_on(self, contact: Any, *, on: datetime | None = None, allocated: bool = True) -> Any:
        """A worry that is passed to who holds the open case of the child it is about."""
        child = contact.entry.person
        case = self.begin("referral", "accept", "Marian Blythe", on=on, person=child, received_at=on or timezone.now())
        if allocated:
            worker = self.worker("Ade Bankole")
            self.take(case, "allocate", "Leonard Swann", on=on, social_worker=worker)
        why = "The social worker has known of this since May."
        return self.take(contact, "pass_on", "Nia Prosser", on=on, passed_on_because=why)

    def screening(self, *, on: datetime | None = None, **answers: Any) -> Any:
        """A worry that a social worker of the front door has taken on."""
        contact = self.worry(on=on, **answers)
        return self.take(contact, "start", "Nia Prosser", on=on, urgency="AMBER", urgency_reason="No harm today.")

    def registered(self, *, on: datetime | None = None, **answers: Any) -> Any:
        """A worry about a child for whom a new record was made."""
        contact = self.screening(on=on, **answers)
        return self.take(contact, "register", "Nia Prosser", on=on, match_reason="Nobody on record is like her.")

    def decided(self, *, on: datetime | None = None, sent: datetime | None = None, **decision: Any) -> Any:
        """A worry that a manager has decided."""
        return self.decide(self.registered(on=sent or on), on=on, **decision)

    def decide(self, contact: Any, *, on: datetime | None = None, **decision: Any) -> Any:
        """A manager's decision on a worry."""
        return self.take(contact, "decide", "Marian Blythe", on=on, **{**DECISION, **decision})

    def person(self, given: str, family: str, born_on: date | None = date(2016, 4, 3), **more: Any) -> Person:
        """Somebody on record."""
        told = Told(given=given, family=family, born_on=born_on, **more)
        return write_person(told)

    def household(self, *people: Person) -> Household:
        """A household in which these people live."""
        home = Household()
        journal = Journal()
        journal.add(home)
        for person in people:
            journal.add(HouseholdMember(household=home, person=person, source="Birth", recorded_on=date(2020, 1, 1)))
        journal.write(DEMONSTRATION)
        return home


def write_person(told: Told, on: date = date(2020, 1, 1)) -> Person:
    """A person with what was told of them, on record."""
    rows = new_person(told, Source("Birth registration", on))
    journal = Journal()
    journal.add(*rows)
    journal.write(DEMONSTRATION)
    person = rows[0]
    assert isinstance(person, Person)
    return person


@pytest.fixture
def front_door_staffed(db: None) -> None:
    """The staff of a small county, for a test in which nobody is looking until somebody asks for a page."""
    with looking(STEP):
        journal = Journal()
        make_staff(journal, schools=1, practices=1)
        journal.write(DEMONSTRATION)


@pytest.fixture
def workplace(db: None) -> Iterator[Workplace]:
    """The staff of a small county. The test itself reads as a step does: everything."""
    with looking(STEP):
        journal = Journal()
        staff = make_staff(journal, schools=2, practices=1)
        journal.write(DEMONSTRATION)
        yield Workplace(staff)


def counted() -> dict[str, int]:
    """How many rows each table of the record holds."""
    with looking(STEP), connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        tables = sorted({model._meta.db_table for model in guarded_models()} & there)
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables))
        return dict(cursor.fetchall())


@contextmanager
def refusal(at: str | None = None, *, saying: str = "", kind: type[NotTaken] = NotTaken) -> Iterator[None]:
    """A block that is refused, with a fault at this answer and these words, and that writes not one row."""
    before = counted()
    with pytest.raises(kind) as caught:
        yield
    assert counted() == before
    faults = caught.value.faults
    assert all(fault.sentence.strip() for fault in faults)
    assert at is None or at in [fault.at for fault in faults], faults
    assert saying in str(caught.value)


@pytest.fixture
def refused() -> Any:
    """`with refused("worry"): ...`: the step is refused for that answer, and nothing is written."""
    return refusal

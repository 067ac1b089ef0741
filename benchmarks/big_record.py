"""How quickly the pages of a child with much on record are shown: `./run benchmark big_record`.

A 17-year-old about whom 4,000 steps were taken since birth, in some sixty pieces of work of which most are over; made
through steps. The social worker who holds the child, and their manager, ask for summary, chronology and pathway.
"""

import argparse
import sys
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.drifting import SENT
from benchmarks.ground import Figure, asked, counted, database, percentile, signed_in, staffed, timed, told

NAME = "big_record"
BUDGET = 250.0  # milliseconds, of nineteen pages in twenty
ENTRIES, OPEN, EVENTS = 60, 6, 4_000
BORN, KNOWN_FOR = 17.5, 17.0  # years
PAGES = {
    "summary": "",
    "chronology": "chronology/",
    "chronology, its last page": "chronology/?page=20",
    "pathway": "pathway/",
}


def main() -> int:
    """Each page asked in turn by each of the two; the 95th percentile of each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--asked", type=int, default=40, help="how often each page is asked by each (40)")
    options = parser.parse_args()
    fresh = database(NAME)
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from righthelp.people.models import Person
    from righthelp.record.models import TimelineEvent

    if fresh:
        lived()
        counted(NAME)
    with looking(DEMONSTRATION):
        child = Person.objects.get(called="Del Marsh")
        events = TimelineEvent.objects.filter(entry__person=child)
        print(f"{events.count():,} events in {events.values('entry').distinct().count()} entries", flush=True)
    took: dict[str, list[float]] = {name: [] for name in PAGES}
    browsers = [signed_in(name) for name in ("Ade Bankole", "Leonard Swann")]
    for _ in range(options.asked):
        for browser in browsers:
            for name, path in PAGES.items():
                address = f"/child/{child.pk}/{path}"
                took[name].append(timed(lambda at=address, by=browser: asked(by, at)))  # type: ignore[misc]
    return told([Figure(f"{name}, 95th percentile", percentile(took[name], 95) * 1000, BUDGET, "ms") for name in PAGES])


def lived() -> None:
    """The child, and all that was done: nine in ten pieces of work are worries, the others referrals."""
    from django.utils import timezone

    from righthelp.demo.staff import staff_on_record
    from righthelp.engine.journal import Journal
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from righthelp.people.rows import Source, new_person
    from righthelp.people.told import Told

    staffed()
    with looking(DEMONSTRATION):
        staff, now = staff_on_record(), timezone.now()
    born_on: date = (now - timedelta(days=BORN * 365)).date()
    known = new_person(Told(given="Del", family="Marsh", born_on=born_on), Source("Birth registration", born_on))
    with looking(DEMONSTRATION):
        journal = Journal(now=now)
        journal.add(*known)
        journal.write(DEMONSTRATION)
    each = timedelta(days=KNOWN_FOR * 365) / ENTRIES
    for number in range(ENTRIES):
        begins = now - timedelta(days=KNOWN_FOR * 365) + each * number
        with looking(DEMONSTRATION):
            journal = Journal()
            _one(journal, staff, known[0], begins, number)
            journal.now = now
            journal.write(DEMONSTRATION)


def _one(journal: Any, staff: Any, child: Any, begins: datetime, number: int) -> None:
    """One piece of work, a step of it every day; the latest are open."""
    from righthelp.engine.process import process
    from righthelp.engine.taking import begin, take

    ruth, nia, marian, leonard, ade = (
        staff.viewer(staff.workers[name])
        for name in ("Ruth Adeyemi", "Nia Prosser", "Marian Blythe", "Leonard Swann", "Ade Bankole")
    )
    ended, steps = number < ENTRIES - OPEN, -(-EVENTS // ENTRIES)
    journal.now = begins

    def step(row: Any, name: str, by: Any, **answers: Any) -> None:
        journal.now += timedelta(days=1)
        take(row, name, by=by, into=journal, **answers)

    if number % 10 != 5:
        row = begin(process("contact"), "send", by=ruth, person=child, into=journal, **SENT)
        step(row, "start", nia, urgency="AMBER", urgency_reason="No harm today.")
        for note in range(steps - 2 - ended):
            step(row, "note", nia, screening_note=f"The school was rung ({note}).")
        if ended:
            settled = {"level": 2, "decision_reason": "Settled.", "parents_told": "YES"}
            step(row, "decide", marian, outcome="ADVICE", **settled)
    else:
        row = begin(process("referral"), "accept", by=marian, person=child, into=journal, received_at=begins)
        step(row, "allocate", leonard, social_worker=staff.workers["Ade Bankole"])
        for _ in range(steps - 2 - ended):
            step(row, "record_seen", ade, child_seen_at=journal.now, seen_by_whom="Ade Bankole, at school")
        if ended:
            step(row, "close", leonard, closed_on=journal.now.date(), closure_reason="RC8")


if __name__ == "__main__":
    sys.exit(main())

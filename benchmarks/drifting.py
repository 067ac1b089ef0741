"""How quickly what drifts in the whole county is shown: `./run benchmark drifting`.

A county of 36,000 children with 10,000 open entries and 30,000 running deadlines, made through steps; the due days are
then spread out, so that a seventh is late. A head of service asks for each way in which the page can be grouped, for
pages far down, and for one team.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.ground import Figure, asked, counted, database, percentile, signed_in, timed, told

BUDGET = 500.0  # milliseconds, of nineteen pages in twenty
IN_A_JOURNAL = 250
SENT = {
    "child_given": "Di", "child_family": "Marsh", "worry": "She is alone.", "significant_harm_likely": "no",
    "child_says_basis": "NOT_ASKED", "consent": "GIVEN", "consent_from": "Her mother", "family_knows": "yes",
    "sender_telephone": "1",
}  # fmt: skip
WAYS = ("", "?by=child", "?by=worker", "?by=kind", "?by=team&page=20", "?by=worker&what=quiet", "?by=child&page=90")


def main() -> int:
    """Each way asked in turn, through everything but the network; the 95th percentile of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=36_000)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=20, help="how often each way is asked (20)")
    options = parser.parse_args()
    name = f"drifting_{options.children}"
    fresh = database(name)
    from django.core.management import call_command

    if fresh:
        call_command("prepare_demonstration", children=options.children, latest=True)
        opened(options.entries)
    spread_out()
    counted(name)
    browser = signed_in("Sylvia Marchetti")
    took: list[float] = []
    for _ in range(options.asked):
        for way in WAYS:
            took.append(timed(lambda way=way: asked(browser, f"/drift/{way}")))  # type: ignore[misc]
    middle = percentile(took, 50) * 1000
    print(f"{len(took):,} pages, half of them within {middle:.0f} ms")
    return told([Figure("what drifts in the county, 95th percentile", percentile(took, 95) * 1000, BUDGET, "ms")])


def opened(entries: int) -> None:
    """Open work about as many children: four in five at the front door, where most is held; the rest with a team."""
    from django.utils import timezone

    from righthelp.demo.staff import staff_on_record
    from righthelp.engine.journal import Journal
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from righthelp.people.models import Person

    random, now = Random("what drifts"), timezone.now()
    with looking(DEMONSTRATION):
        staff = staff_on_record()
        children = list(Person.objects.filter(circle__isnull=True, born_on__gt=now.date() - timedelta(days=16 * 365)))
    random.shuffle(children)
    for first in range(0, entries, IN_A_JOURNAL):
        with looking(DEMONSTRATION):
            journal = Journal()
            for number in range(first, min(first + IN_A_JOURNAL, entries)):
                journal.now = now - timedelta(days=random.uniform(29, 300))
                row = (at_the_front_door if number % 5 else with_a_team)(journal, staff, random, children[number])
                if number % 6:  # the others have gone quiet
                    journal.now = now - timedelta(days=random.uniform(1, 27))
                    row(journal)
            journal.now = now
            journal.write(DEMONSTRATION)
    print(f"{entries:,} open entries", flush=True)


def at_the_front_door(journal: Any, staff: Any, random: Random, child: Any) -> Callable[[Any], None]:
    """A worry that is looked into, and how something more is written down of it."""
    from righthelp.engine.process import process
    from righthelp.engine.taking import begin, take

    sender, worker = (
        staff.viewer(random.choice(staff.in_role[role])) for role in ("partner lead", "front door social worker")
    )
    row = begin(process("contact"), "send", by=sender, person=child, into=journal, **SENT)
    if random.random() < 0.9:
        take(row, "start", by=worker, into=journal, urgency="AMBER", urgency_reason="No harm today.")
        take(row, "hold", by=worker, into=journal, hold_reason="The school will ring back.")
        return lambda journal: take(row, "note", by=worker, into=journal, screening_note="The school was rung.")
    return lambda journal: take(row, "start", by=worker, into=journal, urgency="AMBER", urgency_reason="No harm today.")


def with_a_team(journal: Any, staff: Any, random: Random, child: Any) -> Callable[[Any], None]:
    """A referral that a social worker holds, and how something more is written down of it."""
    from righthelp.engine.process import process
    from righthelp.engine.taking import begin, take

    accepts = staff.viewer(random.choice(staff.in_role["front door manager"]))
    allocates = staff.viewer(random.choice(staff.in_role["team manager"]))
    known = {"received_at": journal.now, "immediate": True}
    row = begin(process("referral"), "accept", by=accepts, person=child, into=journal, **known)
    worker = random.choice(staff.in_role["social worker"])
    take(row, "allocate", by=allocates, into=journal, social_worker=worker)

    def seen(journal: Any) -> None:
        met = {"child_seen_at": journal.now, "seen_by_whom": "A duty worker, at school"}
        take(row, "record_seen", by=staff.viewer(worker), into=journal, **met)

    return seen


def spread_out() -> None:
    """Every running deadline is due within the days from a month ago to half a year ahead."""
    from django.db.models import DurationField, ExpressionWrapper, Value
    from django.db.models.functions import Now
    from django.db.models.functions import Random as ByLot

    from righthelp.guard.viewers import REBUILD, looking
    from righthelp.record.models import Deadline

    ahead = ExpressionWrapper(ByLot() * Value(timedelta(days=210)), output_field=DurationField())
    with looking(REBUILD):
        running = Deadline.objects.filter(stopped_at__isnull=True)
        moved = running.update(due_at=Now() - timedelta(days=30) + ahead, started_at=Now() - timedelta(days=31))
    print(f"{moved:,} running deadlines", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""What a step costs beyond a bare commit: `./run benchmark taking`.

A worker's steps on worries, one at a time, each with its checks, locks, row, timeline event, deadlines and audit in
one transaction; beside each, one row of a table without audit, committed on the same connection.
"""

import sys
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.ground import Figure, database, percentile, staffed, timed, told

WORRIES = 150
SENT = {
    "child_given": "Di", "child_family": "Marsh", "worry": "She is alone.", "significant_harm_likely": "no",
    "child_says_basis": "NOT_ASKED", "consent": "GIVEN", "consent_from": "Her mother", "family_knows": "yes",
    "sender_telephone": "1",
}  # fmt: skip


def main() -> int:
    """Steps and bare commits by turns, so that a slow moment of the machine falls on both."""
    database("taking", anew=True)
    from django.db import connection, transaction

    from righthelp.engine.process import process
    from righthelp.engine.taking import begin, take
    from righthelp.guard.viewers import DEMONSTRATION, looking, worker_looking

    staff = staffed()

    def viewer(name: str) -> Any:
        with looking(DEMONSTRATION):
            return worker_looking(staff.workers[name].pk)

    ruth, nia, marian = viewer("Ruth Adeyemi"), viewer("Nia Prosser"), viewer("Marian Blythe")
    page = process("contact")

    bare: list[float] = []
    steps: dict[str, list[float]] = {}

    def commit() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [uuid.uuid4().hex])

    def step(name: str, work: Callable[[], Any]) -> None:
        steps.setdefault(name, []).append(timed(work))
        bare.append(timed(commit))

    for number in range(WORRIES):
        row: Any = None

        def sent() -> None:
            nonlocal row
            row = begin(page, "send", by=ruth, **SENT)

        def took(name: str, by: Any, **answers: Any) -> Callable[[], None]:
            def work() -> None:
                nonlocal row
                row = take(row, name, by=by, **answers)

            return work

        step("send", sent)
        step("register", took("register", nia, match_reason="New to us"))
        step("start", took("start", nia, urgency="AMBER", urgency_reason="No harm today."))
        step("note", took("note", nia, screening_note=f"The school was rung ({number})."))
        step(
            "decide",
            took(
                "decide", marian, outcome="NO_FURTHER_ACTION", level=2, decision_reason="Settled.", parents_told="YES"
            ),
        )
    print(f"a bare commit: median {median(bare) * 1000:.2f} ms, 95th percentile {percentile(bare, 95) * 1000:.2f} ms")
    for name, times in steps.items():
        print(f"{name}: median {median(times) * 1000:.2f} ms, 95th percentile {percentile(times, 95) * 1000:.2f} ms")
    every = [time for times in steps.values() for time in times]
    beyond = (median(every) - median(bare)) * 1000
    return told([Figure("a step, beyond a bare commit (medians)", beyond, 3.0, "ms")])


if __name__ == "__main__":
    sys.exit(main())

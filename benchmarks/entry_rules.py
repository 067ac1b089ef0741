"""What the returns' rules add to a step: `./run benchmark entry_rules`.

Social workers say again what the main need of their cases is, in a demonstration county; each step once with the rules
asked after it and once without, by turns. The rules read all that was done with the child, and keep what they find.
"""

import argparse
from statistics import median

from benchmarks.ground import Figure, database, percentile, timed, told

BUDGET = 5.0  # milliseconds that the rules may add to a step
NEEDS = ("N1", "N4", "N5")


def main() -> int:
    """Each open case in turn; the same step with and without, so that a slow moment of the machine falls on both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=4_000)
    parser.add_argument("--steps", type=int, default=400, help="how many of each (400)")
    options = parser.parse_args()
    fresh = database(f"entry_rules_{options.children}")
    from django.core.management import call_command

    if fresh:
        call_command("prepare_demonstration", children=options.children, months=12)

    from righthelp.engine import after
    from righthelp.engine.process import process
    from righthelp.engine.taking import take
    from righthelp.guard.models import Appointment
    from righthelp.guard.viewers import STEP, looking, worker_looking
    from righthelp.returns.cin.at_entry import ask_of_everybody

    page = process("referral")
    with looking(STEP):
        cases = list(page.objects.filter(state__in=page.open_states()).select_related("entry").order_by("pk"))
        manager = Appointment.objects.filter(role="team manager", until__isnull=True).order_by("pk")[0]
        by = worker_looking(manager.worker_id)
    assert by is not None
    asked, unasked = [], []
    following = list(after._following)

    def step(place: int) -> float:
        case = cases[place]
        need = next(need for need in NEEDS if need != case.return_need)  # so that each writes a change

        def work() -> None:
            cases[place] = take(case, "name_need", by=by, return_need=need)

        return timed(work)

    for number in range(options.steps):
        after._following[:] = following
        asked.append(step(number % len(cases)))
        after._following.clear()
        unasked.append(step(number % len(cases)))
    after._following[:] = following
    everybody = timed(lambda: ask_of_everybody(print))
    print(f"a step with its rules: median {median(asked) * 1000:.2f} ms, 95th {percentile(asked, 95) * 1000:.2f} ms")
    print(f"without: median {median(unasked) * 1000:.2f} ms, 95th percentile {percentile(unasked, 95) * 1000:.2f} ms")
    print(f"the rules asked of the whole county: {everybody:.2f} s")
    added = (median(asked) - median(unasked)) * 1000
    return told([Figure("what the returns' rules add to a step, median", added, BUDGET, "ms")])


if __name__ == "__main__":
    raise SystemExit(main())

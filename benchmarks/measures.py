"""How long every measure of a county takes, five years by month: `./run benchmark measures`.

A county of 36,000 children with its history: two years of worries, and what came of them; what stood is counted at the
end of each of sixty months. Every measure of the files and of the clocks is counted by one question for each board.
"""

import argparse
import sys

from benchmarks.ground import Figure, counted, database, timed, told

BUDGET = 10.0  # seconds, all measures, five years by month
YEARS = 5


def main() -> int:
    """A county, made once and kept; the seconds for all measures, the slowest board, and the slowest measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=36_000)
    parser.add_argument("--months", type=float, default=24)
    parser.add_argument("--within", help="a database that is there: its name")
    options = parser.parse_args()
    name = options.within or f"measures_{options.children}"
    if database(name):
        from django.core.management import call_command

        call_command("prepare_demonstration", children=options.children, months=options.months)
        counted(name)
    from dateutil.relativedelta import relativedelta
    from django.utils import timezone

    from righthelp.guard.viewers import ANALYSE, looking
    from righthelp.measures.counting import Wanted, count
    from righthelp.measures.registry import COMMON, SERVICES, board, measures

    today = timezone.localdate()
    wanted = Wanted((today - relativedelta(years=YEARS)).replace(day=1), today)
    boards = {service: board(service) for service in SERVICES if board(service)}
    with looking(ANALYSE):
        took = {service: timed(lambda there=there: count(there, wanted)) for service, there in boards.items()}
        split = {name: timed(lambda name=name: count(boards["front_door"], wanted, [(name,)])) for name in COMMON}
        alone = sorted(((timed(lambda one=one: count([one], wanted)), one.name) for one in measures()), reverse=True)
    for service, seconds in took.items():
        print(f"{service}: {len(boards[service])} measures, {seconds:.2f} s")
    for seconds, measure in alone[:5]:
        print(f"by itself: {measure}, {seconds:.2f} s")
    return told(
        [
            Figure(f"{len(measures())} measures, {YEARS} years by month", sum(took.values()), BUDGET, "s"),
            Figure("the slowest way to split the front door's board", max(split.values()), BUDGET, "s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

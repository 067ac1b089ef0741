"""How many deadlines a second are made again from the facts and the law: `./run benchmark rebuilding`.

Every deadline of a demonstration county's processes is made again twice: as they stand, which looks and writes
nothing; and after each was put a day out, which writes every one.
"""

import argparse
import sys
import time
from datetime import timedelta

from benchmarks.ground import Figure, counted, database, told


def main() -> int:
    """Both ways, over every process; deadlines looked at in a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=12_000, help="of the county that is made for it (12,000)")
    parser.add_argument("--within", default="", help="a county that another benchmark made: pages_360000")
    options = parser.parse_args()
    children, name = options.children, options.within or f"rebuilding_{options.children}"
    fresh = database(name)
    from django.core.management import call_command
    from django.db.models import F

    from righthelp.engine.rebuilding import rebuild_all
    from righthelp.guard.viewers import REBUILD, looking
    from righthelp.record.models import Deadline

    if fresh:
        call_command("prepare_demonstration", children=children)
        counted(name)
    with looking(REBUILD):
        deadlines = Deadline.objects.count()

    def all_again() -> tuple[float, int]:
        began = time.perf_counter()
        differed = sum(found.differed for found in rebuild_all().values())
        return time.perf_counter() - began, differed

    as_they_stand, differed = all_again()
    if differed:
        raise SystemExit(f"{differed} deadlines were not as the facts say before anything was put out.")
    with looking(REBUILD):
        put_out = Deadline.objects.update(due_at=F("due_at") + timedelta(days=1))
    all_written, differed = all_again()
    print(f"{deadlines:,} deadlines; {differed:,} of {put_out:,} that were put out were mended")
    return told(
        [
            Figure("looked at and found right", deadlines / as_they_stand, 10_000, "a second", at_least=True),
            Figure("each written anew", deadlines / all_written, 10_000, "a second", at_least=True),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())

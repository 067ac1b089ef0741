"""How long a CIN Census file takes to load: `./run benchmark loading [--children N]`.

The file is invented, without a fault, of children nobody here knows: read, checked, each matched against who is on
record, and everything written with its timeline, deadlines and audit, in one transaction.
"""

import argparse
import sys

from benchmarks.ground import Figure, database, staffed, timed, told


def main() -> int:
    """One file into an empty county with its teams."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=10_000)
    children = parser.parse_args().children
    database("loading", anew=True)
    from righthelp.guard.viewers import DEMONSTRATION, looking
    from righthelp.people.models import Person
    from righthelp.returns.cin.loading import Outcome, load
    from righthelp.returns.cin.tests.making import file_of

    staffed()
    source = file_of(children).encode()
    reports = []
    seconds = timed(lambda: reports.append(load(source, "benchmark.xml")))
    with looking(DEMONSTRATION):
        on_record = Person.objects.count()
    if reports[0].outcome is not Outcome.LOADED or on_record < children:
        raise SystemExit(f"The file was not loaded: {on_record} people are on record.")
    print(f"{len(source) / 1e6:.1f} MB, {on_record:,} people on record afterwards")
    return told([Figure(f"a CIN Census file of {children:,} children", seconds, 60 * children / 10_000, "s")])


if __name__ == "__main__":
    sys.exit(main())

"""How quickly a measures page opens in a county of its usual size: `./run benchmark measure_pages`.

Each page is asked for by a manager who oversees the whole service, first with nothing kept from before, then again. The
boards are the largest that there are: what a board costs grows with its measures, and is told with their number.
"""

import argparse
import sys
import time
from typing import Any

from benchmarks.ground import Figure, counted, database, percentile, signed_in, told

COLD, KEPT = 1500.0, 100.0  # milliseconds
WHO = "Sylvia Marchetti"
AGAIN = 20


def main() -> int:
    """A county, one browser, each page cold and kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=36_000)
    options = parser.parse_args()
    name = f"measure_pages_{options.children}"
    if database(name):
        from django.core.management import call_command

        call_command("prepare_demonstration", children=options.children)
        counted(name)
    from righthelp.measures.boards import boards, that_matter

    browser = signed_in(WHO)
    places = [
        (f"board of {len(one.measures)} measures: {one.title}", f"/measures/board/{one.key}/") for one in boards()
    ]
    places.append((f"board of {len(that_matter().measures)} measures: those that matter", "/measures/matter/"))
    places += [
        ("one measure, a share", "/measures/decided_in_hours/"),
        ("one measure, of hours", "/measures/hours_to_decision/"),
        ("a board side by side", "/measures/board/front_door/?by=agency"),
        ("the rows behind a number", "/measures/contacts/rows/"),
    ]
    figures = []
    for title, place in places:
        cold, kept = timed(browser, place)
        figures += [Figure(f"{title}, cold", cold, COLD, "ms"), Figure(f"{title}, kept", kept, KEPT, "ms")]
    return told(figures)


def timed(browser: Any, place: str) -> tuple[float, float]:
    """Milliseconds of a page with nothing kept, and of nineteen in twenty of the same page again."""
    from django.core.cache import caches

    browser.get("/measures/")  # templates are read once by each server
    caches["figures"].clear()
    first, took = _asked(browser, place), [_asked(browser, place) for _ in range(AGAIN)]
    return first, percentile(took, 95)


def _asked(browser: Any, place: str) -> float:
    began = time.perf_counter()
    answer = browser.get(place)
    assert answer.status_code == 200, f"{place} answered {answer.status_code}"
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())

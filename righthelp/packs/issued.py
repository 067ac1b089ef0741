"""The ledger of codes: every code that a pack ever gave out, so that none can quietly go missing.

Records hold codes for as long as they are kept. Taking a code out of its file would leave them meaning
nothing, and a file alone cannot tell that something is no longer in it. `issued.csv` can: it is only ever
added to.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date

from righthelp.packs.reading import Folder

COLUMNS = ("set", "code", "issued_on")
FILE = "issued.csv"


def check(folder: Folder, given: Mapping[str, Iterable[str]]) -> None:
    """Tell of each code that was issued and is gone, and of each that is given and was never written down."""
    issued: dict[tuple[str, str], int] = {}
    for line, row in folder.rows(FILE, COLUMNS):
        issued[row["set"], row["code"]] = line
    held = {(name, code) for name, codes in given.items() for code in codes}
    for (name, code), line in issued.items():
        if (name, code) not in held:
            folder.fault(
                FILE,
                line,
                f"{code!r} of {name} was removed. Records hold it: put it back, and close it with 'until'.",
            )
    for name, code in sorted(held - issued.keys()):
        folder.fault(FILE, 1, f"{code!r} of {name} is new: add it here, with the day on which it was first given out.")


def missing(folder: Folder, given: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Codes that are given and not yet in the ledger, in their files' order."""
    issued = set()
    if FILE in folder.files():
        issued = {(row["set"], row["code"]) for _, row in folder.rows(FILE, COLUMNS)}
    return [(name, code) for name, codes in given.items() for code in codes if (name, code) not in issued]


def add(folder: Folder, codes: Iterable[tuple[str, str]], on: date) -> None:
    """Write new codes at the end of the ledger."""
    path = folder.path / FILE
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerows((name, code, on.isoformat()) for name, code in codes)

"""What others come to: figures of statistical neighbours, the region and England, and the county's own as published.

Each says of what period it is, where it was read and how that was checked. The measure is named as the measures name
it; whoever knows the measures checks that there is one.
"""

import csv
import io
import math
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from righthelp.packs.reading import Folder, near

FILE = "benchmarks.csv"
COLUMNS = ("measure", "area", "period", "value", "source", "href", "checked")
# Nearest first. Statistical neighbours are the ten councils most like this one, as the Department for Education
# reckons them (local authority interactive tool).
AREAS = ("county as published", "statistical neighbours", "region", "England")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Benchmark:
    """A figure of others: of which measure, whose, of what period, and where it was read."""

    measure: str
    area: str
    period: str
    value: float
    source: str
    href: str
    checked: str

    @property
    def year(self) -> int:
        """The last year that its period names, by which the latest is found."""
        return max(map(int, _YEAR.findall(self.period)), default=0)


def read(folder: Folder, file: str = FILE) -> tuple[Benchmark, ...]:
    """The figures in a county's `benchmarks.csv`, in its order; none where it has no such file."""
    found: dict[tuple[str, str, str], int] = {}
    figures = []
    for line, row in folder.rows(file, COLUMNS, required=file != FILE):
        faults = list(_faults(row))
        key = row["measure"], row["area"], row["period"]
        if key in found:
            faults.append(("measure", f"The same measure, area and period stand on line {found[key]}."))
        found.setdefault(key, line)
        for column, sentence in faults:
            folder.fault(file, line, f"Column {column!r}: {sentence}")
        if not faults:
            figures.append(Benchmark(**{**row, "value": float(row["value"])}))  # type: ignore[arg-type]
    return tuple(figures)


def _faults(row: dict[str, str]) -> Iterable[tuple[str, str]]:
    for column in COLUMNS:
        if not row[column] and column != "href":
            yield column, "There is nothing here."
    if row["measure"] and not _NAME.fullmatch(row["measure"]):
        yield "measure", "Write the measure's name as its page's address has it, such as repeat_contacts."
    if row["area"] and row["area"] not in AREAS:
        yield "area", f"{row['area']!r} is not one of {', '.join(AREAS)}.{near(row['area'], AREAS)}"
    if row["period"] and not _YEAR.search(row["period"]):
        yield "period", "Name the year in four digits, such as 31 March 2024 or 2023-24."
    if row["value"] and not _is_number(row["value"]):
        yield "value", f"{row['value']!r} is not a number. Write 12.4, without a unit."
    if row["href"] and not re.fullmatch(r"https?://\S+", row["href"]):
        yield "href", "Write the whole address, from https:// on."


def _is_number(words: str) -> bool:
    try:
        return math.isfinite(float(words)) and "_" not in words
    except ValueError:
        return False


def load(folder: Folder, file: Path) -> tuple[int, int]:
    """Put the figures of a file into a pack: those of the same measure, area and period take the place of the old.

    Gives how many are new and how many were changed. Nothing is written when any line is at fault: the folder has the
    faults.
    """
    newer = read(Folder(file.parent, folder.faults), file.name)
    older = read(folder)
    if folder.faults:
        return 0, 0
    kept = {(one.measure, one.area, one.period): one for one in older}
    given = {(one.measure, one.area, one.period): one for one in newer}
    new = len(given.keys() - kept.keys())
    changed = sum(kept[key] != one for key, one in given.items() if key in kept)
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows((*astuple(one)[:3], f"{one.value:g}", *astuple(one)[4:]) for one in (kept | given).values())
    whole = folder.path / f".{FILE}.new"
    whole.write_text(written.getvalue(), encoding="utf-8")
    whole.replace(folder.path / FILE)
    return new, changed

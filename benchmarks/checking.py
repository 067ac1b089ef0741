"""How long a CIN Census file takes to check: `./run benchmark checking [--file FILE] [--children 10000 100000]`.

A file of children is repeated under new names until it has so many. Processor time is that of a whole
fresh process, with its start: of `./run check cin` with all rules, and of reading the same file with lxml into rows,
one dictionary for each group of elements, and doing nothing more. Needs no database.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ground import Figure, told
from righthelp.kernel.identifiers import upn_with_check
from righthelp.returns.cin.tests.making import file_of

TIMES = 3  # how many times as long as lxml it may take
ROOT = Path(__file__).resolve().parents[1]
CLEAN = ROOT.parent / "shared" / "data" / "cin" / "clean_2026_1000.xml"  # where a file without a fault may stand
_NUMBER = re.compile(rb"<LAchildID>[^<]*")
_UPN = re.compile(rb"<UPN>.(...)[^<]*")

# What a program that only reads would do: nothing is kept of the tree, and nothing is understood.
READ_ONLY = """
import sys
from lxml import etree

groups = (
    "ChildIdentifiers", "ChildCharacteristics", "CINdetails", "Assessments", "CINPlanDates", "Section47",
    "ChildProtectionPlans", "Reviews",
)
tables = {group: [] for group in groups}
for _, child in etree.iterparse(sys.argv[1], tag="Child"):
    number = child.findtext("ChildIdentifiers/LAchildID")
    for group in child.iter(*groups):
        row = {value.tag: value.text for value in group}
        row["child"] = number
        tables[group.tag].append(row)
    child.clear()
    while child.getprevious() is not None:
        del child.getparent()[0]
"""


def main() -> int:
    """Each size: the file made, read by lxml alone, and checked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, help="the return to repeat; without it a sound one, or an invented one")
    parser.add_argument("--children", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3, help="the best of so many")
    wish = parser.parse_args()
    file = wish.file or (CLEAN if CLEAN.exists() else None)
    source = file.read_bytes() if file else file_of(1000).encode()
    figures, each = [], {}
    with tempfile.TemporaryDirectory() as folder:
        for children in wish.children:
            file = Path(folder) / f"{children}.xml"
            with file.open("wb") as opened:
                opened.writelines(repeated(source, children))
            read = min(_seconds([sys.executable, "-c", READ_ONLY, str(file)])[0] for _ in range(wish.runs))
            runs = [_seconds([sys.executable, "-m", "running", "check", "cin", str(file)]) for _ in range(wish.runs)]
            checked = min(seconds for seconds, _ in runs)
            each[children] = checked / children
            print(
                f"{children:,} children, {file.stat().st_size / 1e6:.1f} MB: lxml {read:.2f} s, check {checked:.2f} s"
            )
            print(
                f"  ratio {checked / read:.2f}; at most {max(most for _, most in runs):,.0f} MB of memory", flush=True
            )
            figures.append(Figure(f"check of {children:,} children against lxml alone", checked / read, TIMES, "times"))
            file.unlink()
    first, *others = each
    for size in others:
        grown = each[size] / each[first]
        figures.append(Figure(f"a child of {size:,} against one of {first:,}", grown, 1.25, "times"))
    return told(figures)


def repeated(source: bytes, children: int) -> Iterator[bytes]:
    """The file with its children again and again, each under a number and a UPN of their own."""
    begin, end = source.index(b"<Child>"), source.rindex(b"</Child>") + len(b"</Child>")
    yield source[:begin]
    parts = source[begin:end].split(b"</Child>")[:-1]
    for number in range(children):
        part = _NUMBER.sub(b"<LAchildID>REP%08d" % number, parts[number % len(parts)])
        yield _UPN.sub(lambda found, number=number: _upn(found[1], number), part) + b"</Child>"
    yield source[end:]


def _upn(authority: bytes, number: int) -> bytes:
    return b"<UPN>" + upn_with_check(f"{authority.decode()}{number:09}").encode()


def _seconds(command: list[str]) -> tuple[float, float]:
    """Processor time of a whole process, and the most memory that it had, in MB."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    child = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if (code := os.waitstatus_to_exitcode(status)) not in (0, 1):  # 1: rules are broken
        raise SystemExit(f"{' '.join(command)} ended with {code}.")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())

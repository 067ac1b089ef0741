"""`./run check cin FILE... [--year Y] [--json OUT]`: CIN Census files against the Department's rules.

One line a file on standard output, all else on standard error. Needs neither a database nor Django.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from righthelp.kernel.moments import LONDON
from righthelp.returns.cin.elements import Unreadable
from righthelp.returns.cin.faults import printable
from righthelp.returns.cin.verdict import Verdict, verdict

SOUND, FAILING, UNREADABLE = 0, 1, 2
OFTEN = 20_000  # children after which something is said
FEW = 5  # faults of the form that are told at the terminal
LONGEST_NAME = 4096


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence and no more."""
        self.exit(UNREADABLE, f"{message[0].upper()}{message[1:]}. For example: ./run check cin return.xml\n")


def main(words: list[str]) -> int:
    """Check each file; the exit code is the worst that was met."""
    parser = _Words(prog="./run check cin", description="CIN Census files against the Department's rules.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--year", type=_year, help="the return's, 2026 for 2025 to 2026; else the file's own header says"
    )
    parser.add_argument("--json", metavar="OUT", help="write every finding into this file")
    wish = parser.parse_args(words)
    with ExitStack() as stack:
        out = None
        if wish.json:
            if any(_same(wish.json, name) for name in wish.files):
                return _refuse("The findings would replace the file itself. Give them another name.")
            try:
                out = stack.enter_context(open(wish.json, "w", encoding="utf-8"))
            except OSError as error:
                return _refuse(f"{printable(wish.json)} cannot be written: {error.strerror}.")
        gc.disable()  # rows are kept to the end, so that looking for what could be let go of is work for nothing
        try:
            return _each(wish.files, wish.year, out)
        except OSError as error:  # a full disk; files that cannot be read were told in their place
            return _refuse(f"The findings cannot be written: {error.strerror}.")
        finally:
            gc.freeze()  # nor is it looked for now: the process ends, and gives its memory back whole
            gc.enable()


def _each(files: list[str], year: int | None, out: TextIO | None) -> int:
    worst = SOUND
    for number, name in enumerate(files):
        found = _checked(name, year)
        shown = printable(name, LONGEST_NAME)
        line = f"unreadable: {found}" if isinstance(found, str) else found.line
        sys.stdout.write(f"{shown} {line}\n")
        sys.stdout.flush()
        if isinstance(found, str):
            worst = UNREADABLE
        else:
            worst = max(worst, SOUND if found.sound else FAILING)
            _say(found)
        if out:
            out.write(",\n" if number else "[\n")
            _write(out, shown, found)
        if number + 1 < len(files):
            del found
            gc.collect()
    if out:
        out.write("\n]\n")
    return worst


def _checked(name: str, year: int | None) -> Verdict | str:
    """What the file comes to, or why it cannot be read."""
    try:
        with Path(name).open("rb") as opened:
            return verdict(opened, _today(), year, _Progress())
    except Unreadable as why:
        place = f"Line {why.line}, column {why.column}: " if why.line else ""
        return printable(f"{place}{why.sentence}")
    except OSError as error:
        return f"The file cannot be read: {error.strerror}."
    except ValueError:  # a name that no file can have
        return "There can be no file of this name."
    except MemoryError:
        return "The file tells of more than this machine's memory holds."


def _write(out: TextIO, name: str, found: Verdict | str) -> None:
    """One file's part of the JSON, its findings one a line."""
    if isinstance(found, str):
        out.write(json.dumps({"file": name, "unreadable": found}, ensure_ascii=False))
        return
    read = found.read
    head: dict[str, Any] = {
        "file": name,
        "year": read.year,
        "children": len(read.tables.children),
        "failing_rules": len(found.codes),
        "codes": found.codes,
        "not_run": found.result.not_run,
        "schema_faults": len(read.faults),
        "schema_faults_beyond": read.more,
    }
    out.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')
    for number, finding in enumerate(found.findings()):
        out.write(",\n " if number else "\n ")
        out.write(json.dumps(finding, ensure_ascii=False))
    out.write("]}")


def _say(found: Verdict) -> None:
    """At the terminal: what is wrong with the form, each rule that is broken, each that was not asked."""
    faults = [fault for fault, _ in found.read.faults]
    for fault in faults[:FEW]:
        sys.stderr.write(f"  {fault.line}:{fault.column}  {fault.path}: {fault.sentence}\n")
    if more := len(faults) - len(faults[:FEW]):
        beyond = ", and perhaps others that were not looked for" if found.read.more else ""
        sys.stderr.write(f"  and {more:,} more faults of the file's form{beyond}\n")
    counts = Counter(each.code for each in found.result.findings)
    first = {each.code: each for each in reversed(found.result.findings)}
    for code in found.codes:
        sys.stderr.write(f"  {code}  {counts[code]:,} times, first in line {first[code].line}: {first[code].message}\n")
    for code, why in found.result.not_run.items():
        sys.stderr.write(f"  {code}  not run: {why}\n")


class _Progress:
    """Says at the terminal how far a long file has been read."""

    def __init__(self) -> None:
        self.told = 0

    def __call__(self, children: int) -> None:
        if children // OFTEN > self.told:
            self.told = children // OFTEN
            sys.stderr.write(f"  {children:,} children read\n")


def _same(one: str, other: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(one).samefile(other)
    return False


def _today() -> date:
    return datetime.now(LONDON).date()


def _year(word: str) -> int:
    if not (word.isascii() and word.isdecimal()) or not 2000 <= int(word) <= 2099:
        raise argparse.ArgumentTypeError(f"a return's year is that in which its period ends, such as 2026, not {word}")
    return int(word)


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return UNREADABLE

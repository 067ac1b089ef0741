"""What a CIN Census file comes to: the faults of its form, the rules that it breaks, those that could not be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from righthelp.returns.cin import rules
from righthelp.returns.cin.faults import Fault, printable
from righthelp.returns.cin.streaming import Progress, ReadReturn, read_return

# The first sentence of a fault, whatever it quotes, and how it is mended.
_MEND = re.compile(r'((?:"[^"]*"|[^".]|\.(?! ))*\.) (.+)')
LONGEST_VALUE = 500  # letters of a value that are told


@dataclass
class Verdict:
    """A file that could be read, and what was found of it."""

    read: ReadReturn
    result: rules.Result
    codes: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether no rule is broken and nothing is wrong with the file's form."""
        return not self.codes and not self.read.faults

    @property
    def line(self) -> str:
        """What is printed after the file's name."""
        return f"failing_rules={len(self.codes)} not_run={len(self.result.not_run)} codes={','.join(self.codes)}"

    def findings(self) -> Iterator[dict[str, Any]]:
        """Each fault of the form, then each row that breaks a rule."""
        for fault, child in self.read.faults:
            yield _of_form(fault, child)
        for found in self.result.findings:
            yield {
                "kind": "rule",
                "code": found.code,
                "severity": str(found.severity),
                "child": _told(found.child),
                "element": found.element,
                "line": found.line,
                "value": _told(found.value),
                "message": found.message,
                "mend": found.mend,
            }


def verdict(opened: BinaryIO, today: date, year: int | None = None, progress: Progress = lambda count: None) -> Verdict:
    """Read a file and ask it the rules of its year. Raises `Unreadable`."""
    read = read_return(opened, today, year, progress)
    result = rules.run(read.tables, read.year)
    return Verdict(read, result, sorted({found.code for found in result.findings}))


def _of_form(fault: Fault, child: str) -> dict[str, Any]:
    parted = _MEND.fullmatch(fault.sentence)
    message, mend = parted.groups() if parted else (fault.sentence, fault.sentence)
    return {
        "kind": "schema",
        "code": fault.kind.value.name,
        "severity": "error",
        "child": _told(child),
        "element": re.sub(r"\[\d+\]$", "", fault.path.rpartition("/")[2]),
        "line": fault.line,
        "column": fault.column,
        "value": _told(fault.value),
        "message": message,
        "mend": mend,
    }


def _told(words: str) -> str:
    return words if len(words) <= LONGEST_VALUE and words.isprintable() else printable(words, LONGEST_VALUE)

"""Definitions that were published: each with a hash of its text in `definitions.lock`, so that none is edited unseen.

A definition that has to change gets a new version beside it. The file is written by `./run manage lock_measures`, which
adds what is new and changes nothing that is there. What is made from a clock has no line: its page and the law say it,
and the law is dated.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from righthelp.measures.definition import Measure
from righthelp.measures.registry import written

FILE = Path(__file__).parent / "definitions.lock"
HEAD = "# Every definition that was published: name, version, hash. Made by ./run manage lock_measures; never edited."


def fingerprint(measure: Measure) -> str:
    """What a definition comes to: what is counted, in words and as text, in which unit, and placed on which day."""
    said = (
        measure.definition,
        measure.unit.value,
        measure.period.value,
        measure.dated_by,
        measure.of_what,
        measure.sql,
    )
    return hashlib.sha256("\n".join(" ".join(words.split()) for words in said).encode()).hexdigest()[:24]


def defined() -> dict[tuple[str, int], str]:
    """Every version of every measure of the files, as it is."""
    return {
        (version.name, version.version): fingerprint(version) for measure in written() for version in measure.versions
    }


def locked() -> dict[tuple[str, int], str]:
    """Every version that was published, as it was."""
    if not FILE.exists():
        return {}
    lines = (line.split() for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] not in {"#", ""})
    return {(name, int(version)): digest for name, version, digest in lines}


def changed() -> list[str]:
    """What was published and is another text now, or is gone: name and version."""
    there = defined()
    return [f"{name} {version}" for (name, version), digest in locked().items() if there.get((name, version)) != digest]


def missing() -> list[str]:
    """What has no line yet: name and version."""
    return [f"{name} {version}" for name, version in defined().keys() - locked().keys()]


def lock() -> int:
    """Write a line for every version that has none; gives how many."""
    new = len(missing())
    lines = [f"{name} {version} {digest}" for (name, version), digest in sorted((defined() | locked()).items())]
    FILE.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return new

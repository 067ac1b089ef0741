"""Copies of the real packs, to be broken on purpose."""

import shutil
from collections.abc import Callable
from pathlib import Path

from righthelp.packs.loading import HOME, check

Mend = Callable[[str], str]


def copy(home: Path, *names: str) -> Path:
    """The nation's pack and some counties', under a folder of the test's own."""
    for name in ("england", *names):
        shutil.copytree(HOME / name, home / name)
    return home


def swap(home: Path, file: str, old: str, new: str) -> int:
    """Put other words into a file; gives the line on which they begin."""
    text = (home / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {file}"
    (home / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_after(home: Path, file: str, old: str, new: str, name: str = "elsewhere") -> list[str]:
    """The faults of a pack after other words were put into one of its files."""
    copy(home, name)
    swap(home, file, old, new)
    return check(name, home)

"""Our own files: what we wrote, without what others wrote and we only serve."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("righthelp", "running", "config", "tests")
NOT_OURS = {"vendor", "vendored", "node_modules", "migrations", "__pycache__"}


def ours(*endings: str, within: tuple[str, ...] = ROOMS) -> list[Path]:
    """Files of these kinds that we wrote."""
    found = [file for room in within for ending in endings for file in (ROOT / room).rglob(f"*.{ending}")]
    return sorted(file for file in found if not NOT_OURS & set(file.parts))


def code(*, tests: bool = False) -> Iterator[tuple[Path, ast.Module]]:
    """Each module of the project, read."""
    for file in ours("py", within=("righthelp",)):
        if tests or "tests" not in file.parts:
            yield file, _read(file)


@cache
def _read(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def shown(file: Path) -> str:
    """A file as a failing test names it."""
    return str(file.relative_to(ROOT))

"""The guide is followed to the letter on a scratch copy of the project: what it promises is what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "add-a-process.md"
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", ".tools", ".state", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "vendor"
)
BLOCK = re.compile(r"^```\w+ (\S+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_adds_a_process(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / "righthelp" / "web" / "static" / "vendor").mkdir(exist_ok=True)
    before = _files(copy)
    for path, beneath, text in BLOCK.findall(GUIDE.read_text(encoding="utf-8")):
        _follow(copy / path, beneath, text)
    _run(copy, "manage.py", "makemigrations", "holiday_place")
    _run(copy, "manage.py", "check")
    _run(copy, "manage.py", "generate_docs")
    _run(copy, "-m", "righthelp.packs", "check")
    _run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "righthelp/processes/holiday_place")
    touched = {path for path, text in _files(copy).items() if before.get(path) != text}
    elsewhere = {
        path
        for path in touched
        if not path.startswith(("righthelp/processes/holiday_place/", "docs/generated/", "packs/"))
        and path != "righthelp/law/holiday_clubs.yaml"
    }
    assert elsewhere == set(), "adding a process touches its folder, its law file and its pack entries"
    page = (copy / "docs" / "generated" / "process-holiday_place.md").read_text(encoding="utf-8")
    assert "ASKED --> OFFERED: Offer a place" in page


def _follow(file: Path, beneath: str, text: str) -> None:
    """Write the block's file; or, in a file that is there, put its line in the place of the one beneath a key."""
    if not beneath:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{beneath}:"))
    name = text.split(":")[0]
    place = next(number for number in range(start + 1, len(lines)) if lines[number].startswith(f"{name}:"))
    lines[place] = text
    file.write_text("".join(lines), encoding="utf-8")


def _run(copy: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def _files(copy: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(copy)): file.read_bytes()
        for file in copy.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.endswith(".pyc")
    }

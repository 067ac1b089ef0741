"""What we wrote is small enough to read, needs nothing without a reason, and its documents are of today."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from righthelp.engine.generated import HOME, documents
from righthelp.packs.loading import USUAL, pack
from tests.closed.sources import ROOT, ours, shown

MOST_LINES = 600


@pytest.mark.parametrize("file", ours("py", "html", "css", "js", "sql"), ids=shown)
def test_no_file_is_too_long_to_read(file: Path) -> None:
    assert file.read_text(encoding="utf-8").count("\n") <= MOST_LINES


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    said = tomllib.loads(text)
    for needed in [*said["project"]["dependencies"], *said["dependency-groups"]["dev"]]:
        line = next(line for line in text.splitlines() if f'"{needed}"' in line)
        reason = line.partition(f'"{needed}",')[2].strip()
        assert re.fullmatch(r"# [A-Z0-9].{3,}\.", reason), f"{needed} has no sentence of reason."


def test_every_script_that_is_served_has_its_reason() -> None:
    """Packages of the browser's side are fixed to one version each."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for name, version in {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}.items():
        assert re.fullmatch(r"\d+(\.\d+)*", version), f"{name} is not fixed to one version."


@pytest.mark.skipif(pack().name != USUAL, reason="The documents are made for the usual county.")
def test_the_documents_that_are_made_are_of_today() -> None:
    there = {file.name: file.read_text(encoding="utf-8") for file in HOME.glob("*.md")}
    assert there.keys() == documents().keys()
    stale = [name for name, text in documents().items() if there[name] != text]
    assert stale == [], "Run ./run docs."


def test_no_file_of_ours_leaves_something_to_be_done() -> None:
    left = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
    found = [shown(file) for file in ours("py", "html", "css", "js", "sql") if left.search(file.read_text("utf-8"))]
    assert found == []

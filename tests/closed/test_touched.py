"""What a process costs: its folder, its law file and its pack entries, and nothing in the rooms that all share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from righthelp.engine.process import processes

ROOT = Path(__file__).parents[2] / "righthelp"
# Rooms that know no process by name. Others do: the demonstration plays them, returns and measures read them.
SHARED = ("kernel", "law", "packs", "guard", "people", "record", "engine", "web")
# What a shared room says of a process by name, and why it must.
NAMED = {
    ("guard/roles.py", "contact"): "a role that opens no child's record is kept to what is in hand",
    ("guard/roles.py", "child_protection_conference"): "the same, of whoever arranges conferences",
    ("guard/guarded.py", "contact"): "an example in words",
    ("kernel/page.py", "referral"): "an example in words",
    ("web/search.py", "break_glass"): "a search that finds nobody leads to an emergency opening",
    ("web/templates/web/search.html", "break_glass"): "the same",
    ("web/network.py", "network_member"): "the picture of a family leads to what changes it",
    ("web/child.py", "transfer_pack"): "a child's documents lead to the pack for another county",
    ("web/shell.py", "statistics_release"): "open data are public, and not everywhere in use",
    ("web/shell.py", "service_listing"): "the directory is public, and not everywhere in use",
}


def files() -> list[Path]:
    return [
        path
        for room in SHARED
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in {".py", ".html", ".sql"} and not {"tests", "migrations", "__pycache__"} & set(path.parts)
    ]


def naming(kind: str) -> list[str]:
    """The files of shared rooms that name a process: as a string, as an address, as an import."""
    said = re.compile(rf"""["']{kind}(?:["']|_(?:queue|record|begin|take|who)\b)|processes\.{kind}\b|"/{kind}/""")
    found = [str(path.relative_to(ROOT)) for path in files() if said.search(path.read_text(encoding="utf-8"))]
    return [name for name in found if (name, kind) not in NAMED]


@pytest.mark.parametrize("kind", sorted(processes()))
def test_no_shared_room_names_a_process(kind: str) -> None:
    assert naming(kind) == []


def test_what_is_allowed_is_there() -> None:
    for name, kind in NAMED:
        assert kind in (ROOT / name).read_text(encoding="utf-8")


def test_a_process_needs_no_template() -> None:
    """Most have none; whoever has one has a page that the engine does not draw."""
    without = [kind for kind in processes() if not (ROOT / "processes" / kind / "templates").exists()]
    assert len(without) > len(processes()) / 2

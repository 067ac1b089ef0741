"""The notebook of the front door: its cells run, over files, and come to what the page shows."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from righthelp.guard.viewers import looking
from righthelp.measures import boards
from righthelp.measures.exporting import export

NOTEBOOK = Path(__file__).parents[3] / "docs" / "notebooks" / "front-door.ipynb"

EARLY_HELP = {"EARLY_HELP": {"level": 3, "early_help_agreed": "yes"}}
WORRIES = (("Ada", 400, "ADVICE"), ("Bryn", 60, "ADVICE"), ("Cerys", 45, "EARLY_HELP"), ("Dewi", 1, "ADVICE"))


def run(notebook: Path) -> dict[str, Any]:
    """Its cells of code, one after the other, as a reader runs them."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert all(not cell.get("outputs") for cell in cells), "A notebook is kept without what it printed."
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), str(notebook), "exec"), names)
    return names


def test_the_notebook_shows_what_the_page_shows(
    workplace: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = timezone.now()
    for name, days, outcome in WORRIES:
        contact = workplace.registered(on=now - timedelta(days=days), child_given=name)
        workplace.decide(
            contact, on=now - timedelta(days=days) + timedelta(hours=5), outcome=outcome, **EARLY_HELP.get(outcome, {})
        )
    export(tmp_path / "files")
    monkeypatch.setenv("RIGHTHELP_FILES", str(tmp_path / "files"))
    names = run(NOTEBOOK)
    board = boards.of_service("front_door")
    with looking(workplace.as_("Marian Blythe")):
        page = boards.made(board, (), "source", now)
    shown = {
        line.measure.name: [str(one.figure) for one in (line.month, line.year, line.before)] for line in page.lines
    }
    assert names["page"] == shown
    assert shown["contacts"][1:] == ["2", "1"]
    assert page.side_by_side is not None
    place = page.side_by_side.heads.index("Contacts")
    by_source = {value: str(cells[place].number.figure) for value, cells in page.side_by_side.rows}
    assert by_source == names["sources"]["contacts"]
    assert "hours, of" in capsys.readouterr().out

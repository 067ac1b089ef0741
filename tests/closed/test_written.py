"""What people are told in our own pages is there: files, functions and tests that they name, and links between them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.closed.sources import ROOT, ours, shown

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
NAMED = re.compile(r"`([\w/]+\.(?:py|sql|yaml|csv))`(?:: ((?:`\w+`(?:, )?)+))?")
TEST = re.compile(r"`(test_\w+)(\.py)?`")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_no_link_leads_nowhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_what_the_page_on_security_names_is_there() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    files = {str(file.relative_to(ROOT)): file for file in ours("py", "sql")}
    missing = []
    for name, inside in NAMED.findall(text):
        found = [file for path, file in files.items() if path.endswith(name)]
        wanted = re.findall(r"`(\w+)`", inside)
        if not any(all(re.search(rf"\b{word}\b", file.read_text("utf-8")) for word in wanted) for file in found):
            missing.append((name, wanted))
    whole = "\n".join(file.read_text("utf-8") for file in files.values())
    missing += [test for test, ending in TEST.findall(text) if not ending and f"def {test}(" not in whole]
    assert missing == []
    assert len(NAMED.findall(text)) > 20


def test_every_setting_is_told_to_who_runs_it_for_real() -> None:
    told = set(re.findall(r"RIGHTHELP_\w+", (ROOT / "docs" / "running-for-real.md").read_text(encoding="utf-8")))
    served = [ROOT / "config" / "settings.py", ROOT / "righthelp" / "packs" / "loading.py"]
    read = {name for file in served for name in re.findall(r'"(RIGHTHELP_[A-Z_]+)"', file.read_text(encoding="utf-8"))}
    read |= {f"RIGHTHELP_OIDC_{name}" for name in ("NAME", "CLIENT_ID", "SECRET", "SERVER_URL")}
    inner = {"RIGHTHELP_AS", "RIGHTHELP_BUILDING"}  # set by our own commands, and by nobody else
    assert read - inner == told

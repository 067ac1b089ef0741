"""What decides whether a start may skip a step."""

import pytest

from running import prepared
from running.prepared import digest, fingerprint


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(prepared, "ROOT", tmp_path)
    for name in ("righthelp/guard/rules.py", "packs/herefordshire/levels.yaml", "uv.lock"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    return tmp_path


def test_nothing_changed_is_the_same(checkout):
    assert fingerprint("a") == fingerprint("a")


@pytest.mark.parametrize(
    "name",
    [
        "righthelp/guard/rules.py",
        "packs/herefordshire/levels.yaml",
        "uv.lock",
        "righthelp/processes/contact/migrations/0002_new.py",
    ],
)
def test_a_changed_or_new_file_is_another(checkout, name):
    before = fingerprint("a")
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("after!")
    assert fingerprint("a") != before


def test_another_county_is_another(checkout):
    assert fingerprint("herefordshire") != fingerprint("elsewhere")


def test_templates_tests_and_compiled_files_do_not_matter(checkout):
    before = fingerprint()
    for folder in ("templates", "tests", "__pycache__", "static"):
        (checkout / "righthelp" / folder).mkdir()
        (checkout / "righthelp" / folder / "file").write_text("new")
    assert fingerprint() == before


def test_a_renamed_file_is_another(tmp_path):
    (tmp_path / "a").write_text("same")
    before = digest([tmp_path / "a"])
    (tmp_path / "a").rename(tmp_path / "b")
    assert digest([tmp_path / "b"]) != before

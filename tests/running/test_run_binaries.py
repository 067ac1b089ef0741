"""Which PostgreSQL is used."""

from pathlib import Path

import pytest

from running import binaries, embedded
from running.binaries import Binaries, choose
from running.terminal import Refused

OURS = Binaries(Path("/usr/lib/postgresql/15/bin"), 15, "15.13")
NEWER = Binaries(Path("/usr/lib/postgresql/17/bin"), 17, "17.4")


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    """A machine with PostgreSQL 17 and 15 of its own, the wheel's 18, and no wish."""
    monkeypatch.delenv("RIGHTHELP_POSTGRES", raising=False)
    monkeypatch.setattr(binaries, "system", lambda: [NEWER, OURS])
    monkeypatch.setattr(binaries, "reachable", lambda folder: True)
    monkeypatch.setattr(embedded, "folder", lambda: Path("/wheel/bin"))
    monkeypatch.setattr(embedded, "copied", lambda into: into / "copy")
    monkeypatch.setattr(embedded, "version", lambda: "18.6")


def chosen(kept=None, another_user=False):
    return choose(kept, another_user=another_user, copy_to=Path("/state"))


def test_the_machines_own_newest_comes_first():
    assert chosen() == NEWER


def test_data_already_there_decides_the_version():
    assert chosen(kept=15) == OURS
    assert chosen(kept=18).folder == Path("/wheel/bin")


def test_the_wheels_where_the_machine_has_none(monkeypatch):
    monkeypatch.setattr(binaries, "system", list)
    assert chosen().embedded
    assert chosen(another_user=True).folder == Path("/state/copy")


def test_what_the_other_user_cannot_reach_is_passed_over(monkeypatch):
    monkeypatch.setattr(binaries, "reachable", lambda folder: False)
    assert chosen(another_user=True).embedded
    assert not chosen().embedded


def test_the_wish_for_the_wheels_is_granted(monkeypatch):
    monkeypatch.setenv("RIGHTHELP_POSTGRES", "embedded")
    assert chosen().embedded


def test_a_wish_for_a_folder_without_postgres_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("RIGHTHELP_POSTGRES", str(tmp_path))
    with pytest.raises(Refused, match="neither 'embedded' nor a folder"):
        chosen()


def test_data_of_a_version_that_is_not_here_is_refused_with_a_sentence():
    with pytest.raises(Refused, match=r"made by PostgreSQL 16, .* has 17.4 and 15.13 and 18.6.*\./run reset"):
        chosen(kept=16)


def test_a_folder_that_only_its_owner_may_open_is_not_reachable(tmp_path, monkeypatch):
    monkeypatch.undo()
    (tmp_path / "private").mkdir(mode=0o700)
    assert not binaries.reachable(tmp_path / "private")
    assert binaries.reachable(Path("/usr/bin"))

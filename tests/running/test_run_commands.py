"""The commands as a whole."""

import subprocess
import sys

import pytest

from running import commands, database
from running.places import ROOT


def test_help_names_every_command():
    told = commands.help_text()
    for command in commands.COMMANDS.values():
        assert f"./run {command.usage}" in told
    assert "./test" in told


def test_help_needs_nothing_but_pythons_own_modules(monkeypatch):
    monkeypatch.setenv("COLUMNS", "90")
    done = subprocess.run(
        [sys.executable, "-S", "-m", "running", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == commands.help_text().strip()


def test_an_unknown_command_is_refused(capsys):
    assert commands.main(["wibble"]) == 2
    assert "wibble" in capsys.readouterr().err


def test_loading_something_unknown_is_refused(capsys):
    assert commands.COMMANDS["load"].does(["spreadsheet", "a.xls"]) == 2
    assert "load cin|benchmarks FILE" in capsys.readouterr().err


def test_one_database_address_without_the_other_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://righthelp@localhost/righthelp")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(database.Refused, match="DATABASE_OWNER_URL"):
        database.given()


def test_only_our_own_database_is_a_demonstration_without_being_asked(monkeypatch, tmp_path):
    monkeypatch.setattr(database, "secret", lambda name: "a long random text")
    monkeypatch.setattr(database, "state_folder", lambda: tmp_path)
    monkeypatch.delenv("RIGHTHELP_DEMONSTRATION", raising=False)
    ours = database.Addresses("request", "owner", "admin")
    somebodys = database.Addresses("request", "owner")
    assert database.environment(ours)["RIGHTHELP_DEMONSTRATION"] == "1"
    assert "RIGHTHELP_DEMONSTRATION" not in database.environment(somebodys)
    assert database.environment(ours, owner=True)["RIGHTHELP_AS"] == "owner"

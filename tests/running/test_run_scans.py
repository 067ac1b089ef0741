"""The scans of `./test`: a secret in a file is found, one that was reviewed is not told again."""

import subprocess

import pytest

from running import scans


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A small checkout, with nothing reviewed."""
    monkeypatch.setattr(scans, "ROOT", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / scans.REVIEWED).write_text(
        '{"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": {}}'
    )

    def with_file(name, text):
        (tmp_path / name).write_text(text)
        for words in (["init", "-q"], ["add", "-A"]):
            subprocess.run(["git", *words], cwd=tmp_path, check=True)

    return with_file


def test_a_key_that_somebody_left_in_a_file_is_found_with_its_line(checkout, capsys):
    checkout("settings.py", "NAME = 'righthelp'\nAWS = '" + "AKIA" + "IOSFODNN7RIGHTHE" + "'\n")
    assert scans.secrets() == 1
    assert "settings.py:2" in capsys.readouterr().out


def test_files_without_a_secret_pass(checkout):
    checkout("settings.py", "NAME = 'righthelp'\n")
    assert scans.secrets() == 0


def test_what_cannot_be_asked_has_not_passed(checkout, monkeypatch, tmp_path):
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\necho 'error sending request for url (https://api.osv.dev)' >&2\nexit 2\n")
    uv.chmod(0o755)
    monkeypatch.setenv("RIGHTHELP_UV", str(uv))
    assert scans.dependencies() == scans.NOT_RUN


@pytest.mark.parametrize("code", [0, 1])
def test_what_the_list_of_known_faults_says_counts(checkout, monkeypatch, tmp_path, code):
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\necho 'Found faults'\nexit {code}\n")
    uv.chmod(0o755)
    monkeypatch.setenv("RIGHTHELP_UV", str(uv))
    assert scans.dependencies() == code

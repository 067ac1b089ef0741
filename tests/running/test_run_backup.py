"""A backup gives back every row, every history and every right; and nothing is written over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from righthelp.demo.staff import make_staff
from righthelp.engine.journal import Journal
from righthelp.guard import rowsecurity
from righthelp.guard.viewers import DEMONSTRATION, looking
from running import backup
from running.terminal import Refused
from tests.databases import a_database_of_its_own, an_empty_database, connected, owner_of


@pytest.fixture
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database with the workers of a county in it, by name."""
    with django_db_blocker.unblock(), a_database_of_its_own("backup"):
        with looking(DEMONSTRATION):
            journal = Journal()
            make_staff(journal, 1, schools=2, practices=1)
            journal.write(DEMONSTRATION)
        yield str(connection.settings_dict["NAME"])


@pytest.fixture
def bare() -> Iterator[str]:
    with an_empty_database("bare") as name:
        yield name


def contents(owner: str) -> dict[str, str]:
    """Every table by what is in it, in whichever order."""
    with psycopg.connect(owner) as here:
        tables = here.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = {}
        for (table,) in tables.fetchall():
            rows = here.execute(f'SELECT t::text FROM public."{table}" t').fetchall()
            found[table] = hashlib.sha256("\n".join(sorted(row[0] for row in rows)).encode()).hexdigest()
        return found


def test_what_was_backed_up_is_restored_whole(filled: str, bare: str, tmp_path: Path) -> None:
    file = tmp_path / "county.backup"
    backup.dump(owner_of(filled), file)
    assert file.stat().st_mode & 0o077 == 0
    assert backup.empty(owner_of(bare))
    backup.fill(owner_of(bare), file)
    before = contents(owner_of(filled))
    assert contents(owner_of(bare)) == before
    assert len(set(before.values())) > 5  # there was something to lose
    with connected(NAME=bare):
        assert rowsecurity.differences() == ""
        assert rowsecurity.request_role_is_bound() == ""


def test_a_backup_that_cannot_be_read_leaves_nothing_behind(filled: str, bare: str, tmp_path: Path) -> None:
    file = tmp_path / "county.backup"
    backup.dump(owner_of(filled), file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="PostgreSQL says"):
        backup.fill(owner_of(bare), file)
    assert backup.empty(owner_of(bare))


def test_nothing_is_written_over(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", owner_of(filled))
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@localhost/other")
    file = tmp_path / "county.backup"
    file.write_text("an earlier one")
    with pytest.raises(Refused, match="there already"):
        backup.backup([str(file)])
    with pytest.raises(Refused, match="database here already"):
        backup.restore([str(file)])
    assert file.read_text() == "an earlier one"


@pytest.mark.parametrize("words", [[], ["one", "two"], ["--help"]])
def test_one_file_is_named(words: list[str]) -> None:
    with pytest.raises(Refused, match="Name one file"):
        backup.backup(words)

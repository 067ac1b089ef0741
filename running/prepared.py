"""What has been made ready already, from which code and packs, so that a start does no more than it must."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

from running.places import ROOT

# Whatever migrations, rights and the demonstration county are made from: an unneeded second time costs two
# seconds, a wrongly saved one costs trust.
ROOMS = ("righthelp", "config", "law", "packs")
SKIPPED = {"__pycache__", "static", "templates", "tests"}


def fingerprint(*settings: str) -> str:
    """Of all code, law and packs, the locked packages, and the settings given."""
    files = (path for room in ROOMS for path in _files(ROOT / room))
    return digest([*files, ROOT / "uv.lock"], *settings)


def static_fingerprint() -> str:
    """Of every style sheet, script and image."""
    files = (path for folder in (ROOT / "righthelp").rglob("static") for path in folder.rglob("*") if path.is_file())
    return digest([*files, ROOT / "uv.lock"])


def digest(files: Iterable[Path], *words: str) -> str:
    """Of the files' names and contents, and the words."""
    total = hashlib.sha256("\n".join(words).encode())
    for path in sorted(files):
        total.update(f"\n{path}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIPPED]
        yield from (Path(here) / name for name in names)


class Prepared:
    """The note of it, kept in the database itself, so that it is true of this one and goes where it goes."""

    def __init__(self, owner: str) -> None:
        self.owner = owner

    def is_from(self, what: str, fingerprint: str) -> bool:
        with psycopg.connect(self.owner) as connection:
            if not connection.execute("SELECT to_regclass('running.prepared')").fetchone()[0]:  # type: ignore[index]
                return False
            query = "SELECT 1 FROM running.prepared WHERE what = %s AND fingerprint = %s"
            return connection.execute(query, [what, fingerprint]).fetchone() is not None

    def note(self, what: str, fingerprint: str) -> None:
        with psycopg.connect(self.owner) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS running")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS running.prepared (what text PRIMARY KEY, fingerprint text NOT NULL)"
            )
            connection.execute(
                "INSERT INTO running.prepared VALUES (%s, %s)"
                " ON CONFLICT (what) DO UPDATE SET fingerprint = excluded.fingerprint",
                [what, fingerprint],
            )

    def forget(self) -> None:
        """After something that may have changed the tables behind our back."""
        with psycopg.connect(self.owner) as connection:
            if connection.execute("SELECT to_regclass('running.prepared')").fetchone()[0]:  # type: ignore[index]
                connection.execute("DELETE FROM running.prepared")

"""One file with everything that the database holds, and an empty database filled from it.

The file is PostgreSQL's own archive (`pg_dump`, custom format): records, history and rights. It holds every word of
every record, so only its owner may read it.
"""

import os
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from running import binaries, database, embedded, ready
from running.terminal import Refused, say, step

# What the programs are told in their surroundings rather than on the command line, where others could read it.
TOLD = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


def backup(words: list[str]) -> int:
    """`./run backup FILE`."""
    path = _file(words, "backup")
    if path.exists():
        raise Refused(f"{path} is there already: name another file, so that no earlier backup is lost.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    with database.up() as addresses:
        if empty(addresses.owner):
            raise Refused("There is nothing here to back up yet.")
        with step("Writing the backup"):
            dump(addresses.owner, path)
    say(f"{path}: {path.stat().st_size / 1_000_000:.1f} MB. Whoever can read this file can read every record.")
    return 0


def restore(words: list[str]) -> int:
    """`./run restore FILE`."""
    path = _file(words, "restore")
    if not path.is_file():
        raise Refused(f"There is no file {path}.")
    with database.up() as addresses:
        if not empty(addresses.owner):
            raise Refused("There is a database here already, and it was left as it is. Restore into a new folder.")
        with step("Filling the database from the backup"):
            fill(addresses.owner, path)
        ready.migrated(addresses)  # a backup of an older righthelp is brought up to this one
    say("Restored. Start with ./run")
    return 0


def empty(owner: str) -> bool:
    """Whether the database has no table of ours yet."""
    with psycopg.connect(owner) as connection:
        return connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,)


def dump(owner: str, path: Path) -> None:
    """Write the backup, whole or not at all. Raises `Refused` with PostgreSQL's words."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _run(owner, "pg_dump", "--format=custom", f"--file={aside}")
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


def fill(owner: str, path: Path) -> None:
    """Fill an empty database from a backup, whole or not at all. Raises `Refused` with PostgreSQL's words."""
    database_name = conninfo_to_dict(owner)["dbname"]
    _run(owner, "pg_restore", "--single-transaction", "--no-owner", f"--dbname={database_name}", str(path))


def _run(owner: str, program: str, *words: str) -> None:
    told = conninfo_to_dict(owner)
    surroundings = {TOLD[name]: str(value) for name, value in told.items() if name in TOLD}
    done = subprocess.run(
        [_program(program, owner), "--no-password", *words],
        env=os.environ | surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"PostgreSQL says: {done.stderr.strip()}")


def _program(name: str, owner: str) -> Path:
    """The program of a version that is no older than the server."""
    with psycopg.connect(owner) as connection:
        server = connection.info.server_version // 10000
    folders = [found.folder for found in binaries.system() if found.major >= server]
    if (carried := embedded.folder()) and int(embedded.version().split(".")[0]) >= server:
        folders.append(carried)
    for folder in folders:
        if (folder / name).exists():
            return folder / name
    raise Refused(f"There is no {name} of PostgreSQL {server} or newer on this machine.")


def _file(words: list[str], command: str) -> Path:
    if len(words) != 1 or words[0].startswith("-"):
        raise Refused(f"Name one file: ./run {command} FILE")
    return Path(words[0]).absolute()

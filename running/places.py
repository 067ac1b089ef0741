"""Where a checkout keeps what it makes, and as which of the system's users its database server runs."""

import os
import pwd
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from running.terminal import Refused

ROOT = Path(__file__).resolve().parent.parent
# PostgreSQL refuses to run as root, and another user may not be able to reach root's checkout.
KEPT_FOR_ROOT = Path("/var/lib/righthelp")


@dataclass(frozen=True)
class ServerUser:
    """The user the database server runs as: ourselves, or another where we are root."""

    uid: int
    gid: int
    another: bool

    def owns(self, folder: Path, mode: int = 0o700) -> None:
        """Make the folder, this user's and nobody else's."""
        folder.mkdir(mode=mode, exist_ok=True)
        folder.chmod(mode)
        self.takes(folder)

    def takes(self, path: Path) -> None:
        """Give the file or folder to this user."""
        if self.another:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_user(data: Path) -> ServerUser:
    """Who runs the server over a data folder: who owns it already, else ourselves, else another."""
    if os.getuid() != 0:
        if data.exists() and data.stat().st_uid != os.getuid():
            raise Refused(f"{data} belongs to another user of this machine: start righthelp as them, or remove it.")
        return ServerUser(os.getuid(), os.getgid(), another=False)
    if data.exists() and data.stat().st_uid != 0:
        return ServerUser(data.stat().st_uid, data.stat().st_gid, another=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid, another=True)
    raise Refused(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody: "
        "start righthelp as a plain user."
    )


@cache
def state_folder() -> Path:
    """The folder for everything a checkout keeps: database, passwords, secret key, static files.

    `RIGHTHELP_STATE` if set; `.state` in the checkout; and for root, whose checkout the server's user may not
    be able to reach, a folder of its own under /var/lib, named in `.state/where`.
    """
    if given := os.environ.get("RIGHTHELP_STATE"):
        return made(Path(given).absolute())
    here = ROOT / ".state"
    if os.getuid() != 0 or (here / "database").exists():
        return made(here)
    note = made(here) / "where"
    kept = _named_in(note) or KEPT_FOR_ROOT / secrets.token_hex(4)
    made(KEPT_FOR_ROOT)
    made(kept)
    (kept / "checkout").write_text(f"{ROOT}\n")
    note.write_text(f"{kept}\n")
    return kept


def _named_in(note: Path) -> Path | None:
    """The folder that the note names: for a checkout that was moved too, but not for a copy of another."""
    if not note.exists():
        return None
    kept = Path(note.read_text().strip())
    if not (kept / "checkout").exists():
        return None
    owner = Path((kept / "checkout").read_text().strip()) / ".state" / "where"
    copied = owner != note and owner.exists() and owner.read_text() == note.read_text()
    return None if copied else kept


def made(folder: Path) -> Path:
    """The folder, made if need be, ours alone (root's: for others to pass through, as its server must)."""
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o700 if os.getuid() else 0o711)
    except OSError as error:
        raise Refused(f"righthelp cannot make its folder {folder}: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        ours = folder.stat().st_uid == os.getuid()
        why = "it is read-only" if ours else "it was made by another user of this machine"
        raise Refused(f"righthelp may not write in {folder}: {why}.")
    return folder


def secret(name: str, folder: Path | None = None) -> str:
    """A long random text, made once and kept (in the state folder) where only its owner can read it."""
    path = (folder or state_folder()) / name
    if not path.exists():
        aside = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # Linked, not moved: of two starts at once the first one's text stays.
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text()

"""One PostgreSQL server over one data folder: made, started, found again after a crash, stopped."""

import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from running.binaries import Binaries, choose
from running.places import ServerUser, server_user
from running.server_settings import order_and_letters, server_environment, server_settings
from running.terminal import Refused

# The longest path of a Unix socket is 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET = 100
SOCKET = ".s.PGSQL.5432"
SUPERUSER = "righthelp_admin"


@dataclass
class Cluster:
    """The server with its data in `place`/database. `copies` is where binaries for another user are put."""

    place: Path
    copies: Path
    password: str
    throw_away: bool = False

    @property
    def data(self) -> Path:
        return self.place / "database"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def user(self) -> ServerUser:
        return server_user(self.data)

    @property
    def socket_folder(self) -> Path:
        """Short, because a socket's path has at most `LONGEST_SOCKET` bytes, however deep the checkout."""
        name = "righthelp-" + hashlib.sha256(f"{self.data} {self.user.uid}".encode()).hexdigest()[:12]
        base = Path("/tmp")  # noqa: S108 (the folder in it is made for us alone, and checked)
        return (base if os.access(base, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())) / name

    def binaries(self) -> Binaries:
        return choose(self._kept(), another_user=self.user.another, copy_to=self.copies)

    def _kept(self) -> int | None:
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def start(self) -> None:
        """Start the server, or find it running. Returns when it takes connections."""
        binaries = self.binaries()
        if self._kept() is None:
            self._make(binaries)
        if self._runs_already():
            return
        self._prepare_socket_folder()
        self._write_settings()
        self._disown_another_process()
        # After `kill -9` its children may hold the shared memory for a moment longer than the server itself.
        patience = time.monotonic() + 20
        while (tried := self._pg_ctl(binaries, "start", "-w", "-t", "60", "-s", "-l", self.log)).returncode:
            said = self._last_words()
            if "shared memory block" not in said or time.monotonic() > patience:
                raise Refused(f"PostgreSQL did not start. {tried.stderr.strip()}\n{said}".strip())
            time.sleep(0.2)

    def _runs_already(self) -> bool:
        """Whether it runs and takes connections, after waiting for one that is just starting or stopping."""
        patience = time.monotonic() + 60
        while self.process() is not None and time.monotonic() < patience:
            if self._noted_status() == "ready":
                if (self.socket_folder / SOCKET).exists():
                    return True
                self.stop()  # something tidied its socket away: nobody can reach it any more
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """Stop the server, with everything written to disk. Nothing happens when it is not running."""
        if self.process() is None:
            return
        stopped = self._pg_ctl(self.binaries(), "stop", "-m", "fast", "-w", "-t", "60", "-s")
        if stopped.returncode:
            raise Refused(f"PostgreSQL did not stop. {stopped.stderr.strip()}")
        shutil.rmtree(self.socket_folder, ignore_errors=True)

    def remove(self) -> None:
        """Stop the server, and remove every row it keeps."""
        if self.data.exists():
            if self.process() is not None:
                self.stop()
            shutil.rmtree(self.data)

    def process(self) -> int | None:
        """The running server's process number, or None; not one that another program was given since."""
        number = self._noted()
        if number is None or not _alive(number):
            return None
        working_folder = Path(f"/proc/{number}/cwd")
        if Path("/proc/self/cwd").exists():
            try:
                return number if working_folder.resolve(strict=True) == self.data.resolve() else None
            except OSError:
                return None
        told = subprocess.run(["ps", "-o", "comm=", "-p", str(number)], capture_output=True, text=True, check=False)
        return number if "postgres" in told.stdout else None

    def _noted(self) -> int | None:
        try:
            return abs(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        except (FileNotFoundError, ValueError):
            return None

    def _noted_status(self) -> str:
        """What the server last noted of itself: starting, ready, stopping; empty when nothing is noted."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ""
        return lines[7].strip() if len(lines) > 7 else ""

    def _disown_another_process(self) -> None:
        """Where the note that a killed server left names what is now another program, name ourselves.

        PostgreSQL would take it for a running server; a parent process it knows for no server. The rest of
        the note stays: by it PostgreSQL finds out whether children of the killed one are still writing.
        """
        number = self._noted()
        if number is not None and _alive(number):
            note = self.data / "postmaster.pid"
            with note.open("r+") as file:
                rest = file.read().partition("\n")[2]
                file.seek(0)
                file.write(f"{os.getpid()}\n{rest}")
                file.truncate()

    def _make(self, binaries: Binaries) -> None:
        """Make the data folder beside its place and move it there: a broken start leaves no half of one."""
        aside = self.place / "database.new"
        shutil.rmtree(aside, ignore_errors=True)
        self.user.owns(aside)
        passwords = self.place / "database.password"
        passwords.unlink(missing_ok=True)
        passwords.touch(mode=0o600)
        passwords.write_text(self.password)
        self.user.takes(passwords)
        try:
            made = self._run(
                binaries.folder / "initdb",
                *("-D", aside, "-U", SUPERUSER, "--pwfile", passwords, "--auth=scram-sha-256"),
                *("--encoding=UTF8", "--data-checksums", "--no-instructions"),
                *(["--no-sync"] if self.throw_away else []),
                *order_and_letters(binaries.major),
            )
        finally:
            passwords.unlink()
        if made.returncode:
            raise Refused(f"PostgreSQL could not make its data folder. {made.stderr.strip()}")
        with (aside / "postgresql.conf").open("a") as file:
            file.write("\ninclude 'righthelp.conf'\n")
        aside.rename(self.data)

    def _prepare_socket_folder(self) -> None:
        folder = self.socket_folder
        if len(os.fsencode(folder / SOCKET)) > LONGEST_SOCKET:
            raise Refused(f"The path of {folder} is too long for PostgreSQL's socket: set TMPDIR to a short one.")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        # In a folder where everybody may write, what stands there may be somebody else's, or lead elsewhere.
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {self.user.uid, os.getuid()}:
            raise Refused(f"{folder} belongs to somebody else, and righthelp's database socket must not lie there.")
        self.user.owns(folder)
        for left in (SOCKET, f"{SOCKET}.lock"):
            (folder / left).unlink(missing_ok=True)

    def _write_settings(self) -> None:
        text = server_settings(self.socket_folder, throw_away=self.throw_away)
        kept = self.data / "righthelp.conf"
        if not kept.exists() or kept.read_text() != text:
            kept.write_text(text)
            self.user.takes(kept)

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-6:]) if self.log.exists() else ""

    def _pg_ctl(self, binaries: Binaries, *words: str | Path) -> "subprocess.CompletedProcess[str]":
        return self._run(binaries.folder / "pg_ctl", "-D", self.data, *words)

    def _run(self, *command: str | Path) -> "subprocess.CompletedProcess[str]":
        user = self.user if self.user.another else None
        return subprocess.run(
            command,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            env=server_environment(),
            # A Ctrl-C meant for us must not stop it before the web server has stopped.
            start_new_session=True,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            check=False,
        )


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

"""Programs that a command starts, and that must not outlive it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from running.locks import Held, Lock, held
from running.places import ROOT, state_folder
from running.terminal import Refused, say

# What a web server may take to finish the requests it is answering, and a command to roll back: seconds.
GRACE = 15


class Stopped(BaseException):
    """Somebody asked us to stop (Ctrl-C, or the signals that end a session). Not an error."""


def stop_when_asked() -> None:
    """Turn the first request to stop into `Stopped`, and let nothing disturb the tidying up that follows."""

    def asked(number: int, frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, asked)


def django(*words: str) -> list[str]:
    """One of Django's commands, as words to run."""
    return [sys.executable, "-m", "django", *words]


def run(
    command: list[str], environment: Mapping[str, str], *, folder: Path | None = None, decides: bool = False
) -> int:
    """Run a command that may speak with the person at the terminal; its exit code.

    With `decides`, it is for the command to say whether Ctrl-C ends it: a shell goes on.
    """
    before = signal.getsignal(signal.SIGINT)
    if decides:
        # A handler, because a command would inherit a signal that we ignore.
        signal.signal(signal.SIGINT, lambda number, frame: None)
    child = subprocess.Popen(command, env=dict(environment), cwd=folder)
    try:
        return child.wait()
    except Stopped:
        # Ctrl-C has reached it too, and it may have something to tidy up.
        for end in (child.terminate, child.kill):
            with suppress(subprocess.TimeoutExpired):
                child.wait(GRACE / 3)
            end()
        child.wait()
        raise
    finally:
        if decides:
            signal.signal(signal.SIGINT, before)


class Offspring:
    """The children of the one process at a time that does a certain work here, known after it was killed too.

    Each child inherits a lock, so that the lock is free only when all of them have ended; the number of the
    last one started stands in the lock's file, so of several only that one may live long. While it holds the
    lock its number cannot have been given to another program.
    """

    def __init__(self, note: Path) -> None:
        self.lock = Lock(note)
        self.started: list[subprocess.Popen[bytes]] = []

    def end_orphans(self) -> None:
        """End what a killed start left running."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            patience = time.monotonic() + GRACE
            told = False
            while time.monotonic() < patience:
                try:
                    self.lock.take()
                except Held as note:
                    if not told:
                        say(f"Ending what an earlier start left running (process {note}) ...")
                        _signal_group(int(str(note) or 0), number)
                        told = True
                    time.sleep(0.05)
                else:
                    return
        raise Refused("Something that an earlier start left running cannot be ended.")

    def start(
        self, command: list[str], environment: Mapping[str, str], *, read: bool = False
    ) -> "subprocess.Popen[bytes]":
        """Start a child that the terminal's Ctrl-C does not reach; with `read`, its output is for us."""
        child = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if read else None,
            start_new_session=True,
            pass_fds=(self.lock.descriptor,),
        )
        self.lock.write(str(child.pid))
        self.started.append(child)
        return child

    def run(self, command: list[str], environment: Mapping[str, str], failed: str) -> None:
        """Run a child to its end; `Refused` with the sentence when it fails."""
        if self.start(command, environment).wait():
            raise Refused(failed)

    def end(self) -> None:
        """End all of them, kindly and then not."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            patience = time.monotonic() + GRACE
            for child in self.started:
                if child.poll() is None:
                    _signal_group(child.pid, number)
            for child in self.started:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(max(0.0, patience - time.monotonic()))
        self.lock.close()


@contextmanager
def offspring(work: str, *, wait: bool = False, words: str = "") -> Iterator[Offspring]:
    """Do a work that one process at a time may do in this checkout; its children end with the block.

    Raises `Held`, with the other's `words`, when another does it (or waits for its end). Children of one that
    was killed are ended first.
    """
    folder = state_folder()
    with held(folder / f"{work}.lock", wait=wait) as lock:
        lock.write(words)
        children = Offspring(folder / f"{work}.children")
        try:
            children.end_orphans()
            yield children
        finally:
            children.end()


def _signal_group(number: int, kind: signal.Signals) -> None:
    if number > 1:
        with suppress(ProcessLookupError):
            os.killpg(number, kind)

"""Locks that the system lets go of by itself when their holder ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Held(Exception):
    """Another process holds the lock; the message is what it wrote into the file."""


class Lock:
    """One lock file. `take` and `let_go` may be called in turn; what is written tells others who holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, shared: bool = False, wait: bool = False) -> None:
        """Take it, or raise `Held`; a lock held already is changed from shared to exclusive or back."""
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(self.path.read_text()) from None

    def write(self, words: str) -> None:
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, words.encode(), 0)

    def let_go(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close our end. A child that was given the descriptor still holds the lock."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


@contextmanager
def held(path: Path, *, shared: bool = False, wait: bool = False) -> Iterator[Lock]:
    """Hold a lock for a while."""
    lock = Lock(path)
    try:
        lock.take(shared=shared, wait=wait)
        yield lock
    finally:
        lock.close()

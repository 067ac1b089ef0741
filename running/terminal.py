"""What is said on the terminal: progress with its time, and refusals as a sentence a person can act on."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """Something cannot be done here and now. The message says what, and what to do about it."""


def say(words: str = "") -> None:
    """A line on standard error, so that a command's answer stays alone on standard output."""
    print(words, file=sys.stderr, flush=True)


@contextmanager
def step(words: str, *, speaks: bool = False) -> Iterator[None]:
    """One piece of work, named before it starts and followed by the seconds it took.

    A step that `speaks` prints lines of its own in between, so its name stands on a line alone.
    """
    begun = time.monotonic()
    print(f"{words} ...", end="\n" if speaks else "", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        if not speaks:
            say(" not done")
        raise
    took = f"{time.monotonic() - begun:.1f} s"
    say(f"{words}: {took}" if speaks else f" {took}")

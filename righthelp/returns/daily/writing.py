"""What a sending would say, as files: nothing is sent, and nothing is marked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import mkdtemp

from righthelp.guard import log
from righthelp.guard.viewers import DAILY
from righthelp.returns.daily import schema
from righthelp.returns.daily.finding import Progress, silent, would_send
from righthelp.returns.daily.messages import Message


class CannotWrite(Exception):
    """Nothing was written; the message says why."""


def write(home: Path, progress: Progress = silent) -> tuple[int, list[str]]:
    """Each request as a file of up to a hundred children, in a new folder; how many there are, and what is amiss.

    Raises `CannotWrite`.
    """
    home = home.absolute()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise CannotWrite(f"{home.name} is there and is not empty. Name a new folder.")
    if not home.parent.is_dir():
        raise CannotWrite(f"There is no folder {home.parent}. Make it first.")
    log.job(DAILY, "Write into files what the Department would be sent")
    made = Path(mkdtemp(prefix=f".{home.name}-", dir=home.parent))  # which nobody else may open
    try:
        written = _write(made, progress)
        made.rename(home)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return written


def _write(made: Path, progress: Progress) -> tuple[int, list[str]]:
    children, amiss, waiting = 0, [], list[Message]()
    for message in would_send(progress):
        amiss += [f"{message.row.number}: {fault}" for fault in schema.faults(message.payload)]
        waiting.append(message)
        children += 1
        if len(waiting) == schema.MOST_CHILDREN:
            _request(made, children, waiting)
            waiting = []
    if waiting:
        _request(made, children, waiting)
    return children, amiss


def _request(made: Path, upto: int, messages: list[Message]) -> None:
    file = made / f"children-{upto - len(messages) + 1:06}-{upto:06}.json"
    payloads = [message.payload for message in messages]
    file.write_text(json.dumps(payloads, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

"""What follows a step, of rooms above this one: asked in its transaction, once its rows are written.

The engine knows of nobody who wants to know. Whoever does registers what is to be done, from its `AppConfig.ready`, and
pays for it out of the step's time: what can wait is asked later, by a job.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from righthelp.guard.viewers import Viewer

Following = Callable[[Collection[Any], "Viewer"], None]
_following: list[Following] = []


def follows_steps(following: Following) -> None:
    """From now on this is called with the rows of which steps were taken, and with who took them."""
    if following not in _following:
        _following.append(following)


def follow(rows: Collection[Any], by: Viewer) -> None:
    """Do what follows these steps."""
    for following in _following:
        following(rows, by)

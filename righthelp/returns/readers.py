"""Who reads how ready a return is."""

from righthelp.guard.roles import names_where
from righthelp.guard.viewers import AsWorker

MANAGERS = frozenset(names_where(manages=True))


def reads_board(viewer: AsWorker) -> bool:
    """Who answers for the work reads how ready its return is."""
    return bool(viewer.roles & MANAGERS)

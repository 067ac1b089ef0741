"""Why a step was not taken: sentences a worker can act on, each at the answer to mend where there is one."""

from collections.abc import Iterable
from typing import Any

from righthelp.kernel.page import Fault


class NotTaken(Exception):
    """A step that was refused. Nothing was written."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(fault.sentence for fault in self.faults))


class NotAllowed(NotTaken):
    """Refused for who asked: they hold no role that may take the step, or may not see the row."""


class Clash(NotTaken):
    """Somebody else took a step since the worker last saw the row. `row` is as it stands now."""

    def __init__(self, row: Any) -> None:
        super().__init__([Fault("Somebody else has changed this record since you opened it. What you wrote is kept.")])
        self.row = row

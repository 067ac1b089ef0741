"""Child in need plans that a return tells of: opening data."""

from __future__ import annotations

from datetime import datetime

from righthelp.kernel.page import step
from righthelp.processes.family_help import doing
from righthelp.processes.family_help.asked import Asked
from righthelp.processes.family_help.questions import State

BEGAN, ENDED = "section_17_from", "section_17_until"


class KnownFromReturn(Asked):
    """The steps by which a child in need plan is loaded."""

    class Meta(Asked.Meta):
        abstract = True

    @step(
        "Load a child in need plan",
        past="Child in need plan known from a return that was loaded",
        reaches=State.ACTIVE,
        by={"load a return"},
        asks=["referral", BEGAN],
        optional={"referral"},
    )
    def load_in_need(self, on: datetime) -> None:
        """Opening data: a child in need plan that a return says is still open."""
        doing.load_in_need(self.whole, on)

    @step(
        "Load a child in need plan that has ended",
        past="Child in need plan known from a return that was loaded",
        reaches=State.CLOSED,
        by={"load a return"},
        asks=["referral", BEGAN, ENDED],
        optional={"referral"},
    )
    def load_in_need_ended(self, on: datetime) -> None:
        """Opening data: a child in need plan that a return says has ended."""
        doing.load_in_need(self.whole, on)
        self.whole.closed_on = self.whole.section_17_until

    @step(
        "Load the end of a child in need plan",
        past="Child in need plan ended, as a return that was loaded says",
        leaves=State.ACTIVE,
        reaches=State.CLOSED,
        by={"load a return"},
        asks=[ENDED],
    )
    def load_in_need_end(self, on: datetime) -> None:
        """Opening data: a later return says that a plan, which nobody here has taken up, has ended."""
        self.whole.closed_on = self.whole.section_17_until
        self.whole.finish()

"""What a way out is: it carries a message, or says why it cannot."""

from __future__ import annotations

from typing import Protocol

from righthelp.record.notices import NoticeMessage

Fault = NoticeMessage.Fault
# After these no other message will get through either: the rest wait for the next round.
OF_THE_SERVER = {Fault.NO_ANSWER, Fault.TOO_SLOW, Fault.NOT_LET_IN}


class NotSent(Exception):
    """A message did not go out, and why; `again` says whether it may, later."""

    def __init__(self, fault: NoticeMessage.Fault, *, again: bool = True) -> None:
        super().__init__(fault.label)
        self.fault = fault
        self.again = again


class Post(Protocol):
    """Carries messages of one kind."""

    shows_only: bool

    def send(self, message: NoticeMessage, to: str, words: str) -> None:
        """Send it once. Raises `NotSent`."""


class ShownOnly:
    """The demonstration's: nothing leaves, and a page shows what would have been sent."""

    shows_only = True

    def send(self, message: NoticeMessage, to: str, words: str) -> None:
        """Nothing is sent."""

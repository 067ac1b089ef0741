"""How one clock stands: what started it, when it is due, what stopped it, and the answer.

There is no "today" here: whoever asks says what time it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from righthelp.kernel.moments import When, last_moment, local, local_day


class Answer(Enum):
    """How a clock stands. Neither "yes or no" nor a colour: five answers, and a sixth where the law names an
    excuse."""

    MET = "MET"
    MISSED = "MISSED"
    RUNNING = "RUNNING"
    NOT_STARTED = "NOT_STARTED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    EXCUSED = "EXCUSED"

    @property
    def label(self) -> str:
        """The answer in words, for a sentence or a table."""
        return self.value.replace("_", " ").lower()

    @property
    def is_late(self) -> bool:
        """Whether the time allowed was overrun, with or without an excuse."""
        return self in {Answer.MISSED, Answer.EXCUSED}


@dataclass(frozen=True)
class Timing:
    """One clock of one process, as it stood when it was asked.

    `law` is the key of the value it was counted by; `excused` the exception, in words, that the instrument
    names.
    """

    answer: Answer
    started: When | None
    due: When | None
    stopped: When | None
    law: str = ""
    excused: str = ""

    def left(self, now: datetime) -> timedelta | None:
        """The time left at `now`, or if the clock has stopped, the time that was left then. Below zero is
        late.

        None when nothing is counted down: not started, not applicable, or no day follows from the duty.
        """
        if self.due is None or self.answer in {Answer.NOT_STARTED, Answer.NOT_APPLICABLE}:
            return None
        if self.stopped is None:
            return last_moment(self.due) - local(now)
        if isinstance(self.stopped, datetime):
            return last_moment(self.due) - local(self.stopped)
        # A day without a time can only be compared with a day; in time on the day itself leaves nothing over.
        return local_day(self.due) - self.stopped


def timing(
    started: When | None,
    stopped: When | None,
    due: When | None,
    now: datetime,
    applies: bool = True,
    excused: str = "",
    law: str = "",
) -> Timing:
    """How a clock stands at `now`.

    `due` is None where the duty is real but no day follows from it ("as soon as possible"): such a clock runs
    until it is stopped, and is then met. A stop known only by its day is in time if that is the due day or
    one before. An excuse changes the answer only when the clock is late. A moment without a zone is local
    time.
    """

    def answer() -> Answer:
        if not applies:
            return Answer.NOT_APPLICABLE
        if started is None:
            return Answer.NOT_STARTED
        if _in_time(stopped, due, now):
            return Answer.RUNNING if stopped is None else Answer.MET
        return Answer.EXCUSED if excused else Answer.MISSED

    return Timing(answer(), started, due, stopped, law, excused)


def _in_time(stopped: When | None, due: When | None, now: datetime) -> bool:
    if due is None:
        return True
    if stopped is None or isinstance(stopped, datetime):
        return local(now if stopped is None else stopped) <= last_moment(due)
    return stopped <= local_day(due)

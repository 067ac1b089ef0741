"""What a measure is, as published: its words, its one text, and the light that a figure of it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any


class Unit(Enum):
    """What a figure is: how many; how many in a hundred, or for every 10,000 children; how long; how many each."""

    NUMBER = "number"
    SHARE = "share"
    RATE = "rate"  # for every 10,000 children of the county
    HOURS = "hours"
    DAYS = "days"
    EACH = "each"  # an amount for each of something, as children for each worker: `of_what` says the word

    @property
    def of_amounts(self) -> bool:
        """Whether each row gives an amount, and the figure is made from their spread."""
        return self in {Unit.HOURS, Unit.DAYS, Unit.EACH}


class Polarity(Enum):
    """Which way is better; or neither, where a figure is there to be asked about."""

    HIGH = "high"
    LOW = "low"
    CONTEXT = "context"


class Counts(Enum):
    """Whether rows are placed on the day something happened, or are what stood at the end of each month."""

    FLOW = "flow"
    SNAPSHOT = "snapshot"


# The boards, each of one service.
SERVICES: Mapping[str, str] = {
    "front_door": "Front door",
    "early_help": "Early help",
    "child_in_need": "Assessment and children in need",
    "child_protection": "Child protection",
    "oversight": "Management oversight and supervision",
    "services": "Directory of services",
}
# The areas of the county's improvement plan (January 2023), shortened. It sets measures that matter for each.
AREAS: Mapping[str, str] = {
    "1": "Corporate responsibility for children",
    "2": "Enough staff and foster carers, who stay",
    "3": "Risk and need recognised at the right time",
    "4": "The quality of practice",
    "5": "Agencies protecting children together, in time",
    "6": "No drift and no delay",
    "7": "Support and services within reach",
    "8": "Management oversight and supervision",
    "9": "Performance and quality assurance",
    "10": "Special educational needs and disabilities",
}
# The ways in which every measure may be split, whose rows say whom or what they are about. Made by `counting`.
COMMON: Mapping[str, str] = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic background",
    "locality": "Locality",
    "team": "Team",
}

NEAR = 5  # on the wrong side of a target and not yet red: percentage points of a share, hundredths of any other target
KEPT_FOR = 3  # periods for which a target is kept before it counts as kept
LIGHT_RULE = (
    f"Blue: at the target or better, now and in the {KEPT_FOR - 1} periods before. Green: at the target or better. "
    f"Amber: within {NEAR} percentage points of it (of what is no share, within {NEAR}% of it). Red: further away. "
    "No light: there is no target, or nothing was counted."
)


@dataclass(frozen=True)
class Measure:
    """One measure, as published. What it says is never edited: a change is a new version."""

    name: str
    title: str
    why: str
    definition: str
    unit: Unit
    source: Sequence[str]  # the row of the county's papers, or the clock, that it answers
    polarity: Polarity
    dated_by: str
    splits: Sequence[str]  # its own; `every_split` adds those of every measure
    keeper: str
    checked: str
    version: int
    since: date  # from this day on rows are counted so; the first version counts what is older, too
    sql: str
    example: Mapping[str, Any]
    target: float | None = None
    target_from: str = ""
    period: Counts = Counts.FLOW
    area: str = ""  # of the improvement plan
    service: str = ""  # the board on which it stands
    of_what: str = ""  # of an amount for each: "children for each worker"
    taken: str = ""  # what a share's rows may give besides, as how long each took: "hours" or "days"
    href: str = ""  # where its source can be read
    earlier: tuple[Measure, ...] = ()  # the versions before this one, the oldest first
    # Whether its text stands in a file; else it is made from a clock of a page.
    written: bool = True

    @property
    def text(self) -> str:
        """The question, to stand where a table does."""
        return self.sql.strip()

    @property
    def views(self) -> list[str]:
        """The views that it reads, of which its example has rows."""
        return [name for name in self.example if name != "expect"]

    @property
    def every_split(self) -> tuple[str, ...]:
        """Its own splits, and those that every measure has."""
        return (*self.splits, *(name for name in COMMON if name not in self.splits))

    @property
    def snapshot(self) -> bool:
        return self.period is Counts.SNAPSHOT

    @property
    def versions(self) -> tuple[Measure, ...]:
        """Every version, the oldest first."""
        return (*self.earlier, self)

    @property
    def breaks(self) -> list[date]:
        """The days on which another version began to count."""
        return [version.since for version in self.versions[1:]]

    def spans(self, since: date, until: date) -> list[tuple[Measure, date, date]]:
        """Which version counts which of these days, both included."""
        ends = [*(version.since for version in self.versions[1:]), date.max]
        starts = [date.min, *ends[:-1]]
        found = []
        for version, start, end in zip(self.versions, starts, ends, strict=True):
            last = until if end == date.max else min(until, date.fromordinal(end.toordinal() - 1))
            if max(since, start) <= last:
                found.append((version, max(since, start), last))
        return found

    def meets(self, value: float | None) -> bool:
        """Whether a figure is at the target or better."""
        return value is not None and self.target is not None and self._short(value) <= 0

    def light(self, value: float | None, before: Sequence[float | None] = ()) -> str:
        """Blue, green, amber or red against the target (`LIGHT_RULE`); nothing without a target or a figure.

        `before` are the figures of the periods before, the latest last.
        """
        if self.target is None or value is None:
            return ""
        short = self._short(value)
        if short <= 0:
            lately = list(before)[-(KEPT_FOR - 1) :]
            return "blue" if len(lately) == KEPT_FOR - 1 and all(map(self.meets, lately)) else "green"
        near = NEAR if self.unit is Unit.SHARE else abs(self.target) * NEAR / 100
        return "amber" if short <= near else "red"

    def _short(self, value: float) -> float:
        assert self.target is not None
        return self.target - value if self.polarity is Polarity.HIGH else value - self.target

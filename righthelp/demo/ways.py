"""The way of one child from a referral on: the steps that are taken with it, each at its moment, in office hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.hours import DAY, HOUR, OFFICE, between, open_from
from righthelp.demo.known import Child
from righthelp.demo.staff import COUNTY, Staff
from righthelp.demo.stories import Act, Story
from righthelp.demo.words import answers, one_of
from righthelp.guard.models import Worker
from righthelp.kernel.moments import When, last_moment, local_day
from righthelp.packs import pack

SCHOOL_NURSES_FROM = 5  # years: younger children have health visitors
POLICE = "police"


def due(key: str, since: When) -> datetime:
    """The last moment at which something counted from then is in time."""
    return last_moment(pack().due(key, since)).astimezone(UTC)


class Way:
    """One child's, as its steps are worked out. Brothers and sisters have the same chance, and so the same way."""

    def __init__(self, random: Random, staff: Staff, story: Story, child: Child, place: int, worker: Worker) -> None:
        self.random, self.staff, self.story, self.child, self.place = random, staff, story, child, place
        self.worker = worker
        self.manager = random.choice(staff.in_role["team manager"])
        self.acts: list[Act] = []

    def act(self, at: datetime, by: Worker, kind: str, step: str, **said: Any) -> None:
        """Somebody takes a step then. Nobody writes down parts of a second."""
        for name, value in said.items():
            if isinstance(value, datetime):
                said[name] = value.replace(microsecond=0)
        self.acts.append(Act(at, by, kind, step, said, self.place))

    @property
    def born(self) -> bool:
        """Whether the child can be seen."""
        return self.child.born_on is not None

    @property
    def mother(self) -> str:
        """As letters and invitations name her."""
        return self.story.family.mother

    def words(self, *path: str) -> str:
        """Something that a worker writes of this child."""
        return self.fill(one_of(self.random, *path))

    def fill(self, text: str) -> str:
        """A text with its places filled in."""
        return self.story.slots(self.child, worker=self.worker.name).fill(text)

    def chance(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random.random() < share

    def office(self, moment: datetime, minutes: float = 240) -> datetime:
        """That moment or when the office opens next, and up to so many minutes later."""
        return open_from(moment, OFFICE) + timedelta(minutes=self.random.uniform(1, minutes))

    def worked(self, start: datetime, end: datetime, *parts: float) -> list[datetime]:
        """Moments so many parts of the office's time from one moment to another."""
        return between(start, end, parts, OFFICE)

    def in_the_day(self, moment: datetime) -> datetime:
        """A time at which people meet, on the day of that moment."""
        hour = self.random.choice((10, 10, 11, 13, 14))
        return moment.replace(hour=hour, minute=self.random.choice((0, 0, 30)), second=0, microsecond=0)

    # --- Who comes -----------------------------------------------------------------------------------------

    def around(self) -> list[dict[str, Any]]:
        """Police, health, school and the social worker, as a discussion or a conference invites them."""
        found = [self._invited(self.worker, self.staff.agencies[COUNTY])]
        found += [self._invited(self.random.choice(self.staff.by_kind[POLICE]))]
        health = "school_nursing" if self.child.age(local_day(self.story.course.received)) >= SCHOOL_NURSES_FROM else ""
        found += [self._invited(self.random.choice(self.staff.by_kind[health or "health_visiting"]))]
        school = self.child.agency("SCHOOL")
        if school is not None and (there := self.staff.at.get(school.pk)):
            found += [self._invited(there[0])]
        return found

    def _invited(self, worker: Worker, agency: Any = None) -> dict[str, Any]:
        return {"name": worker.name, "agency": agency or worker.agency, "who": worker.job_title, "report_wanted": False}

    def family(self) -> list[dict[str, Any]]:
        """The mother, as a conference invites her."""
        return [{"name": self.mother, "who": "Mother", "report_wanted": False}]

    # --- A visit -------------------------------------------------------------------------------------------

    def visit(
        self, kind: str, at: datetime, *, alone: bool = True, reason: tuple[str, str] = ("plan", "visit_for")
    ) -> datetime:
        """The child is visited then, and it is written down soon after. Gives when."""
        written = at + timedelta(minutes=self.random.uniform(50, 300))
        speaks = self.child.age(local_day(at)) >= 4
        self.act(
            written, self.worker, kind, "record",
            visited_at=at.replace(microsecond=0),
            purpose=self.words(*reason),
            place="SCHOOL" if speaks and self.chance(0.25) else "HOME",
            expected=self.chance(0.8),
            who_was_seen=self.mother if self.chance(0.7) else "",
            seen_alone=alone,
            not_alone_because="" if alone else self.words("assessment", "not_alone"),
            child_says=self.words("assessment", "says") if speaks else "",
            child_shows="" if speaks else self.words("assessment", "shows"),
            home=self.words("assessment", "home"),
            finds=self.words("assessment", "finds"),
        )  # fmt: skip
        return written

    def close(self, at: datetime, why: str, *, after: datetime | None = None) -> None:
        """Children's social care is no longer involved. Nothing is written in it after the closing, but for what goes
        on in early help `after` a moment."""
        last = max((act.at for act in self.acts if after is None or act.at <= after), default=at)
        closed = self.office(max(at, last + HOUR), 300)
        self.act(closed, self.manager, "referral", "close", closed_on=local_day(closed), closure_reason=why)


def codes_of(*path: str) -> Any:
    """A list among the texts that is not of texts: codes, or several answers together."""
    found: Any = answers()
    for step in path:
        found = found[step]
    return found


def day(moment: datetime, days: float = 0) -> date:
    """The day of a moment, or so many days later."""
    return local_day(moment + DAY * days)

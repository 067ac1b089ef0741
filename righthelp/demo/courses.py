"""When each thing is done with a worry: in time as often as the county's figures say, when people are at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from righthelp.demo.hours import AT_ALL_HOURS, DAY, HOUR, OFFICE, between, is_open, open_from
from righthelp.demo.known import Child, Family
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.stories import ANSWER_IN, Asked, Course
from righthelp.guard.models import Agency, Worker
from righthelp.kernel.moments import last_moment
from righthelp.packs import pack

SOON = timedelta(minutes=12)
# How often other agencies are asked before each decision, and how many of them. Assumed.
ASKED = {"IMMEDIATE": 0.85, "REFERRAL": 0.7, "EARLY_HELP": 0.35}
ASKED_ELSE = 0.2
OTHERS = ("police", "health_visiting", "school_nursing", "housing", "mental_health", "emergency_department")


@dataclass
class Weighed:
    """What a person made of a worry: it sets how soon things are done."""

    outcome: str
    urgency: str
    consent: str
    harm: bool


def limit(received: datetime) -> datetime:
    """The last moment at which a decision on a worry received then is in time."""
    return last_moment(pack().due("front_door.contact_decision", received)).astimezone(UTC)


class Courses:
    """Draws courses. `in_time` is a bag, so that as many are late as the figures say."""

    def __init__(self, random: Random, staff: Staff, in_time: Bag[bool]) -> None:
        self.random, self.staff, self.in_time = random, staff, in_time
        self.changes = 0.03  # of decisions to go no further: a few are changed later (assumed)

    def course(
        self,
        received: datetime,
        weighed: Weighed,
        family: Family,
        child: Child,
        sender: Worker,
        size: int,
        decided: datetime | None = None,
    ) -> Course:
        """A course from this worry to its decision, at the moment given if there is one."""
        random = self.random
        if decided is None:
            grave = weighed.outcome == "IMMEDIATE" or weighed.urgency == "RED"  # nobody leaves these for tomorrow
            decided = self._decided(received, weighed, self.in_time.take(size, among={True} if grave else None))
        course = Course(
            received=received,
            decided=decided,
            screener=random.choice(self.staff.in_role["front door social worker"]),
            manager=random.choice(self.staff.in_role["front door manager"]),
        )
        starts = min(open_from(received + SOON / 3), decided - (decided - received) * 0.3)
        held = (decided - starts) > 5 * HOUR and random.random() < 0.28
        parts = [random.uniform(0.02, 0.3)]
        for step in (0.05, 0.04, 0.08, 0.12, 0.3, 0.15):
            parts.append(parts[-1] + step * random.uniform(0.4, 1.0))
        parts[-1] = min(parts[-1], 0.96)
        started, matched, confirmed, asked, hold, release, noted = between(starts, decided, sorted(parts))
        course.started, course.matched = started, max(matched, started + timedelta(seconds=40))
        course.confirmed = max(confirmed, course.matched) if random.random() < 0.15 else None
        if held and release > hold + SOON:
            course.held, course.released = hold, release
        course.noted = noted if random.random() < 0.75 or weighed.outcome in {"IMMEDIATE", "REFERRAL"} else None
        course.asked = list(self._asked(weighed, family, child, sender, max(asked, course.matched), decided))
        if weighed.outcome in {"ADVICE", "SIGNPOSTING", "NO_FURTHER_ACTION"} and random.random() < self.changes:
            course.changed = open_from(decided + DAY * random.uniform(0.9, 5))
        return course

    def _decided(self, received: datetime, weighed: Weighed, in_time: bool) -> datetime:
        random, due = self.random, limit(received)
        if not in_time:
            return open_from(due + HOUR * random.uniform(0.6, 22)) + timedelta(minutes=random.uniform(1, 50))
        if weighed.outcome == "IMMEDIATE":
            return received + HOUR * random.uniform(0.4, 2.2)  # somebody is called out at any hour
        if weighed.urgency == "RED":
            return received + HOUR * random.uniform(0.8, 4)
        likeliest = 0.55 if weighed.urgency == "GREEN" else 0.3
        return between(received, due, [random.triangular(0.04, 0.97, likeliest)])[0]

    def _asked(
        self, weighed: Weighed, family: Family, child: Child, sender: Worker, asked: datetime, decided: datetime
    ) -> list[Asked]:
        random = self.random
        if weighed.consent == "REFUSED" and not weighed.harm:
            return []  # they said no, and nobody thinks that harm is likely: others are not asked about them
        if random.random() > ASKED.get(weighed.outcome, ASKED_ELSE) or decided - asked < timedelta(minutes=25):
            return []
        offered = [agency for agency in self._who_may_know(child, asked) if agency.pk != sender.agency_id]
        many = min(len(offered), random.choices([1, 2, 3], weights=[0.45, 0.4, 0.15])[0])
        return [
            self._one_asked(agency, asked + place * timedelta(seconds=95), decided)
            for place, agency in enumerate(offered[:many])
        ]

    def _who_may_know(self, child: Child, at: datetime) -> list[Agency]:
        """The police and those who know the child, and now and then somebody else; a school only while it is open."""
        known = [child.agency("HEALTH"), child.agency("GP")]
        if is_open(at, OFFICE):
            known.insert(0, child.agency("SCHOOL"))
        kinds = ["police", *self.random.sample(OTHERS[1:], 1)]
        some = list(dict.fromkeys([*filter(None, known), *(self.staff.by_kind[kind][0].agency for kind in kinds)]))
        self.random.shuffle(some)
        return some

    def _one_asked(self, agency: Agency, at: datetime, decided: datetime) -> Asked:
        random = self.random
        by = self.staff.at[agency.pk][0] if random.random() < 0.6 else random.choice(self.staff.at[agency.pk])
        asked = Asked(agency=agency, by=by, at=at)
        takes = HOUR * random.uniform(0.3, 3.8) if random.random() < 0.8 else ANSWER_IN + HOUR * random.uniform(0.2, 5)
        answered = at + takes
        if agency.kind not in AT_ALL_HOURS:
            answered = open_from(answered, OFFICE)
        if answered < decided - timedelta(minutes=2):
            asked.answered = answered
        elif random.random() < 0.75:
            asked.answered = between(at, decided, [random.uniform(0.3, 0.9)])[0]
        else:
            asked.withdrawn = between(at, decided, [random.uniform(0.9, 0.99)])[0]  # before the decision ends it
        return asked

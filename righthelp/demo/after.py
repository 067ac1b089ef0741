"""What follows a decision: a referral allocated and the child seen; early help that hears the family and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.helping import Helped, help_by_a_team
from righthelp.demo.hours import DAY, HOUR, OFFICE, between, is_open, open_from
from righthelp.demo.known import Child
from righthelp.demo.referred import NOT_ASSESSED, CameOf, Referred
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.stories import APART, Act, Story
from righthelp.demo.ways import Way
from righthelp.demo.words import one_of
from righthelp.guard.models import Worker
from righthelp.kernel.moments import last_moment, local_day
from righthelp.packs import pack

ASSESSED = "ASSESSMENT"
REFERRALS = {"IMMEDIATE", "REFERRAL"}
SEEN_LATE = 0.12  # of children who should have been seen the same day (assumed)
ASKED = 0.85  # of families who were pointed to a service are asked whether it helped (assumed)
HELPED = {
    "HELPED": 0.38,
    "STARTED": 0.16,
    "WAITING": 0.14,
    "NOT_WANTED": 0.12,
    "DID_NOT_HELP": 0.08,
    "NOT_REACHED": 0.12,
}  # what they say (assumed)
# Advice, pointing and the right help already there are levels 1 and 2; an assessment is level 3 (EH-60, EH-61).
LEVEL_FOUND = {"ADVICE": 2, "SIGNPOSTED": 2, "ASSESSMENT": 3, "ALREADY_HELPED": 2, "DECLINED": 2}
# The main needs of children who are assessed (assumed, in the proportions that most councils return).
NEEDS = {"N1": 0.58, "N2": 0.08, "N3": 0.05, "N4": 0.1, "N5": 0.14, "N6": 0.03, "N8": 0.02}
DETAILS_ASKED = 0.9  # of children who were not on record (assumed)
ETHNICITIES = ("WBRI",) * 8 + ("WOTH", "MWBC", "NOBT")  # who lives in the county, roughly (assumed)
CLOSED_UNALLOCATED = 0.5  # of referrals that come to no assessment (assumed)


@dataclass(frozen=True)
class Found:
    """What early help answers, and how it goes on."""

    outcome: str
    helped: Helped
    chance: float


def led_to(outcome: str, random: Random) -> dict[str, str]:
    """Where early help pointed the family, or who might lead their assessment."""
    return {
        "pointed_to": one_of(random, "early_help_pointed") if outcome == "SIGNPOSTED" else "",
        "might_lead": one_of(random, "early_help_lead") if outcome == "ASSESSMENT" else "",
    }


def referrals_in(stories: Sequence[Story]) -> int:
    """How many children of these stories are referred."""
    ends_in = ((story.changed_to or story.outcome, len(story.children)) for story in stories)
    return sum(children for outcome, children in ends_in if outcome in REFERRALS)


class After:
    """Draws what follows. One for a county in the making, so that its shares come out whole."""

    def __init__(
        self, random: Random, staff: Staff, early_help: Bag[str], in_time: Bag[bool], referred: Referred
    ) -> None:
        self.helping, self.busy = referred.helping, referred.busy
        self.random, self.staff, self.referred = random, staff, referred
        self.early_help, self.in_time = early_help, in_time

    def acts(self, story: Story) -> list[Act]:
        """What follows for every child of the story, in order of time."""
        course = story.course
        found: list[Act] = []
        came: CameOf | None = None
        came_of_it: Found | None = None
        for place, child in enumerate(story.children):
            begins, outcome = course.decided, story.outcome
            if course.changed and story.changed_to:
                begins, outcome = course.changed, story.changed_to
            if begins is None:
                continue
            begins += timedelta(minutes=2) + APART * place
            if outcome in REFERRALS:
                today = outcome == "IMMEDIATE"
                came = came or self.referred.came_of(story, today=today, unborn=child.born_on is None)
                found += self._referral(story, child, place, begins, today, came)
            elif outcome == "EARLY_HELP":
                came_of_it = came_of_it or self._early_help_finds(story)
                found += self._early_help(story, child, place, begins, came_of_it)
            elif outcome == "SIGNPOSTING":
                found += self._signposting(story, child, place, begins)
            if story.outcome == "SIGNPOSTING" != outcome:
                found.append(self._not_asked(place, begins))
        return sorted(found, key=lambda act: act.at)

    def _referral(
        self, story: Story, child: Child, place: int, begins: datetime, today: bool, came: CameOf
    ) -> Iterator[Act]:
        random = Random(came.chance)  # noqa: S311  (brothers and sisters have the same social worker)
        team_manager = random.choice(self.staff.in_role["team manager"])
        worker = random.choice(self.staff.in_role["social worker"])
        if came.kind == NOT_ASSESSED and random.random() < CLOSED_UNALLOCATED:
            closed = self._in_the_office(begins + DAY * random.uniform(0.5, 8), 300)
            answers = {"closed_on": local_day(closed), "closure_reason": "RC7"}
            yield Act(closed, team_manager, "referral", "close", answers, place)
            return
        if today:
            allocated = begins + timedelta(minutes=random.uniform(8, 50))
        else:
            allocated = open_from(begins + HOUR * random.uniform(1, 26), OFFICE)
            allocated += timedelta(minutes=random.uniform(1, 300))
        yield Act(allocated, team_manager, "referral", "allocate", {"social_worker": worker}, place)
        need = random.choices(list(NEEDS), weights=list(NEEDS.values()))[0]
        named = allocated + timedelta(minutes=random.uniform(2, 25))
        yield Act(named, worker, "referral", "name_need", {"return_need": need}, place)
        yield from self._details(child, place, named, worker, random)
        seen = list(self._seen(story, child, place, allocated, worker, today)) if child.born_on else []
        yield from self.referred.acts(story, child, place, came, allocated, worker, seen)

    def _details(self, child: Child, place: int, at: datetime, worker: Worker, random: Random) -> Iterator[Act]:
        """Of a child who was not on record the worker asks what every return asks; not of each, and not at once."""
        if child.person is not None or random.random() > DETAILS_ASKED:
            return
        asked = open_from(at + DAY * random.uniform(0.5, 12), OFFICE) + timedelta(minutes=random.uniform(1, 200))
        answers: dict[str, Any] = {"ethnicity": random.choice(ETHNICITIES), "told_by": "Their mother, at home"}
        if child.born_on is not None:
            answers["disabilities"] = ["NONE"]
            if child.age(local_day(asked)) >= 4.5:
                answers["no_upn"] = "UN4"
        yield Act(asked, worker, "child_details", "put_right", answers, place)

    def _seen(
        self, story: Story, child: Child, place: int, allocated: datetime, worker: Worker, today: bool
    ) -> Iterator[Act]:
        random = self.random
        seen = allocated + HOUR * random.uniform(0.7, 4)
        due = last_moment(pack().due("front_door.immediate_harm_seen", story.course.received)).astimezone(UTC)
        late = random.random() < SEEN_LATE
        if today and (late or seen > due) and is_open(allocated + HOUR):
            came_of_it = story.slots(child).fill(one_of(random, "attempts"))
            tried = {"tries": [{"tried_at": allocated + HOUR, "tried_how": came_of_it}]}
            yield Act(allocated + HOUR, worker, "referral", "record_attempt", tried, place)
        if today and late:
            seen = self._in_the_office(max(due, allocated) + HOUR * 9, 120)
        elif today and seen > due > allocated:
            seen = allocated + (due - allocated) * random.uniform(0.3, 0.9)
        elif not today:
            if random.random() > 0.85:
                return  # not yet written down
            seen = self._in_the_office(allocated + DAY * random.uniform(0.8, 9), 200)
        by = story.slots(child, worker=worker.name).fill(one_of(random, "seen_by"))
        seen = seen.replace(microsecond=0)
        written = seen + timedelta(minutes=random.uniform(20, 150))
        yield Act(written, worker, "referral", "record_seen", {"child_seen_at": seen, "seen_by_whom": by}, place)

    def _signposting(self, story: Story, child: Child, place: int, begins: datetime) -> Iterator[Act]:
        """In some weeks somebody asks the family whether it helped; of a few nobody has heard."""
        random = self.random
        if random.random() > ASKED:
            return
        worker = random.choice(self.staff.in_role["early help worker"])
        asked = self._in_the_office(begins + DAY * random.triangular(18, 52, 38), 300)
        outcome = random.choices(list(HELPED), weights=list(HELPED.values()))[0]
        said = "" if outcome == "NOT_REACHED" else story.slots(child).fill(one_of(random, "signposting", outcome))
        answers = {
            "outcome": outcome,
            "outcome_says": said,
            "told_by_whom": "" if outcome == "NOT_REACHED" else random.choice(("Their mother", "Their father")),
        }
        yield Act(asked, worker, "signposting", "hear", answers, place)

    def _not_asked(self, place: int, begins: datetime) -> Act:
        """The decision was changed: what was pointed to is not asked after."""
        worker = self.random.choice(self.staff.in_role["early help worker"])
        why = {"left_because": one_of(self.random, "signposting", "left")}
        return Act(begins, worker, "signposting", "leave", why, place)

    def _in_the_office(self, moment: datetime, minutes: float) -> datetime:
        """That moment or when the office opens next, and up to so many minutes later."""
        return open_from(moment, OFFICE) + timedelta(minutes=self.random.uniform(1, minutes))

    def _early_help_finds(self, story: Story) -> Found:
        """What early help answers for the children of a story. Whom a plan helps already gets no second one."""
        unborn, busy = story.children[0].born_on is None, self.busy.holds(story)
        among = set(LEVEL_FOUND) - ({ASSESSED} if unborn or busy else set())
        outcome = self.early_help.take(len(story.children), among=among)
        if outcome == ASSESSED:
            self.busy.add(story)
        on = local_day(story.course.received)
        helped = self.helping.helped(story, [child.age(on) for child in story.children])
        return Found(outcome, helped, self.random.random())

    def _early_help(self, story: Story, child: Child, place: int, begins: datetime, found: Found) -> Iterator[Act]:
        random = self.random
        worker = random.choice(self.staff.in_role["early help worker"])
        due = last_moment(pack().due("early_help.chat_contact", begins - timedelta(minutes=2))).astimezone(UTC)
        if self.in_time.take():
            answered = between(begins, due, [random.triangular(0.35, 0.99, 0.8)], OFFICE)[0]
        else:
            answered = self._in_the_office(due + HOUR * random.uniform(1, 70), 240)
        taken, spoken = between(begins, answered, [random.uniform(0.05, 0.35), random.uniform(0.45, 0.9)], OFFICE)
        outcome = found.outcome
        slots = story.slots(child)
        yield Act(taken, worker, "help_request", "take_on", {}, place)
        said = {"family_spoken_to": slots.fill(one_of(random, "spoken"))}
        yield Act(spoken, worker, "help_request", "speak", said, place)
        answer = {
            "outcome": outcome,
            "outcome_reason": slots.fill(one_of(random, "early_help", outcome)),
            "level_found": LEVEL_FOUND[outcome],
            **led_to(outcome, random),
        }
        yield Act(answered, worker, "help_request", "answer", answer, place)
        if outcome == ASSESSED:
            way = Way(Random(found.chance), self.staff, story, child, place, worker)  # noqa: S311
            help_by_a_team(way, answered, found.helped, self.referred.now)
            yield from way.acts

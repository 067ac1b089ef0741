"""What must be there to be seen at the present moment: a board in every state, and worries of the named partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from righthelp.demo.courses import Courses, Weighed
from righthelp.demo.days import LEVELS
from righthelp.demo.hours import DAY, HOUR, told_at
from righthelp.demo.known import Child, Family, expecting, newcomers
from righthelp.demo.names import ALSO_SPELT
from righthelp.demo.places import Place
from righthelp.demo.staff import Staff
from righthelp.demo.stories import Asked, Course, Story
from righthelp.demo.words import Worry, worries
from righthelp.guard.models import Agency, Worker
from righthelp.kernel.moments import local_day

MOMENTS = ("received", "started", "matched", "held", "released", "noted", "decided")


@lru_cache
def written() -> Mapping[str, Any]:
    """The scenes as they are written."""
    return yaml.safe_load((Path(__file__).parent / "scenes.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def outcomes(*, earlier: bool) -> Counter[str]:
    """What is decided in them, each child counted: they are part of the county's volume, not beside it."""
    found: Counter[str] = Counter()
    for scene in [*written()["now"], written()["locked"], *(written()["before"] if earlier else [])]:
        found[scene["outcome"]] += scene.get("children", 1)
    return found


class Scenes:
    """Makes stories of the scenes about families of whom nothing is told yet."""

    def __init__(self, random: Random, staff: Staff, now: datetime, families: Sequence[Family]) -> None:
        self.random, self.staff, self.now = random, staff, now.astimezone(UTC)
        self.families = list(families)
        self.worries = {worry.key: worry for worry in worries()}
        self.day = local_day(self.now)  # on which the children of a scene are of an age
        self._of: dict[str, Family] = {}

    def open_now(self) -> Iterator[Story]:
        """The worries that are open at the present moment."""
        for scene in written()["now"]:
            yield self._now(scene, self._cast(scene))

    def about_locked(self, family: Family) -> Story:
        """The worry about a child whom a circle locks."""
        children = [child for child in family.children if child.agency("SCHOOL")] or family.children
        return self._now(written()["locked"], (family, children[:1]))

    def before_now(self, courses: Courses) -> Iterator[Story]:
        """The named partners' worries of earlier weeks."""
        for scene in written()["before"]:
            yield self._before(scene, courses)

    def _now(self, scene: Mapping[str, Any], cast: tuple[Family, list[Child]]) -> Story:
        family, children = cast
        worry = self.worries[scene["worry"]]
        moments: dict[str, Any] = {moment: self._at(scene[moment]) for moment in MOMENTS if moment in scene}
        course = Course(
            screener=self._worker(scene["screener"], "front door social worker"),
            manager=self._worker(scene["manager"], "front door manager"),
            asked=[self._asked(asked, children[0]) for asked in scene.get("asked", ())],
            **moments,
        )
        return Story(
            worry=worry,
            family=family,
            children=children,
            sender=self._sender(scene["sender"], children[0]),
            course=course,
            outcome=scene["outcome"],
            level=_level(worry, scene["outcome"]),
            urgency=scene["urgency"],
            consent="NOT_SOUGHT" if worry.harm else "GIVEN",
            harm=worry.harm,
            told=frozenset(scene.get("told", ())) | ({"misspelt"} if scene.get("who") == "spelt" else frozenset())
            | ({"old address"} if scene.get("who") == "moved" else frozenset()),
        )  # fmt: skip

    def _before(self, scene: Mapping[str, Any], courses: Courses) -> Story:
        worry, sender = self.worries[scene["worry"]], self._worker(scene["sender"], "partner lead")
        day = self.now - DAY * scene["days"]
        self.day = local_day(day - DAY * 2)
        family, children = self._cast(scene)
        received = told_at(self.random, sender.agency.kind, day - DAY * 2, day + DAY * 2)
        urgency = {"IMMEDIATE": "RED", "REFERRAL": "AMBER"}.get(scene["outcome"], "GREEN")
        consent = "NOT_SOUGHT" if worry.harm else "GIVEN"
        weighed = Weighed(scene["outcome"], urgency, consent, worry.harm)
        course = courses.course(received, weighed, family, children[0], sender, 1)
        course.changed = None
        story = Story(
            worry=worry, family=family, children=children, sender=sender, course=course, outcome=scene["outcome"],
            level=_level(worry, scene["outcome"]), urgency=urgency, consent=consent, harm=worry.harm,
        )  # fmt: skip
        if "changed_to" in scene and course.decided:
            course.changed = course.decided + DAY * 2
            story.changed_to, story.changed_level = scene["changed_to"], 3
        return story

    def _at(self, hours: float) -> datetime:
        jitter = timedelta(seconds=self.random.randint(-55, 55))
        return (self.now - HOUR * hours + jitter).replace(microsecond=0)

    def _asked(self, asked: Mapping[str, Any], child: Child) -> Asked:
        agency = self._agency(asked["agency"], child)
        lead = self.staff.at[agency.pk][0]
        by = self.staff.workers.get(asked["by"], lead) if "by" in asked else lead
        answered = self._at(asked["answered"]) if "answered" in asked else None
        return Asked(agency=agency, by=by, at=self._at(asked["at"]), answered=answered)

    def _agency(self, name: str, child: Child) -> Agency:
        if name in self.staff.agencies:
            return self.staff.agencies[name]
        own: Agency | None = child.agency({"school": "SCHOOL", "gp": "GP"}[name])
        return own or self.random.choice(self.staff.by_kind[name]).agency

    def _worker(self, name: str, role: str) -> Worker:
        """A named worker; another in the role where somebody who tried the demonstration has ended theirs."""
        return self.staff.workers.get(name) or self.random.choice(self.staff.in_role[role])

    def _sender(self, name: str, child: Child) -> Worker:
        if " " in name:
            return self._worker(name, "partner lead")
        own = child.agency({"school": "SCHOOL", "gp": "GP"}.get(name, ""))
        return self.staff.at[own.pk][0] if own else self.random.choice(self.staff.by_kind[name])

    # --- About whom ---------------------------------------------------------------------------------------

    def _cast(self, scene: Mapping[str, Any]) -> tuple[Family, list[Child]]:
        worry, size, who = self.worries[scene["worry"]], scene.get("children", 1), scene.get("who", "known")
        if "family" in scene:
            family = self._of[scene["family"]]
            return family, self._of_age(family, worry)[:1] or family.children[-1:]
        if who == "new":
            lowest, highest = worry.ages
            place = self.families[0].children[0].place
            assert place is not None
            newcomer = Place(f"Caravan 3, {place.lines}", place.postcode)
            family = newcomers(self.random, local_day(self.now), lowest, highest, newcomer)
            return family, family.children
        family = self._family(scene, worry, size)
        if who == "unborn":
            return family, [expecting(family, local_day(self.now), self.random)]
        children = self._of_age(family, worry)
        if who == "spelt":
            children.sort(key=lambda child: child.given not in ALSO_SPELT)
        elif who == "twins":
            born = Counter(child.born_on for child in children)
            children.sort(key=lambda child: -born[child.born_on])
        elif (school := self._school(scene)) is not None:
            children.sort(key=lambda child: child.agency("SCHOOL") != school)
        return family, children[:size]

    def _school(self, scene: Mapping[str, Any]) -> Any:
        sender = self.staff.workers.get(scene["sender"])
        return sender.agency if sender and sender.agency.kind == "school" else None

    def _family(self, scene: Mapping[str, Any], worry: Worry, size: int) -> Family:
        """The first family that fits; where none does in every wish, one that fits in most."""
        wishes = list(self._wishes(scene, worry, size))
        for family in self.families:
            if all(wish(family) for wish in wishes):
                break
        else:
            family = max(self.families, key=lambda family: [wish(family) for wish in wishes])
        self.families.remove(family)
        if "key" in scene:
            self._of[scene["key"]] = family
        return family

    def _wishes(self, scene: Mapping[str, Any], worry: Worry, size: int) -> Iterator[Callable[[Family], bool]]:
        """What is wanted of a family, what matters most first."""
        who, school = scene.get("who", "known"), self._school(scene)
        if who != "unborn":
            yield lambda family: len(self._of_age(family, worry)) >= size
        if who == "spelt":
            yield lambda family: any(child.given in ALSO_SPELT for child in self._of_age(family, worry))
        elif who == "moved":
            yield lambda family: any(child.before for child in self._of_age(family, worry))
        elif who == "twins":
            yield (
                lambda family: (
                    len({child.born_on for child in self._of_age(family, worry)}) < len(self._of_age(family, worry))
                )
            )
        if scene.get("with_a_baby"):
            yield lambda family: any(child.age(local_day(self.now)) < 2 for child in family.children)
        if school is not None:
            yield lambda family: any(child.agency("SCHOOL") == school for child in self._of_age(family, worry))
        asked_school = [asked["agency"] for asked in scene.get("asked", ()) if "Primary School" in asked["agency"]]
        for name in asked_school:
            yield lambda family, name=name: any(  # type: ignore[misc]
                str(child.agency("SCHOOL")) == name for child in family.children
            )

    def _of_age(self, family: Family, worry: Worry) -> list[Child]:
        lowest, highest = worry.ages
        return [child for child in family.children if lowest <= child.age(self.day) < highest + 1]


def _level(worry: Worry, outcome: str) -> int:
    return 4 if outcome in {"IMMEDIATE", "REFERRAL"} else max(worry.levels & LEVELS[outcome])

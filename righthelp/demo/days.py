"""Ordinary days at the front door: as many worries as the figures say, from whom, about whom, and what is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from righthelp.demo.courses import Courses, Weighed, limit
from righthelp.demo.hours import told_at
from righthelp.demo.known import Child, Family, expecting, newcomers
from righthelp.demo.places import Place
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.stories import Story
from righthelp.demo.words import ANYBODY, Worry, worries
from righthelp.guard.models import Worker
from righthelp.kernel.moments import local_day
from righthelp.packs import Demonstration, pack

# Which levels a worry may turn out to be, for each decision; a worry for the same day is another kind of text.
LEVELS = {"IMMEDIATE": {4}, "REFERRAL": {3, 4}, "EARLY_HELP": {2, 3}, "SIGNPOSTING": {1, 2}, "ADVICE": {1, 2},
          "NO_FURTHER_ACTION": {1, 2, 3}}  # fmt: skip
AGREED = {"EARLY_HELP"}  # decisions that follow only when the family agrees
NEW_HERE = 0.04  # of worries are about a child whom nobody has on record (assumed)
SCHOOLS_AND_DOCTORS = {"school": "SCHOOL", "gp": "GP"}  # who tell of their own pupils and patients
NOT_OF_ANYTHING = {"court", "probation", "youth_justice"}  # who tell only of what they are there for
LEAST_OPEN, MOST_OPEN = 22, 33  # worries on the board at the present moment, in a whole county


class Figures:
    """The county's figures, as they are drawn from."""

    def __init__(self, staff: Staff, figures: Demonstration) -> None:
        self.outcomes = figures.shares("outcomes")
        self.sources = _by_kind(figures.shares("sources"), staff)
        self.consent = figures.shares("consent")
        self.record = {name: figure.value for name, figure in figures["record"].items()}
        self._urgency = figures.shares("urgency")
        self.early_help = figures.shares("early_help_outcomes")
        self.in_time = figures.value("timeliness", "decided_in_24_hours")
        self.answered_in_time = figures.value("timeliness", "early_help_in_72_hours")

    def urgency(self, outcome: str, random: Random) -> str:
        """A colour that fits the decision, and makes the shares of the whole come out: the gravest are most urgent."""
        red, amber, shares = self._urgency["RED"], self._urgency["AMBER"], self.outcomes
        if outcome == "IMMEDIATE":
            return "RED"
        reds = max(0.0, red - shares["IMMEDIATE"]) / shares["REFERRAL"]
        if outcome == "REFERRAL":
            ambers = min(1 - reds, 0.85 * amber / shares["REFERRAL"])
            return random.choices(["RED", "AMBER", "GREEN"], weights=[reds, ambers, max(0.0, 1 - reds - ambers)])[0]
        rest = max(0.0, amber - min(0.85 * amber, shares["REFERRAL"] * (1 - reds)))
        ambers = min(0.9, rest / shares["EARLY_HELP"])
        return "AMBER" if outcome == "EARLY_HELP" and random.random() < ambers else "GREEN"


def _by_kind(shares: Mapping[str, float], staff: Staff) -> dict[str, float]:
    """Kinds of agency by the share of worries that come from them.

    A source without an agency that can sign in (a relative, a neighbour, nobody who gave a name) has no way in of its
    own yet: its share is spread over the others.
    """
    kinds: dict[str, list[str]] = {}
    for code in pack().codes("agency_kind"):
        if code.code in staff.by_kind:
            kinds.setdefault(code.also.get("referral_source", ""), []).append(code.code)
    local = {code.code: code.national for code in pack().codes("referral_source")}
    found: dict[str, float] = {}
    for source, share in shares.items():
        offered = kinds.get(source) or kinds.get(local[source], [])
        for kind in offered:
            found[kind] = found.get(kind, 0.0) + share / len(offered)
    return {kind: share / sum(found.values()) for kind, share in found.items()}


class Days:
    """Makes the stories of the days between two moments, about the families given."""

    def __init__(
        self,
        random: Random,
        staff: Staff,
        figures: Figures,
        families: Sequence[Family],
        known_already: Sequence[Family] = (),
    ) -> None:
        self.random, self.staff, self.figures = random, staff, figures
        self.fresh = list(families)
        self.seen = list(known_already)
        self.courses = Courses(random, staff, Bag(random, {True: figures.in_time, False: 1 - figures.in_time}))

    def stories(self, since: datetime, until: datetime, outcomes: Mapping[str, int]) -> list[Story]:
        """As many worries as the outcomes come to, each child of a family counted, in order of time."""
        wanted = sum(outcomes.values())
        self.courses.in_time = Bag(self.random, _whole(wanted, self.figures.in_time))
        self.outcomes = Bag(self.random, outcomes)
        self.kinds = Bag(self.random, {kind: share * wanted for kind, share in self.figures.sources.items()})
        self.consents = Bag(self.random, {code: share * wanted for code, share in self.figures.consent.items()})
        found: list[Story] = []
        while wanted > 0:
            story = self._story(since, until, self._size(wanted))
            found.append(story)
            wanted -= len(story.children)
        return sorted(found, key=lambda story: story.course.received)

    def _size(self, most: int) -> int:
        share = self.figures.record["contacts_about_siblings"]
        together = share / (2.3 - 1.3 * share)  # of forms, for a share of children; 2.3 children a form
        if most < 2 or self.random.random() > together:
            return 1
        return min(most, self.random.choices([2, 3], weights=[0.7, 0.3])[0])

    def _story(self, since: datetime, until: datetime, size: int) -> Story:
        random = self.random
        unborn = size == 1 and random.random() < self.figures.record["contacts_before_birth"] * 1.3
        outcome = self.outcomes.take(size)
        offered = self._worries(outcome, size, unborn)
        kind = self.kinds.take(size, among={kind for worry in offered for kind in self._kinds(worry)})
        worry = random.choice([worry for worry in offered if kind in self._kinds(worry)])
        received = told_at(random, kind, since, until)
        family, children = self._about(worry, kind, size, received)
        weighed = self._weighed(worry, outcome, size)
        sender = self.sender(kind, children[0])
        story = Story(
            worry=worry,
            family=family,
            children=children,
            sender=sender,
            course=self.courses.course(received, weighed, family, children[0], sender, size),
            outcome=outcome,
            level=_level(outcome, worry, random),
            urgency=weighed.urgency,
            consent=weighed.consent,
            harm=weighed.harm,
            told=self._told(children[0]),
        )
        return _with_change(story, random)

    def _worries(self, outcome: str, size: int, unborn: bool) -> list[Worry]:
        """Those that may lead to this decision; about every child of the family, where it is about several."""
        today = outcome == "IMMEDIATE"
        fitting = [worry for worry in worries() if worry.levels & LEVELS[outcome] and worry.today == today]
        wanted = [worry for worry in fitting if worry.unborn == unborn and (size == 1 or worry.family)]
        return wanted or [worry for worry in fitting if not worry.unborn]

    def _kinds(self, worry: Worry) -> set[str]:
        """Kinds of agency that would tell of it, of those that are there."""
        if ANYBODY in worry.kinds:
            return set(self.figures.sources) - NOT_OF_ANYTHING
        return set(worry.kinds) & set(self.figures.sources)

    def _weighed(self, worry: Worry, outcome: str, size: int) -> Weighed:
        random, consents = self.random, self.figures.consent
        harm = worry.harm or (outcome == "REFERRAL" and random.random() < 0.12)
        if harm:
            among = {"NOT_SOUGHT"} if random.random() < 0.8 else {"GIVEN"}
        else:
            among = set(consents) - ({"REFUSED"} if outcome in AGREED else set())
        consent = self.consents.take(size, among=among)
        return Weighed(outcome, self.figures.urgency(outcome, random), consent, harm)

    def sender(self, kind: str, child: Child) -> Worker:
        """Who tells: the child's own school or doctor, else anybody of that kind of agency."""
        own = child.agency(SCHOOLS_AND_DOCTORS[kind]) if kind in SCHOOLS_AND_DOCTORS else None
        if own is not None and self.staff.at.get(own.pk):
            return self.random.choice(self.staff.at[own.pk])
        return self.random.choice(self.staff.by_kind[kind])

    # --- About whom ---------------------------------------------------------------------------------------

    def _about(self, worry: Worry, kind: str, size: int, received: datetime) -> tuple[Family, list[Child]]:
        random, today = self.random, local_day(received)
        if worry.unborn:
            family = self._family(lambda family: all(child.age(today) > 1 for child in family.children))
            return family, [expecting(family, today, random)]
        if size == 1 and kind not in SCHOOLS_AND_DOCTORS and random.random() < NEW_HERE:
            place = random.choice(self.fresh or self.seen).children[0].place
            assert place is not None
            lowest, highest = worry.ages
            family = newcomers(random, today, lowest, highest, Place(f"Flat 2, {place.lines}", place.postcode))
            return family, family.children
        family = self._family(lambda family: len(self._fitting(family, worry, kind, received)) >= size)
        # A very small county may have nobody of that age, or not so many brothers and sisters: then whoever there is.
        fitting = self._fitting(family, worry, kind, received) or _born(family, today)
        children = sorted(random.sample(fitting, min(size, len(fitting))), key=lambda child: child.given)
        return family, children

    def _fitting(self, family: Family, worry: Worry, kind: str, received: datetime) -> list[Child]:
        today, (lowest, highest) = local_day(received), worry.ages
        wanted = SCHOOLS_AND_DOCTORS.get(kind)
        return [
            child
            for child in family.children
            if lowest <= child.age(today) < highest + 1 and (not wanted or child.agency(wanted))
        ]

    def _family(self, fits: Callable[[Family], bool]) -> Family:
        """One told of for the first time, or as often as the figures say again."""
        again = self.figures.record["contacts_again_within_a_year"]
        if self.seen and (not self.fresh or self.random.random() < again):
            for _ in range(40):
                family = self.random.choice(self.seen)
                if fits(family):
                    return family
        for place in range(len(self.fresh) - 1, -1, -1):
            if fits(self.fresh[place]):
                self.seen.append(self.fresh.pop(place))
                return self.seen[-1]
        return next((family for family in self.seen if fits(family)), self.random.choice(self.seen))

    def _told(self, child: Child) -> frozenset[str]:
        chances = {"misspelt": 0.8, "transposed": 0.02, "old address": 0.35, "undated": 0.03}
        if not child.person or not child.also_spelt:
            chances["misspelt"] = 0.0  # only the spelling that another service is known to use
        return frozenset(what for what, chance in chances.items() if child.person and self.random.random() < chance)


def _born(family: Family, today: date) -> list[Child]:
    return [child for child in family.children if child.age(today) >= 0] or family.children[:1]


def _level(outcome: str, worry: Worry, random: Random) -> int:
    if outcome in {"IMMEDIATE", "REFERRAL"}:
        return 4  # what social care is for
    levels = sorted(worry.levels & LEVELS[outcome])
    return levels[-1] if random.random() < 0.65 else levels[0]


def _with_change(story: Story, random: Random) -> Story:
    """What a changed decision becomes: the family wants help after all, or the worry was graver than it seemed."""
    if not story.course.changed:
        return story
    if story.consent != "REFUSED" and random.random() < 0.7:
        return replace(story, changed_to="EARLY_HELP", changed_level=3)
    return replace(story, changed_to="REFERRAL", changed_level=4)


def _whole(number: int, share: float) -> dict[bool, float]:
    return {True: round(number * share), False: number - round(number * share)}


def keep_board_alive(days: Days, stories: list[Story], now: datetime, least: int, most: int) -> None:
    """Move decisions of the last day to before or after the present moment, so that the board is neither bare nor full.

    Nobody's time is stretched past what is allowed: who is decided later is still decided in time.
    """

    def open_now(story: Story) -> bool:
        return story.course.decided is None or story.course.decided > now

    def decide(story: Story, at: datetime) -> None:
        weighed = Weighed(story.outcome, story.urgency, story.consent, story.harm)
        story.course = days.courses.course(
            story.course.received, weighed, story.family, story.children[0], story.sender, 0, decided=at
        )
        story.course.changed = None

    for story in stories:
        received = story.course.received
        due = min(now, limit(received))
        if open_now(story) and (due < now or story.urgency == "RED") and now - received > timedelta(minutes=30):
            decide(story, received + (due - received) * days.random.uniform(0.6, 0.95))
    open_ones = sum(len(story.children) for story in stories if open_now(story))
    for story in reversed(stories):
        due = limit(story.course.received)
        if open_ones >= least or due < now:
            break
        if not open_now(story) and story.urgency != "RED" and due - now > timedelta(minutes=40):
            decide(story, now + (due - now) * days.random.uniform(0.3, 0.95))
            open_ones += len(story.children)
    for story in stories:
        if open_ones > most and open_now(story) and now - story.course.received > timedelta(hours=3):
            decide(story, story.course.received + (now - story.course.received) * days.random.uniform(0.5, 0.95))
            open_ones -= len(story.children)

"""The story of one worry: what is told, and every step that people take with it until a decision, each at its moment.

A story is worked out whole, past the present moment too: what lies ahead is done when its time comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from righthelp.demo.known import Child, Family
from righthelp.demo.names import ALSO_SPELT
from righthelp.demo.words import DAYS, Slots, Worry, answers, one_of
from righthelp.guard.models import Agency, Worker
from righthelp.kernel.moments import local, local_day
from righthelp.packs import pack
from righthelp.people.models import Person

ANSWER_IN = timedelta(hours=4)  # what the front door asks for
AT_SCHOOL = 4  # years old, at least
AHEAD = timedelta(days=92)  # how far what lies ahead is worked out: as long as the months first shown
APART = timedelta(seconds=70)  # between doing something for one child of a family and for the next


@dataclass
class Act:
    """A step that somebody takes: when, who, with which record of the story."""

    at: datetime
    by: Worker
    kind: str  # the process
    step: str
    answers: dict[str, Any] = field(default_factory=dict)
    child: int = 0  # whose, by place among the children of the worry
    agency: UUID | None = None  # whose request for information


@dataclass
class Asked:
    """An agency that is asked what it knows: when, and when it answers, if it does before the decision."""

    agency: Agency
    by: Worker  # who answers
    at: datetime
    answered: datetime | None = None


@dataclass
class Course:
    """When each thing is done with a worry, and by whom. What is None is not done."""

    received: datetime
    screener: Worker
    manager: Worker
    started: datetime | None = None
    matched: datetime | None = None
    confirmed: datetime | None = None
    asked: list[Asked] = field(default_factory=list)
    held: datetime | None = None
    released: datetime | None = None
    noted: datetime | None = None
    decided: datetime | None = None
    changed: datetime | None = None


@dataclass
class Story:
    """A worry, whom it is about, who tells it and what is decided."""

    worry: Worry
    family: Family
    children: list[Child]
    sender: Worker
    course: Course
    outcome: str
    level: int
    urgency: str
    consent: str
    harm: bool
    told: frozenset[str] = frozenset()  # how it is told otherwise than it is known: see `_as_told`
    changed_to: str = ""
    changed_level: int = 0

    def slots(self, child: Child, **more: str) -> Slots:
        """Who is spoken of when a text is about this child."""
        name = f"Baby {child.family}" if child.born_on is None else child.known_as or child.given
        slots = Slots(name, child.sex, {"mother": self.family.mother, **more})
        about = slots.fill(self.worry.about)
        return Slots(slots.child, slots.sex, {**slots.more, "about": about})


class Telling:
    """Writes a story out as the steps that people take. One for each story, so that none changes another's words."""

    def __init__(self, story: Story, random: Random) -> None:
        self.story, self.random, self.course = story, random, story.course
        self.today = local_day(story.course.received)
        self.day = random.choice([day for day in DAYS if day != f"{local(story.course.received):%A}"])

    def acts(self) -> list[Act]:
        """From the worry as it is sent to the decision, in order of time."""
        course = self.course
        self.sent = self._send()
        acts = [Act(course.received, self.story.sender, "contact", "send", self.sent)]
        for place, child in enumerate(self.story.children):
            later = APART * place
            if course.started:
                colour = self.story.urgency
                rated = {"urgency": colour, "urgency_reason": self._words(child, "urgency", colour)}
                acts.append(Act(course.started + later, course.screener, "contact", "start", rated, place))
            if course.matched:
                acts.append(self._match(child, place, course.matched + later))
            acts += self._screening(child, place, later)
            if course.decided:
                decision = self._decided(child, self.story.outcome, self.story.level)
                acts.append(Act(course.decided + later, course.manager, "contact", "decide", decision, place))
            if course.changed:
                acts.append(self._change(child, place, course.changed + later))
        for asked in course.asked:
            acts += self._asked(asked)
        return sorted(acts, key=lambda act: act.at)

    def _words(self, child: Child, *path: str, **more: str) -> str:
        slots = self.story.slots(child, day=self.day, school=str(child.agency("SCHOOL") or "school"), **more)
        return slots.fill(one_of(self.random, *path))

    # --- What is sent -------------------------------------------------------------------------------------

    def _send(self) -> dict[str, Any]:
        story, child, random = self.story, self.story.children[0], self.random
        age = f"{int(child.age(self.today))}"
        slots = story.slots(child, day=self.day, age=age, school=str(child.agency("SCHOOL") or "school"))
        level = min(4, max(1, story.level + random.choices([0, 1, -1], weights=[0.78, 0.17, 0.05])[0]))
        if level not in story.worry.levels:
            level = min(story.worry.levels, key=lambda one: abs(one - level))
        others = [other for other in story.family.children if other is not child and other.age(self.today) >= 0]
        return {
            **self._as_told(child),
            "other_children": [
                {"given": other.given, "family": other.family, "born_on": other.born_on, "worried_too": too}
                for other, too in [
                    *((other, True) for other in story.children[1:]),
                    *((other, False) for other in others if other not in story.children and random.random() < 0.4),
                ]
            ],
            "adults": list(self._adults()),
            "worry": slots.fill(story.worry.worry),
            "happened": slots.fill(story.worry.happened),
            "going_well": slots.fill(story.worry.well),
            "tried": slots.fill(story.worry.tried),
            "significant_harm_likely": story.harm,
            "sender_level": level,
            "indicators": story.worry.ticked(level, random),
            **self._voice(child, slots),
            **self._consent(),
            "sender_telephone": self.story.sender.telephone or f"01632 960{random.randint(0, 999):03}",
        }

    def _as_told(self, child: Child) -> dict[str, Any]:
        """The child as this sender knows them: spelt otherwise, with day and month changed round, at an old address."""
        told, place = self.story.told, child.place
        given, born_on = child.given, child.born_on
        if "misspelt" in told:
            given = child.also_spelt or ALSO_SPELT.get(given, given)
        if born_on and "transposed" in told and born_on.day <= 12:
            turned = date(born_on.year, born_on.day, born_on.month)
            born_on = turned if turned <= self.today else born_on  # nobody writes down a birth that is to come
        if "old address" in told and child.before:
            place = child.before
        kind = self.story.sender.agency.kind
        school = child.agency("SCHOOL") if child.age(self.today) >= AT_SCHOOL else None
        by_nhs = kind in {"gp", "health_visiting", "school_nursing", "emergency_department", "health", "midwifery"}
        return {
            "child_given": given,
            "child_family": child.family,
            "child_known_as": child.known_as,
            "child_born_on": None if "undated" in told else born_on,
            "child_expected_on": child.expected_on,
            "child_sex": child.sex,
            "child_upn": child.number("UPN") if kind == "school" and school and self.random.random() < 0.6 else "",
            "child_nhs_number": child.number("NHS") if by_nhs and self.random.random() < 0.8 else "",
            "child_lives_at": place.lines if place else "",
            "child_postcode": place.postcode if place else "",
            "child_school": school.name if school and self.random.random() < 0.8 else "",
            "child_language": "",
        }

    def _adults(self) -> Iterator[dict[str, Any]]:
        for adult in self.story.family.adults:
            if adult.kind == "MOTHER" or self.random.random() < 0.75:
                yield {
                    "name": adult.name,
                    "relationship": adult.kind,
                    "parental_responsibility": adult.responsible,
                    "lives_with_child": adult.at_home,
                    "telephone": "",
                }

    def _voice(self, child: Child, slots: Slots) -> dict[str, Any]:
        worry, heard = self.story.worry, self.random.random()
        if child.age(self.today) < 3 and worry.shows and heard < 0.7:
            return {"child_says_basis": "SHOWN", "child_says": slots.fill(self.random.choice(worry.shows))}
        if child.age(self.today) < 3:
            return {"child_says_basis": "TOO_YOUNG", "child_says": ""}
        if worry.says and heard < 0.75:
            return {"child_says_basis": "OWN_WORDS", "child_says": slots.fill(f"“{self.random.choice(worry.says)}”")}
        if worry.shows and heard < 0.85:
            return {"child_says_basis": "SHOWN", "child_says": slots.fill(self.random.choice(worry.shows))}
        return {"child_says_basis": "NOT_ASKED", "child_says": ""}

    def _consent(self) -> dict[str, Any]:
        story, child = self.story, self.story.children[0]
        reason = "" if story.harm else lawful_reason(story, self.random)  # likely significant harm needs none
        because = self._words(child, "without", reason) if reason else ""
        secret = story.harm and self.random.random() < 0.12
        return {
            "consent": story.consent,
            "consent_from": self._words(child, "consent_from") if story.consent == "GIVEN" else "",
            "without_consent": reason,
            "without_consent_because": because,
            "family_knows": story.consent != "NOT_SOUGHT" or self.random.random() < 0.3,
            "family_must_not_know": self._words(child, "must_not_know") if secret else "",
        }

    # --- What the front door does -------------------------------------------------------------------------

    def _match(self, child: Child, place: int, at: datetime) -> Act:
        by = self.course.screener
        if child.person is None:
            return Act(at, by, "contact", "register", {"match_reason": self._words(child, "register")}, place)
        reason = self._words(child, "match", self._known_by(child, place))
        answers = {"matched_to": child.person, "match_reason": reason}
        return Act(at, by, "contact", "match", answers, place)

    def _known_by(self, child: Child, place: int) -> str:
        """By what the worker who looks at both side by side knows that it is this child."""
        told = self.sent if place == 0 else {}
        if told.get("child_nhs_number"):
            return "by_nhs_number"
        if told.get("child_upn"):
            return "by_pupil_number"
        if told and told["child_born_on"] not in (None, child.born_on):
            return "transposed"
        if told and told["child_given"] != child.given:
            return "spelt"
        return "moved" if told and child.before and told["child_postcode"] == child.before.postcode else "known"

    def _screening(self, child: Child, place: int, later: timedelta) -> Iterator[Act]:
        course = self.course
        if course.confirmed and child.person and place == 0:
            facts = {"facts_confirmed": list(_still_right(child.person))}
            yield Act(course.confirmed, course.screener, "contact", "confirm", facts, place)
        if course.held:
            why = {"hold_reason": self._words(child, "hold")}
            yield Act(course.held + later, course.screener, "contact", "hold", why, place)
        if course.released:
            yield Act(course.released + later, course.screener, "contact", "release", {}, place)
        if course.noted:
            agencies = [str(asked.agency) for asked in course.asked if asked.answered and asked.answered < course.noted]
            path = "note" if agencies else "note_nobody_asked"
            note = {"screening_note": self._words(child, path, agencies=" and ".join(agencies))}
            yield Act(course.noted + later, course.screener, "contact", "note", note, place)

    def _asked(self, asked: Asked) -> Iterator[Act]:
        child, kind = self.story.children[0], asked.agency.kind
        reason = lawful_reason(self.story, self.random)
        question = {
            "question": self._words(child, "question_for_school" if kind == "school" else "question"),
            "family_agrees": not reason,
            "lawful_reason": reason,
            "answer_by": asked.at + ANSWER_IN,
        }
        screener, request = self.course.screener, "information_request"
        yield Act(asked.at, screener, request, "ask", question, agency=asked.agency.pk)
        if asked.answered:
            knows = self.random.random() < 0.8
            said = self._words(child, "answer", kind if kind in answers()["answer"] else "other") if knows else ""
            reply = {"knows": "YES" if knows else "NO", "answer": said}
            yield Act(asked.answered, asked.by, request, "reply", reply, agency=asked.agency.pk)

    def _decided(self, child: Child, outcome: str, level: int) -> dict[str, Any]:
        told = self.random.random() < (0.5 if self.story.harm else 0.94)
        return {
            "outcome": outcome,
            "level": level,
            "decision_reason": self._words(child, "decision", outcome),
            "early_help_agreed": outcome == "EARLY_HELP" or None,
            "signposted_to": _signpost(self.random) if outcome == "SIGNPOSTING" else "",
            "parents_told": "YES" if told else "NO",
            "parents_not_told_because": "" if told else self._words(child, "parents_not_told"),
            "told_sender": "",
        }

    def _change(self, child: Child, place: int, at: datetime) -> Act:
        story = self.story
        why = {"why_changed": self._words(child, "why_changed", story.changed_to)}
        answers = {**self._decided(child, story.changed_to, story.changed_level), **why}
        return Act(at, self.course.manager, "contact", "decide_again", answers, place)


def lawful_reason(story: Story, random: Random) -> str:
    """What allows the sender, or the front door, to go on without agreement; nothing where there is agreement."""
    if story.consent == "GIVEN":
        return ""
    if story.harm:
        return "SIGNIFICANT_HARM"
    if story.consent == "REFUSED":
        return "NEED_REMAINS"
    return random.choice(["NOT_REASONABLE", "NOT_REASONABLE", "RAISES_RISK", "CANNOT_BE_GOT"])


def _still_right(person: Person) -> Iterator[str]:
    for address in person.addresses.all():
        if address.until is None:
            yield f"address:{address.pk}"
    for involvement in person.involvements.all()[:1]:
        yield f"involvement:{involvement.pk}"


def _signpost(random: Random) -> str:
    service = random.choice(pack().directory())
    return f"{service.name}: {service.what[:1].lower()}{service.what[1:]}. {service.how}"

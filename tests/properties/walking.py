"""A walk through one process: a beginning, then steps at random, some of them refused, until it ends."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from righthelp.engine.answers import ROW, parts
from righthelp.engine.journal import Journal
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import STEP, AsWorker, Viewer, looking, worker_looking
from righthelp.kernel.page import Step
from righthelp.people.models import Person
from tests.properties.answering import answers_of
from tests.properties.snapshots import what_is_written
from tests.properties.world import BEGAN, World

# Of a process that asks for some steps before others, which its states do not tell: where steps are longed for, walks
# take these first.
WAYS = {
    "assessment": ("agree", "write", "hear", "analyse", "hand_in", "authorise", "tell"),
    "section_47": ("allocate", "see", "find", "conclude"),
    "family_help": ("decide_at_panel", "allocate", "begin_work"),
    "child_protection_conference": ("convene", "arrange", "invite", "write_report", "share_report", "prepare", "hold"),
}
LONGEST = 8  # steps in a walk, some of which are refused


@dataclass(frozen=True)
class Taken:
    """A step that was taken, so that it can be taken again elsewhere."""

    step: str
    by: Viewer
    on: datetime
    answers: dict[str, Any]
    person: Person | None = None


@dataclass
class Walk:
    """A walk in progress: the row, as it was left, and the steps that brought it there."""

    world: World
    random: Random
    page: type[Process]
    on: datetime = BEGAN
    row: Process | None = None
    taken: list[Taken] = field(default_factory=list)
    refused: int = 0
    told: dict[str, str] = field(default_factory=dict)  # of a step that was refused, why it was, the last time
    longed_for: frozenset[str] = frozenset()  # steps to take where they can be taken
    in_a_row: int = 0  # refusals since a step was taken
    for_nobody: set[str] = field(default_factory=set)  # steps that nobody may take of the row as it is now

    def go(self, longest: int = LONGEST) -> Walk:
        """Begin, and go on until it has ended or is long enough. A beginning that is refused is tried again."""
        beginnings = [step for step in self.page.steps.values() if step.begins]
        beginnings = self._that_lead_on(beginnings) or beginnings
        for _ in range(12):
            if self.attempt(self.random.choice(beginnings)):
                break
        while self.row is not None and len(self.taken) + self.refused < longest:
            if self.longed_for and self.longed_for <= {one.step for one in self.taken}:
                break
            steps = [step for step in self.page.steps.values() if self.row.state in step.leaves]
            if not steps:
                break
            if self.random.random() < 0.15:
                self.attempt_in_vain()
            else:
                self.attempt(self.random.choice(self._longed_for(steps) or steps))
        return self

    def _that_lead_on(self, beginnings: list[Step]) -> list[Step]:
        """Where steps are longed for: those of them that begin, and beginnings after which another can be taken."""
        return [
            step
            for step in beginnings
            if step.name in self.longed_for or (step.reaches and self._onward(str(step.reaches)))
        ]

    def _longed_for(self, steps: list[Step]) -> list[Step]:
        """Of the steps that can be taken now, those that are longed for or lead there; none where no matter which."""
        done = {one.step for one in self.taken}
        if self.in_a_row > 1 and self.random.random() < 0.6:
            return []  # something else must come first
        longed = [step for step in steps if step.name in self._still_longed_for and self.random.random() < 0.7]
        if not self.longed_for or longed:
            return longed
        first = next((name for name in WAYS.get(self.page.kind(), ()) if name not in done), "")
        assert self.row is not None
        return [step for step in steps if step.name == first] or self._onward(self.row.state)

    @property
    def _still_longed_for(self) -> frozenset[str]:
        return self.longed_for - {one.step for one in self.taken} - self.for_nobody

    def _onward(self, state: str) -> list[Step]:
        """The steps from a state by which a state is soonest reached that a step leaves which is longed for."""
        ways: list[tuple[str, Step | None]] = [(state, None)]
        seen, found, nearest = {state}, [], ""
        for place, first in ways:
            for step in self.page.steps.values():
                if place not in step.leaves:
                    continue
                if step.name in self._still_longed_for and (not nearest or nearest == place):
                    nearest = place
                    found.append(first or step)
                onto = str(step.reaches or place)
                if onto not in seen:
                    seen.add(onto)
                    ways.append((onto, first or step))
        return found

    def attempt(self, step: Step) -> bool:
        """Take the step as somebody who may, with answers that it asks; it may still be refused for what it needs."""
        by = self.world.who_may(self.random, step, self.row)
        if by is None:
            self.told[step.name] = "nobody there may take it"
            self.for_nobody.add(step.name)
            return False
        self.on += timedelta(minutes=self.random.choice([0, 1, 40, 600, 3000]))
        with looking(STEP):
            person = self.row.entry.person if self.row else self._about(step, by)
        with looking(by):
            answers = answers_of(self.random, self.page, step, self.on, person, self.world.children, self.row)
        with what_is_written() as statements:
            try:
                self._take(Taken(step.name, by, self.on, answers, person))
                return True
            except NotTaken as refusal:
                self.refused += 1
                self.in_a_row += 1
                self.told[step.name] = str(refusal)
        assert not statements, f"{self.page.kind()}.{step.name} was refused and wrote something"
        return False

    def attempt_in_vain(self) -> None:
        """A step by somebody who may not take it, or that cannot be taken now: refused, whatever is answered."""
        assert self.row is not None
        step = self.random.choice(list(self.page.steps.values()))
        by: Viewer | None = self.world.who_may_not(self.random, step)
        if self.random.random() < 0.5 and self.row.state not in step.leaves:
            by = self.world.who_may(self.random, step, self.row) or by
        assert by is not None
        with looking(by):
            answers = answers_of(self.random, self.page, step, self.on, None, self.world.children)
        with what_is_written() as statements:
            try:
                with looking(by):
                    take(self.row, step.name, by=by, on=self.on, **answers)
            except NotTaken:
                self.refused += 1
            else:
                raise AssertionError(f"{self.page.kind()}.{step.name} was taken by {by.name} in {self.row.state}")
        assert not statements

    def _about(self, step: Step, by: Viewer) -> Person | None:
        """Whom it is about when it begins: somebody whom the worker may see, where it begins from a child's page."""
        if not (self.page.begins_from_child or step.by & {"load a return"}):
            return None
        if isinstance(by, AsWorker) and not by.works_with_children:  # they tell of a child, and open none
            return None
        with looking(by):
            seen = list(Person.objects.filter(pk__in=[child.pk for child in self.world.children]).order_by("pk"))
        return self.random.choice(seen)

    def _take(self, taken: Taken) -> None:
        with looking(taken.by):
            self.row = _one(self.page, self.row, taken, None)
        self.taken.append(taken)
        self.for_nobody.clear()
        self.in_a_row = 0


def again(page: type[Process], steps: list[Taken], into: Journal | None = None) -> Process:
    """The same steps once more: one by one, or into one journal."""
    row: Process | None = None
    for once in steps:
        taken = replace(once, by=_now(once.by))
        if into is None:
            with looking(taken.by):
                row = _one(page, row, taken, None)
        else:
            row = _one(page, row, taken, into)
    assert row is not None
    return row


def _now(by: Viewer) -> Viewer:
    """The viewer that a worker is by now: the circle that a lock made the first time is another the second time."""
    return worker_looking(by.worker) or by if isinstance(by, AsWorker) else by


def _one(page: type[Process], row: Process | None, taken: Taken, into: Journal | None) -> Process:
    if row is None:
        # A copy: a step may change the child it is given, and the same step is given the child again elsewhere.
        child = copy(taken.person)
        return begin(page, taken.step, by=taken.by, on=taken.on, person=child, into=into, **_answers(taken))
    return take(row, taken.step, by=taken.by, on=taken.on, into=into, **_answers(taken), **_of_each(row, taken, into))


def _answers(taken: Taken) -> dict[str, Any]:
    """The answers, each row that was chosen as a copy: a step may change what it is given."""
    return {
        name: copy(value) if isinstance(value, Model) else value
        for name, value in taken.answers.items()
        if not _is_of_each(value)
    }


def _is_of_each(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) and ROW in one for one in value)


def _of_each(row: Process, taken: Taken, into: Journal | None) -> dict[str, Any]:
    """What is said of rows that are there, told by their place, with the number that each has this time."""
    said = {}
    for name, value in taken.answers.items():
        if _is_of_each(value):
            part = parts(type(row))[name]
            key = part.key_of(row)
            fresh = into.parts[(part.model, key)] if into is not None else []
            there = part.whom([*fresh, *part.of(key)], taken.by)
            said[name] = [{**one, ROW: str(there[one[ROW]].pk)} for one in value]
    return said


def every_page() -> Iterator[type[Process]]:
    """Every process that there is: a new one is walked without being asked."""
    yield from processes().values()

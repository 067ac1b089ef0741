"""Calls to early help's own line: who rang, what they were told, and what they made of it; some stepped up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.after import LEVEL_FOUND, led_to
from righthelp.demo.hours import DAY, OFFICE, open_from
from righthelp.demo.known import Child, Family
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.words import Slots, one_of
from righthelp.engine.journal import Journal
from righthelp.engine.process import process, processes
from righthelp.engine.taking import begin, take
from righthelp.kernel.moments import local_day
from righthelp.packs import pack

KIND = "help_request"
BY_FAMILIES = 0.55  # over half of the calls (the county's paper of 2023 says “over 50%”)
BY_THE_YOUNG = 0.06  # of all calls (assumed)
NAMED = 0.6  # name a child, with the family's agreement (assumed)
OPEN_STILL = timedelta(hours=5)  # what came later than this is still to be answered
ASKED = 0.4  # of those who were answered some weeks ago are asked whether it helped (assumed)
SAID = ("YES", "YES", "YES", "PARTLY", "NO")  # most are happy with it, as the county's paper says
PROFESSIONALS = ("school", "health_visiting", "gp", "voluntary", "early_years")


class Calls:
    """Makes the calls of a time, about families who are on record, through the steps that the worker takes."""

    def __init__(self, random: Random, staff: Staff, journal: Journal, now: datetime) -> None:
        self.random, self.staff, self.journal, self.now = random, staff, journal, now

    def make(self, families: Sequence[Family], since: datetime, until: datetime, number: int) -> None:
        """So many calls between two moments."""
        if KIND not in processes() or not families:
            return
        outcomes = {
            name: share * number
            for name, share in pack().demonstration().shares("early_help_outcomes").items()
            if name != "ASSESSMENT"  # which early help recommends of what the front door passed on
        }
        bag = Bag(self.random, outcomes)
        for _ in range(number):
            at = open_from(since + (until - since) * self.random.random(), OFFICE)
            at = (at + timedelta(minutes=self.random.uniform(5, 420))).replace(microsecond=0)
            born = [child for child in self.random.choice(families).children if child.age(local_day(at)) >= 0]
            if born and at < self.now - timedelta(minutes=10):
                self._call(self.random.choice(born), at, bag.take())

    def _call(self, child: Child, at: datetime, outcome: str) -> None:
        random = self.random
        by = self.staff.viewer(random.choice(self.staff.in_role["early help worker"]))
        named = bool(child.person and child.born_on) and random.random() < NAMED
        told: dict[str, Any] = {"wants": one_of(random, "calls", "wants"), "harm_likely": False, "child_named": named}
        if named:
            told |= {"child_given": child.given, "child_family": child.family, "child_born_on": child.born_on}
            told |= {"agreed": True}
        told |= self._caller()
        self.journal.now = at
        row = begin(process(KIND), "take_call", by=by, on=at, into=self.journal, **told)
        if named:
            self._step(row, "match", by, at, 2, matched_to=child.person, match_reason="Same name and date of birth.")
        if at > self.now - OPEN_STILL:
            return
        answer = {
            "outcome": outcome,
            "level_found": LEVEL_FOUND[outcome] if random.random() < 0.7 or outcome == "ASSESSMENT" else 1,
            "outcome_reason": Slots(child.given if named else "the child").fill(one_of(random, "calls", outcome)),
            **led_to(outcome, random),
        }
        self._step(row, "answer", by, at, random.uniform(12, 150), **answer)
        asked = open_from(at + DAY * random.uniform(8, 30), OFFICE) + timedelta(minutes=random.uniform(1, 200))
        if asked < self.now and random.random() < ASKED:
            said = {name: random.choice(SAID) for name in ("helped", "listened", "knows_where")}
            self._step(row, "hear_family", by, asked, 0, **said, family_says="")

    def _caller(self) -> dict[str, Any]:
        random = self.random
        drawn = random.random()
        if drawn < BY_FAMILIES:
            return {"who_rang": "YOUNG_PERSON" if drawn < BY_THE_YOUNG else "FAMILY"}
        workers = [worker for kind in PROFESSIONALS for worker in self.staff.by_kind.get(kind, [])]
        worker = random.choice(workers)
        return {"who_rang": "PROFESSIONAL", "from_agency": worker.agency, "from_name": worker.name}

    def _step(self, row: Any, step: str, by: Any, at: datetime, minutes: float, **answers: Any) -> None:
        self.journal.now = on = (at + timedelta(minutes=minutes)).replace(microsecond=0)
        take(row, step, by=by, on=on, into=self.journal, **answers)

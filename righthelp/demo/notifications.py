"""Some weeks of what the police told the hub, and what the hub did with it, by the steps that its workers take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from righthelp.demo.hours import DAY, HOUR, OFFICE, open_from, told_at
from righthelp.demo.known import Child, Family
from righthelp.demo.staff import Staff
from righthelp.engine.journal import Journal
from righthelp.engine.process import processes
from righthelp.engine.taking import begin, take
from righthelp.guard.models import Agency
from righthelp.guard.viewers import DEMONSTRATION
from righthelp.kernel.moments import local_day

KIND = "police_notification"
WEEKS = 3
INCIDENTS_A_WEEK = 45  # in a whole county (assumed; the papers give the daily triage and no number)
FRESH, THIS_NIGHT = 3, timedelta(hours=20)  # so many, at least, came since yesterday evening
MOST_INCIDENTS = 200  # between two makings
LEFT_OPEN = timedelta(hours=26)  # what came later than this is still to be triaged
LATE = 0.08  # triaged a day too late (assumed)
SENDER, HUB = "Gwen Tarrant", "Rhian Cobb"
PRESENCE = ("HEARD", "HEARD", "IN_THE_HOME", "IN_THE_HOME", "SAW", "ELSEWHERE")
SAID = ("", "", "", "I heard shouting and stayed upstairs.", "Can I go to school tomorrow?")


@lru_cache
def written() -> Sequence[Mapping[str, Any]]:
    """The kinds of incident as they are written."""
    return yaml.safe_load((Path(__file__).parent / "notifications.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


class Notifications:
    """Makes incidents about families who are on record, and triages those that are not of today."""

    def __init__(self, random: Random, staff: Staff, now: datetime) -> None:
        self.random, self.staff, self.now = random, staff, now
        self.sender = staff.viewer(staff.workers[SENDER])
        self.hub = staff.viewer(staff.workers[HUB])
        self.number = random.randrange(100, 900)

    def tell(self, families: Sequence[Family], since: datetime, size: float) -> int:
        """Incidents from a moment until now, for a county of this size. How many there were."""
        if KIND not in processes():
            return 0
        weeks = (self.now - since) / (7 * DAY)
        wanted = max(3, round(INCIDENTS_A_WEEK * weeks * min(size, 1.0)))
        told = [family for family in families if _may_be_told_of(family)][:wanted]
        journal = Journal()
        for number, family in enumerate(told):
            self._incident(journal, family, max(since, self.now - THIS_NIGHT) if number < FRESH else since)
        journal.now = self.now
        journal.write(DEMONSTRATION)
        return len(told)

    def work_off(self, until: datetime) -> None:
        """Triage what had come by then, as somebody at the hub would have: nobody leaves an incident for weeks."""
        if KIND not in processes():
            return
        page: Any = processes()[KIND]
        journal = Journal(now=self.now)
        rows = page.objects.filter(state="RECEIVED", received_at__lte=until, entry__circle__isnull=True)
        more: dict[str, Any] = {"by": self.hub, "on": self.now, "into": journal}
        for row in rows.select_related("entry__person"):
            if not row.entry.person:
                take(row, "not_known", match_reason="Looked for by name, birth and address.", **more)
            if row.school_is_awaited and not row.school_told_at:
                take(row, "ring_school", school_spoken_to="The safeguarding lead", **more)
            take(row, "close", outcome_reason="Talked through at the hub: nothing more is needed now.", **more)
        journal.write(DEMONSTRATION)

    def _incident(self, journal: Journal, family: Family, since: datetime) -> None:
        random, kinds = self.random, written()
        kind = random.choices(kinds, weights=[kind["weight"] for kind in kinds])[0]
        attended = told_at(random, "police", since, self.now - 3 * HOUR)
        sent = min(self._next_morning(attended), self.now - HOUR / 2).replace(microsecond=0)
        self.number += random.randint(1, 9)
        rows = []
        for child in family.children:
            if child.born_on is None or child.born_on > local_day(attended):
                continue
            answers = self._told(kind, family, child, attended)
            journal.now = sent
            row = begin(processes()[KIND], "notify", by=self.sender, on=sent, into=journal, **answers)
            rows.append((row, child))
        locked = any(row.entry.circle_id for row, _ in rows)
        if sent < self.now - LEFT_OPEN and not locked:
            late = 2 * DAY if random.random() < LATE else timedelta()
            triaged = open_from(sent + HOUR * random.uniform(1, 5), OFFICE) + late
            for row, child in rows:
                self._triage(journal, row, child, kind, family, min(triaged, self.now))

    def _told(self, kind: Mapping[str, Any], family: Family, child: Child, attended: datetime) -> dict[str, Any]:
        random, school = self.random, child.agency("SCHOOL")
        answers = {
            "incident_number": f"{self.number:05}-{local_day(attended):%d%m%y}",
            "attended_at": attended,
            "category": kind["category"],
            "risk_grading": kind["risk"],
            "place": str(child.place.lines).replace("\n", ", ") if child.place else "",
            "officers_saw": _filled(kind["saw"], family, child),
            "people_there": _filled(kind["there"], family, child),
            "safety_note": _filled(kind.get("safety", ""), family, child),
            "child_given": child.given,
            "child_family": child.family,
            "child_born_on": child.born_on,
            "child_lives_at": child.place.lines if child.place else "",
            "child_postcode": child.place.postcode if child.place else "",
            "child_was": random.choice(PRESENCE),
            "child_said": random.choice(SAID) if child.age(local_day(attended)) > 4 else "",
            "school_named": "",
        }
        if isinstance(school, Agency) and school.kind == "school" and random.random() < 0.85:
            answers |= {"school_named": school.name, "school": school}
        return answers

    def _triage(
        self, journal: Journal, row: Any, child: Child, kind: Mapping[str, Any], family: Family, at: datetime
    ) -> None:
        journal.now = at
        more: dict[str, Any] = {"by": self.hub, "on": at, "into": journal}
        take(row, "match", matched_to=child.person, match_reason="Same name, date of birth and address.", **more)
        if row.school_is_awaited:
            if row.school_id:
                take(row, "tell_school", **more)
            else:
                take(row, "leave_school", school_not_told_because="They go to no school that we know.", **more)
        take(row, "close", outcome_reason=_filled(kind["why"], family, child), **more)

    def _next_morning(self, attended: datetime) -> datetime:
        """The police send the night's incidents before schools open."""
        morning = attended + timedelta(minutes=self.random.uniform(40, 240))
        return open_from(morning, ((6, 20),) * 7)


def _may_be_told_of(family: Family) -> bool:
    """Children who are born, and nobody of them behind a lock: what is locked is triaged within its circle."""
    people = [child.person for child in family.children if child.person]
    return any(child.born_on for child in family.children) and not any(person.circle_id for person in people)


def _filled(words: str, family: Family, child: Child) -> str:
    name = child.known_as or child.given
    return " ".join(words.replace("{mother}", family.mother).replace("{child}", name).split())

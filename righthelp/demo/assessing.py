"""An assessment of a child and family, from what is agreed at the start until everybody is told what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from righthelp.demo.hours import DAY, HOUR
from righthelp.demo.ways import Way, codes_of, day, due
from righthelp.kernel.moments import local_day

KIND, VISIT, PART = "assessment", "assessment_visit", "assessment_part"
# No paper gives these shares; enough of each for every page to be seen at work.
SEEN_IN_TIME, SEEN_ALONE = 0.86, 0.94
SECOND_VISIT, AGENCY_ASKED, PART_GIVEN = 0.55, 0.6, 0.9
LOOKED_AT, SENT_BACK, TOLD_IN_TIME = 0.7, 0.08, 0.85
NO_FACTORS, AFTER_ENQUIRIES = ["21"], ["17A"]


def assess(
    way: Way, allocated: datetime, received: datetime, outcome: str, *, in_time: bool, harmed: bool = False
) -> tuple[datetime, datetime]:
    """Every step of it. Gives when it was authorised, and when it was told what came of it."""
    last = due("assessment.completed", received)
    if in_time:
        authorised = way.worked(allocated, last, way.random.triangular(0.5, 0.985, 0.92))[0]
    else:
        authorised = way.office(last + DAY * way.random.uniform(1, 30))
    agreed, asked, given, looked, wrote, heard, weighed, handed = way.worked(
        allocated, authorised, 0.03, 0.06, 0.25, 0.3, 0.8, 0.82, 0.84, 0.93
    )
    agreed_on = min(local_day(last), day(authorised, 4))
    way.act(
        agreed, way.worker, KIND, "agree", finish_agreed_on=max(agreed_on, local_day(agreed)),
        looks_at=way.words(KIND, "looks_at"), speaks_to=way.words(KIND, "speaks_to"), agencies_agreed=True,
        agreed_by=f"{way.mother}, by telephone",
    )  # fmt: skip
    seen = _visits(way, allocated, wrote)
    waits = _asks(way, asked, given)
    if way.chance(LOOKED_AT):
        look = {"found": way.words(KIND, "look"), "asks_for": ""}
        way.act(looked, way.manager, KIND, "look", looks=[look])
    _writes(way, wrote, heard, weighed, outcome, harmed)
    said: dict[str, Any] = {}
    if not seen:
        said["not_seen_because"] = way.fill(codes_of(KIND, "not_seen")[1 if way.born else 0])
    if waits:
        said["without_parts_because"] = "They were reminded twice, and what they may know is known from others."
    way.act(handed, way.worker, KIND, "hand_in", **said)
    if way.chance(SENT_BACK):
        back, again = way.worked(handed, authorised, 0.3, 0.8)
        way.act(back, way.manager, KIND, "send_back", sent_back_because=way.words(KIND, "sent_back"))
        way.act(max(again, back + HOUR), way.worker, KIND, "hand_in", **said)
        authorised = max(authorised, again + HOUR * 2, back + HOUR * 3)
    why = {"outcome": outcome, "outcome_because": way.words(KIND, "outcome", outcome)}
    way.act(authorised, way.manager, KIND, "authorise", **why)
    later = way.random.uniform(0.3, 5) if way.chance(TOLD_IN_TIME) else way.random.uniform(8, 15)
    told = way.office(authorised + DAY * later)
    way.act(
        told, way.worker, KIND, "tell", told_parents=way.mother, child_says_shared=way.chance(0.7),
        told_agencies=way.words(KIND, "told_agencies"),
    )  # fmt: skip
    return authorised, told


def _visits(way: Way, allocated: datetime, until: datetime) -> bool:
    """The child is visited, once or twice. Whether they were seen alone."""
    if not way.born:
        return False
    in_time = way.chance(SEEN_IN_TIME)
    first = way.worked(allocated, due("assessment.child_seen", allocated), way.random.uniform(0.1, 0.9))[0]
    if not in_time:
        first = way.office(due("assessment.child_seen", allocated) + DAY * way.random.uniform(0.5, 6))
    first = min(first, until - HOUR * 12)
    alone = way.chance(SEEN_ALONE)
    reason = (KIND, "visit_for")
    written = way.visit(VISIT, max(first, allocated + timedelta(minutes=40)), alone=alone, reason=reason)
    second = way.worked(written, until, way.random.uniform(0.5, 0.85))[0]
    if (not alone or way.chance(SECOND_VISIT)) and written + DAY < second < until - HOUR * 6:
        way.visit(VISIT, second, alone=True, reason=reason)
        alone = True
    return alone


def _asks(way: Way, asked: datetime, given: datetime) -> bool:
    """An agency is asked for its part. Whether it is still waited for when the assessment is handed in."""
    if not way.chance(AGENCY_ASKED):
        return False
    worker = next((one for agency in ("SCHOOL", "GP", "HEALTH") for one in _at(way, agency)), None)
    if worker is None:
        return False
    way.act(
        asked, way.worker, PART, "ask", agency=worker.agency, name=worker.name, question=way.words(KIND, "question"),
        answer_by_on=day(asked, 12),
    )  # fmt: skip
    if not way.chance(PART_GIVEN):
        return True
    if way.chance(0.85):
        said = {"goes_well": way.words(KIND, "goes_well"), "worries": way.words(KIND, "worries")}
    else:
        said = {"goes_well": way.words(KIND, "nothing_known")}
    way.act(max(given, asked + HOUR), worker, PART, "give", **said)
    return False


def _at(way: Way, kind: str) -> list[Any]:
    agency = way.child.agency(kind)
    return way.staff.at.get(agency.pk, [])[:1] if agency else []


def _writes(way: Way, wrote: datetime, heard: datetime, weighed: datetime, outcome: str, harmed: bool) -> None:
    written = codes_of(KIND, "domains")
    found = {}
    for domain in way.random.sample(list(written), 3):
        well, worries, change = way.random.choice(written[domain])
        found[domain] = {"strengths": way.fill(well), "worries": way.fill(worries), "to_change": way.fill(change)}
    way.act(wrote, way.worker, KIND, "write", domains=found)
    speaks = way.child.age(local_day(heard)) >= 4
    way.act(
        heard, way.worker, KIND, "hear", child_says=way.words(KIND, "says" if speaks else "shows"),
        child_day=way.words(KIND, "day") if speaks else "", parents_say=way.words(KIND, "parents_say"),
    )  # fmt: skip
    none = outcome == "NO_FURTHER_ACTION" and way.chance(0.5)
    factors = NO_FACTORS if none else way.random.choice(codes_of(KIND, "factors"))
    if none and harmed:
        factors = AFTER_ENQUIRIES
    way.act(
        weighed, way.worker, KIND, "analyse", analysis=way.words(KIND, "analysis"), factors=factors,
        proposes=way.words(KIND, "proposes", outcome),
    )  # fmt: skip

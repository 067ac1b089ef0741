"""The weekly quality sample of past weeks: drawn as it is drawn, and reviewed by a manager who did not decide."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from righthelp.demo.hours import DAY, OFFICE, open_from
from righthelp.demo.shares import Bag
from righthelp.demo.staff import Staff
from righthelp.demo.words import one_of
from righthelp.engine.journal import Journal
from righthelp.engine.process import processes
from righthelp.engine.taking import take
from righthelp.guard.viewers import DEMONSTRATION, SAMPLE
from righthelp.kernel.moments import first_moment, local_day
from righthelp.packs import pack
from righthelp.processes.decision_review.drawing import WEEK, draw_weeks, week_of
from righthelp.processes.decision_review.models import REVIEWERS, DecisionReview

KIND = "decision_review"
LATE = 0.06  # reviewed after their week (assumed)
KEPT = {"GOOD": 0.72, "PARTLY": 0.22, "POOR": 0.06}  # how well a decision is recorded (assumed)
KEPT_OF = ("recording", "voice", "consent")
OTHERWISE = {"EARLY_HELP": "REFERRAL", "REFERRAL": "EARLY_HELP", "IMMEDIATE": "REFERRAL"}  # else early help
LEVEL_OF = {"EARLY_HELP": 3, "REFERRAL": 4}


def review_weeks(random: Random, staff: Staff, since: datetime, until: datetime, now: datetime) -> None:
    """Draw the samples of the weeks that begin between two moments, and take the reviews that lie before now."""
    if KIND not in processes():
        return
    agreed = pack().demonstration().value("timeliness", "decisions_agreed_at_audit")
    first = week_of(local_day(since)) + WEEK
    weeks = [first + WEEK * number for number in range((local_day(until) - first).days // 7 + 1)]
    journal = Journal(now=until)
    draw_weeks(weeks, journal)
    journal.write(SAMPLE)
    drawn = list(DecisionReview.objects.filter(state=DecisionReview.State.DRAWN, week_began_on__in=weeks))
    right = Bag(random, {True: round(len(drawn) * agreed), False: len(drawn) - round(len(drawn) * agreed)})
    journal = Journal()
    for row in sorted(drawn, key=lambda row: (row.week_began_on, row.decision_id)):
        at = _when(random, row)
        if at <= now:
            _review(random, staff, journal, row, at, right.take())
    journal.now = now
    journal.write(DEMONSTRATION)


def _when(random: Random, row: DecisionReview) -> datetime:
    days = random.uniform(7.5, 12) if random.random() < LATE else random.uniform(0.4, 4.4)
    return open_from(first_moment(row.week_began_on) + DAY * days, OFFICE) + timedelta(minutes=random.randint(1, 200))


def _review(random: Random, staff: Staff, journal: Journal, row: DecisionReview, at: datetime, agrees: bool) -> None:
    decision = row.decision
    reviewers = [worker for role in sorted(REVIEWERS) for worker in staff.in_role[role] if worker != row.decided_by]
    journal.now = at
    found: dict[str, Any] = {name: random.choices(list(KEPT), list(KEPT.values()))[0] for name in KEPT_OF}
    found |= {"agrees": agrees, "would_outcome": "", "would_level": None}
    if not agrees:
        found["would_outcome"] = OTHERWISE.get(decision.outcome, "EARLY_HELP")
        found["would_level"] = LEVEL_OF[found["would_outcome"]]
    found["finding"] = one_of(random, "review", "agrees" if agrees else found["would_outcome"])
    by = staff.viewer(random.choice(reviewers))
    take(row, "review", by=by, on=at, into=journal, **found)

"""The weekly sample: last week's decisions, as many as the pack says, drawn when somebody opens the page.

No nightly job: whoever opens the page first in a week has the sample drawn, and whoever opens it later finds the same.
The draw is the order of a digest of the week and the decision's number, so that anybody can make it again, and nobody
can arrange it. A decision about a child whom a circle locks is not drawn: whoever reviews is outside the circle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.apps import apps

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin
from righthelp.guard import log
from righthelp.guard.turns import wait_for_turn
from righthelp.guard.viewers import SAMPLE, looking
from righthelp.kernel.moments import first_moment, local_day
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.processes.decision_review.models import DecisionReview
from righthelp.record.models import TimelineEvent

WEEK = timedelta(days=7)
WEEKS_BACK = 4  # a week in which nobody opened the page is drawn later, and shown as late; not for ever


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def draw(now: datetime) -> int:
    """Draw what is not drawn yet. How many were drawn."""
    this_week = week_of(local_day(now))
    weeks = [this_week - WEEK * back for back in range(WEEKS_BACK)]
    with looking(SAMPLE):
        if not any(_decided(week).exists() for week in _not_drawn(weeks)):
            return 0
        wait_for_turn("draw decisions to review")  # of two who open the page at once, the second finds it drawn
        journal = Journal(now=now)
        drawn = draw_weeks(_not_drawn(weeks), journal)
        if drawn:
            journal.write(SAMPLE)
            log.job(SAMPLE, "The weekly sample of decisions was drawn")
    return drawn


def draw_weeks(weeks: Sequence[date], journal: Journal) -> int:
    """Draw the samples of these weeks into a journal. How many were drawn."""
    chosen = [(week, one) for week in weeks for one in sample(week)]
    deciders = _deciders([decision.contact_id for _, decision in chosen])
    for week, decision in chosen:
        begin(
            DecisionReview,
            "draw",
            by=SAMPLE,
            on=min(journal.moment(), first_moment(week)),
            person=decision.contact.entry.person,
            into=journal,
            decision=decision,
            decided_on=local_day(decision.decided_at),
            decided_by=deciders.get((decision.contact_id, decision.decided_at)),
            week_began_on=week,
        )
    return len(chosen)


def _not_drawn(weeks: Sequence[date]) -> list[date]:
    drawn = set(DecisionReview.objects.filter(week_began_on__in=weeks).values_list("week_began_on", flat=True))
    return [week for week in weeks if week not in drawn]


def sample(week: date) -> list[Any]:
    """The decisions to be reviewed in the week that begins then: those of the week before, at random, made again."""
    size = int(pack().word("decisions_reviewed_a_week"))
    made = sorted(_decided(week).values_list("pk", flat=True), key=lambda number: lot(week, number))
    found: list[Any] = []
    for first in range(0, len(made), size):  # most are nobody's who is locked: the first few are nearly always enough
        if len(found) >= size:
            break
        some = _unlocked(made[first : first + size])
        found += sorted(some, key=lambda decision: lot(week, decision.pk))
    return found[:size]


def lot(week: date, number: object) -> str:
    """A decision's place in the draw."""
    return sha256(f"{week.isoformat()} {number}".encode()).hexdigest()


def _decided(week: date) -> Any:
    """The decisions of the week before that no draw has drawn."""
    decided = apps.get_model("contact", "ContactDecision").objects.filter(
        decided_at__gte=first_moment(week - WEEK), decided_at__lt=first_moment(week)
    )
    return decided.exclude(pk__in=DecisionReview.objects.values("decision"))


def _unlocked(decisions: Sequence[object]) -> list[Any]:
    """Those of them that are about a child on record whom no circle locks."""
    decision = apps.get_model("contact", "ContactDecision")
    # Table after table by their keys: as one join it may be begun from every contact there is.
    found = decision.objects.filter(pk__in=decisions).prefetch_related("contact__entry__person")
    return [one for one in found if one.contact.entry.circle_id is None and _nobody_locked(one.contact.entry.person)]


def _nobody_locked(person: Person | None) -> bool:
    return person is not None and person.circle_id is None


def _deciders(contacts: list[Any]) -> dict[tuple[Any, datetime], Any]:
    """Who took each decision, by the contact and the moment."""
    events = TimelineEvent.objects.filter(entry__in=contacts, step__in=["decide", "decide_again"])
    return {(event.entry_id, event.at): event.by for event in events.select_related("by")}

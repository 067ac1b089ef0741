"""A visit to a child, whichever plan or assessment calls for it: the page that every kind of visit is made from."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import several
from righthelp.engine.process import Process
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, Step, step
from righthelp.record.models import Attempt, Participant
from righthelp.record.taking_part import takes_part


class VisitState(models.TextChoices):
    """Where a visit stands."""

    DUE = "DUE", "due"
    MADE = "MADE", "made"
    LAPSED = "LAPSED", "no longer due"


def made_by_now(visit: Visit) -> Fault | None:
    """What is still to come has not been seen."""
    if visit.visited_at and visit.visited_at > visit.also.on:
        return Fault("A visit is recorded once it has been made.", at="visited_at")
    return None


def voice_or_reason(visit: Visit) -> Fault | None:
    """A child who was seen alone has a voice in the record, in words or in what they showed."""
    if visit.seen_alone and not (visit.child_says or visit.child_shows):
        return Fault(
            "Write what the child said, or what they showed if they do not yet speak or did not want to.",
            at="child_says",
        )
    return None


class Visit(Process):
    """A visit to a child: due by the plan's rule, or made when it is needed.

    A page made from it says by which law or standard it is due (`clocks`), from which row it arises (`origin`), and
    begins by `fall_due`.
    """

    State = VisitState
    ENDS: ClassVar = {VisitState.MADE, VisitState.LAPSED}
    ends_with_origin = "lapse"
    several: ClassVar = {"tries": several(Attempt)}
    origin: ClassVar[str] = "plan"  # the field that names what calls for it
    visitors: ClassVar[set[str]] = set()
    asked_afresh = frozenset({"visited_at", "child_says", "child_shows", "home", "finds"})

    due_from_on = models.DateField("counted from", null=True)
    visited_at = models.DateTimeField("when was the visit?", null=True)
    purpose = models.TextField("what was it for?", max_length=1000, blank=True)
    place = CodeField("where was the child seen?", code_set="visit_place")
    expected = models.BooleanField("did the family know that you were coming?", null=True)
    who_was_seen = models.CharField("who else was there?", max_length=300, blank=True)
    seen_alone = models.BooleanField("was the child seen alone?", null=True)
    not_alone_because = models.TextField("why not?", max_length=1000, blank=True)
    child_says = models.TextField("what did the child say, in their own words?", max_length=4000, blank=True)
    child_shows = models.TextField(
        "what did the child show: how did they look, play, behave?", max_length=4000, blank=True
    )
    home = models.TextField("what was home like, where you saw it?", max_length=4000, blank=True)
    finds = models.TextField("what does it mean for the plan, and what happens next?", max_length=4000, blank=True)
    visited_by = models.CharField("who visited", max_length=200, blank=True)

    SHOWN_TO_EVERYONE: ClassVar = {"due_from_on", "visited_at", "place", "seen_alone", "visited_by"}
    SHOWN_TO_TEAM: ClassVar = {
        "purpose", "expected", "who_was_seen", "not_alone_because", "child_says", "child_shows", "home", "finds",
    }  # fmt: skip

    class Meta(Process.Meta):
        abstract = True

    @property
    def came_from(self) -> Process:
        """The plan or assessment that calls for it."""
        row: Process = getattr(self, self.origin)
        return row

    @property
    def is_awaited(self) -> bool:
        """Whether it is waited for, or was made: one that lapsed with its plan has no deadline."""
        return self.state != VisitState.LAPSED

    @property
    def goes_on(self) -> bool:
        """Whether another visit is due once this one is made."""
        return not self.came_from.ended

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        """A partner who leads visits; others who help the family do not write in a visit."""
        if viewer.is_county or takes_part(self.pk, viewer, Participant.Part.LEADS):
            return ""
        return "This is for whoever leads the plan with the family."

    def begins_with(self, on: datetime) -> None:
        """It is held by whoever holds what it arises from."""
        self.also.arises_from(self.came_from.entry)
        self.due_from_on = self.due_from_on or local_day(on)

    def tell_what_called_for_it(self) -> None:
        """What the plan or assessment itself says of a visit that was made, where it says anything."""

    def fall_due_again(self, last: date) -> None:
        """The next visit is due from this day."""
        if self.goes_on:
            self.also.begin(
                type(self), "fall_due", self.entry.person, {self.origin: self.came_from, "due_from_on": last},
                arose_from=self.came_from.entry,
            )  # fmt: skip

    @step(
        "Record the visit",
        past="The child was visited",
        leaves=VisitState.DUE,
        reaches=VisitState.MADE,
        by="visitors",
        asks=[
            "visited_at", "purpose", "place", "expected", "who_was_seen", "seen_alone", "not_alone_because",
            "child_says", "child_shows", "home", "finds",
        ],
        optional={"who_was_seen", "child_says", "child_shows", "home"},
        only_when={"not_alone_because": ("seen_alone", {False})},
        needs=[made_by_now, voice_or_reason],
        significant=True,
        siblings=True,  # one visit to a home is a visit to each child there; each is seen and heard as themselves
        own={"seen_alone", "not_alone_because", "child_says", "child_shows", "finds"},
    )  # fmt: skip
    def record(self, on: datetime) -> None:
        """The child was seen: when, where, with whom, what they said and showed, and what it means for the plan."""
        assert self.visited_at is not None  # the step asks for it
        self.visited_by = self.also.by.name
        self.tell_what_called_for_it()
        self.fall_due_again(local_day(self.visited_at))

    @step(
        "Record that the child was not seen",
        past="A visit was tried, and the child was not seen",
        leaves=VisitState.DUE,
        by="visitors",
        asks=["tries"],
    )
    def attempt(self, on: datetime) -> None:
        """What was tried and what came of it. The visit stays due; each attempt stands."""

    @step(
        "Say that it is no longer due",
        past="A visit is no longer due",
        leaves=VisitState.DUE,
        reaches=VisitState.LAPSED,
        by={STEP.name},
    )
    def lapse(self, on: datetime) -> None:
        """What called for it has ended."""

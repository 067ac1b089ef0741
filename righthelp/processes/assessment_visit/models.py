"""A visit to a child who is assessed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.visit import Visit, VisitState
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, step
from righthelp.packs import pack


class AssessmentVisit(Visit):
    """A visit for an assessment. Every child who is assessed is seen, and seen alone, to be heard without the family.

    The county requires it of every assessment. A visit at which the child was not seen alone leaves that to be done:
    the next one is due by the same day. Once it is done visits go on as the assessment needs them.
    """

    origin = "assessment"
    visitors: ClassVar = {"social worker", "team manager", "early help worker", "early help manager"}

    assessment = models.ForeignKey(
        "assessment.Assessment", verbose_name="assessment", on_delete=models.PROTECT, related_name="visits"
    )
    still_to_be_seen = models.BooleanField("the child is still to be seen alone", default=False)

    clocks = [
        Clock(
            "seen alone",
            law="assessment.child_seen",
            starts="due_from_on",
            stops="seen_alone_at",
            when="waits_to_be_seen",
            awaits="Child seen, and seen alone, within {length}",
        )
    ]

    class Shown:
        everyone = {"assessment", "still_to_be_seen", *Visit.SHOWN_TO_EVERYONE}
        team = {*Visit.SHOWN_TO_TEAM}
        restricted: set[str] = set()

    class Meta(Visit.Meta):
        abstract = False
        verbose_name = "visit for an assessment"
        verbose_name_plural = "visits for assessments"
        indexes = [models.Index(fields=["assessment"], name="assessment_visit_of")]

    @property
    def seen_in_person(self) -> bool:
        """Whether the child was seen where they were: a call is no visit."""
        places = pack().codes("visit_place")
        return bool(self.visited_at) and self.place in places and places[self.place].also["seen"] == "in person"

    @property
    def seen_alone_at(self) -> datetime | None:
        return self.visited_at if self.seen_alone and self.seen_in_person else None

    @property
    def waits_to_be_seen(self) -> bool:
        """Whether seeing the child alone rests, or rested, on this visit: where it did not come about, on the next."""
        return self.still_to_be_seen and (self.state == VisitState.DUE or self.seen_alone_at is not None)

    @step(
        "Call for a visit",
        past="A visit is due",
        reaches=VisitState.DUE,
        by={STEP.name},
        asks=["assessment", "due_from_on", "still_to_be_seen"],
        optional={"due_from_on", "still_to_be_seen"},
    )
    def fall_due(self, on: datetime) -> None:
        """The assessment calls for it."""
        self.begins_with(on)

    def fall_due_again(self, last: date) -> None:
        """The next visit: by the same day, where the child is still to be seen alone."""
        if not self.goes_on:
            return
        still = self.still_to_be_seen and self.seen_alone_at is None
        answers = {
            "assessment": self.assessment,
            "due_from_on": self.due_from_on if still else last,
            "still_to_be_seen": still,
        }
        arose_from = self.assessment.entry
        self.also.begin(type(self), "fall_due", self.entry.person, answers, arose_from=arose_from)

    def tell_what_called_for_it(self) -> None:
        """The assessment says when the child was seen, and seen alone; so does the referral that nobody told yet."""
        if self.visited_at is not None and self.seen_in_person:
            self._tell_the_assessment(local_day(self.visited_at))
            self._tell_the_referral()

    def _tell_the_assessment(self, day: date) -> None:
        touched: Any = self.also.journal.touched
        assessment = touched.get(self.assessment.pk, self.assessment)
        assessment.child_seen_on = assessment.child_seen_on or day
        if self.seen_alone:
            assessment.child_seen_alone_on = assessment.child_seen_alone_on or day
        self.also.change(assessment, "child_seen_on", "child_seen_alone_on")

    def _tell_the_referral(self) -> None:
        """Where nobody has said yet that the child of a referral was seen, this visit says it."""
        referral: Any = self.assessment.referral
        if referral is not None and not referral.ended and referral.child_seen_at is None:
            seen = {"child_seen_at": self.visited_at, "seen_by_whom": f"{self.visited_by}, on a visit"[:200]}
            self.also.take(referral, "record_seen", seen)

"""An emergency opening of a locked record (break-glass)."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp import law
from righthelp.engine.process import Process
from righthelp.guard.models import Circle, Opening, Worker
from righthelp.guard.roles import names_where
from righthelp.kernel.moments import first_moment
from righthelp.kernel.page import Clock, step
from righthelp.people.matching import locked_match
from righthelp.people.told import Told

REVIEWERS = {"head of service", "information governance"}


def not_their_own(opening: BreakGlass) -> str | None:
    """Nobody reviews what they opened themselves."""
    reviewer = getattr(opening.also.by, "worker", None)
    return "Somebody else must review what you opened." if reviewer == opening.opened_by_id else None


def there_is_one(opening: BreakGlass) -> str | None:
    """Only a record that is there, and locked, is opened this way; the attempt is logged either way."""
    if locked_match(opening.told):
        return None
    return (
        "No locked record was found for this child. Check the name and the date of birth, or tell the front door of "
        "your worry: whoever may open the record will see it."
    )


class BreakGlass(Process):
    """A worker opened a locked record in an emergency, said why, and somebody else reviews it in time.

    The record of a child is confidential (UK GDPR, articles 5 and 32); a child in danger comes before a lock.
    """

    class State(models.TextChoices):
        OPENED = "OPENED", "opened, waiting for review"
        REVIEWED = "REVIEWED", "reviewed"

    ENDS = {State.REVIEWED}
    team_receives = "break_glass"
    attempts_logged = True  # or the form would tell, unseen, who is locked

    class Finding(models.TextChoices):
        NEEDED = "NEEDED", "It was needed"
        MISTAKE = "MISTAKE", "It was not needed, and was an honest mistake"
        MISUSE = "MISUSE", "It was misuse, and has been reported"

    child_given = models.CharField("first name", max_length=100)
    child_family = models.CharField("last name", max_length=100)
    child_born_on = models.DateField("date of birth")
    circle = models.ForeignKey(Circle, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    why = models.TextField("why must you open this record now?", max_length=2000)
    opened_at = models.DateTimeField("opened")
    closes_at = models.DateTimeField("closes")
    finding = models.CharField("what do you find?", max_length=8, choices=Finding.choices, blank=True)
    finding_reason = models.TextField("why?", max_length=2000, blank=True)
    reviewed_at = models.DateTimeField("reviewed", null=True)

    clocks = [
        Clock("review", law="access.break_glass_review", starts="opened_at", stops="reviewed_at"),
    ]

    class Shown:
        everyone = {"opened_by", "opened_at", "closes_at", "reviewed_at", "finding"}
        team = {"why", "finding_reason", "circle", "child_given", "child_family", "child_born_on"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "emergency opening"
        verbose_name_plural = "emergency openings"

    @property
    def told(self) -> Told:
        return Told(given=self.child_given, family=self.child_family, born_on=self.child_born_on)

    @step(
        "Open a locked record",
        past="A locked record was opened in an emergency",
        reaches=State.OPENED,
        by=names_where(opens_children=True),
        asks=["child_given", "child_family", "child_born_on", "why"],
        needs=[there_is_one],
        significant=True,
    )
    def open(self, on: datetime) -> None:
        """Open a locked record for some hours, because a child may be harmed while you wait. It is always reviewed."""
        match = locked_match(self.told)
        assert match is not None  # `there_is_one`
        self.also.about(match.person)
        assert match.person.circle_id is not None
        self.circle_id = match.person.circle_id
        self.opened_by_id = self.also.by.worker  # type: ignore[union-attr]
        self.opened_at = on
        self.closes_at = first_moment(law.due("access.break_glass_length", on))
        self.also.write(
            Opening(
                circle=self.circle,
                worker_id=self.opened_by_id,
                opened_at=self.opened_at,
                closes_at=self.closes_at,
            )
        )

    @step(
        "Review",
        past="The emergency opening was reviewed: {finding}",
        leaves=State.OPENED,
        reaches=State.REVIEWED,
        by=REVIEWERS,
        asks=["finding", "finding_reason"],
        needs=[not_their_own],
    )
    def review(self, on: datetime) -> None:
        """Somebody else says whether it was needed."""
        self.reviewed_at = on

"""The children whom a worker helps, as supervision talks of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.rules import Both, Through, Unlocked
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, Holding

if TYPE_CHECKING:
    from righthelp.processes.supervision.models import Supervision


class SupervisionChild(GuardedModel):
    """A child whom the worker helps, and what supervision says of them: this part goes on the child's own record."""

    class Safe(models.TextChoices):
        YES = "YES", "Safe enough today"
        NO = "NO", "Not safe enough today"
        NOT_KNOWN = "NOT_KNOWN", "Not known whether safe enough"

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="children_in_supervision")
    number = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField(null=True)  # no longer with this worker, before it was talked about
    talked = models.TextField(
        "what was talked about: how is the child, what do they say, what has changed?", max_length=4000, blank=True
    )
    safe_enough = models.CharField("is the child safe enough today?", max_length=10, choices=Safe.choices, blank=True)
    safe_because = models.TextField("why do you say so?", max_length=4000, blank=True)
    agreed = models.BooleanField("do you agree with the direction of the work?", null=True, blank=True)
    decided = models.TextField("what is decided, and why?", max_length=4000, blank=True)
    what = models.TextField("what will be done?", max_length=1000, blank=True)
    who = models.CharField("who does it?", max_length=200, blank=True, help_text="Their full name.")
    due_on = models.DateField("by when?", null=True, blank=True)

    ASKED = ("talked", "safe_enough", "safe_because", "agreed", "decided", "what", "who", "due_on")
    WHOLE = ("talked", "safe_enough", "safe_because", "agreed", "decided")
    seen_by = [Both(Through("entry"), Unlocked(people=("person",), needs_person=True))]

    class Meta:
        verbose_name = "child talked about"
        verbose_name_plural = "children talked about"
        indexes = [
            models.Index(fields=["entry"], name="supervision_child_entry"),
            models.Index(fields=["person"], name="supervision_child_person"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_theirs(self) -> bool:
        return self.left_on is None

    @property
    def act(self) -> list[dict[str, object]]:
        """What will be done for the child, as the child's own record asks it."""
        return [{"what": self.what, "who": self.who, "due_on": self.due_on}] if self.what else []


def held_by(worker: UUID, at: datetime) -> Iterator[UUID]:
    """The children of whose work this worker holds any part at a moment."""
    then = Q(until__isnull=True) | Q(until__gt=at)
    held = list(Holding.objects.filter(then, worker=worker, since__lte=at).values_list("entry", flat=True))
    # Apart, each by its index: as one join it may be begun from every entry that there is.
    entries = CaseEntry.objects.filter(pk__in=held, person__isnull=False)
    return iter(entries.order_by("person").values_list("person", flat=True).distinct())


def bring_up_to_date(row: Supervision) -> None:
    """List the children whom the worker helps now; who has gone to somebody else is talked about there."""
    kept = {one.person_id: one for one in SupervisionChild.objects.filter(entry=row.pk)}
    kept |= {one.person_id: one for one in row.also.journal.rows(SupervisionChild) if one.entry_id == row.pk}
    now = list(held_by(row.worker_id, row.also.on))
    for number, person in enumerate((one for one in now if one not in kept), start=len(kept) + 1):
        row.also.write(SupervisionChild(entry=row.entry, person_id=person, number=number))
    for person, one in kept.items():
        left_on = None if person in now else row.today
        if (one.left_on is None) is not (left_on is None):
            one.left_on = left_on
            row.also.change(one, "left_on")

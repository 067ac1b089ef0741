"""What the demonstration keeps for itself: how its county was made, and what the people in it are about to do."""

from __future__ import annotations

from django.db import models

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Worker
from righthelp.record.models import CaseEntry


class DemonstrationCounty(GuardedModel):
    """The county that was made: from which seed, how large, and up to which moment. There is one at most."""

    seed = models.IntegerField()
    children = models.PositiveIntegerField()
    months = models.FloatField()
    began_at = models.DateTimeField()  # the present moment of its first day
    made_up_to = models.DateTimeField(null=True)  # empty until its latest months are whole
    made_back_to = models.DateTimeField(null=True)  # empty when all its months were made at once
    parts_made = models.PositiveSmallIntegerField(default=0)  # a bit for each part that is whole

    # Nobody's to see: only purposes do.
    seen_by = ()
    audited = False  # it says nothing of anybody

    class Meta:
        verbose_name_plural = "demonstration counties"

    def __str__(self) -> str:
        return f"Demonstration county of {self.children} children, seed {self.seed}"


class PlannedStep(GuardedModel):
    """A step that an invented worker will take later: done, and forgotten, when its time has come."""

    contact = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="+")  # the worry that it follows from
    at = models.DateTimeField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)

    seen_by = ()
    audited = False
    removable = True

    class Meta:
        indexes = [models.Index(fields=["at"], name="planned_step_at")]

    def __str__(self) -> str:
        return f"{self.step} on {self.at:%d %B %Y}"

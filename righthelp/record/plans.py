"""What a plan is made of, whichever process has one: what is to be different, and who does what by when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Worker
from righthelp.guard.rules import Own, Through
from righthelp.record.taking_part import Involved


class Outcome(GuardedModel):
    """What a family and those who help them want to be different, in the family's own words."""

    class Reached(models.TextChoices):
        NOT_YET = "NOT_YET", "Not yet"
        PARTLY = "PARTLY", "Partly"
        REACHED = "REACHED", "Yes"
        GIVEN_UP = "GIVEN_UP", "No longer wanted"

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField()
    words = models.TextField("what is to be different, in the family's own words?", max_length=1000)
    known_by = models.TextField("how will everybody know that it is?", max_length=1000, blank=True)
    reached = models.CharField("is it so now?", max_length=8, choices=Reached.choices, default=Reached.NOT_YET)
    reached_says = models.TextField("what has changed, and who says so?", max_length=2000, blank=True)

    asked_with = ("words", "known_by")
    must_have = frozenset({"words"})
    seen_by = [Through("entry"), Involved()]

    class Shown:
        # Whether it was reached, and never in whose words
        everyone: ClassVar = {"entry", "number", "reached"}

    class Meta:
        verbose_name = "outcome"
        indexes = [models.Index(fields=["entry"], name="outcome_entry")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_wanted(self) -> bool:
        return self.reached in {self.Reached.NOT_YET, self.Reached.PARTLY}


class Action(GuardedModel):
    """Who does what by when. Its progress is said at each review; past its day and not done, it is overdue."""

    class Done(models.TextChoices):
        NOT_YET = "NOT_YET", "Not yet"
        DONE = "DONE", "Done"
        DROPPED = "DROPPED", "No longer needed"

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField("what will be done?", max_length=1000)
    who = models.CharField("who does it?", max_length=200, help_text="Their full name, as the plan will say it.")
    due_on = models.DateField("by when?")
    done = models.CharField("is it done?", max_length=8, choices=Done.choices, default=Done.NOT_YET)
    progress = models.TextField("how far has it come?", max_length=2000, blank=True)
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")  # where `who` is one

    asked_with = ("what", "who", "due_on")
    must_have = frozenset({"what", "who", "due_on"})
    seen_by = [Through("entry"), Involved(), Own("worker")]

    class Meta:
        verbose_name = "action"
        indexes = [
            models.Index(fields=["entry"], name="action_entry"),
            models.Index(fields=["due_on"], name="action_not_done", condition=Q(done="NOT_YET")),
            models.Index(fields=["worker"], name="action_of_worker", condition=Q(done="NOT_YET")),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.who})"

    @property
    def is_open(self) -> bool:
        return self.done == self.Done.NOT_YET


class PlanCopy(GuardedModel):
    """Somebody of the family who was given the plan on one page."""

    class How(models.TextChoices):
        HAND = "HAND", "By hand"
        POST = "POST", "By post"

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="plan_copies")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("full name", max_length=100)
    who = models.CharField("who are they to the child?", max_length=90, help_text="The child, mother, grandmother.")
    how = models.CharField("how do you give it to them?", max_length=4, choices=How.choices)

    asked_with = ("name", "who", "how")
    must_have = frozenset({"name", "who", "how"})
    seen_by = [Through("entry"), Involved()]
    append_only = True

    class Meta:
        verbose_name = "copy of the plan"
        verbose_name_plural = "copies of the plan"
        indexes = [models.Index(fields=["entry"], name="plan_copy_entry")]

    def __str__(self) -> str:
        return f"{self.name}, {self.who}"

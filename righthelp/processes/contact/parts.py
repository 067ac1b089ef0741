"""Rows that belong to a worry: the family as told, and every decision ever made on it."""

from __future__ import annotations

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import Part
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.rules import Through
from righthelp.processes.contact.questions import LEVELS, Outcome


class ContactAdult(Part):
    """An adult of the child's family or household, as the sender told us: who has parental responsibility."""

    contact = models.ForeignKey("contact.Contact", on_delete=models.PROTECT, related_name="adults")
    name = models.CharField("full name", max_length=200, blank=True)
    relationship = CodeField("who are they to the child?", code_set="relationship", max_length=30)
    parental_responsibility = models.CharField(
        "do they have parental responsibility?",
        max_length=8,
        choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "I do not know")],
        blank=True,
    )
    lives_with_child = models.BooleanField("do they live with the child?", null=True, blank=True)
    telephone = models.CharField("telephone number", max_length=30, blank=True)

    asked_with = ("name", "relationship", "parental_responsibility", "lives_with_child", "telephone")
    must_have = frozenset({"name", "relationship", "parental_responsibility"})
    seen_by = [Through("contact")]

    class Meta(Part.Meta):
        verbose_name = "adult"

    def __str__(self) -> str:
        return self.name


class ContactChild(Part):
    """Another child of the family or household, as the sender told us, and whether the worry is about them too."""

    contact = models.ForeignKey("contact.Contact", on_delete=models.PROTECT, related_name="other_children")
    given = models.CharField("first name", max_length=100, blank=True)
    family = models.CharField("last name", max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    worried_too = models.BooleanField("are you worried about this child too?", null=True, blank=True)

    asked_with = ("given", "family", "born_on", "worried_too")
    must_have = frozenset({"given", "family", "worried_too"})
    seen_by = [Through("contact")]

    class Meta(Part.Meta):
        verbose_name = "child in the family"

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class ContactDecision(GuardedModel):
    """One decision on a worry, as it was made. The newest is in force; none is ever changed."""

    contact = models.ForeignKey("contact.Contact", on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    reason = models.TextField()
    why_changed = models.TextField(blank=True)
    told_sender = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    seen_by = [Through("contact", county=True)]
    append_only = True

    class Shown:
        everyone = {"contact", "number", "outcome", "level", "decided_at"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "number"], name="contact_decision_number_once")]
        indexes = [models.Index(fields=["decided_at"], name="contact_decision_at")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Decision {self.number}"


class UnsentWorry(GuardedModel):
    """What somebody who is not signed in has typed on the public form and not yet sent: nobody's, read by nobody.

    It is found again only by the browser that holds its number, is gone once it is sent, left or old, and is never
    evidence and never counted.
    """

    step = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    removable = True
    audited = False

    class Meta:
        verbose_name_plural = "unsent worries"
        indexes = [models.Index(fields=["saved_at"], name="unsent_worry_saved")]

    def __str__(self) -> str:
        return "An unsent worry"

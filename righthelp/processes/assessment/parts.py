"""Rows that belong to an assessment: what was found in each part of the child's life, and each look of a manager."""

from __future__ import annotations

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import Part
from righthelp.guard.rules import Through


class AssessmentDomain(Part):
    """One part of the child's life and family, as the county divides them, and what was found in it."""

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="domains")
    domain = CodeField("part of the child's life", code_set="family_domain")
    strengths = models.TextField("what goes well, and how do you know?", max_length=4000, blank=True)
    worries = models.TextField("what worries people, and how do you know?", max_length=4000, blank=True)
    to_change = models.TextField("what needs to change?", max_length=4000, blank=True)

    asked_with = ("strengths", "worries", "to_change")
    heads_itself = True
    seen_by = [Through("assessment")]
    append_only = False

    class Meta(Part.Meta):
        verbose_name = "part of the child's life"
        verbose_name_plural = "parts of the child's life"
        constraints = [models.UniqueConstraint(fields=["assessment", "domain"], name="assessment_domain_once")]

    def __str__(self) -> str:
        codes = self._meta.get_field("domain").codes()  # type: ignore[union-attr]
        return str(codes.label(self.domain)) if self.domain in codes else self.domain

    @property
    def is_written(self) -> bool:
        return bool(self.strengths or self.worries or self.to_change)


class AssessmentLook(Part):
    """That a manager looked at an assessment while it was under way, and what they found and asked for."""

    assessment = models.ForeignKey("assessment.Assessment", on_delete=models.PROTECT, related_name="looks")
    looked_at = models.DateTimeField("looked at", null=True)
    looked_by = models.CharField("by", max_length=200, blank=True)
    found = models.TextField(
        "what did you find: is the child seen, does it get on, what does it lack?", max_length=4000
    )
    asks_for = models.TextField("what do you ask of the worker, and by when?", max_length=2000, blank=True)

    asked_with = ("found", "asks_for")
    must_have = frozenset({"found"})
    most = 1
    seen_by = [Through("assessment", county=True)]
    append_only = False

    class Meta(Part.Meta):
        verbose_name = "look of a manager"
        verbose_name_plural = "looks of managers"

    def __str__(self) -> str:
        return self.found

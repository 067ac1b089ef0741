"""A visit to a child under a child protection plan."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.visit import Visit, VisitState
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, step


class ChildProtectionVisit(Visit):
    """The child is seen, and seen alone, at home and elsewhere, as often as the child protection plan says.

    Working Together to Safeguard Children sets no number; the county's own is not confirmed.
    """

    visitors = {"social worker", "team manager"}

    plan = models.ForeignKey(
        "child_protection_plan.ChildProtectionPlan", verbose_name="child protection plan", on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    clocks = [
        Clock("visit", law="child_protection.visit", starts="due_from_on", stops="visited_at", when="is_awaited",
              awaits="Child protection visit"),
    ]  # fmt: skip

    class Shown:
        everyone = Visit.SHOWN_TO_EVERYONE
        team = Visit.SHOWN_TO_TEAM | {"plan"}
        restricted: set[str] = set()

    class Meta(Visit.Meta):
        verbose_name = "child protection visit"
        verbose_name_plural = "child protection visits"
        indexes = [models.Index(fields=["plan"], name="protection_visit_plan")]

    @step(
        "Call for a visit",
        past="A child protection visit is due",
        reaches=VisitState.DUE,
        by={STEP.name},
        asks=["plan", "due_from_on"],
    )
    def fall_due(self, on: datetime) -> None:
        """The plan calls for it, from its beginning and from each visit on."""
        self.begins_with(on)

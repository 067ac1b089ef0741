"""A visit to a child whose family gets help by a plan."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from righthelp.engine.meeting import in_short
from righthelp.engine.visit import Visit, VisitState
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, step


class FamilyVisit(Visit):
    """A visit to a child in early help, or to a child in need, who is seen, and seen alone where they want it.

    How often is the plan's to say (Working Together to Safeguard Children); each area sets what is usual. Whoever
    leads visits: an early help worker, a social worker, or a worker of the agency that leads.
    """

    visitors: ClassVar = {
        "early help worker", "early help manager", "social worker", "team manager", "partner", "partner lead",
    }  # fmt: skip

    plan = models.ForeignKey("family_help.FamilyHelp", on_delete=models.PROTECT, related_name="+")
    about = models.CharField("who it is about", max_length=300, blank=True)
    in_need = models.BooleanField("of a child in need", default=False)
    first = models.BooleanField("the first at this level", default=False)
    by_county = models.BooleanField("by a worker of the county", default=True)

    clocks: ClassVar = [
        Clock("visit", law="early_help.visit", starts="due_from_on", stops="visited_at", when="is_in_early_help",
              awaits="the family is visited"),
        Clock("child seen", law="child_in_need.visit", starts="due_from_on", stops="visited_at", when="in_need",
              awaits="the child in need is seen"),
    ]  # fmt: skip

    class Shown:
        everyone = Visit.SHOWN_TO_EVERYONE | {"in_need", "first", "by_county"}
        team = Visit.SHOWN_TO_TEAM | {"plan", "about"}
        restricted: ClassVar[set[str]] = set()
        # Only whoever leads takes part in a visit: they read what they wrote, and no visit of anybody else.
        involved = Visit.SHOWN_TO_EVERYONE | Visit.SHOWN_TO_TEAM | {"plan", "about", "in_need", "first", "by_county"}

    class Meta(Visit.Meta):
        verbose_name = "visit in family help"
        verbose_name_plural = "visits in family help"
        indexes = [models.Index(fields=["plan"], name="family_visit_plan")]

    @property
    def has_not_been(self) -> bool:
        return self.state == VisitState.DUE

    @property
    def is_in_early_help(self) -> bool:
        """The standard is for families with an early help worker; another agency's lead visits as their work asks."""
        return not self.in_need and self.by_county

    @property
    def goes_on(self) -> bool:
        return not self.plan.ended and self.plan.has_a_team

    @property
    def heading(self) -> str:
        return self.workspace_words

    @property
    def workspace_words(self) -> str:
        return f"{self.title()}: {self.about}"

    @step(
        "Let it fall due",
        past="A visit is due",
        reaches=VisitState.DUE,
        by={STEP.name},
        asks=["plan", "due_from_on", "first"],
        optional={"due_from_on", "first"},
    )
    def fall_due(self, on: datetime) -> None:
        """Begun by the plan, and again when the last visit was made."""
        self.begins_with(on)
        self.about = self.plan.about or in_short(self.entry.person)
        self.in_need = self.plan.is_in_need
        self.by_county = self.plan.is_led_by_county
        self.plan.let_lead_see(self)

    @step(
        "Follow the plan's level",
        past="The plan is at another level, and the visit goes by that",
        leaves=VisitState.DUE,
        by={STEP.name},
        asks=["in_need", "due_from_on"],
    )
    def follow_level(self, on: datetime) -> None:
        """The help was stepped up or down: the visit that is due stays due, by the clock of the new level."""
        self.first = True
        self.by_county = self.plan.is_led_by_county

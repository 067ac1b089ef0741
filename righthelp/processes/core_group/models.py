"""A core group: family and agencies who carry out a child protection plan."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models

from righthelp.engine.meeting import Meeting, MeetingState
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, step

LEADERS = {"social worker", "team manager"}


class CoreGroup(Meeting):
    """Family and agencies make a child protection plan whole and carry it out, between conferences.

    Working Together to Safeguard Children: it first meets within ten working days of the conference that makes the
    plan. How often after that is the plan's to say.
    """

    quorum = ("social care",)
    convenors = LEADERS
    recorders = LEADERS

    plan = models.ForeignKey(
        "child_protection_plan.ChildProtectionPlan", verbose_name="child protection plan", on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    first = models.BooleanField("the first", default=True)

    clocks = [
        Clock("first core group", law="child_protection.first_core_group", starts="due_from_on", stops="held_at",
              when="is_first", awaits="First core group held"),
        Clock("core group", law="child_protection.core_group", starts="due_from_on", stops="held_at", when="is_later",
              awaits="Core group held"),
    ]  # fmt: skip

    class Shown:
        everyone = Meeting.SHOWN_TO_EVERYONE | {"first"}
        team = Meeting.SHOWN_TO_TEAM | {"plan"}
        restricted: set[str] = set()
        involved = Meeting.SHOWN_TO_INVOLVED

    class Meta(Meeting.Meta):
        verbose_name = "core group"
        verbose_name_plural = "core groups"
        indexes = [models.Index(fields=["plan"], name="core_group_plan")]

    @property
    def goes_on(self) -> bool:
        return not self.plan.ended

    @property
    def is_first(self) -> bool:
        return self.first and self.state != MeetingState.CALLED_OFF

    @property
    def is_later(self) -> bool:
        return not self.first and self.state != MeetingState.CALLED_OFF

    @step(
        "Call for a core group",
        past="A core group is due",
        reaches=MeetingState.DUE,
        by={STEP.name},
        asks=["plan", "due_from_on", "first"],
        optional={"first"},
    )
    def fall_due(self, on: datetime) -> None:
        """The plan calls for one: first within ten working days, then as often as it says."""
        self.first = self.first is not False
        self.begins_with(on)
        self.ask_the_team(on)

    def fall_due_again(self, last: date) -> None:
        answers = {"plan": self.plan, "due_from_on": last, "first": False}
        self.also.begin(type(self), "fall_due", self.entry.person, answers, arose_from=self.plan.entry)

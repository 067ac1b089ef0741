"""A meeting of those who help a family by a plan: the team around the family, or the review of a child in need plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.doing import Doing
from righthelp.engine.meeting import AHEAD, Meeting, MeetingState
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, step
from righthelp.record.models import Invitation

LEADS = "Leads the plan"
ROLES = {"early help worker", "early help manager", "social worker", "team manager", "partner", "partner lead"}


class FamilyMeeting(Meeting):
    """At level 3 the team around the family meets and reviews the plan; at level 4 it is the review of the child in
    need plan (Children Act 1989, section 17; Working Together to Safeguard Children). Which it is, the plan's level
    says; the same people come to both. Whoever leads arranges it and writes its record.
    """

    convenors: ClassVar = ROLES
    recorders: ClassVar = ROLES

    plan = models.ForeignKey("family_help.FamilyHelp", on_delete=models.PROTECT, related_name="+")
    in_need = models.BooleanField("a review of a child in need plan", default=False)
    first = models.BooleanField("the first at this level", default=False)

    clocks: ClassVar = [
        Clock(
            "first team meeting",
            law="early_help.first_meeting",
            starts="due_from_on",
            stops="held_at",
            when="is_first_of_team",
            awaits="the team around the family meets for the first time",
        ),
        Clock(
            "team meeting",
            law="early_help.meeting",
            starts="due_from_on",
            stops="held_at",
            when="is_of_team",
            awaits="the team around the family meets again",
        ),
        Clock(
            "first review",
            law="child_in_need.first_review",
            starts="due_from_on",
            stops="held_at",
            when="is_first_review",
            awaits="the child in need plan is first reviewed",
        ),
        Clock(
            "review",
            law="child_in_need.review",
            starts="due_from_on",
            stops="held_at",
            when="is_review",
            awaits="the child in need plan is reviewed again",
        ),
    ]

    class Shown:
        everyone = Meeting.SHOWN_TO_EVERYONE | {"in_need", "first"}
        team = Meeting.SHOWN_TO_TEAM | {"plan"}
        restricted: ClassVar[set[str]] = set()
        # The team reads the whole record: it is sent to them all.
        involved = Meeting.SHOWN_TO_INVOLVED | {
            "plan", "in_need", "first", "due_from_on", "invited_at", "family_needs", "went_ahead_because", "child_part",
            "family_part", "summary", "decided", "recorded_by",
        }  # fmt: skip

    class Meta(Meeting.Meta):
        verbose_name = "meeting about a family's plan"
        verbose_name_plural = "meetings about families' plans"
        indexes = [models.Index(fields=["plan"], name="family_meeting_plan")]

    @property
    def has_not_been(self) -> bool:
        return self.state in AHEAD

    @property
    def goes_on(self) -> bool:
        """As long as the plan is worked to by a team, another is due."""
        return not self.plan.ended and self.plan.has_a_team

    @property
    def is_first_of_team(self) -> bool:
        return self.first and not self.in_need

    @property
    def is_of_team(self) -> bool:
        return not self.first and not self.in_need

    @property
    def is_first_review(self) -> bool:
        return self.first and self.in_need

    @property
    def is_review(self) -> bool:
        return not self.first and self.in_need

    def happening(self) -> str:
        kind = "Review of the child in need plan" if self.in_need else "Team around the family"
        return f"{kind}: {self.state_label}"

    @property
    def heading(self) -> str:
        return self.workspace_words

    @property
    def workspace_words(self) -> str:
        return f"{'Review' if self.in_need else 'Team around the family'}: {self.about}"

    @step(
        "Let it fall due",
        past="A meeting of those who help the family is due",
        reaches=MeetingState.DUE,
        by={STEP.name},
        asks=["plan", "due_from_on", "first"],
        optional={"due_from_on", "first"},
    )
    def fall_due(self, on: datetime) -> None:
        """Begun by the plan, and again when the last meeting was held. The team is asked to come."""
        self.begins_with(on)
        self.in_need = self.plan.is_in_need
        self.plan.let_lead_see(self)
        self._ask_the_team()

    @step(
        "Follow the plan's level",
        past="The plan is at another level, and the meeting goes by that",
        leaves=AHEAD,
        by={STEP.name},
        asks=["in_need", "due_from_on"],
    )
    def follow_level(self, on: datetime) -> None:
        """The help was stepped up or down: the meeting that is due stays due, by the clock of the new level."""
        self.first = True

    def _ask_the_team(self) -> None:
        for one in self.plan.team_now(self.also):
            self.ask_along(one, self.also)
        self.ask_lead(self.also)

    def ask_along(self, member: Any, also: Doing) -> None:
        """Somebody of the team is to come, unless they are asked already. `also` is the step in hand, here or of the
        plan."""
        self._ask(member.name, member.who, member.agency, member.worker, also)

    def ask_lead(self, also: Doing) -> None:
        """Whoever leads the plan is to come, and whoever led before is not, unless they are of the team."""
        plan = self.plan
        of_the_team = {one.name for one in plan.team_now(also)}
        for one in self._asked(also):
            if one.who == LEADS and one.name not in {plan.lead_name, *of_the_team}:
                self._leave_out(one, "No longer leads the plan", also)
        if plan.lead_agency and plan.lead_name:
            self._ask(plan.lead_name, LEADS, plan.lead_agency, plan.lead, also)

    def ask_no_more(self, member: Any, also: Doing) -> None:
        """Whoever left the team is not to come."""
        for one in self._asked(also):
            if one.name == member.name and one.agency_id == member.agency_id:
                self._leave_out(one, "No longer of the team around the family", also)

    def _ask(self, name: str, who: str, agency: Agency | None, worker: Worker | None, also: Doing) -> None:
        there = self._asked(also)
        if any(one.name == name and one.agency == agency for one in there):
            return
        number = 1 + len(also.rows_at(Invitation, self.pk))
        one = Invitation(entry=self.entry, number=number, name=name, who=who, agency=agency, worker=worker)
        also.write(one)
        also.journal.parts[(Invitation, self.pk)].append(one)

    def _asked(self, also: Doing) -> list[Invitation]:
        return [one for one in also.rows_at(Invitation, self.pk) if one.is_to_come]

    def _leave_out(self, one: Invitation, why: str, also: Doing) -> None:
        one.left_out_because = why
        also.change(one, "left_out_because")

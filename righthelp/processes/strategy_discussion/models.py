"""A strategy discussion: the agencies decide together whether enquiries under section 47 are to be made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.db import models

from righthelp.engine.composing import Section, of
from righthelp.engine.meeting import (
    Meeting,
    MeetingState,
    attendance_is_said,
    held_by_now,
    in_short,
    lies_ahead,
    quorate,
    somebody_comes,
)
from righthelp.engine.plan import agreed, due_today_or_later, hand_out
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Expect, Fault, step

THOSE_WHO_CALL = {"social worker", "team manager"}


def about_a_child(discussion: StrategyDiscussion) -> str | None:
    """It is about a child whom somebody has named."""
    return None if discussion.entry.person_id else "Open the child's record first, and begin from there."


def suspected_by_now(discussion: StrategyDiscussion) -> Fault | None:
    """A suspicion is of now or before."""
    if discussion.suspected_at and discussion.suspected_at > discussion.also.on:
        return Fault("There is reason to suspect harm now, or there was before.", at="suspected_at")
    return None


class StrategyDiscussion(Meeting):
    """Police, health and children's social care at least decide together whether a child is to be protected, and how.

    Children Act 1989, section 47; Working Together to Safeguard Children: wherever there is reasonable cause to suspect
    that a child suffers, or is likely to suffer, significant harm. What keeps the child safe meanwhile is decided in
    it. Where it decides on enquiries, they have begun.
    """

    class MadeBy(models.TextChoices):
        JOINT = "JOINT", "Children's social care and the police together"
        SOCIAL_CARE = "SOCIAL_CARE", "Children's social care alone"

    quorum = ("police", "health", "social care")
    convenors = THOSE_WHO_CALL
    recorders = THOSE_WHO_CALL
    team_receives = "strategy_discussion"
    begins_from_child = frozenset({"call"})
    ends_with_origin = ""
    several: ClassVar = {
        **{name: Meeting.several[name] for name in ("invitations", "attendance", "report")},
        "actions": agreed()["actions"],
        "outcomes": agreed()["outcomes"],
    }

    assessment = models.ForeignKey(
        "assessment.Assessment", verbose_name="assessment that called for it", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    suspected_at = models.DateTimeField("since when is there reason to suspect significant harm?", null=True)
    concern = models.TextField("what gives reason to suspect it?", max_length=8000, blank=True)
    immediate_safety = models.TextField("what keeps the child safe until it is held?", max_length=4000, blank=True)
    enquiries = models.BooleanField("are enquiries under section 47 to be made?", null=True)
    made_by = models.CharField("who makes them?", max_length=12, choices=MadeBy.choices, blank=True)
    safe_meanwhile = models.TextField(
        "what keeps this child, and other children, safe meanwhile?", max_length=4000, blank=True
    )
    medical = models.TextField(
        "is a medical examination needed: of whom, by when, who agrees?", max_length=2000, blank=True
    )
    family_told = models.TextField(
        "what is the family told, by whom and when? If nothing yet: why?", max_length=2000, blank=True
    )

    clocks = [
        Clock(
            "strategy discussion", law="child_protection.strategy_discussion", starts="suspected_at", stops="held_at",
            awaits="Strategy discussion held",
        ),
    ]  # fmt: skip
    expects = [
        Expect(
            of="section_47", step="start", when="calls_for_enquiries", link="discussion",
            carries={"made_by": "made_by", "started_on": "held_on"},
        )
    ]  # fmt: skip

    class Shown:
        everyone = Meeting.SHOWN_TO_EVERYONE | {"suspected_at", "enquiries", "made_by"}
        team = Meeting.SHOWN_TO_TEAM | {
            "assessment",
            "concern",
            "immediate_safety",
            "safe_meanwhile",
            "medical",
            "family_told",
        }
        restricted: set[str] = set()
        involved = Meeting.SHOWN_TO_INVOLVED | {"concern", "immediate_safety"}

    class Meta(Meeting.Meta):
        verbose_name = "strategy discussion"
        verbose_name_plural = "strategy discussions"

    def because(self) -> str:
        return self.concern

    @property
    def held_on(self) -> object:
        """The day on which enquiries began."""
        return local_day(self.held_at) if self.held_at else None

    @property
    def calls_for_enquiries(self) -> bool:
        return self.state == MeetingState.HELD and bool(self.enquiries)

    def more_of_the_record(self) -> Iterator[Section]:
        for heading, field in (
            ("What gave reason to suspect harm", "concern"),
            ("What keeps the child safe meanwhile", "safe_meanwhile"),
            ("Medical examination", "medical"),
            ("What the family is told", "family_told"),
        ):
            yield Section(heading, [of(self, field, self.also, label="")])
        yield Section("Enquiries under section 47", [of(self, "made_by", self.also, label="")], if_empty="None.")

    @step(
        "Call a strategy discussion",
        past="A strategy discussion was called",
        reaches=MeetingState.ARRANGED,
        by=THOSE_WHO_CALL,
        asks={
            "What you suspect": ["suspected_at", "concern", "immediate_safety"],
            "The discussion": ["meets_at", "minutes", "place", "chair", "invitations"],
        },
        optional={"chair"},
        needs=[about_a_child, suspected_by_now, lies_ahead, somebody_comes],
        siblings=True,
        significant=True,
    )
    def call(self, on: datetime) -> None:
        """Police, health and children's social care at least, today or the next working day. They are told at once."""
        self.about = in_short(self.entry.person)
        self.due_from_on = local_day(on)
        self.also.hold_myself()
        self.tell_everybody(on)
        self.invited_at = on

    @step(
        "Call for a strategy discussion after an assessment",
        past="A strategy discussion is called for",
        reaches=MeetingState.DUE,
        by={STEP.name},
        asks=["assessment", "concern"],
        significant=True,
    )
    def fall_due(self, on: datetime) -> None:
        """An assessment found reason to suspect significant harm: it is arranged now."""
        assert self.assessment is not None  # the step asks for it
        self.suspected_at = on
        self.also.arises_from(self.assessment.entry)
        self.about = in_short(self.entry.person)
        self.due_from_on = local_day(on)

    @step(
        "Record the discussion",
        past="The strategy discussion was held",
        leaves=MeetingState.ARRANGED,
        reaches=MeetingState.HELD,
        by=THOSE_WHO_CALL,
        asks={
            "Who took part": ["held_at", "attendance", "went_ahead_because"],
            "What each agency knows": ["summary", "child_part"],
            "What was decided": [
                "enquiries",
                "made_by",
                "decided",
                "safe_meanwhile",
                "medical",
                "family_told",
                "actions",
            ],
        },
        optional={"went_ahead_because", "child_part", "medical"},
        only_when={"made_by": ("enquiries", {True})},
        words={
            "summary": "what does each agency know?",
            "child_part": "what has the child said or shown so far?",
            "decided": "why was it decided so?",
        },
        needs=[held_by_now, attendance_is_said, quorate, due_today_or_later],
        siblings=True,
        own={"child_part", "enquiries", "made_by", "decided"},
        significant=True,
    )
    def hold(self, on: datetime) -> None:
        """Who took part, what each agency knows, whether enquiries are made and by whom, what keeps the child safe."""
        self.recorded_by = self.also.called
        hand_out(self)

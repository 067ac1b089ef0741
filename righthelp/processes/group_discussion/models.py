"""A reflective group discussion about a child."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from righthelp.engine.part import several
from righthelp.engine.plan import due_today_or_later, hand_out
from righthelp.engine.process import Process
from righthelp.engine.teams import team_of
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, step
from righthelp.record.models import Action

MANAGERS = {"front door manager", "early help manager", "team manager", "head of service"}
WHO_BRINGS = {*MANAGERS, "front door social worker", "early help worker", "social worker", "conference chair"}


def held_by_now(discussion: GroupDiscussion) -> Fault | None:
    """What is still to come has not been talked about."""
    if discussion.held_at and discussion.held_at > discussion.also.on:
        return Fault("The discussion cannot have been in the future. Enter when it was.", at="held_at")
    return None


def looks_back_later(discussion: GroupDiscussion) -> Fault | None:
    """What is tried is looked back on once it has been tried."""
    if discussion.look_back_on and discussion.look_back_on < local_day(discussion.also.on):
        return Fault("Enter a day to come on which you look back.", at="look_back_on")
    return None


class GroupDiscussion(Process):
    """A reflective group discussion: workers think together about one child, with a question that one of them brings.

    Group supervision in children's services is for thinking, not for deciding who does what to whom. What will be tried
    stands on the child's record. What the workers thought and felt is theirs: only those who hold the work with the
    child, and those who manage them, read it.
    """

    class State(models.TextChoices):
        TRYING = "TRYING", "being tried"
        LOOKED_BACK = "LOOKED_BACK", "looked back on"

    ENDS: ClassVar = {State.LOOKED_BACK}
    begins_from_child = True
    several: ClassVar = {
        "actions": several(Action),
        "progress": several(Action, of_each=("done", "progress"), must_have=("done",), still="is_open"),
    }

    held_at = models.DateTimeField("when was it?")
    took_part = models.TextField(
        "who took part?", max_length=1000, help_text="Names, and what each is to the child, one on a line."
    )
    led_by = models.CharField("who led it?", max_length=200)
    question = models.TextField("what question was brought?", max_length=2000)
    child_view = models.TextField(
        "what would the child say about it?", max_length=4000,
        help_text="In the child’s own words where you have them. Say where you are only guessing.",
    )  # fmt: skip
    thought = models.TextField(
        "what was thought and felt?", max_length=8000,
        help_text="Only those who hold the work with this child, and those who manage them, read this.",
    )  # fmt: skip
    will_try = models.TextField("what will be tried, and what should it change for the child?", max_length=4000)
    look_back_on = models.DateField("when do you look back on it?")
    came_of_it = models.TextField("what came of it for the child?", max_length=4000, blank=True)
    looked_back_at = models.DateTimeField("looked back", null=True)

    class Shown:
        everyone = {"held_at", "look_back_on", "looked_back_at"}
        team = {"took_part", "led_by", "question", "child_view", "will_try", "came_of_it"}
        restricted = {"thought"}

    class Meta(Process.Meta):
        verbose_name = "group discussion"

    def because(self) -> str:
        return self.question

    @step(
        "Write down a group discussion",
        past="Workers thought together about the child",
        reaches=State.TRYING,
        by=WHO_BRINGS,
        asks=[
            "held_at", "took_part", "led_by", "question", "child_view", "thought", "will_try", "look_back_on",
            "actions",
        ],
        needs=[held_by_now, looks_back_later, due_today_or_later],
    )  # fmt: skip
    def write_down(self, on: datetime) -> None:
        """Who took part, the question that was brought, what was thought, and what will be tried."""
        assert isinstance(self.also.by, AsWorker)
        self.also.happened(self.held_at)
        hand_out(self)
        if team := team_of(self.also.by.worker):
            self.also.hold(team=team, worker=self.also.by.worker)

    @step(
        "Look back on what was tried",
        past="It was looked back on what was tried",
        leaves=State.TRYING,
        reaches=State.LOOKED_BACK,
        by=WHO_BRINGS,
        asks=["came_of_it", "progress"],
    )
    def look_back(self, on: datetime) -> None:
        """What was tried, and what came of it for the child."""
        self.looked_back_at = on

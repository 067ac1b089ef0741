"""A plan with a family, whatever it is called in law: the page that every kind of plan is made from."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from righthelp.engine.issuing import Recipient
from righthelp.engine.named import worker_taking_part
from righthelp.engine.part import Several, several
from righthelp.engine.process import Process
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, step
from righthelp.record.models import Action, CaseEntry, Outcome, PlanCopy

ACTIVE = "ACTIVE"  # the state of every plan that is being worked to


def agreed(at: str = "") -> dict[str, Several]:
    """What a step may add to a plan, and say of what is in it: to that of its own entry, or of the row named `at`."""
    return {
        **({} if at else {"copies": several(PlanCopy)}),
        "outcomes": several(Outcome, at=at),
        "actions": several(Action, at=at),
        "outcomes_now": several(
            Outcome, of_each=("reached", "reached_says"), must_have=("reached",), still="is_wanted", at=at
        ),
        "progress": several(Action, of_each=("done", "progress"), must_have=("done",), still="is_open", at=at),
    }


def due_today_or_later(row: Process) -> Fault | None:
    """Nothing is agreed for a day that has gone."""
    today = local_day(row.also.on)
    for number, action in enumerate(row.also.several.get("actions", [])):
        if action["due_on"] < today:
            return Fault("An action is due today or later.", at=f"actions-{number}-due_on")
    return None


def hand_out(row: Process) -> None:
    """Who bears the full name in a new action, and takes part, is that worker: it is in their work from now on."""
    for action in row.also.told.get("actions", []):
        action.worker = worker_taking_part(action, row.also)


def becomes_the_plans(row: Process, agreed_at: UUID, plan: CaseEntry) -> None:
    """What a step agrees at one entry, and has not written yet, is the plan's: the outline of a conference."""
    parts = row.also.journal.parts
    for model in (Outcome, Action):
        agreed = parts.pop((model, agreed_at), [])
        for one in agreed:
            one.entry = plan
        parts[(model, plan.pk)] += agreed


class Plan(Process):
    """What a family and those who help them have agreed: outcomes in the family's words, and who does what by when.

    A page made from it lists who writes in it (`planners`); its plan is worked to while it is ACTIVE.
    """

    several: ClassVar = agreed()
    planners: ClassVar[set[str]] = set()
    # What a family is told of what follows, on the plan's page in plain words.
    what_if: ClassVar[str] = (
        "If things get better, we look at it together, and you get less help or none. If things get worse, we tell you "
        "why we are worried, and what may happen next. Only if that could put somebody in danger, we do not."
    )

    class Meta(Process.Meta):
        abstract = True

    @property
    def ring_first(self) -> str:
        """Whom the family rings before the county: whoever leads the plan from another agency."""
        return ""

    @step(
        "Add to the plan",
        past="The plan was added to",
        leaves=ACTIVE,
        by="planners",
        asks=["outcomes", "actions"],
        needs=[due_today_or_later],
    )
    def add(self, on: datetime) -> None:
        """What is to be different, in the family's own words, and who does what by when."""
        hand_out(self)

    @step(
        "Write down how far it has come",
        past="It was written down how far the plan has come",
        leaves=ACTIVE,
        by="planners",
        asks=["outcomes_now", "progress"],
    )
    def review(self, on: datetime) -> None:
        """Of each outcome and each action that is open: where it stands, and who says so."""

    @step(
        "Give the family the plan",
        past="The plan was given to the family, on one page in plain words",
        leaves=ACTIVE,
        by="planners",
        asks=["copies"],
        siblings=True,
    )
    def give_plan(self, on: datetime) -> None:
        """The plan on one page, as it stands today. It is kept as it was given, with who got it."""
        from righthelp.engine import plan_page  # which knows meetings, and they know what a plan is made of

        page = plan_page.of(self, local_day(on))
        to = [Recipient(f"{one.name}, {one.who}", how=one.how) for one in self.also.told["copies"]]
        self.also.issue_composed(page.title, plan_page.sections(page), to)

"""A claim that help has made something better for a family: with its evidence, and looked over by somebody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.composing import NOTHING, Passage, Section, of
from righthelp.engine.process import Process, process
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, Step, step
from righthelp.record.models import Basis, Outcome

EARLY_HELP = {"early help worker", "early help manager"}


def by_a_plan(claim: OutcomeClaim) -> Fault | None:
    """What is claimed is claimed of help that the family got."""
    if claim.newest_plan() is None:
        return Fault("This child has had no family help by a plan, so there is nothing that could be claimed for it.")
    return None


def lasted_by_now(claim: OutcomeClaim) -> Fault | None:
    """What has not lasted yet cannot be claimed."""
    if claim.sustained_until and claim.sustained_until > local_day(claim.also.on):
        return Fault("Write the day until which it has lasted: today or earlier.", at="sustained_until")
    return None


def not_claimed_before(claim: OutcomeClaim) -> Fault | None:
    """Each kind of outcome is claimed once for a plan."""
    plan = claim.newest_plan()
    same = OutcomeClaim.objects.filter(plan=plan, area=claim.area).exclude(state__in=OutcomeClaim.NOTHING_CAME)
    if plan is not None and same.exclude(pk=claim.pk).exists():
        return Fault("This has been claimed for this plan already.", at="area")
    return None


def by_somebody_else(claim: OutcomeClaim) -> Fault | None:
    """Nobody looks over their own claim."""
    if isinstance(claim.also.by, AsWorker) and claim.also.by.worker == claim.claimed_by_id:
        return Fault("This is your own claim. Somebody else looks it over.")
    return None


class OutcomeClaim(Process):
    """An outcome of family help, claimed under the national Supporting Families programme (payment by results).

    It rests on what the record says; another worker looks it over before it counts.
    """

    class State(models.TextChoices):
        CLAIMED = "CLAIMED", "waiting to be looked over"
        ACCEPTED = "ACCEPTED", "accepted"
        REFUSED = "REFUSED", "not accepted"
        TAKEN_BACK = "TAKEN_BACK", "taken back"

    ENDS: ClassVar = {State.ACCEPTED, State.REFUSED, State.TAKEN_BACK}
    NOTHING_CAME: ClassVar = {State.REFUSED, State.TAKEN_BACK}
    team_receives = "outcome_claim"
    begins_from_child = frozenset({"claim"})

    plan = models.ForeignKey(
        "family_help.FamilyHelp", verbose_name="family help", null=True, on_delete=models.PROTECT, related_name="+"
    )
    area = CodeField("what has become better?", code_set="need_outcome_area")
    evidence = models.TextField(
        "how do you know? say where in the record, or from whom", max_length=4000, blank=True,
        help_text="What the plan and its meetings say is put together for whoever looks this over.",
    )  # fmt: skip
    sustained_until = models.DateField("until which day has it lasted?", null=True)
    claimed_by = models.ForeignKey(
        Worker, verbose_name="claimed by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_on = models.DateField("claimed on", null=True)
    looked_over_by = models.CharField("looked over by", max_length=200, blank=True)
    looked_over_on = models.DateField("looked over on", null=True)
    finds = models.TextField("what does the evidence show, and what does it not?", max_length=4000, blank=True)
    taken_back_because = models.TextField("why is it taken back?", max_length=1000, blank=True)

    class Shown:
        everyone: ClassVar = {"area", "sustained_until", "claimed_by", "claimed_on", "looked_over_by", "looked_over_on"}
        team: ClassVar = {"plan", "evidence", "finds", "taken_back_because"}
        restricted: ClassVar[set[str]] = set()

    class Meta(Process.Meta):
        verbose_name = "outcome claim"
        indexes = [models.Index(fields=["plan"], name="outcome_claim_plan")]

    def newest_plan(self) -> Any:
        """The help that the child gets, or got last."""
        page: Any = process("family_help")
        if self.entry.person_id is None:
            return None
        here = [row for row in self.also.journal.rows(page) if row.entry.person_id == self.entry.person_id]
        if begun_here := [row for row in here if row.started_on]:
            return max(begun_here, key=lambda row: (row.started_on, row.pk))
        begun = page.objects.filter(entry__person=self.entry.person_id, started_on__isnull=False)
        return begun.order_by("-started_on", "-pk").first()

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        mine = viewer.worker == self.claimed_by_id
        if step.name in {"accept", "refuse"} and mine:
            return "This is your own claim. Somebody else looks it over."
        return "Only whoever claimed it takes it back." if step.name == "take_back" and not mine else ""

    @step(
        "Claim an outcome",
        past="An outcome of family help was claimed: {area}",
        reaches=State.CLAIMED,
        by=EARLY_HELP,
        asks=["area", "evidence", "sustained_until"],
        needs=[by_a_plan, lasted_by_now, not_claimed_before],
    )
    def claim(self, on: datetime) -> None:
        """Something has become better for the family, and has lasted. Somebody else looks over the evidence."""
        plan = self.newest_plan()
        self.plan = plan
        self.entry.arose_from = plan.entry
        self.also.change(self.entry, "arose_from")
        by = self.also.by
        self.claimed_by_id = by.worker if isinstance(by, AsWorker) else None
        self.claimed_on = local_day(on)
        self.also.issue_composed(f"Evidence: {self.label('area', self.area)}", self._evidence(plan), [])

    def _evidence(self, plan: Any) -> list[Section]:
        """What the record says, each passage with its source, as it stood when it was claimed."""
        said = [
            Passage(
                f"{one.words} {one.get_reached_display()}. {one.reached_says}".strip(),
                basis=Basis.RECORDED, entry=plan.entry, field="outcomes", item=True,
            )
            for one in self.also.rows_at(Outcome, plan.pk)
        ]  # fmt: skip
        page: Any = process("family_meeting")
        if self.also.journal.holds(plan.entry):
            met = [row for row in self.also.journal.rows(page) if row.plan_id == plan.pk and row.held_at]
        else:
            met = list(page.objects.filter(plan=plan.pk, held_at__isnull=False).select_related("entry"))
        met.sort(key=lambda row: row.held_at)
        return [
            Section("What is claimed, and how it is known", [of(self, "evidence", self.also, label="")]),
            Section("What was to be different", said, if_empty=NOTHING),
            Section("What the meetings decided", [of(one, "decided", label="") for one in met], if_empty=NOTHING),
            Section("What the family says", [of(plan, "family_says", label="", basis=Basis.TOLD)], if_empty=NOTHING),
        ]

    @step(
        "Accept the claim",
        past="The claim was looked over, and accepted",
        leaves=State.CLAIMED,
        reaches=State.ACCEPTED,
        by={"early help manager"},
        asks=["finds"],
        needs=[by_somebody_else],
    )
    def accept(self, on: datetime) -> None:
        """The evidence shows what is claimed, and that it has lasted."""
        self._looked_over(on)

    @step(
        "Do not accept the claim",
        past="The claim was looked over, and not accepted",
        leaves=State.CLAIMED,
        reaches=State.REFUSED,
        by={"early help manager"},
        asks=["finds"],
        needs=[by_somebody_else],
    )
    def refuse(self, on: datetime) -> None:
        """The evidence does not show it. Say what is missing: it can be claimed again."""
        self._looked_over(on)

    def _looked_over(self, on: datetime) -> None:
        self.looked_over_by, self.looked_over_on = self.also.called, local_day(on)

    @step(
        "Take the claim back",
        past="The claim was taken back",
        leaves=State.CLAIMED,
        reaches=State.TAKEN_BACK,
        by=EARLY_HELP,
        asks=["taken_back_because"],
    )
    def take_back(self, on: datetime) -> None:
        """It was claimed in error, or did not last."""

"""What another agency is asked to add to an assessment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models

from righthelp.engine.named import worker_called
from righthelp.engine.process import Process
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Fault, step
from righthelp.kernel.written import write_date
from righthelp.packs import pack

ASKS = {"social worker", "team manager", "early help worker", "early help manager"}
LONGEST = timedelta(days=42)


def assessment_is_under_way(part: AssessmentPart) -> Fault | None:
    """What comes after the assessment is finished helps no assessment."""
    if part.assessment.state == part.assessment.State.UNDER_WAY:
        return None
    return Fault("The assessment is not under way.", at="assessment")


def asking_is_agreed(part: AssessmentPart) -> Fault | None:
    """Agencies are asked with a parent's agreement, or for a reason that is written down (AS-06)."""
    if part.assessment.agencies_agreed or part.assessment.without_agreement:
        return None
    return Fault("First agree how the assessment is done, and whether the parents agree that agencies are asked.")


def day_is_ahead(part: AssessmentPart) -> Fault | None:
    """Nobody can answer by a day that has gone."""
    today = local_day(part.also.on)
    if part.answer_by_on and not today <= part.answer_by_on <= today + LONGEST:
        return Fault("Ask for an answer by a day within the next six weeks.", at="answer_by_on")
    return None


def another_agency(part: AssessmentPart) -> Fault | None:
    """The county does not ask itself."""
    return Fault("Choose an agency outside the council.", at="agency") if part.agency.kind == "county" else None


def says_something(part: AssessmentPart) -> Fault | None:
    """A part says what the agency knows, or that it knows nothing."""
    if part.goes_well or part.worries or part.child_says or part.suggests:
        return None
    return Fault("Write what your agency knows, or that it does not know the child.", at="goes_well")


class AssessmentPart(Process):
    """An agency's part in an assessment: what it has itself seen and done with the child and family.

    Agencies help with an assessment when they are asked (Children Act 1989, section 27; Working Together to Safeguard
    Children). Each sees who it is about, what it is asked and its own part; never what another agency said.
    """

    class State(models.TextChoices):
        ASKED = "ASKED", "waiting for an answer"
        GIVEN = "GIVEN", "given"
        WITHDRAWN = "WITHDRAWN", "no longer needed"

    ENDS = {State.GIVEN, State.WITHDRAWN}
    ends_with_origin = "lapse"
    begins_from = {"ask": "assessment"}

    assessment = models.ForeignKey(
        "assessment.Assessment", verbose_name="assessment", on_delete=models.PROTECT, related_name="agency_parts"
    )
    agency = models.ForeignKey(
        Agency, verbose_name="which agency is asked?", on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(
        "who is asked there, by full name?", max_length=200, blank=True,
        help_text="Their safeguarding lead answers where you name nobody.",
    )  # fmt: skip
    worker = models.ForeignKey(
        Worker, verbose_name="in whose workspace it is", null=True, on_delete=models.PROTECT, related_name="+"
    )
    about = models.CharField("who it is about", max_length=300, blank=True)
    question = models.TextField("what do you ask them, and why?", max_length=4000)
    allowed_by = models.CharField("by what the agency may answer", max_length=500, blank=True)
    answer_by_on = models.DateField("by which day do you need it?")
    asked_at = models.DateTimeField("asked")
    goes_well = models.TextField("what goes well, and how do you know?", max_length=8000, blank=True)
    worries = models.TextField("what worries you, and how do you know?", max_length=8000, blank=True)
    child_says = models.TextField("what has the child said to you, in their own words?", max_length=8000, blank=True)
    suggests = models.TextField("what do you think would help, and what can you offer?", max_length=8000, blank=True)
    given_by = models.CharField("who answered", max_length=200, blank=True)
    answered_by = models.ForeignKey(
        Worker, verbose_name="answered", null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField("answered at", null=True)
    withdrawn_because = models.TextField("why is it no longer needed?", max_length=1000, blank=True)

    clocks = [
        Clock(
            "part",
            law="assessment.part_given",
            starts="asked_at",
            stops="given_at",
            when="is_wanted",
            agreed="answer_by_on",
            awaits="The agency's part",
        )
    ]

    class Shown:
        everyone = {"assessment", "agency", "asked_at", "answer_by_on", "given_at"}
        team = {
            "name", "worker", "about", "question", "allowed_by", "goes_well", "worries", "child_says", "suggests",
            "given_by", "answered_by", "withdrawn_because",
        }  # fmt: skip
        restricted: set[str] = set()
        agencies = {
            ("agency", "worker"): {
                "agency", "name", "worker", "about", "question", "allowed_by", "answer_by_on", "asked_at",
                "goes_well", "worries", "child_says", "suggests", "given_by", "given_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "agency's part in an assessment"
        verbose_name_plural = "agencies' parts in assessments"
        indexes = [
            models.Index(fields=["assessment"], name="assessment_part_of"),
            models.Index(fields=["agency", "state"], name="assessment_part_agency"),
        ]

    @classmethod
    def offered(cls, field: str) -> Any:
        """Agencies outside the council."""
        return Agency.objects.exclude(kind="county").order_by("name") if field == "agency" else None

    @property
    def heading(self) -> str:
        return self.about or self.title()

    @property
    def workspace_words(self) -> str:
        return f"{self.title()}: {self.about}, wanted by {write_date(self.answer_by_on)}"

    @property
    def is_wanted(self) -> bool:
        return self.state != self.State.WITHDRAWN

    def happening(self) -> str:
        return f"{self.agency} was asked for its part in the assessment: {self.state_label}"

    @step(
        "Ask an agency for its part",
        past="{agency} was asked for its part in the assessment",
        reaches=State.ASKED,
        by=ASKS,
        asks=["assessment", "agency", "name", "question", "answer_by_on"],
        optional={"name"},
        needs=[assessment_is_under_way, asking_is_agreed, day_is_ahead, another_agency],
    )
    def ask(self, on: datetime) -> None:
        """They answer in their own workspace. They see who it is about and what you ask, and nothing else."""
        assessment = self.assessment
        self.also.arises_from(assessment.entry)
        self.asked_at = on
        self.about = assessment.about
        self.worker = worker_called(self.name, self.agency.pk, local_day(on))
        self.allowed_by = (
            f"With the parents' agreement: {assessment.agreed_by}"
            if assessment.agencies_agreed
            else f"Without it: {pack().codes('lawful_reason').label(assessment.without_agreement)}"
        )[:500]

    @step(
        "Give your part",
        past="{agency} gave its part",
        leaves=State.ASKED,
        reaches=State.GIVEN,
        by={"partner", "partner lead"},
        asks=["goes_well", "worries", "child_says", "suggests"],
        optional={"goes_well", "worries", "child_says", "suggests"},
        needs=[says_something],
    )
    def give(self, on: datetime) -> None:
        """What your agency has itself seen, heard and done, and when; which is which. The family may read it."""
        self.given_by = self.also.called
        self.answered_by_id = getattr(self.also.by, "worker", None)
        self.given_at = on

    @step(
        "Withdraw what was asked",
        past="{agency} was told that its part is not needed",
        leaves=State.ASKED,
        reaches=State.WITHDRAWN,
        by=ASKS,
        asks=["withdrawn_because"],
    )
    def withdraw(self, on: datetime) -> None:
        """The agency's part is no longer needed."""

    @step(
        "End it with the assessment",
        past="{agency} is waited for no more: the assessment is finished",
        leaves=State.ASKED,
        reaches=State.WITHDRAWN,
        by={STEP.name},
    )
    def lapse(self, on: datetime) -> None:
        """The assessment was authorised, or stopped, without it."""

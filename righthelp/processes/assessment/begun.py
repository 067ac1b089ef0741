"""An assessment as it begins: of itself with a referral, anew, for a whole family, or from a return that was loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.engine.recurring import end_what_it_called_for
from righthelp.guard.models import Appointment, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import step
from righthelp.processes.assessment import doing, needs
from righthelp.processes.assessment.questions import PARTNERS, OfKind, State

EARLY_HELP = {"early help worker", "early help manager"}


class Begun(Process):
    """The half of an assessment that is there when it begins."""

    of_kind = models.CharField("which assessment is it?", max_length=20, choices=OfKind.choices)
    about = models.CharField("who it is about", max_length=300, blank=True)
    referral = models.ForeignKey(
        "referral.Referral", verbose_name="referral", null=True, on_delete=models.PROTECT, related_name="assessments"
    )
    anew_because = models.TextField("why is the child assessed again?", max_length=2000, blank=True)
    lead = models.ForeignKey(
        Worker, verbose_name="lead practitioner of another agency, who writes it", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
        help_text="Leave it empty where early help writes it. They see and write this assessment, and nothing else.",
    )  # fmt: skip
    started_at = models.DateTimeField("began")
    counted_from_at = models.DateTimeField("counted from")
    # As they stood in a return that was loaded
    is_loaded = models.BooleanField("known from a return", null=True)
    internal_review_on = models.DateField("to be looked at by a manager on", null=True)
    factors = ArrayField(
        CodeField(code_set="assessment_factors", max_length=5), verbose_name="which factors were found?",
        default=list, blank=True,
    )  # fmt: skip
    authorised_at = models.DateTimeField("authorised", null=True)

    class Meta(Process.Meta):
        abstract = True

    @classmethod
    def offered(cls, field: str) -> Any:
        """Who of another agency may lead."""
        if field != "lead":
            return None
        held = Appointment.objects.filter(role__in=PARTNERS, until__isnull=True)
        return Worker.objects.filter(pk__in=held.values("worker")).select_related("agency").order_by("name")

    @step(
        "Begin a child and family assessment",
        past="A child and family assessment began",
        reaches=State.UNDER_WAY,
        by={STEP.name},
        asks=["referral"],
        needs=[needs.referral_is_open],
        significant=True,
    )
    def start(self, on: datetime) -> None:
        """Begun when a referral is allocated to a social worker, who holds it: nobody types the referral again."""
        assert self.referral is not None  # the step asks for it
        self._begin_with(self.referral, on, counts_from=self.referral.received_at)
        doing.write_domains(self)
        doing.call_for_a_visit(self)

    @step(
        "Assess the child again",
        past="Another child and family assessment began",
        reaches=State.UNDER_WAY,
        by={"social worker", "team manager"},
        asks=["anew_because"],
        needs=[needs.is_about_a_child, needs.none_of_section_17, needs.has_an_open_referral],
        significant=True,
        siblings=True,
        own={"anew_because"},
    )
    def assess_again(self, on: datetime) -> None:
        """A child with an open referral, of whom something new is known. The time allowed runs from today."""
        self.referral = needs.open_referral(self)
        self._begin_with(self.referral, on, counts_from=on)
        doing.write_domains(self)
        doing.call_for_a_visit(self)

    @step(
        "Begin a whole-family assessment",
        past="A whole-family assessment began",
        reaches=State.UNDER_WAY,
        by=EARLY_HELP,
        asks=["lead"],
        optional={"lead"},
        needs=[needs.is_about_a_child, needs.none_of_whole_family],
        significant=True,
        siblings=True,
    )
    def begin_whole_family(self, on: datetime) -> None:
        """The family agrees, and everybody who helps looks at their life together. Each child has a voice of their own.

        Children Act 2004, section 10; Working Together to Safeguard Children, early help.
        """
        self.of_kind = OfKind.WHOLE_FAMILY
        self.also.hold(team=self.also.team_that_receives("help_request"), worker=getattr(self.also.by, "worker", None))
        doing.begin_it(self, on, counts_from=on)
        doing.write_domains(self)
        doing.let_lead(self)

    @step(
        "Name another lead practitioner",
        past="Who leads the assessment was changed",
        leaves=State.UNDER_WAY,
        by=EARLY_HELP,
        asks=["lead"],
        optional={"lead"},
        needs=[needs.leads_from_outside],
    )
    def name_lead(self, on: datetime) -> None:
        """Somebody else of another agency writes it from now on, or early help does."""
        doing.let_lead(self)

    @step(
        "Load an assessment that is under way",
        past="Assessment known from a return that was loaded",
        reaches=State.UNDER_WAY,
        by={"load a return"},
        asks=["referral", "started_at", "internal_review_on", "factors"],
        optional={"internal_review_on", "factors"},
    )
    def load_open(self, on: datetime) -> None:
        """Opening data: an assessment that a return says is under way. The return counts from the day it names."""
        self._load()
        doing.write_domains(self)
        doing.call_for_a_visit(self, still_to_be_seen=False)

    @step(
        "Load an assessment that was authorised",
        past="Assessment known from a return that was loaded",
        reaches=State.TOLD,
        by={"load a return"},
        asks=["referral", "started_at", "internal_review_on", "authorised_at", "factors"],
        optional={"internal_review_on", "factors"},
    )
    def load_authorised(self, on: datetime) -> None:
        """Opening data: an assessment that a return says has been authorised."""
        self._load()

    @step(
        "Load an assessment that ended with its referral",
        past="Assessment known from a return that was loaded, which says of no end but its referral's",
        reaches=State.STOPPED,
        by={"load a return"},
        asks=["referral", "started_at", "internal_review_on", "factors"],
        optional={"internal_review_on", "factors"},
    )
    def load_stopped(self, on: datetime) -> None:
        """Opening data: a return says that the referral is closed, and not that its assessment was authorised."""
        self._load()

    @step(
        "Load more of an assessment",
        past="More of the assessment is known from a return that was loaded",
        leaves=State,
        by={"load a return"},
        asks=["internal_review_on", "factors"],
        optional={"internal_review_on", "factors"},
    )
    def load_more(self, on: datetime) -> None:
        """Opening data: a later return tells what an earlier one did not."""

    @step(
        "Load that an assessment was authorised",
        past="Authorised, as a return that was loaded says",
        leaves={State.UNDER_WAY, State.STOPPED},
        reaches=State.TOLD,
        by={"load a return"},
        asks=["authorised_at", "internal_review_on", "factors"],
        optional={"internal_review_on", "factors"},
        needs=[needs.nobody_works_on_it],
    )
    def load_authorisation(self, on: datetime) -> None:
        """Opening data: a later return says that an assessment, which nobody here took up, was authorised."""
        end_what_it_called_for(self)

    def _begin_with(self, referral: Any, on: datetime, *, counts_from: datetime) -> None:
        self.of_kind = OfKind.CHILD_AND_FAMILY
        self.also.arises_from(referral.entry)
        doing.begin_it(self, on, counts_from=counts_from)

    def _load(self) -> None:
        self.is_loaded = True
        self._begin_with(self.referral, self.started_at, counts_from=self.started_at)

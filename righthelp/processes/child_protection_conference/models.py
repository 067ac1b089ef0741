"""A child protection conference: initial, review, on moving in, before birth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.composing import Passage, Section, of
from righthelp.engine.meeting import (
    AHEAD,
    Meeting,
    MeetingState,
    attendance_is_said,
    held_by_now,
    in_short,
    lies_ahead,
    quorate,
    somebody_comes,
)
from righthelp.engine.meeting_papers import actions_of, outcomes_of, recipient
from righthelp.engine.plan import agreed, becomes_the_plans, due_today_or_later, hand_out
from righthelp.engine.process import process
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Expect, Step, step
from righthelp.processes.child_protection_conference import around, needs, report

WORKERS = {"social worker", "team manager"}
ARRANGERS = {"business support", "conference chair", "team manager"}
CHAIRS = {"conference chair"}
RECORDERS = {"conference chair", "business support"}


class ChildProtectionConference(Meeting):
    """Family and agencies decide whether a child needs a child protection plan, and see how it works.

    Working Together to Safeguard Children: an initial conference within 15 working days of the strategy discussion that
    decided on enquiries (of several, the last); a first review within three months, and then every six at most. A child
    who moves in on another council's plan, and a child before birth, have one too. The chair is independent of the
    child's worker.
    """

    class Kind(models.TextChoices):
        INITIAL = "INITIAL", "Initial"
        REVIEW = "REVIEW", "Review"
        TRANSFER_IN = "TRANSFER_IN", "On moving in from another council"
        PRE_BIRTH = "PRE_BIRTH", "Before birth"

    class Decision(models.TextChoices):
        PLAN = "PLAN", "A child protection plan is made"
        NO_PLAN = "NO_PLAN", "No plan is needed"
        PLAN_GOES_ON = "PLAN_GOES_ON", "The plan goes on"
        PLAN_ENDS = "PLAN_ENDS", "The plan ends"

    quorum = ("social care", "police", "health")
    convenors = ARRANGERS
    recorders = RECORDERS
    chairs = CHAIRS
    team_receives = "child_protection_conference"
    begins_from_child = frozenset({"receive", "ask_before_birth"})
    queue_title = "Child protection conferences"
    several: ClassVar = {
        **{name: Meeting.several[name] for name in ("invitations", "attendance", "report")},
        "outcomes": agreed()["outcomes"],
        "actions": agreed()["actions"],
    }
    asked_afresh = frozenset({"held_at", "decided", "summary", "child_part", "family_part"})

    enquiry = models.ForeignKey(
        "section_47.Section47", verbose_name="enquiry under section 47", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    plan = models.ForeignKey(
        "child_protection_plan.ChildProtectionPlan", verbose_name="child protection plan", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    kind_of = models.CharField(
        "what kind of conference is it?", max_length=12, choices=Kind.choices, default=Kind.INITIAL
    )
    number = models.PositiveSmallIntegerField("which review it is", default=0)
    asked_because = models.TextField("why is a conference needed?", max_length=4000, blank=True)
    other_council = models.CharField("which council told us?", max_length=200, blank=True)
    concluded_at = models.DateTimeField("conference called for", null=True)
    convened_at = models.DateTimeField("request to convene came in", null=True)
    days_to_avoid = models.TextField("which days do not suit the family or the school?", max_length=1000, blank=True)
    reminders = models.PositiveSmallIntegerField("reminders sent", default=0)
    reminded_at = models.DateTimeField("last reminded", null=True)
    parents_met_at = models.DateTimeField("when were the parents met beforehand?", null=True, blank=True)
    explanation_given = models.BooleanField("were they given the one-page explanation?", null=True)
    parents_not_met_because = models.TextField("if they were not met: why not?", max_length=1000, blank=True)
    report_child = models.TextField(
        "what does the child want the conference to know?", max_length=8000, blank=True,
        help_text="Their parents read it: write what the child agrees that they read.",
    )  # fmt: skip
    report_analysis = models.TextField("what does it all mean for this child?", max_length=8000, blank=True)
    report_proposes = models.TextField("what do you propose to the conference, and why?", max_length=4000, blank=True)
    report_shared_at = models.DateTimeField("when did the parents get the social worker's report?", null=True)
    report_shared_how = models.CharField("how was it gone through with them?", max_length=300, blank=True)
    decision = models.CharField("what is decided for this child?", max_length=12, choices=Decision.choices, blank=True)
    category = CodeField("under which category?", code_set="abuse_category")
    end_reason = CodeField("why does the plan end, and what follows?", code_set="protection_plan_end_reason")
    decisions_sent_at = models.DateTimeField("decisions sent", null=True)

    clocks = [
        Clock("request to convene", law="child_protection.request_to_convene", starts="concluded_at",
              stops="convened_at", when="is_asked_for", awaits="Request to convene"),
        Clock("initial conference", law="child_protection.initial_conference", starts="due_from_on", stops="held_at",
              when="is_initial", awaits="Initial conference held"),
        Clock("first review", law="child_protection.first_review", starts="due_from_on", stops="held_at",
              when="is_first_review", awaits="First review conference held"),
        Clock("review", law="child_protection.review", starts="due_from_on", stops="held_at", when="is_later_review",
              awaits="Review conference held"),
        Clock("conference on moving in", law="child_protection.transfer_in_conference", starts="due_from_on",
              stops="held_at", when="is_transfer_in", awaits="Conference on moving in held"),
        Clock("conference before birth", law="assessment.pre_birth_conference", starts="expected_on", stops="held_at",
              when="is_pre_birth", awaits="Conference before birth held"),
        Clock("report to parents", law="child_protection.report_to_parents_initial", starts="meets_at",
              stops="report_shared_at", when="not_a_review", awaits="Report with the parents"),
        Clock("report to parents for a review", law="child_protection.report_to_parents_review", starts="meets_at",
              stops="report_shared_at", when="is_review", awaits="Report with the parents"),
        Clock("decisions sent", law="child_protection.decisions_sent", starts="held_at", stops="decisions_sent_at",
              awaits="Decisions sent"),
        Clock("record sent", law="child_protection.record_sent", starts="held_at", stops="sent_at",
              awaits="Record sent"),
    ]  # fmt: skip
    expects = [
        Expect(
            of="child_protection_plan", step="begin_plan", when="makes_a_plan", link="conference",
            carries={"started_on": "held_on", "category": "category", "latest_category": "category", "about": "about"},
        )
    ]  # fmt: skip

    class Shown:
        everyone = Meeting.SHOWN_TO_EVERYONE | {
            "kind_of", "number", "concluded_at", "convened_at", "reminders", "reminded_at", "parents_met_at",
            "report_shared_at", "decision", "category", "decisions_sent_at",
        }  # fmt: skip
        team = Meeting.SHOWN_TO_TEAM | {
            "enquiry", "plan", "asked_because", "other_council", "days_to_avoid", "explanation_given",
            "parents_not_met_because", *report.ASKED, "report_shared_how", "end_reason",
        }  # fmt: skip
        restricted: set[str] = set()
        involved = Meeting.SHOWN_TO_INVOLVED | {"kind_of", "decision", "category"}

    class Meta(Meeting.Meta):
        verbose_name = "child protection conference"
        verbose_name_plural = "child protection conferences"
        indexes = [models.Index(fields=["meets_at"], name="conference_meets")]

    @property
    def heading(self) -> str:
        kinds = {self.Kind.INITIAL: "Initial", self.Kind.REVIEW: "Review", self.Kind.TRANSFER_IN: "Moving in:",
                 self.Kind.PRE_BIRTH: "Before birth:"}  # fmt: skip
        return f"{kinds[self.Kind(self.kind_of)]} child protection conference"

    def happening(self) -> str:
        when = f", {self.state_label}" if self.state != MeetingState.ARRANGED else ""
        return f"{self.heading}{when}"

    def because(self) -> str:
        return self.asked_because or (self.enquiry.rationale if self.enquiry else "")

    def stands_ready(self, step: Step) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        first = step.name == "convene" and self.convened_at is None
        return {"invitations": list(around.proposed(self))} if first else {}

    @property
    def held_on(self) -> date | None:
        return local_day(self.held_at) if self.held_at else None

    @property
    def expected_on(self) -> date | None:
        person = self.entry.person
        return person.expected_on if person else None

    @property
    def is_asked_for(self) -> bool:
        """Whether the request to convene is awaited as soon as it is called for: a review is due months on."""
        return self.kind_of in {self.Kind.INITIAL, self.Kind.PRE_BIRTH}

    @property
    def is_initial(self) -> bool:
        return self.kind_of == self.Kind.INITIAL

    @property
    def is_review(self) -> bool:
        return self.kind_of == self.Kind.REVIEW

    @property
    def not_a_review(self) -> bool:
        return not self.is_review

    @property
    def is_first_review(self) -> bool:
        return self.is_review and self.number == 1

    @property
    def is_later_review(self) -> bool:
        return self.is_review and self.number > 1

    @property
    def is_transfer_in(self) -> bool:
        return self.kind_of == self.Kind.TRANSFER_IN

    @property
    def is_pre_birth(self) -> bool:
        return self.kind_of == self.Kind.PRE_BIRTH

    @property
    def makes_a_plan(self) -> bool:
        return self.decision == self.Decision.PLAN and self.state in {MeetingState.HELD, MeetingState.SENT}

    def more_of_the_record(self) -> Iterator[Section]:
        yield Section(
            "The decision for this child",
            [
                of(self, "decision", self.also, label=""),
                of(self, "category", self.also),
                of(self, "end_reason", self.also),
            ],
        )

    # --- How one begins ----------------------------------------------------------------------------------------

    @step(
        "Call for a conference after enquiries",
        past="An initial child protection conference is called for",
        reaches=MeetingState.DUE,
        by={STEP.name},
        asks=["enquiry", "due_from_on", "about"],
        significant=True,
    )
    def fall_due(self, on: datetime) -> None:
        """Enquiries found that a child is likely to suffer significant harm: the worker asks to convene."""
        assert self.enquiry is not None  # the step asks for it
        self.concluded_at = on
        self.also.arises_from(self.enquiry.entry)

    @step(
        "Call for a review conference",
        past="A review conference is due",
        reaches=MeetingState.DUE,
        by={STEP.name},
        asks=["plan", "due_from_on", "about", "number"],
    )
    def fall_due_for_review(self, on: datetime) -> None:
        """A plan is reviewed within three months, and then at least every six."""
        assert self.plan is not None  # the step asks for it
        self.kind_of = self.Kind.REVIEW
        self.concluded_at = on
        self.also.arises_from(self.plan.entry)

    @step(
        "Receive a child on another council's plan",
        past="A child on another council's child protection plan has moved in",
        reaches=MeetingState.DUE,
        by=WORKERS,
        asks=["due_from_on", "other_council", "asked_because"],
        words={"due_from_on": "when did the other council tell us of the move?"},
        needs=[needs.about_a_child, needs.told_by_now, needs.no_other_is_ahead],
        siblings=True,
        significant=True,
    )
    def receive(self, on: datetime) -> None:
        """The other council tells of the move, and a conference here takes the plan over or ends it."""
        self.kind_of = self.Kind.TRANSFER_IN
        self.concluded_at = on
        self.about = in_short(self.entry.person)

    @step(
        "Ask for a conference before birth",
        past="A conference before birth is asked for",
        reaches=MeetingState.DUE,
        by=WORKERS,
        asks=["asked_because"],
        needs=[needs.about_a_child, needs.of_a_child_to_be_born, needs.no_other_is_ahead],
        significant=True,
    )
    def ask_before_birth(self, on: datetime) -> None:
        """A child who is expected may be harmed once born: the plan stands before the birth."""
        self.kind_of = self.Kind.PRE_BIRTH
        self.concluded_at = on
        self.due_from_on = local_day(on)
        self.about = in_short(self.entry.person)

    # --- Before it is held -------------------------------------------------------------------------------------

    @step(
        "Ask to convene",
        past="The request to convene came in",
        leaves=AHEAD,
        by=WORKERS,
        asks=["asked_because", "invitations", "family_needs", "days_to_avoid"],
        words={"asked_because": "why is a conference needed? (the parents read it in the report)"},
        optional={"family_needs", "days_to_avoid"},
        needs=[somebody_comes],
        siblings=True,
    )
    def convene(self, on: datetime) -> None:
        """Who is to be invited, who is not and why, what the family needs, and which days do not suit. From now on the
        conference service holds it."""
        self.convened_at = self.convened_at or on
        self.also.hold(team=self.also.team_that_receives(self.team_receives))

    @step(
        "Remind the worker",
        past="The worker was reminded of the request to convene",
        leaves=MeetingState.DUE,
        by=ARRANGERS,
        needs=[needs.not_reminded_too_often],
    )
    def remind(self, on: datetime) -> None:
        """The request to convene has not come. After three reminders it is the manager's."""
        self.reminders += 1
        self.reminded_at = on

    @step(
        "Arrange it",
        past="It was arranged for {meets_at}",
        leaves=AHEAD,
        reaches=MeetingState.ARRANGED,
        by=ARRANGERS,
        asks=["meets_at", "minutes", "place", "chair"],
        needs=[needs.asked_for, lies_ahead, needs.chaired],
        siblings=True,
    )
    def arrange(self, on: datetime) -> None:
        """When and where, and who chairs. Brothers and sisters have one conference: tick them."""

    @step(
        "Record that the parents were met",
        past="The parents were met before the conference",
        leaves=AHEAD,
        by={*CHAIRS, *WORKERS},
        asks=["parents_met_at", "explanation_given", "parents_not_met_because"],
        optional={"parents_met_at", "explanation_given", "parents_not_met_because"},
        needs=[needs.parents_were_met, needs.before_it_is_held],
        siblings=True,
    )
    def prepare(self, on: datetime) -> None:
        """What a conference is, who will be there, what can be decided: gone through with the parents, on one page."""

    @step(
        "Write the report",
        past="The social worker's report was written",
        leaves=AHEAD,
        by=WORKERS,
        asks=report.ASKED,
        needs=[needs.asked_for],
        siblings=True,
        own=set(report.ASKED),
    )
    def write_report(self, on: datetime) -> None:
        """The report is put together from the record, with what you write here. The parents read it first: print it for
        them, and then say when they got it. Written again, it is another; the parents get the last."""
        self.also.issue_composed(report.title(self), report.sections(self), [])

    @step(
        "Share the report with the parents",
        past="The parents got the social worker's report",
        leaves=AHEAD,
        by=WORKERS,
        asks=["report_shared_at", "report_shared_how"],
        needs=[needs.report_is_written, needs.before_it_is_held],
        siblings=True,
    )
    def share_report(self, on: datetime) -> None:
        """The parents get it in time to read it, and somebody goes through it with them. Everybody who is invited has
        the same from now on."""
        written = self.also.last_document(report.title(self))
        assert written is not None  # the step needs it
        self.also.issue_to(written, report.readers(self))

    # --- Held --------------------------------------------------------------------------------------------------

    @step(
        "Record the conference",
        past="The conference was held: {decision}",
        leaves=MeetingState.ARRANGED,
        reaches=MeetingState.HELD,
        by=CHAIRS,
        asks={
            "Who took part, and what each says of the decision": ["held_at", "attendance", "went_ahead_because"],
            "What was said": ["child_part", "family_part", "summary"],
            "What was decided": ["decision", "category", "end_reason", "decided"],
            "The outline plan": ["outcomes", "actions"],
        },
        optional={"went_ahead_because"},
        only_when={
            "category": ("decision", {Decision.PLAN, Decision.PLAN_GOES_ON}),
            "end_reason": ("decision", {Decision.PLAN_ENDS}),
        },
        words={"summary": "the chair's summary: what goes well, what worries people, what must change"},
        needs=[
            held_by_now, needs.parents_were_met, attendance_is_said, quorate, needs.every_agency_has_a_view,
            needs.decided_as_it_can_be, due_today_or_later,
        ],
        siblings=True,
        own={"child_part", "decision", "category", "end_reason", "decided"},
        significant=True,
    )  # fmt: skip
    def hold(self, on: datetime) -> None:
        """Who took part and what each agency says; the child's and the parents' part; the chair's summary; for each
        child the decision, the category and why; and the outline of the plan."""
        self.recorded_by = self.also.called
        hand_out(self)
        if self.plan is not None:
            ends = self.decision == self.Decision.PLAN_ENDS
            ending = {"end_reason": self.end_reason, "ended_because": self.decided}
            answers = ending if ends else {"latest_category": self.category}
            self.also.take(self.plan, "end_at_review" if ends else "go_on", {"reviewed_on": self.held_on, **answers})
            becomes_the_plans(self, self.pk, self.plan.entry)

    @step(
        "Send the decisions",
        past="The decisions of the conference were sent",
        leaves={MeetingState.HELD, MeetingState.SENT},
        by=RECORDERS,
        siblings=True,
    )
    def send_decisions(self, on: datetime) -> None:
        """The decision, the category and the outline plan, on the next working day, to everybody who was invited."""
        sections = [*self.more_of_the_record(), *self._outline()]
        self.also.issue_composed(f"Decisions: {self.heading}", sections, [recipient(one) for one in self.invited()])
        self.decisions_sent_at = self.decisions_sent_at or on

    @property
    def where_agreed(self) -> Any:
        """The plan that it made or reviewed; without one, its own entry."""
        if self.plan_id is not None:
            return self.plan_id
        page = process("child_protection_plan")
        if self._doing is not None and self.also.journal.holds(self.entry):
            made = (plan.pk for plan in self.also.journal.rows(page) if plan.conference_id == self.pk)
        else:
            made = iter(page.objects.filter(conference=self.pk).values_list("pk", flat=True)[:1])
        return next(made, self.pk)

    def _outline(self) -> Iterator[Section]:
        outcomes = outcomes_of(self)
        yield Section("What is to be different", [Passage(one.words, item=True) for one in outcomes])
        actions = actions_of(self)
        yield Section("Who does what, by when", [Passage(str(one), item=True) for one in actions])

"""Family help: the help that a family gets by a plan, from one agency's own to a child in need plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.doing import Doing
from righthelp.engine.part import several
from righthelp.engine.plan import agreed, due_today_or_later, hand_out
from righthelp.engine.recurring import end_what_it_called_for
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Clock, Expect, Step, step
from righthelp.kernel.written import write_date
from righthelp.packs import pack
from righthelp.people.matching import as_told
from righthelp.people.told import Told
from righthelp.processes.family_help import doing, needs, questions, told, whose
from righthelp.processes.family_help.loaded import KnownFromReturn
from righthelp.processes.family_help.questions import (
    CHILD,
    CONSENT,
    EARLY_HELP,
    HELPERS,
    IN_NEED,
    MANAGERS,
    ONE_AGENCY,
    OPEN,
    PARTNERS,
    SOCIAL_CARE,
    TEAM_AROUND,
    WHO_LEADS,
    AfterConsent,
)
from righthelp.processes.family_help.rows import FamilyHelpLevel as FamilyHelpLevel
from righthelp.processes.family_help.rows import FamilyTeamMember
from righthelp.record.models import Participant

TO_FRONT_DOOR = ["harm_likely", "front_door_because", "urgency"]


class FamilyHelp(KnownFromReturn):
    """The record, and the plan, of the help that a family gets: at level 2 by one agency, at level 3 by a team around
    the family, at level 4 as a child in need.

    Early help rests on agreement (Children Act 2004, section 10; Working Together to Safeguard Children, early help);
    a child in need is helped under section 17 of the Children Act 1989. It is one record with a level: a step up and a
    step down keep the plan and its people, and law and returns see when section 17 began and ended.
    """

    State = questions.State
    ENDS: ClassVar = {State.CLOSED, State.NOT_AGREED}
    Decision = questions.Decision
    team_receives = "family_help"
    queue_says = "family_help/links.html"
    begins_from_child = frozenset({"ask", "record_single_agency"})
    planners: ClassVar = HELPERS
    several: ClassVar = {
        **agreed(),
        "team": several(FamilyTeamMember),
        "leaving": several(FamilyTeamMember, of_each=("left_because",), still="is_of_it"),
    }
    asked_afresh = frozenset({"to_level", "level_why", "social_worker", "consent_withdrawn_on", *WHO_LEADS})

    referral = models.ForeignKey(
        "referral.Referral", verbose_name="referral", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assessment = models.ForeignKey(
        "assessment.Assessment", verbose_name="assessment after which it began", null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    protection_plan = models.ForeignKey(
        "child_protection_plan.ChildProtectionPlan", verbose_name="child protection plan after which it began",
        null=True, blank=True, on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    in_need_since_at = models.DateTimeField("decided that the child is in need", null=True)
    started_on = models.DateField("on which day did the work begin?", null=True)
    to_level = models.PositiveSmallIntegerField("to which level of need?", choices=questions.LEVELS, null=True)
    level_why = models.TextField("why? everybody who helps the family reads this", max_length=4000, blank=True)
    level_since_on = models.DateField("at this level since", null=True)
    section_17_from = models.DateField("child in need plan began", null=True)
    section_17_until = models.DateField("child in need plan ended", null=True)
    review_from_on = models.DateField("last reviewed, or agreed", null=True)
    review_due_on = models.DateField("when is the plan looked at again?", null=True)

    # What goes to the front door
    harm_likely = models.BooleanField(
        "has the child suffered, or are they likely to suffer, significant harm?", null=True
    )
    front_door_because = models.TextField("why must the front door decide?", max_length=2000, blank=True)
    urgency = CodeField("how urgent is it?", code_set="urgency")

    # The end of it
    not_begun_because = models.TextField("why does it not begin?", max_length=2000, blank=True)
    consent_withdrawn_on = models.DateField("on which day did they say so?", null=True)
    withdrawn_says = models.TextField("what did they say, and who said it?", max_length=2000, blank=True)
    after_withdrawal = models.CharField("what follows?", max_length=10, choices=AfterConsent.choices, blank=True)
    wellbeing_plan = models.TextField(
        "the family's wellbeing plan: what keeps things well, what to look out for, whom to turn to", max_length=6000,
        blank=True,
    )  # fmt: skip
    family_says = models.TextField("what does the family say of the help, in their words?", max_length=4000, blank=True)
    family_not_asked_because = models.TextField("if they were not asked: why not?", max_length=1000, blank=True)
    closed_on = models.DateField("on which day did it end?", null=True)
    # A step down is no end: the help goes on at another level.
    closing_reason = CodeField("why does it end?", code_set="in_need_plan_end_reason", leaving_out={"EARLY_HELP"})

    clocks: ClassVar = [
        Clock("lead named", law="early_help.allocated", starts="taken_up_at", stops="waits_no_more_at"),
        Clock("plan agreed", law="child_in_need.plan_agreed", starts="in_need_since_at", stops="begun_or_ended_on"),
        Clock(
            "review of one agency's plan",
            law="early_help.single_agency_review",
            starts="review_from_on",
            stops="closed_on",
            when="is_of_one_agency",
            agreed="review_due_on",
        ),
    ]
    expects: ClassVar = [
        Expect(
            of="contact",
            step="step_up_plan",
            when="is_told_to_front_door",
            link="family_help",
            carries={
                "child_given": "given", "child_family": "family", "child_born_on": "born_on",
                "child_lives_at": "lives_at", "child_postcode": "postcode", "worry": "front_door_because",
                "happened": "known_so_far", "significant_harm_likely": "harm_likely", "urgency": "urgency",
                "urgency_reason": "front_door_because",
            },
            apart=frozenset({"worry"}),
        )
    ]  # fmt: skip

    class Shown:
        everyone = {
            "level", "asked_at", "from_agency", "panel_on", "panel_decision", "help_by", "taken_up_at", "lead_agency",
            "lead_name", "lead", "supporter", "social_worker", "allocated_at", "started_on", "level_since_on",
            "section_17_from", "section_17_until", "review_due_on", "closed_on", "closing_reason", "in_need_since_at",
            "to_level", "review_from_on",
        }  # fmt: skip
        team = {
            "about", "help_request", "referral", "assessment", "protection_plan", "asked_for", "child_wants",
            "from_worker", *CHILD, "matched_to",
            "match_reason", *CONSENT, "panel_reason", "service", "level_why", "harm_likely", "front_door_because",
            "urgency", "not_begun_because", "consent_withdrawn_on", "withdrawn_says", "after_withdrawal",
            "wellbeing_plan", "family_says", "family_not_asked_because",
        }  # fmt: skip
        restricted: ClassVar[set[str]] = set()
        # What whoever asked sees of it, whether or not they help now: their own words, and what came of them
        agencies: ClassVar = {
            ("from_agency", "from_worker"): {
                *CHILD, *CONSENT, "asked_at", "asked_for", "child_wants", "from_agency", "from_worker", "panel_on",
                "panel_decision",
            }
        }  # fmt: skip
        # By name, and not as rows: a worker of one agency does not see who works for another
        involved = {
            "about", "level", "level_since_on", "asked_for", "child_wants", *CONSENT, "lead_agency", "lead_name",
            "started_on", "section_17_from", "section_17_until", "review_due_on", "wellbeing_plan", "family_says",
            "family_not_asked_because", "closed_on", "taken_up_at", "allocated_at", "in_need_since_at",
            "review_from_on",
        }  # fmt: skip

    class Meta(KnownFromReturn.Meta):
        verbose_name = "family help"
        verbose_name_plural = "family help"
        indexes = [
            models.Index(fields=["help_request"], name="family_help_request"),
            models.Index(fields=["taken_up_at"], name="family_help_taken_up"),
        ]

    @classmethod
    def open_of(cls, person: Any, *, besides: UUID | None = None, also: Doing | None = None) -> FamilyHelp | None:
        """The help that a child gets, or waits for. Whoever decides that they are in need steps this up. `also` is the
        step in hand, of a journal that may have begun it."""
        for row in also.journal.rows(cls) if also else ():
            if row.entry.person_id == person and not row.ended and row.pk != besides:
                return row  # type: ignore[no-any-return]
        there = cls.objects.filter(entry__person=person, state__in=cls.open_states())
        found: FamilyHelp | None = there.exclude(pk=besides).first()
        return found

    @classmethod
    def label(cls, field: str, code: object) -> str:
        if field in {"level", "to_level"}:
            return f"Level {code}: {pack().levels().level(int(str(code))).title}"
        return super().label(field, code)

    def becomes_in_need(self, also: Doing, because: str, social_worker: Any) -> None:
        """Stepped up by the step of another row that decides that the child is in need: one record, with its plan."""
        step = "leave_the_panel_in_need" if self.state == self.State.ASKED else "step_up"
        also.take(self, step, {"to_level": IN_NEED, "level_why": because, "social_worker": social_worker})

    # --- What the page is read by --------------------------------------------------------------------------

    @property
    def is_of_one_agency(self) -> bool:
        return self.level == ONE_AGENCY

    @property
    def is_in_need(self) -> bool:
        return self.level == IN_NEED

    @property
    def has_a_team(self) -> bool:
        return self.level >= TEAM_AROUND

    @property
    def is_led_by_county(self) -> bool:
        """By an early help worker or a social worker, and not by another agency."""
        return self.lead_agency is not None and self.lead_agency.kind == "county"

    def team_now(self, also: Doing | None = None) -> list[FamilyTeamMember]:
        """Who is of the team around the family. `also` is the step in hand, where it is one of another row."""
        return doing.team_of(self, also)

    def let_lead_see(self, other: Any, also: Doing | None = None) -> None:
        """Whoever leads from another agency takes part in the plan and in what it calls for. `also` is the step in
        hand, where it is not one of the other row."""
        if self.lead_agency and self.lead_agency.kind != "county":
            (also or other.also).involve(self.lead_agency, self.lead, Participant.Part.LEADS, entry=other.entry)

    @property
    def waits_no_more_at(self) -> Any:
        return self.allocated_at or self.closed_on

    @property
    def begun_or_ended_on(self) -> Any:
        return self.started_on or self.closed_on

    @property
    def is_told_to_front_door(self) -> bool:
        """Whether the step in hand tells the front door: each time anew, with its own reason."""
        step = self._doing.step if self._doing else ""
        withdrawn = step == "withdraw" and self.after_withdrawal == AfterConsent.FRONT_DOOR
        return withdrawn or step == "step_up_to_front_door"

    @property
    def as_known(self) -> Told:
        """The child as the record has them; one whose record is only being made, as they were told."""
        person = self.entry.person
        is_new = person is not None and self._doing is not None and self.also.journal.holds(person)
        return as_told(person) if person and not is_new else self.told

    @property
    def given(self) -> str:
        return self.as_known.given

    @property
    def family(self) -> str:
        return self.as_known.family

    @property
    def born_on(self) -> Any:
        return self.as_known.born_on

    @property
    def lives_at(self) -> str:
        return self.as_known.lines

    @property
    def postcode(self) -> str:
        return self.as_known.postcode

    @property
    def known_so_far(self) -> str:
        """What those who help know, for whoever decides at the front door."""
        said = (("What the family asked for", self.asked_for), ("What the child said", self.child_wants),
                ("What they said when they no longer agreed", self.withdrawn_says))  # fmt: skip
        who = self.leads_in_words if self.lead_name else ""
        return "\n\n".join([f"{what}: {words}" for what, words in said if words] + ([who] if who else []))[:8000]

    @property
    def level_words(self) -> str:
        since = f", since {write_date(self.level_since_on)}" if self.level_since_on else ""
        return f"The help is now at {self.label('level', self.level)}{since}."

    @property
    def leads_in_words(self) -> str:
        """Who leads, as the family is told."""
        return f"{self.lead_name}, {self.lead_agency}." if self.lead_agency else "Somebody who is still to be named."

    @property
    def ring_first(self) -> str:
        """Their lead practitioner, where that is nobody of the county's."""
        if self.lead_agency is None or self.is_led_by_county:
            return ""
        return f"{self.lead_name}, {self.lead_agency}, who leads the plan with you. If they cannot be reached:"

    @property
    def heading(self) -> str:
        return self.about or f"{self.child_given} {self.child_family}".strip() or self.title()

    @property
    def workspace_words(self) -> str:
        return self.title() if self.heading == self.title() else f"{self.title()}: {self.heading}"

    @property
    def waits_for_agency(self) -> bool:
        """Whoever leads from another agency has it among what waits for them; whoever only asked does not."""
        return not self.ended and self.lead_agency_id is not None

    def not_for(self, step: Step, viewer: AsWorker) -> str:
        return whose.not_for(self, step, viewer)

    def happening(self) -> str:
        return f"{self.title()} at level {self.level}: {self.state_label}"

    def because(self) -> str:
        return self.level_why or self.asked_for

    # --- Other beginnings ----------------------------------------------------------------------------------

    @step(
        "Begin a plan of your own agency",
        past="{from_agency} began a plan of its own with the family",
        reaches=State.ACTIVE,
        by=PARTNERS,
        asks={
            "The child": [*CHILD, "child_wants"],
            "What would help": ["asked_for"],
            "The family's agreement": CONSENT,
            "What is to be different": ["outcomes"],
            "Who does what": ["actions"],
            "Looking at it again": ["review_due_on"],
        },
        optional={"child_born_on", "child_lives_at", "child_postcode", "child_wants", "consent_for"},
        needs=[
            needs.named_child, needs.born_by_now, needs.family_agrees, needs.agreement_is_dated,
            needs.outcomes_are_agreed, due_today_or_later, needs.reviewed_later,
        ],
        significant=True,
    )  # fmt: skip
    def begin_single_agency(self, on: datetime) -> None:
        """Level 2: your agency alone helps the family, by a plan that says when it is looked at again."""
        doing.come_from_partner(self, on)
        doing.lead_it_myself(self, on)
        self._begin_by_one_agency(on)

    @step(
        "Record one agency's plan",
        past="{lead_agency} helps the family by a plan of its own",
        reaches=State.ACTIVE,
        by=EARLY_HELP,
        asks=["asked_for", "child_wants", *CONSENT, "lead_agency", "lead_name", "outcomes", "actions", "review_due_on"],
        optional={"child_wants", "consent_for"},
        needs=[
            needs.not_helped_already, needs.family_agrees, needs.agreement_is_dated, needs.leads_for_the_county,
            needs.outcomes_are_agreed, due_today_or_later, needs.reviewed_later,
        ],
        significant=True,
    )  # fmt: skip
    def record_single_agency(self, on: datetime) -> None:
        """Level 2: one agency alone helps the family; it leads, and works in this record from now on."""
        self.asked_at = self.allocated_at = on
        self._begin_by_one_agency(on)
        doing.name_lead(self, on)

    def _begin_by_one_agency(self, on: datetime) -> None:
        self.started_on = self.review_from_on = local_day(on)
        doing.write_level(self, ONE_AGENCY, local_day(on), self.asked_for)
        hand_out(self)

    @step(
        "Begin as a child in need",
        past="It was decided that the child is in need",
        reaches=State.WAITING,
        by={STEP.name},
        asks=["assessment", "protection_plan", "referral", "level_why", "social_worker"],
        optional={"assessment", "protection_plan", "referral", "level_why", "social_worker"},
        significant=True,
    )
    def begin_in_need(self, on: datetime) -> None:
        """Begun when an assessment, or a child protection plan, ends with the decision that the child is in need."""
        self.asked_at = self.in_need_since_at = on
        doing.say_whom(self)
        doing.write_level(self, IN_NEED, local_day(on), self.level_why)
        doing.let_social_worker_lead(self)

    @step(
        "Ask for early help after an assessment",
        past="Early help was asked for, after an assessment",
        reaches=State.ASKED,
        by={STEP.name},
        asks=["assessment", "asked_for"],
        significant=True,
    )
    def begin_after_assessment(self, on: datetime) -> None:
        """Begun when an assessment ends with the decision that early help is enough. The panel looks at it next."""
        self.asked_at = on
        doing.say_whom(self)
        doing.write_level(self, TEAM_AROUND, local_day(on), self.asked_for)

    # --- The team and its plan -----------------------------------------------------------------------------

    @step(
        "Add somebody to the team",
        past="Somebody joined the team around the family",
        leaves={State.WAITING, State.ACTIVE},
        by=HELPERS,
        asks=["team"],
        siblings=True,
    )
    def add_to_team(self, on: datetime) -> None:
        """Workers of agencies, and whomever the family wants beside them. Workers see the plan from now on."""
        doing.say_whom(self)
        doing.join_team(self, on)

    @step(
        "Say who leaves the team",
        past="Somebody left the team around the family",
        leaves={State.WAITING, State.ACTIVE},
        by=HELPERS,
        asks=["leaving"],
    )
    def leave_team(self, on: datetime) -> None:
        """Who leaves sees nothing more of it from now on. What they were sent stays theirs."""
        doing.part_with_members(self, on)

    @step(
        "Review one agency's plan",
        past="The plan was reviewed, and is looked at again by {review_due_on}",
        leaves=State.ACTIVE,
        by=HELPERS,
        asks=["outcomes_now", "progress", "review_due_on"],
        needs=[needs.every_outcome_is_said, needs.reviewed_later],
        significant=True,
    )
    def review_single_agency(self, on: datetime) -> None:
        """With the family: what has been reached, what has been done, and when the plan is looked at again."""
        self.review_from_on = local_day(on)

    # --- Up and down ---------------------------------------------------------------------------------------

    @step(
        "Step up",
        past="The help was stepped up to level {to_level}",
        leaves={State.WAITING, State.ACTIVE},
        by=MANAGERS,
        asks=["to_level", "level_why", "social_worker"],
        only_when={"social_worker": ("to_level", {IN_NEED})},
        offers={"to_level": {TEAM_AROUND, IN_NEED}},
        needs=[needs.which_child_is_said, needs.upwards, needs.social_worker_where_in_need],
        significant=True,
        siblings=True,
    )
    def step_up(self, on: datetime) -> None:
        """More help is needed, agreed between both managers and with the family. Record, plan and people go on."""
        doing.step_up(self, on)
        told.tell_of_level(self, f"{self.title()}: more help from now on")

    @step(
        "Go on as a child in need, without the panel",
        past="It was decided that the child is in need, and the panel is not waited for",
        leaves=State.ASKED,
        reaches=State.WAITING,
        by={STEP.name},
        asks=["to_level", "level_why", "social_worker"],
        needs=[needs.which_child_is_said, needs.upwards, needs.social_worker_where_in_need],
        significant=True,
    )
    def leave_the_panel_in_need(self, on: datetime) -> None:
        """Early help was asked for, and an assessment decides meanwhile that the child is in need."""
        doing.step_up(self, on)

    @step(
        "Step up to the front door",
        past="Those who help the family stepped this up to the front door",
        leaves=OPEN,
        by=EARLY_HELP | SOCIAL_CARE,
        asks=TO_FRONT_DOOR,
        significant=True,
    )
    def step_up_to_front_door(self, on: datetime) -> None:
        """A child may be harmed: the front door decides now. The plan goes on meanwhile."""

    @step(
        "Step down",
        past="The help was stepped down to level {to_level}",
        leaves=State.ACTIVE,
        by={*MANAGERS, "social worker"},
        asks=["to_level", "level_why", *CONSENT, *WHO_LEADS, "review_due_on"],
        optional={"consent_for", "supporter"},
        only_when={"review_due_on": ("to_level", {ONE_AGENCY})},
        offers={"to_level": {ONE_AGENCY, TEAM_AROUND}},
        needs=[
            needs.which_child_is_said, needs.downwards, needs.family_agrees_to_less, needs.agreement_is_dated,
            needs.leads_for_the_county, needs.reviewed_later,
        ],
        significant=True,
        siblings=True,
    )  # fmt: skip
    def step_down(self, on: datetime) -> None:
        """Less help is enough. It is said who leads from now on, and everybody who helps is told."""
        doing.step_down(self, on)
        told.tell_of_level(self, f"{self.title()}: less help is enough from now on")

    # --- The end -------------------------------------------------------------------------------------------

    @step(
        "Close",
        past="Family help ended: {closing_reason}",
        leaves=State.ACTIVE,
        reaches=State.CLOSED,
        by=HELPERS,
        asks={
            "What was reached": ["outcomes_now"],
            "What the family takes with them": ["wellbeing_plan", "family_says", "family_not_asked_because"],
            "The end": ["closed_on", "closing_reason"],
        },
        optional={"wellbeing_plan", "family_says", "family_not_asked_because"},
        needs=[
            needs.every_outcome_is_said, needs.wellbeing_plan_is_given, needs.family_is_asked, needs.closed_by_now,
        ],
        significant=True,
        siblings=True,
        own={"closing_reason"},
    )  # fmt: skip
    def close(self, on: datetime) -> None:
        """With the family: what was reached, their own plan for keeping well (which they get as a letter, unless they
        moved or another plan takes its place), and what they say of the help."""
        assert self.closed_on is not None  # the step asks for it
        if self.is_in_need:
            self.section_17_until = self.closed_on
        told.tell_of_closing(self)
        self.finish()

    @step(
        "Record that the family no longer agrees",
        past="The family no longer agrees to the help",
        leaves=OPEN,
        by=HELPERS,
        asks=[
            "consent_withdrawn_on",
            "withdrawn_says",
            "after_withdrawal",
            "front_door_because",
            "harm_likely",
            "urgency",
        ],
        only_when=dict.fromkeys(
            ["front_door_because", "harm_likely", "urgency"], ("after_withdrawal", {AfterConsent.FRONT_DOOR})
        ),
        needs=[needs.withdrawn_by_now],
        significant=True,
    )
    def withdraw(self, on: datetime) -> None:
        """Nothing by agreement goes on without it: it ends today, or the front door decides, with a reason."""
        begun = self.state == questions.State.ACTIVE
        self.consent = "WITHDRAWN"
        self.closed_on = local_day(on)
        if begun:
            self.closing_reason = "NO_AGREEMENT"
            self.section_17_until = self.closed_on if self.is_in_need else self.section_17_until
        self.state = questions.State.CLOSED if begun else questions.State.NOT_AGREED
        told.tell_of_withdrawal(self)
        self.finish()

    @step(
        "Give way to a child protection plan",
        past="A child protection plan takes its place",
        leaves=OPEN,
        reaches=State.CLOSED,
        by={STEP.name},
        asks=["closed_on"],
        significant=True,
    )
    def give_way(self, on: datetime) -> None:
        """A child has one plan: where a conference makes a child protection plan, that of a child in need ends."""
        self.closing_reason = "PROTECTION"
        if self.is_in_need:
            self.section_17_until = self.closed_on
        self.finish()

    def finish(self) -> None:
        """What it called for is waited for no more, and nobody takes part in it."""
        end_what_it_called_for(self)
        doing.let_everybody_go(self)

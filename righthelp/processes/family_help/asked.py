"""How family help comes about: what is asked for, whose agreement it rests on, what the panel decides, who leads."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.meeting import in_short
from righthelp.engine.named import worker_called
from righthelp.engine.plan import Plan, due_today_or_later, hand_out
from righthelp.guard.models import Agency, Appointment, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import step
from righthelp.people.models import Person
from righthelp.people.rows import kept_postcode
from righthelp.people.told import Told
from righthelp.processes.family_help import doing, needs, questions, told
from righthelp.processes.family_help.questions import (
    BEFORE,
    CHILD,
    CONSENT,
    EARLY_HELP,
    HELPERS,
    IN_NEED,
    LEVELS,
    MANAGERS,
    OPEN,
    PARTNERS,
    SOCIAL_CARE,
    TEAM_AROUND,
    WHO_LEADS,
    State,
)

if TYPE_CHECKING:
    from righthelp.processes.family_help.models import FamilyHelp


class Asked(Plan):
    """A family for whom help is asked."""

    about = models.CharField("who it is about", max_length=300, blank=True)
    help_request = models.ForeignKey(
        "help_request.HelpRequest", verbose_name="request for early help", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    level = models.PositiveSmallIntegerField("level of need", choices=LEVELS, default=TEAM_AROUND)
    asked_at = models.DateTimeField("asked")
    asked_for = models.TextField("what help does the family want, and why now?", max_length=4000, blank=True)
    child_wants = models.TextField(
        "what does this child say, and what would they like to be different?", max_length=2000, blank=True,
        help_text="In their own words, or what they show if they do not yet speak.",
    )  # fmt: skip

    # Where a partner asked
    from_agency = models.ForeignKey(
        Agency, verbose_name="asked by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_worker = models.ForeignKey(
        Worker, verbose_name="who asked", null=True, on_delete=models.PROTECT, related_name="+"
    )
    child_given = models.CharField("first name", max_length=100, blank=True)
    child_family = models.CharField("last name", max_length=100, blank=True)
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    child_lives_at = models.TextField("address", max_length=300, blank=True)
    child_postcode = models.CharField("postcode", max_length=10, blank=True)
    matched_to = models.ForeignKey(
        Person, verbose_name="which child is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    match_reason = models.TextField("how do you know?", max_length=2000, blank=True)

    # The family's agreement
    consent = CodeField("does the family agree?", code_set="consent", leaving_out={"NOT_SOUGHT", "WITHDRAWN"})
    consent_from = models.CharField("who said so?", max_length=200, blank=True)
    consent_on = models.DateField("on which day?", null=True, blank=True)
    consent_for = models.TextField(
        "what do they agree to, and to what not?", max_length=2000, blank=True,
        help_text="Who may know what, who may be asked, who may come to their home.",
    )  # fmt: skip

    # The weekly panel
    panel_on = models.DateField("on which day did the panel meet?", null=True)
    panel_decision = models.CharField(
        "what did the panel decide?", max_length=9, choices=questions.Decision.choices, blank=True
    )
    panel_reason = models.TextField("why?", max_length=4000, blank=True)
    help_by = models.CharField(
        "whom does the family wait for?", max_length=12, choices=questions.HelpBy.choices, blank=True
    )
    service = models.CharField("which service?", max_length=200, blank=True)
    taken_up_at = models.DateTimeField("taken up", null=True)

    # Who leads
    lead_agency = models.ForeignKey(
        Agency, verbose_name="which agency leads?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_name = models.CharField("who leads? their full name", max_length=200, blank=True)
    lead = models.ForeignKey(
        Worker, verbose_name="lead practitioner", null=True, on_delete=models.PROTECT, related_name="+"
    )
    supporter = models.ForeignKey(
        Worker, verbose_name="who of early help stays alongside?", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    social_worker = models.ForeignKey(
        Worker, verbose_name="which social worker is responsible?", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    allocated_at = models.DateTimeField("lead named", null=True)

    class Meta(Plan.Meta):
        abstract = True

    @classmethod
    def offered(cls, field: str) -> Any:
        """Who may stay alongside, and who may be responsible for a child in need."""
        roles = {"supporter": EARLY_HELP, "social_worker": SOCIAL_CARE}.get(field)
        if roles is None:
            return None
        held = Appointment.objects.filter(role__in=roles, until__isnull=True)
        return Worker.objects.filter(pk__in=held.values("worker")).order_by("name")

    @property
    def told(self) -> Told:
        """The child as a partner named them, and as a record that is made from it has them."""
        return Told(
            given=self.child_given,
            family=self.child_family,
            born_on=self.child_born_on,
            lines=self.child_lives_at,
            postcode=kept_postcode(self.child_postcode),
        )

    @property
    def whole(self) -> FamilyHelp:
        """The page that this is a half of."""
        return cast("FamilyHelp", self)

    def lead_worker(self, on: datetime) -> Worker | None:
        """The worker of the leading agency who bears the name."""
        return worker_called(self.lead_name, self.lead_agency_id, local_day(on), self.whole._doing)

    @step(
        "Ask for help for the family",
        past="Help for the family was asked for",
        reaches=State.ASKED,
        by=EARLY_HELP,
        asks=["asked_for", "child_wants", *CONSENT],
        optional={"child_wants", "consent_for"},
        needs=[needs.not_helped_already, needs.family_agrees, needs.agreement_is_dated],
        siblings=True,
        own={"child_wants"},
        significant=True,
    )
    def ask(self, on: datetime) -> None:
        """A family whom you know would be helped by a team: it goes to the next panel, for each child."""
        self.asked_at = on
        doing.say_whom(self.whole)
        doing.write_level(self.whole, self.level, local_day(on), self.asked_for)

    @step(
        "Ask for help for a family",
        past="{from_agency} asked for help for the family",
        reaches=State.ASKED,
        by=PARTNERS,
        asks={
            "The child": [*CHILD, "child_wants"],
            "What would help": ["asked_for"],
            "The family's agreement": CONSENT,
        },
        optional={"child_born_on", "child_lives_at", "child_postcode", "child_wants", "consent_for"},
        needs=[needs.named_child, needs.born_by_now, needs.family_agrees, needs.agreement_is_dated],
        significant=True,
    )
    def ask_for_family(self, on: datetime) -> None:
        """For a family who want help and agree to it. The panel decides within days, and you are told."""
        doing.come_from_partner(self.whole, on)
        doing.write_level(self.whole, self.level, local_day(on), self.asked_for)

    @step(
        "Begin from a request for early help",
        past="Help for the family was asked for, after their request",
        reaches=State.ASKED,
        by={STEP.name},
        asks=["help_request", "asked_for", "lead_name"],
        optional={"asked_for", "lead_name"},
        significant=True,
    )
    def from_request(self, on: datetime) -> None:
        """Begun when early help answers that a family is to be assessed: what is known is carried over."""
        self.asked_at = on
        if self.help_request and self.help_request.entry.person_id:
            doing.say_whom(self.whole)
        doing.write_level(self.whole, self.level, local_day(on), self.asked_for)

    @step(
        "Say which child this is",
        past="It was said which child this is about",
        leaves=OPEN,
        by=EARLY_HELP,
        asks=["matched_to", "match_reason"],
        needs=[needs.is_a_child_of_ours, needs.not_matched_yet, needs.nobody_matched_is_helped],
    )
    def match(self, on: datetime) -> None:
        """The child is known already: what was asked stands on their timeline. Nothing on their record is changed."""
        assert self.matched_to is not None  # the step asks for it
        self.also.about(self.matched_to)
        self.about = in_short(self.matched_to)

    @step(
        "Make a new record for this child",
        past="A record was made for a child not known before",
        leaves=OPEN,
        by=EARLY_HELP,
        asks=["match_reason"],
        needs=[needs.not_matched_yet, needs.named_child],
    )
    def register(self, on: datetime) -> None:
        """Nobody on record is this child: one is made from what the partner told, with the family's agreement."""
        doing.new_child(self.whole)
        assert self.matched_to is not None  # made just now
        self.about = in_short(self.matched_to)

    @step(
        "Record the family's agreement",
        past="It was written down what the family agrees to",
        leaves=OPEN,
        by=HELPERS,
        asks=CONSENT,
        optional={"consent_for"},
        needs=[needs.family_agrees, needs.agreement_is_dated],
        siblings=True,
    )
    def record_consent(self, on: datetime) -> None:
        """Who agreed, when, and to what; asked again when what is to be done changes."""

    @step(
        "Record what the panel decided",
        past="The panel decided: {panel_decision}",
        leaves=State.ASKED,
        by={"early help manager"},
        asks=["panel_on", "panel_decision", "help_by", "service", "panel_reason"],
        optional={"service"},
        only_when={
            "help_by": ("panel_decision", {questions.Decision.TAKE_UP}),
            "service": ("panel_decision", {questions.Decision.TAKE_UP}),
        },
        needs=[needs.which_child_is_said, needs.met_by_now, needs.agreed_if_taken_up, needs.service_is_named],
        significant=True,
        siblings=True,
    )
    def decide_at_panel(self, on: datetime) -> None:
        """What the weekly panel decided for this family, and why. Whoever asked is told."""
        if self.panel_decision == questions.Decision.TAKE_UP:
            self.state = State.WAITING
            self.taken_up_at = on
        elif self.panel_decision == questions.Decision.NOT_NOW:
            self.end_before_beginning(on)
        told.tell_asker(self.whole)

    @step(
        "Name who leads",
        past="{lead_name} leads from now on",
        leaves={State.WAITING, State.ACTIVE},
        by=EARLY_HELP,
        asks=WHO_LEADS,
        optional={"supporter"},
        needs=[needs.which_child_is_said, needs.leads_for_the_county],
        siblings=True,
        significant=True,
    )
    def allocate(self, on: datetime) -> None:
        """The lead practitioner: often of the agency that knows the family best. They work in this same record."""
        self.allocated_at = self.allocated_at or on
        doing.name_lead(self.whole, on)

    @step(
        "Name the social worker",
        past="{social_worker} is responsible from now on",
        leaves={State.WAITING, State.ACTIVE},
        by={"team manager"},
        asks=["social_worker"],
        needs=[needs.social_worker_where_in_need],
        siblings=True,
        significant=True,
    )
    def allocate_social_worker(self, on: datetime) -> None:
        """A child in need has a social worker, who leads the plan. What nobody had planned yet falls due."""
        self.allocated_at = self.allocated_at or on
        doing.let_social_worker_lead(self.whole)
        if self.state == State.ACTIVE:
            doing.call_for_what_is_missing(self.whole, local_day(on))

    @step(
        "Begin the work",
        past="Work with the family began on {started_on}",
        leaves=State.WAITING,
        reaches=State.ACTIVE,
        by=HELPERS,
        asks=["started_on", "outcomes", "actions"],
        needs=[
            needs.family_agrees, needs.somebody_leads, needs.begun_by_now, needs.outcomes_are_agreed,
            due_today_or_later,
        ],
        significant=True,
    )  # fmt: skip
    def begin_work(self, on: datetime) -> None:
        """You have met the family, and have agreed with them what is to be different and who does what."""
        assert self.started_on is not None  # the step asks for it
        hand_out(self)
        if self.level == IN_NEED:
            self.section_17_from = self.started_on
        doing.call_for_the_first(self.whole, self.started_on)

    @step(
        "Say that it does not begin",
        past="Help did not begin",
        leaves=BEFORE,
        reaches=State.NOT_AGREED,
        by=MANAGERS,
        asks=["not_begun_because"],
        significant=True,
        siblings=True,
    )
    def not_begin(self, on: datetime) -> None:
        """The family has moved, found help elsewhere, or another plan goes on."""
        self.end_before_beginning(on)

    def end_before_beginning(self, on: datetime) -> None:
        """Nothing of it began, and nobody waits any more."""
        self.state = State.NOT_AGREED
        self.closed_on = local_day(on)
        doing.let_everybody_go(self.whole)

    # Of the page that is made from it
    started_on: Any
    section_17_from: Any
    closed_on: Any

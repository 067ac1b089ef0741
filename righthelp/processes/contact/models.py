"""A worry about a child that reaches the front door."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from righthelp.engine.codes import CodeField
from righthelp.kernel.moments import local
from righthelp.kernel.page import Clock, Expect, step
from righthelp.kernel.written import write_moment
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.processes.contact import doing, needs, questions
from righthelp.processes.contact.answering import answer_sender
from righthelp.processes.contact.as_told import AsTold
from righthelp.processes.contact.parts import ContactAdult, ContactChild, ContactDecision, UnsentWorry
from righthelp.processes.contact.questions import (
    AGENCY,
    AS_TOLD,
    BY_TELEPHONE,
    CALLER,
    DECISION,
    FRONT_DOOR,
    LEVELS,
    OPEN,
    TAKES_CALLS,
)  # fmt: skip

__all__ = ["Contact", "ContactAdult", "ContactChild", "ContactDecision", "UnsentWorry"]

STILL_CONFIRMED = timedelta(days=28)  # a form that comes later than this confirms no call that anybody remembers


class Contact(AsTold):
    """A worry about a child, told to the front door (in practice a contact), before anybody has decided what it is.

    Anybody may tell children's social care of a child who may be in need (Children Act 1989, section 17) or may be
    suffering, or likely to suffer, significant harm (section 47). A manager decides what is done, within one working
    day (Working Together to Safeguard Children) and, by the county's own standard, within 24 hours; whoever told us is
    told what came of it.
    """

    State = questions.State
    ENDS = {State.DECIDED, State.PASSED_ON, State.JOINED}
    team_receives = "contact"
    queue_title = "The board"
    nobody_is = "register"
    receipt_says = "contact/receipt.html"
    workspace_list = "contact/workspace_list.html"
    agency_page = "contact/sent.html"
    # What was said of one decision is not said of the next: least of all to the sender.
    asked_afresh = frozenset({"why_changed", "decision_reason", "told_sender", "sender_told_how", "sender_told_what"})
    beside = {"Level of need": doing.levels_beside}

    Outcome = questions.Outcome
    ParentsTold = questions.ParentsTold
    ToldHow = questions.ToldHow

    # Screening
    urgency = CodeField("how urgent is it?", code_set="urgency")
    urgency_reason = models.TextField("why this urgency?", max_length=2000, blank=True)
    matched_to = models.ForeignKey(
        Person, verbose_name="which child is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    match_reason = models.TextField("how do you know?", max_length=2000, blank=True)
    facts_confirmed = ArrayField(
        models.CharField(max_length=60), verbose_name="what is still right", default=list, blank=True
    )
    screening_note = models.TextField("what you found out, and from whom", max_length=8000, blank=True)
    hold_reason = models.TextField("what are you waiting for, and from whom?", max_length=2000, blank=True)
    held_at = models.DateTimeField("held", null=True)
    released_at = models.DateTimeField("released", null=True)

    # The decision in force; every decision ever made is a row of `ContactDecision`
    outcome = models.CharField("decision", max_length=20, choices=Outcome.choices, blank=True)
    level = models.PositiveSmallIntegerField("level of need", choices=LEVELS, null=True)
    decision_reason = models.TextField("why is this the right decision?", max_length=8000, blank=True)
    early_help_agreed = models.BooleanField("have the parents or carers agreed to early help?", null=True)
    signposted_to = models.TextField("which services, and how to reach them?", max_length=2000, blank=True)
    parents_told = models.CharField(
        "have the parents been told?", max_length=3, choices=ParentsTold.choices, blank=True
    )
    parents_not_told_because = models.TextField("why have they not been told?", max_length=2000, blank=True)
    told_sender = models.TextField(
        "what happens next, for the person who told us",
        max_length=4000,
        blank=True,
        help_text="Only what they may know. Leave it empty to send the usual words for the decision.",
    )
    why_changed = models.TextField("why is the decision changed?", max_length=4000, blank=True)
    decided_at = models.DateTimeField("first decided", null=True)
    sender_told_at = models.DateTimeField("sender told", null=True)
    # Whoever has no workspace is told by somebody, who writes down that they did.
    sender_to_be_told = models.BooleanField("whoever told us is still to be told", default=False)
    sender_told_how = models.CharField("how were they told?", max_length=10, choices=ToldHow.choices, blank=True)
    sender_told_what = models.TextField("who told them, and what did they say?", max_length=2000, blank=True)
    sender_not_told_because = models.TextField("why could they not be told?", max_length=1000, blank=True)

    # Passed on as information about an open case, and whether it came back
    passed_on_because = models.TextField("why is this not a new worry?", max_length=2000, blank=True)
    passed_on_at = models.DateTimeField("passed to who holds the case", null=True)
    returned_because = models.TextField("why does it come back to the front door?", max_length=2000, blank=True)
    returned_at = models.DateTimeField("came back to the front door", null=True)

    clocks = [
        Clock(
            "decision",
            law="front_door.contact_decision",
            starts="counts_from",
            stops="decided_at",
            when="is_a_contact",
            awaits="Decision in {length}",
        ),
        Clock(
            "decision by guidance",
            law="front_door.referral_decision",
            starts="counts_from",
            stops="decided_at",
            when="is_a_contact",
            awaits="Decision in {length}",
        ),
        Clock(
            "sender told",
            law="front_door.referrer_told",
            starts="received_at",
            stops="sender_told_at",
            when="sender_can_be_told",
            excused="sender_not_told_because",
        ),
        Clock("hold", law="front_door.longest_hold", starts="held_at", stops="released_at", awaits="End of the hold"),
        Clock(
            "confirmed in writing",
            law="front_door.telephone_confirmed_in_writing",
            starts="received_at",
            stops="confirmed_at",
            when="is_a_referral_by_telephone",
            awaits="The caller's form",
        ),
    ]
    expects = [
        Expect(
            of="referral",
            step="accept",
            when="is_for_assessment",
            link="contact",
            carries={"received_at": "received_at", "reason": "decision_reason"},
        ),
        Expect(
            of="referral",
            step="accept",
            when="is_immediate",
            link="contact",
            carries={"received_at": "grave_since", "immediate": "is_immediate", "reason": "decision_reason"},
            apart=frozenset({"immediate"}),
        ),
        Expect(
            of="help_request",
            step="ask",
            when="begins_early_help",
            link="contact",
            carries={"level": "level", "reason": "decision_reason"},
        ),
        Expect(
            of="information_on_case",
            step="receive",
            when="is_passed_on",
            link="contact",
            carries={"reason": "passed_on_because"},
        ),
        Expect(
            of="signposting",
            step="follow",
            when="is_for_signposting",
            link="contact",
            carries={"own_words": "signposted_to", "why": "decision_reason"},
        ),
    ]

    class Shown:
        everyone = {
            "reference", "received_at", "came_by", "from_agency", "urgency", "outcome", "level", "decided_at",
            "sender_told_at", "confirmed_at", "passed_on_at", "returned_at",
        }  # fmt: skip
        team = {
            *AS_TOLD, *CALLER, "from_worker", "joins", "sent_together", "notification", "help_request", "family_help",
            "matched_to",
            "urgency_reason", "match_reason", "facts_confirmed", "screening_note", "hold_reason", "held_at",
            "released_at", "decision_reason",
            "early_help_agreed", "signposted_to", "parents_told", "parents_not_told_because", "told_sender",
            "why_changed", "sender_to_be_told", "sender_told_how", "sender_told_what", "sender_not_told_because",
            "passed_on_because", "returned_because",
        }  # fmt: skip
        restricted: set[str] = set()
        agencies = {
            ("from_agency", "from_worker"): {
                *AS_TOLD, "reference", "received_at", "came_by", "who_told", "from_agency", "from_worker",
                "sent_together", "outcome", "told_sender", "sender_told_at", "confirmed_at",
            }
        }  # fmt: skip

    class Meta(AsTold.Meta):
        abstract = False
        verbose_name = "worry about a child"
        verbose_name_plural = "worries about children"
        indexes = [
            models.Index(fields=["received_at"], name="contact_received"),
            models.Index(fields=["from_agency", "received_at"], name="contact_from_agency"),
            models.Index(
                fields=["received_at"], name="contact_sender_waits", condition=models.Q(sender_to_be_told=True)
            ),
        ]

    @classmethod
    def offered(cls, field: str) -> Any:
        """The calls that a form may confirm: those of agencies, of the last weeks, that are not confirmed yet."""
        if field != "joins":
            return None
        since = timezone.now() - STILL_CONFIRMED
        calls = cls.objects.filter(who_told=AGENCY, came_by__in=BY_TELEPHONE, confirmed_at__isnull=True)
        counted = calls.exclude(state__in=[cls.State.PASSED_ON, cls.State.JOINED])
        return counted.filter(received_at__gte=since).select_related("from_agency").order_by("-received_at")

    @property
    def counts_from(self) -> datetime:
        """When it became a worry to be decided: as it was told, or as it came back from who holds the case."""
        return self.returned_at or self.received_at

    @property
    def is_passed_on(self) -> bool:
        return self.state == self.State.PASSED_ON

    @property
    def is_for_assessment(self) -> bool:
        return self.outcome == self.Outcome.REFERRAL

    @property
    def is_immediate(self) -> bool:
        return self.outcome == self.Outcome.IMMEDIATE

    @property
    def grave_since(self) -> datetime:
        """When it was known that a child must be seen the same day: at once, or when the decision was changed."""
        return self.also.on if self.why_changed else self.counts_from

    @property
    def is_for_early_help(self) -> bool:
        return self.outcome == self.Outcome.EARLY_HELP

    @property
    def begins_early_help(self) -> bool:
        """A request that early help stepped up goes back to it as it is; one that was answered begins anew."""
        stepped_up = self.help_request
        return self.is_for_early_help and (stepped_up is None or stepped_up.state == stepped_up.State.ANSWERED)

    @property
    def is_for_signposting(self) -> bool:
        return self.outcome == self.Outcome.SIGNPOSTING

    @classmethod
    def label(cls, field: str, code: object) -> str:
        if field == "indicators":
            return pack().levels().indicator(str(code)).indicator
        if field in {"level", "sender_level"}:
            return f"Level {code}: {pack().levels().level(int(str(code))).title}"
        return super().label(field, code)

    @property
    def choice_words(self) -> str:
        """How it is told from others in a list to choose from."""
        return f"{self.heading}, {self.told_by}, {write_moment(local(self.received_at))}"

    @property
    def outcome_label(self) -> str:
        """The decision in force, as the county says it."""
        return self.label("outcome", self.outcome) if self.outcome else ""

    def happening(self) -> str:
        return f"{self.told_by} told us of a worry: {self.state_label}"

    def because(self) -> str:
        return self.decision_reason or self.worry

    @step(
        "Start screening",
        past="Screening began",
        leaves=State.RECEIVED,
        reaches=State.SCREENING,
        by=FRONT_DOOR,
        asks=["urgency", "urgency_reason"],
    )
    def start(self, on: datetime) -> None:
        """A worker of the front door takes the worry on, and says how urgent it is."""
        self.also.hold_myself()

    @step(
        "Set the urgency",
        past="Urgency set to {urgency}",
        leaves=OPEN,
        by=FRONT_DOOR,
        asks=["urgency", "urgency_reason"],
    )
    def rate(self, on: datetime) -> None:
        """A person says how soon this must be looked at, and why. Nothing sets it but a person."""

    @step("Take over", past="Another worker took this over", leaves=OPEN, by=FRONT_DOOR)
    def take_over(self, on: datetime) -> None:
        """Hold this worry yourself from now on."""
        self.also.hold_myself()

    @step(
        "Say which child this is",
        past="It was said which child this is about",
        leaves={*OPEN, State.DECIDED},
        by=TAKES_CALLS,
        asks=["matched_to", "match_reason"],
        needs=[needs.is_a_child],
    )
    def match(self, on: datetime) -> None:
        """The worry is about a child who is known already. What was told and is not on their record is added to it."""
        doing.learn_what_was_told(self)

    @step(
        "Make a new record for this child",
        past="A record was made for a child not known before",
        leaves=OPEN,
        by=TAKES_CALLS,
        asks=["match_reason"],
        needs=[needs.not_matched_yet],
    )
    def register(self, on: datetime) -> None:
        """Nobody on record is this child: one is made from what was told."""
        doing.new_child(self)

    @step(
        "Confirm what is known",
        past="What is known was confirmed",
        leaves={State.SCREENING, State.HELD},
        by=FRONT_DOOR,
        asks=["facts_confirmed"],
    )
    def confirm(self, on: datetime) -> None:
        """Facts on record that somebody has said are still right. They are not typed again."""
        doing.confirm_facts(self)

    @step(
        "Write down what you found out",
        past="Screening was written up",
        leaves={State.SCREENING, State.HELD},
        by=FRONT_DOOR,
        asks=["screening_note"],
    )
    def note(self, on: datetime) -> None:
        """What screening found: history, what agencies said, what the family and the child said, and what it means."""

    @step(
        "Hold for information",
        past="Held while information is gathered",
        leaves=State.SCREENING,
        reaches=State.HELD,
        by=FRONT_DOOR,
        asks=["hold_reason"],
        needs=[needs.held_once],
    )
    def hold(self, on: datetime) -> None:
        """Hold the worry, for the longest time the county allows, while what is missing is gathered."""
        self.held_at = on

    @step(
        "Stop holding",
        past="No longer held",
        leaves=State.HELD,
        reaches=State.SCREENING,
        by=FRONT_DOOR,
    )
    def release(self, on: datetime) -> None:
        """What was awaited has come, or can no longer be waited for."""
        self.released_at = on

    @step(
        "Join to the telephone call",
        past="It confirms a telephone call, and is joined to it",
        leaves={State.RECEIVED, State.SCREENING},
        reaches=State.JOINED,
        by=TAKES_CALLS,
        asks=["joins"],
        needs=[needs.same_agency_rang],
    )
    def join(self, on: datetime) -> None:
        """The agency has rung about this already and now confirms it in writing: one worry, decided once."""
        doing.join_to_call(self)

    @step(
        "Record that it was confirmed in writing",
        past="Confirmed in writing by the agency that rang",
        leaves={*OPEN, State.DECIDED},
        by=TAKES_CALLS,
        asks=["confirmed_at"],
        words={"confirmed_at": "when did their form come?"},
        needs=[needs.awaits_their_form, needs.came_after_the_call],
    )
    def confirm_in_writing(self, on: datetime) -> None:
        """Their form has come some other way. One that was sent here is joined to the call from its own page."""

    @step(
        "Pass to who holds the case",
        past="Passed as information to who holds the open case",
        leaves=OPEN,
        reaches=State.PASSED_ON,
        by=FRONT_DOOR,
        asks=["passed_on_because", "told_sender"],
        optional={"told_sender"},
        needs=[needs.child_is_known, needs.a_case_is_open],
        significant=True,
    )
    def pass_on(self, on: datetime) -> None:
        """A worker is with this child already, and this is news for them, not a new worry. It is not a contact."""
        self.passed_on_at = on
        doing.end_what_is_waited_for(self, on)
        doing.tell_early_help(self)
        answer_sender(self, on)

    @step(
        "Bring back to the front door",
        past="Came back to the front door as a new worry",
        leaves=State.PASSED_ON,
        reaches=State.SCREENING,
        by={"front door manager"},
        asks=["returned_because"],
        significant=True,
    )
    def bring_back(self, on: datetime) -> None:
        """It is a new worry after all. The time to decide runs from now; the one who holds the case may say so too."""
        self.returned_at = on
        self.also.hold(team=self.also.team_that_receives(self.team_receives))

    @step(
        "Record that whoever told us was told",
        past="Whoever told us was told what came of it",
        leaves={State.DECIDED, State.PASSED_ON},
        by=TAKES_CALLS,
        asks=["sender_told_how", "sender_told_what", "sender_not_told_because"],
        only_when={
            "sender_told_what": ("sender_told_how", set(ToldHow) - {ToldHow.NOT_TOLD}),
            "sender_not_told_because": ("sender_told_how", {ToldHow.NOT_TOLD}),
        },
        needs=[needs.sender_waits],
    )
    def tell_sender(self, on: datetime) -> None:
        """Tell them only what is written as theirs to know, and in the way that they said is safe."""
        self.sender_to_be_told = False
        if self.sender_told_how != self.ToldHow.NOT_TOLD:
            self.sender_told_at = self.sender_told_at or on

    @step(
        "Decide",
        past="Decided: {outcome}, {level}",
        leaves=OPEN,
        reaches=State.DECIDED,
        by={"front door manager"},
        asks=DECISION,
        optional={"told_sender"},
        only_when={
            "early_help_agreed": ("outcome", {Outcome.EARLY_HELP}),
            "signposted_to": ("outcome", {Outcome.SIGNPOSTING}),
            "parents_not_told_because": ("parents_told", {ParentsTold.NO}),
        },
        needs=[needs.child_is_known, needs.early_help_is_agreed],
        significant=True,
    )
    def decide(self, on: datetime) -> None:
        """A manager decides what is done, with a level of need and a reason; the sender is told by the same step."""
        self.decided_at = on
        doing.end_what_is_waited_for(self, on)
        answer_sender(self, on)
        doing.record_decision(self, on)
        doing.tell_early_help(self)

    @step(
        "Change the decision",
        past="Decision changed to: {outcome}, {level}",
        leaves=State.DECIDED,
        by={"front door manager"},
        asks=["why_changed", *DECISION],
        optional={"told_sender"},
        only_when={
            "early_help_agreed": ("outcome", {Outcome.EARLY_HELP}),
            "signposted_to": ("outcome", {Outcome.SIGNPOSTING}),
            "parents_not_told_because": ("parents_told", {ParentsTold.NO}),
        },
        needs=[needs.child_is_known, needs.early_help_is_agreed],
        significant=True,
    )
    def decide_again(self, on: datetime) -> None:
        """A new decision takes the place of the one before, and says why. The one before stays on record."""
        answer_sender(self, on)
        doing.record_decision(self, on)
        doing.tell_early_help(self)

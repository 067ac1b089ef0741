"""A worry about a child that reaches the front door."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.part import Part
from righthelp.engine.process import Process
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Worker
from righthelp.guard.rules import Through
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, Expect, step
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.contact import doing, needs

FRONT_DOOR = {"front door social worker", "front door manager"}
LEVELS = [(level, f"Level {level}") for level in (1, 2, 3, 4)]

CHILD = [
    "child_given", "child_family", "child_known_as", "child_born_on", "child_expected_on", "child_sex",
    "child_upn", "child_nhs_number", "child_lives_at", "child_postcode", "child_school", "child_language",
]  # fmt: skip
WORRY = ["worry", "happened", "going_well", "tried", "significant_harm_likely"]
NEED = ["sender_level", "indicators"]
VOICE = ["child_says_basis", "child_says"]
CONSENT = [
    "consent", "consent_from", "without_consent", "without_consent_because", "family_knows", "family_must_not_know",
]  # fmt: skip
FROM_POLICE = [
    "child_given", "child_family", "child_born_on", "child_sex", "child_lives_at", "child_postcode", "child_school",
    "worry", "happened", "significant_harm_likely", "child_says_basis", "child_says", "consent", "without_consent",
    "without_consent_because", "family_must_not_know",
]  # fmt: skip
NOT_AGREED = {"IN_PART", "REFUSED", "NOT_SOUGHT", "WITHDRAWN"}
AS_TOLD = {*CHILD, *WORRY, *NEED, *VOICE, *CONSENT, "sender_telephone"}
DECISION = [
    "outcome", "level", "decision_reason", "early_help_agreed", "signposted_to", "parents_told",
    "parents_not_told_because", "told_sender",
]  # fmt: skip


class Contact(Process):
    """A worry about a child, told to the front door (in practice a contact), before anybody has decided what it is.

    Anybody may tell children's social care of a child who may be in need (Children Act 1989, section 17) or may be
    suffering, or likely to suffer, significant harm (section 47). A manager decides what is done, within one working
    day (Working Together to Safeguard Children) and, by the county's own standard, within 24 hours; whoever told us is
    told what came of it.
    """

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", "received, waiting to be screened"
        SCREENING = "SCREENING", "being screened"
        HELD = "HELD", "held while information is gathered"
        DECIDED = "DECIDED", "decided"

    ENDS = {State.DECIDED}
    OPEN = {State.RECEIVED, State.SCREENING, State.HELD}
    team_receives = "contact"
    queue_title = "The board"
    nobody_is = "register"
    receipt_says = "contact/receipt.html"
    workspace_list = "contact/workspace_list.html"
    agency_page = "contact/sent.html"
    # What was said of one decision is not said of the next: least of all to the sender.
    asked_afresh = frozenset({"why_changed", "decision_reason", "told_sender"})
    beside = {"Level of need": doing.levels_beside}

    class VoiceBasis(models.TextChoices):
        OWN_WORDS = "OWN_WORDS", "Their own words"
        SHOWN = "SHOWN", "What they showed, drew or did"
        TOO_YOUNG = "TOO_YOUNG", "They are too young to say, or not yet born"
        NOT_ASKED = "NOT_ASKED", "They have not been asked"

    class Outcome(models.TextChoices):
        IMMEDIATE = "IMMEDIATE", "Immediate action the same day"
        REFERRAL = "REFERRAL", "Referral to children's social care for assessment"
        EARLY_HELP = "EARLY_HELP", "Early help"
        SIGNPOSTING = "SIGNPOSTING", "Signposting to another service"
        ADVICE = "ADVICE", "Advice and information"
        NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"

    class ParentsTold(models.TextChoices):
        YES = "YES", "Yes"
        NO = "NO", "No"

    # The child, as told
    child_given = models.CharField("first name", max_length=100)
    child_family = models.CharField("last name", max_length=100)
    child_known_as = models.CharField("name they use", max_length=100, blank=True, help_text="If it is another one.")
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    child_expected_on = models.DateField("date the baby is due", null=True, blank=True, help_text="If not yet born.")
    child_sex = models.CharField("sex", max_length=1, choices=Person.Sex.choices, blank=True)
    child_upn = models.CharField("unique pupil number (UPN)", max_length=20, blank=True, help_text="If you know it.")
    child_nhs_number = models.CharField("NHS number", max_length=20, blank=True, help_text="If you know it.")
    child_lives_at = models.TextField("address", max_length=300, blank=True)
    child_postcode = models.CharField("postcode", max_length=10, blank=True)
    child_school = models.CharField("school or setting", max_length=200, blank=True)
    child_language = models.CharField(
        "language, and any help the family needs to talk with us", max_length=300, blank=True
    )

    # The worry
    worry = models.TextField("what are you worried about?", max_length=8000)
    happened = models.TextField("what happened, and when?", max_length=8000, blank=True)
    going_well = models.TextField("what is going well, and who helps already?", max_length=8000, blank=True)
    tried = models.TextField("what help has been tried?", max_length=8000, blank=True)
    significant_harm_likely = models.BooleanField(
        "do you think the child has suffered, or is likely to suffer, significant harm?", null=True
    )
    sender_level = models.PositiveSmallIntegerField(
        "which level of need do you think this is?", choices=LEVELS, null=True, blank=True
    )
    indicators = ArrayField(models.CharField(max_length=10), verbose_name="what you see", default=list, blank=True)

    # The child's own voice, and consent
    child_says_basis = models.CharField(
        "how do you know what the child thinks?", max_length=10, choices=VoiceBasis.choices, blank=True
    )
    child_says = models.TextField("what does the child say, or show?", max_length=8000, blank=True)
    consent = CodeField("has somebody with parental responsibility agreed to you telling us?", code_set="consent")
    consent_from = models.CharField("who agreed, and when?", max_length=200, blank=True)
    without_consent = CodeField(
        "why are you telling us without it?",
        code_set="lawful_reason",
        leaving_out={"SIGNIFICANT_HARM", "SECTION_47"},
        help_text="Not needed if you think the child has suffered, or is likely to suffer, significant harm.",
    )
    without_consent_because = models.TextField(
        "more about why you are telling us without it", max_length=2000, blank=True
    )
    family_knows = models.BooleanField("does the family know that you are telling us?", null=True)
    family_must_not_know = models.TextField(
        "is there anything that the family must not be told, and why?", max_length=2000, blank=True
    )

    # Who told us
    reference = models.CharField(max_length=14, unique=True, default=doing.new_reference)
    sent_together = models.UUIDField(null=True)  # worries sent in one form, about children of one family
    received_at = models.DateTimeField("received")
    from_agency = models.ForeignKey(Agency, verbose_name="told by", on_delete=models.PROTECT, related_name="+")
    from_worker = models.ForeignKey(
        Worker, verbose_name="worker who told us", on_delete=models.PROTECT, related_name="+"
    )
    sender_telephone = models.CharField("telephone number to reach you on today", max_length=30, blank=True)
    notification = models.ForeignKey(
        "police_notification.PoliceNotification",
        verbose_name="police notification",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

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

    clocks = [
        Clock(
            "decision",
            law="front_door.contact_decision",
            starts="received_at",
            stops="decided_at",
            awaits="Decision in {length}",
        ),
        Clock(
            "decision by guidance",
            law="front_door.referral_decision",
            starts="received_at",
            stops="decided_at",
            awaits="Decision in {length}",
        ),
        Clock("sender told", law="front_door.referrer_told", starts="received_at", stops="sender_told_at"),
        Clock("hold", law="front_door.longest_hold", starts="held_at", stops="released_at", awaits="End of the hold"),
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
            when="is_for_early_help",
            link="contact",
            carries={"level": "level", "reason": "decision_reason"},
        ),
    ]

    class Shown:
        everyone = {
            "reference", "received_at", "from_agency", "urgency", "outcome", "level", "decided_at", "sender_told_at",
        }  # fmt: skip
        team = {
            *AS_TOLD, "from_worker", "sent_together", "notification", "urgency_reason", "matched_to", "match_reason",
            "facts_confirmed", "screening_note", "hold_reason", "held_at", "released_at", "decision_reason",
            "early_help_agreed", "signposted_to", "parents_told", "parents_not_told_because", "told_sender",
            "why_changed",
        }  # fmt: skip
        restricted: set[str] = set()
        agencies = {
            ("from_agency", "from_worker"): {
                *AS_TOLD, "reference", "received_at", "from_agency", "from_worker", "sent_together", "outcome",
                "told_sender", "sender_told_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "worry about a child"
        verbose_name_plural = "worries about children"
        indexes = [
            models.Index(fields=["received_at"], name="contact_received"),
            models.Index(fields=["from_agency", "received_at"], name="contact_from_agency"),
        ]

    @property
    def told(self) -> Told:
        """The child as the sender told us of them."""
        return doing.as_told(self)

    @property
    def is_for_assessment(self) -> bool:
        return self.outcome == self.Outcome.REFERRAL

    @property
    def is_immediate(self) -> bool:
        return self.outcome == self.Outcome.IMMEDIATE

    @property
    def grave_since(self) -> datetime:
        """When it was known that a child must be seen the same day: at once, or when the decision was changed."""
        return self.also.on if self.why_changed else self.received_at

    @property
    def is_for_early_help(self) -> bool:
        return self.outcome == self.Outcome.EARLY_HELP

    @classmethod
    def label(cls, field: str, code: object) -> str:
        if field == "indicators":
            return pack().levels().indicator(str(code)).indicator
        if field in {"level", "sender_level"}:
            return f"Level {code}: {pack().levels().level(int(str(code))).title}"
        return super().label(field, code)

    @property
    def heading(self) -> str:
        return f"{self.child_given} {self.child_family}"

    @property
    def outcome_label(self) -> str:
        """The decision in force, as the county says it."""
        return self.label("outcome", self.outcome) if self.outcome else ""

    def happening(self) -> str:
        return f"{self.from_agency} told us of a worry: {self.state_label}"

    def because(self) -> str:
        return self.decision_reason or self.worry

    @step(
        "Send a worry",
        past="{from_agency} told the front door of a worry",
        reaches=State.RECEIVED,
        by={"partner", "partner lead"},
        asks={
            "The child": [*CHILD, "other_children"],
            "The family": ["adults"],
            "Your worry": WORRY,
            "Level of need": NEED,
            "What the child says": VOICE,
            "Consent": CONSENT,
            "About you": ["sender_telephone"],
        },
        optional={
            *CHILD[2:], "other_children", "adults", "happened", "going_well", "tried", *NEED, "child_says",
            "consent_from", "without_consent", "without_consent_because", "family_must_not_know",
        },
        only_when={
            "consent_from": ("consent", {"GIVEN", "IN_PART"}),
            "child_says": ("child_says_basis", {VoiceBasis.OWN_WORDS, VoiceBasis.SHOWN}),
            "without_consent": ("consent", NOT_AGREED),
            "without_consent_because": ("consent", NOT_AGREED),
        },
        needs=[
            needs.born_or_expected,
            needs.numbers_are_sound,
            needs.indicators_are_listed,
            needs.consent_or_lawful_reason,
            needs.reason_is_told,
            needs.child_is_heard,
        ],
        significant=True,
    )  # fmt: skip
    def send(self, on: datetime) -> None:
        """A partner tells the front door of a worry. One form; a record for each child whom the worry is about."""
        doing.take_down_sender(self, on)
        doing.begin_for_other_children(self)
        doing.keep_within_a_locked_circle(self)

    @step(
        "Receive what the police told the hub",
        past="{from_agency} told us, and the hub passed it to the front door",
        reaches=State.RECEIVED,
        by={STEP.name},
        asks=["notification", *FROM_POLICE],
        optional={*FROM_POLICE} - {"child_given", "child_family", "worry"},
        needs=[needs.born_or_expected, needs.consent_or_lawful_reason, needs.child_is_heard],
        significant=True,
    )
    def receive(self, on: datetime) -> None:
        """Begun when the hub passes a police notification on: what was told is carried over, and typed by nobody."""
        doing.take_down_police(self, on)

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
        by={*FRONT_DOOR, "contact worker"},
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
        by={*FRONT_DOOR, "contact worker"},
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
        if self.held_at and not self.released_at:
            self.released_at = on
        doing.answer_sender(self, on)
        doing.record_decision(self, on)

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
        doing.answer_sender(self, on)
        doing.record_decision(self, on)


class ContactAdult(Part):
    """An adult of the child's family or household, as the sender told us: who has parental responsibility."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="adults")
    name = models.CharField("full name", max_length=200, blank=True)
    relationship = CodeField("who are they to the child?", code_set="relationship", max_length=30)
    parental_responsibility = models.CharField(
        "do they have parental responsibility?",
        max_length=8,
        choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "I do not know")],
        blank=True,
    )
    lives_with_child = models.BooleanField("do they live with the child?", null=True, blank=True)
    telephone = models.CharField("telephone number", max_length=30, blank=True)

    asked_with = ("name", "relationship", "parental_responsibility", "lives_with_child", "telephone")
    must_have = frozenset({"name", "relationship", "parental_responsibility"})
    seen_by = [Through("contact")]

    class Meta(Part.Meta):
        verbose_name = "adult"

    def __str__(self) -> str:
        return self.name


class ContactChild(Part):
    """Another child of the family or household, as the sender told us, and whether the worry is about them too."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="other_children")
    given = models.CharField("first name", max_length=100, blank=True)
    family = models.CharField("last name", max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    worried_too = models.BooleanField("are you worried about this child too?", null=True, blank=True)

    asked_with = ("given", "family", "born_on", "worried_too")
    must_have = frozenset({"given", "family", "worried_too"})
    seen_by = [Through("contact")]

    class Meta(Part.Meta):
        verbose_name = "child in the family"

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class ContactDecision(GuardedModel):
    """One decision on a worry, as it was made. The newest is in force; none is ever changed."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20, choices=Contact.Outcome.choices)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    reason = models.TextField()
    why_changed = models.TextField(blank=True)
    told_sender = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200)

    seen_by = [Through("contact", county=True)]
    append_only = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "number"], name="contact_decision_number_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Decision {self.number}"

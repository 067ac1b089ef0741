"""A request for early help: passed on by the front door, or told by telephone to early help itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.models import Agency
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import Clock, Expect, step
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.help_request import doing, needs, questions
from righthelp.processes.help_request.questions import CHILD, EARLY_HELP, LEVELS, OPEN_HERE


class HelpRequest(Process):
    """A family that early help is asked to help, by the front door with the parents' agreement or by a call.

    Help as soon as a problem emerges, at any point in a child's life (Children Act 2004, section 10; Working Together
    to Safeguard Children, early help). The county's own standard says how soon what the front door passes on is
    answered. Where a worry turns out graver, early help steps it up; the front door decides it, or passes the same
    request back with its reason.
    """

    State = questions.State
    ENDS = {State.ANSWERED, State.DECIDED_THERE}
    team_receives = "help_request"
    receipt_says = "help_request/receipt.html"

    WhoRang = questions.WhoRang
    Outcome = questions.Outcome

    contact = models.ForeignKey(
        "contact.Contact", verbose_name="worry", null=True, on_delete=models.PROTECT, related_name="+"
    )
    level = models.PositiveSmallIntegerField("level of need at the front door", null=True)
    reason = models.TextField("why early help", blank=True)
    asked_at = models.DateTimeField("asked")

    # A call to early help's own line
    who_rang = models.CharField("who is ringing?", max_length=14, choices=WhoRang.choices, blank=True)
    from_agency = models.ForeignKey(
        Agency, verbose_name="of which agency?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_name = models.CharField("caller's name", max_length=200, blank=True)
    telephone = models.CharField("telephone number to ring back on", max_length=30, blank=True)
    wants = models.TextField("what would they like help with, in their own words?", max_length=4000, blank=True)
    child_named = models.BooleanField("did they name a child?", null=True)
    child_given = models.CharField("first name", max_length=100, blank=True)
    child_family = models.CharField("last name", max_length=100, blank=True)
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    child_lives_at = models.TextField("address", max_length=300, blank=True)
    child_postcode = models.CharField("postcode", max_length=10, blank=True)
    agreed = models.BooleanField(
        "do the parents, or the young person, agree that we keep the name and work with them?", null=True
    )
    matched_to = models.ForeignKey(
        Person, verbose_name="which child is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    match_reason = models.TextField("how do you know?", max_length=2000, blank=True)

    family_spoken_to = models.TextField("who was spoken to, and what do they want?", max_length=4000, blank=True)

    # Stepped up to the front door, and what the front door said
    harm_likely = models.BooleanField(
        "has the child suffered, or are they likely to suffer, significant harm?", null=True
    )
    stepped_up_because = models.TextField("why must the front door decide this?", max_length=2000, blank=True)
    stepped_up_level = models.PositiveSmallIntegerField(
        "which level of need do you think this is?", choices=LEVELS, null=True
    )
    urgency = CodeField("how urgent is it?", code_set="urgency")
    stepped_up_at = models.DateTimeField("last stepped up", null=True)
    times_stepped_up = models.PositiveSmallIntegerField("times stepped up", default=0)
    decided_in = models.ForeignKey(
        "contact.Contact", verbose_name="worry as it was decided", null=True, on_delete=models.PROTECT, related_name="+"
    )
    front_door_says = models.TextField("what the front door says", max_length=8000, blank=True)
    came_back_at = models.DateTimeField("first passed back by the front door", null=True)

    # The answer
    outcome = models.CharField("what came of it", max_length=16, choices=Outcome.choices, blank=True)
    level_found = models.PositiveSmallIntegerField("level of need now", choices=LEVELS, null=True)
    service = models.ForeignKey(
        "service_listing.ServiceListing",
        verbose_name="service in the directory",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The family gets a sheet about it, and is asked later whether it helped.",
    )
    pointed_to = models.TextField(
        "what are they pointed to, in your own words?", max_length=2000, blank=True,
        help_text="If it is not in the directory, or there is more to say.",
    )  # fmt: skip
    might_lead = models.CharField("who might lead the assessment?", max_length=200, blank=True)
    outcome_reason = models.TextField("why, and what happens next?", max_length=4000, blank=True)
    answered_at = models.DateTimeField("answered", null=True)

    # What the family says of it
    helped = models.CharField("did it help?", max_length=6, choices=questions.Answer.choices, blank=True)
    listened = models.CharField(
        "did they feel listened to?", max_length=6, choices=questions.Answer.choices, blank=True
    )
    knows_where = models.CharField(
        "do they know where to turn next time?", max_length=6, choices=questions.Answer.choices, blank=True
    )
    family_says = models.TextField("in their words", max_length=2000, blank=True)
    feedback_at = models.DateTimeField("family asked", null=True)
    not_asked_because = models.TextField("why is the family not to be asked?", max_length=1000, blank=True)
    left_at = models.DateTimeField("family left unasked", null=True)

    clocks = [
        Clock("early help answer", law="early_help.chat_contact", starts="passed_at", stops="answered_at"),
    ]
    expects = [
        Expect(
            of="contact",
            step="step_up",
            when="is_at_front_door",
            link="help_request",
            carries={
                "child_given": "given", "child_family": "family", "child_born_on": "born_on",
                "child_lives_at": "lives_at", "child_postcode": "postcode", "worry": "stepped_up_because",
                "happened": "known_so_far", "significant_harm_likely": "harm_likely",
                "sender_level": "stepped_up_level", "urgency": "urgency", "urgency_reason": "stepped_up_because",
            },
        ),
        Expect(
            of="family_help",
            step="from_request",
            when="leads_to_a_plan",
            link="help_request",
            carries={"asked_for": "asked_so_far", "lead_name": "might_lead"},
        ),
    ]  # fmt: skip

    class Shown:
        everyone = {
            "level", "asked_at", "who_rang", "times_stepped_up", "stepped_up_at", "came_back_at", "outcome",
            "level_found", "answered_at", "helped", "feedback_at",
        }  # fmt: skip
        team = {
            "contact", "reason", "from_agency", "from_name", "telephone", "wants", "child_named", *CHILD, "agreed",
            "matched_to", "match_reason", "family_spoken_to", "harm_likely", "stepped_up_because", "stepped_up_level",
            "urgency", "decided_in", "front_door_says", "service", "pointed_to", "might_lead", "outcome_reason",
            "listened", "knows_where", "family_says", "not_asked_because", "left_at",
        }  # fmt: skip
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "request for early help"
        verbose_name_plural = "requests for early help"
        indexes = [
            models.Index(fields=["contact"], name="help_request_contact"),
            models.Index(fields=["answered_at"], name="help_request_answered"),
        ]

    @classmethod
    def offered(cls, field: str) -> Any:
        """Services that a family can be pointed to today."""
        return doing.open_services() if field == "service" else None

    @classmethod
    def label(cls, field: str, code: object) -> str:
        if field in {"level", "level_found", "stepped_up_level"}:
            return f"Level {code}: {pack().levels().level(int(str(code))).title}"
        return super().label(field, code)

    @property
    def told(self) -> Told:
        """The child as the caller named them."""
        return doing.as_told(self)

    @property
    def is_a_call(self) -> bool:
        """Told to early help itself, and counted apart from what the front door passes on."""
        return bool(self.who_rang)

    @property
    def passed_at(self) -> datetime | None:
        """When the front door first passed this to early help: from then the county's time to answer runs, once."""
        return self.came_back_at if self.is_a_call else self.asked_at

    @property
    def is_at_front_door(self) -> bool:
        return self.state == self.State.AT_FRONT_DOOR

    @property
    def leads_to_a_plan(self) -> bool:
        """An assessment is recommended for a child whom somebody has named, and nobody helps by a plan already."""
        if self.outcome != self.Outcome.ASSESSMENT or self.state != self.State.ANSWERED or not self.entry.person_id:
            return False
        return doing.open_plan(self.entry.person_id, self._doing) is None

    @property
    def asked_so_far(self) -> str:
        """What the family wants, for the panel: nobody asks them again."""
        said = (self.wants, self.family_spoken_to, self.outcome_reason)
        return "\n\n".join(dict.fromkeys(words for words in said if words))[:4000]

    @property
    def given(self) -> str:
        return self.contact.child_given if self.contact else self.child_given

    @property
    def family(self) -> str:
        return self.contact.child_family if self.contact else self.child_family

    @property
    def born_on(self) -> Any:
        return self.contact.child_born_on if self.contact else self.child_born_on

    @property
    def lives_at(self) -> str:
        return self.contact.child_lives_at if self.contact else self.child_lives_at

    @property
    def postcode(self) -> str:
        return self.contact.child_postcode if self.contact else self.child_postcode

    @property
    def known_so_far(self) -> str:
        """What early help knows, for whoever decides at the front door: nobody asks the family again."""
        said = (
            ("What they want help with", self.wants),
            ("Why it came to early help", self.reason),
            ("What the family says", self.family_spoken_to),
            ("What the front door said before", self.front_door_says),
        )
        return "\n\n".join(f"{what}: {words}" for what, words in said if words)[:8000]

    @property
    def heading(self) -> str:
        if not self.is_a_call:
            return self.title()
        return f"{self.child_given} {self.child_family}".strip() or "A call without a name"

    def happening(self) -> str:
        how = "Early help was rung" if self.is_a_call else self.title()
        return f"{how}: {self.state_label}"

    def because(self) -> str:
        return self.reason or self.wants

    @step(
        "Ask for early help",
        past="Passed to early help",
        reaches=State.WAITING,
        by={"front door manager"},
        asks=["contact", "level", "reason"],
        needs=[needs.decided_for_early_help, needs.not_open_already],
        significant=True,
    )
    def ask(self, on: datetime) -> None:
        """The front door's decision makes it a request; nobody types it again."""
        self.asked_at = on

    @step(
        "Take a call",
        past="Early help was rung: {who_rang}",
        reaches=State.WORKING,
        by=EARLY_HELP,
        asks={
            "The call": [
                "who_rang", "from_agency", "from_name", "telephone", "wants", "harm_likely", "stepped_up_because",
                "urgency",
            ],
            "The child": ["child_named", *CHILD, "agreed"],
        },
        words={
            "harm_likely": "does what they tell you make you fear that a child has suffered, or is likely to suffer, "
            "significant harm?",
            "stepped_up_because": "what do they tell you? Step up at once: this goes to the front door as you send it",
        },
        optional={"from_name", "telephone", *CHILD},
        only_when={
            "from_agency": ("who_rang", {WhoRang.PROFESSIONAL}),
            "stepped_up_because": ("harm_likely", {True}),
            "urgency": ("harm_likely", {True}),
            **dict.fromkeys([*CHILD, "agreed"], ("child_named", {True})),
        },
        needs=[
            needs.professional_is_named, needs.harm_is_told, needs.named_child_can_be_found,
            needs.named_with_agreement, needs.born_by_now,
        ],
        significant=True,
    )  # fmt: skip
    def take_call(self, on: datetime) -> None:
        """A family or a professional rings early help itself. Write what they want; a name only if they agree."""
        doing.take_call(self, on)

    @step(
        "Take on",
        past="An early help worker took this on",
        leaves=OPEN_HERE,
        reaches=State.WORKING,
        by=EARLY_HELP,
    )
    def take_on(self, on: datetime) -> None:
        """Hold this request yourself from now on."""
        self.also.hold_myself()

    @step(
        "Say which child this is",
        past="It was said which child rang, or was rung about",
        leaves={State.WORKING, State.AT_FRONT_DOOR, State.ANSWERED},
        by=EARLY_HELP,
        asks=["matched_to", "match_reason"],
        needs=[needs.a_child_was_named, needs.is_a_child_of_ours],
    )
    def match(self, on: datetime) -> None:
        """The child is known already: the call stands on their timeline. Nothing on their record is changed."""
        assert self.matched_to is not None  # the step asks for it
        self.also.about(self.matched_to)

    @step(
        "Make a new record for this child",
        past="A record was made for a child not known before",
        leaves=State.WORKING,
        by=EARLY_HELP,
        asks=["match_reason"],
        needs=[needs.a_child_was_named, needs.not_matched_yet],
    )
    def register(self, on: datetime) -> None:
        """Nobody on record is this child: one is made from what the caller told, with the family's agreement."""
        doing.new_child(self)

    @step(
        "Write down what the family says",
        past="Early help spoke with the family",
        leaves=State.WORKING,
        by=EARLY_HELP,
        asks=["family_spoken_to"],
    )
    def speak(self, on: datetime) -> None:
        """Who was spoken to, what they and the child want, and what would help."""

    @step(
        "Answer the request",
        past="Early help answered: {outcome}",
        leaves=State.WORKING,
        reaches=State.ANSWERED,
        by=EARLY_HELP,
        asks=["outcome", "service", "pointed_to", "might_lead", "level_found", "outcome_reason"],
        optional={"service", "pointed_to"},
        only_when={
            "service": ("outcome", {Outcome.SIGNPOSTED}),
            "pointed_to": ("outcome", {Outcome.SIGNPOSTED}),
            "might_lead": ("outcome", {Outcome.ASSESSMENT}),
        },
        needs=[needs.which_child_is_said, needs.below_social_care, needs.pointed_to_something],
        significant=True,
    )
    def answer(self, on: datetime) -> None:
        """What came of the request, at which level of need, why, and what happens next."""
        self.answered_at = on
        doing.point_to_service(self)

    @step(
        "Step up to the front door",
        past="Early help stepped this up to the front door",
        leaves=OPEN_HERE,
        reaches=State.AT_FRONT_DOOR,
        by=EARLY_HELP,
        asks=["harm_likely", "stepped_up_because", "stepped_up_level", "urgency"],
        needs=[needs.a_third_time_by_a_manager],
        significant=True,
    )
    def step_up(self, on: datetime) -> None:
        """It is graver than early help can answer. The front door decides it, or passes it back with its reason."""
        doing.step_up(self, on)

    @step(
        "Come back from the front door",
        past="The front door passed this back to early help",
        leaves={State.AT_FRONT_DOOR, State.DECIDED_THERE},
        reaches=State.WAITING,
        by={STEP.name},
        asks=["decided_in", "level", "front_door_says"],
        significant=True,
    )
    def come_back(self, on: datetime) -> None:
        """The front door decided for early help: the same request goes on, with both reasons and its first clock."""
        doing.come_back(self, on)

    @step(
        "Hear that the decision changed",
        past="The front door changed its decision, and early help goes on",
        leaves=OPEN_HERE,
        by={STEP.name},
        asks=["decided_in", "level", "front_door_says"],
    )
    def hear_again(self, on: datetime) -> None:
        """The front door decided again for early help, at another level or for another reason. The work goes on."""
        doing.heard_from_front_door(self)

    @step(
        "Hear that the front door decided it",
        past="The front door decided this otherwise, and early help ends",
        leaves={*OPEN_HERE, State.AT_FRONT_DOOR},
        reaches=State.DECIDED_THERE,
        by={STEP.name},
        asks=["decided_in", "front_door_says"],
        significant=True,
    )
    def be_decided(self, on: datetime) -> None:
        """The front door takes it from here: early help's part is over with that."""
        self.answered_at = on
        doing.heard_from_front_door(self)

    @step(
        "Write down what the family says of it",
        past="The family was asked whether early help helped: {helped}",
        leaves=State.ANSWERED,
        by=EARLY_HELP,
        asks=["helped", "listened", "knows_where", "family_says"],
        optional={"family_says"},
        needs=[needs.not_asked_yet],
    )
    def hear_family(self, on: datetime) -> None:
        """Three questions, asked once, so that each quarter it can be said what families make of early help."""
        self.feedback_at = on

    @step(
        "Do not ask the family",
        past="The family is not to be asked what they make of it",
        leaves=State.ANSWERED,
        by=EARLY_HELP,
        asks=["not_asked_because"],
        needs=[needs.not_asked_yet],
    )
    def leave_family(self, on: datetime) -> None:
        """They do not want to be asked, cannot be reached, or it would not be safe."""
        self.left_at = on

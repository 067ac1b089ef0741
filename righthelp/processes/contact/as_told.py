"""A worry as it is told: what the one who tells us says, and the four ways in which it reaches the front door."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.page import step
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.contact import doing, needs, questions
from righthelp.processes.contact.questions import (
    AGENCY,
    BY_HAND,
    BY_TELEPHONE,
    CALLER,
    CHILD,
    CHILD_AS_FAR_AS_KNOWN,
    CONSENT,
    FROM_EARLY_HELP,
    FROM_POLICE,
    GROWN,
    LEVELS,
    NEED,
    NOT_AGREED,
    OPEN,
    REACH,
    TAKES_CALLS,
    VOICE,
    WORRY,
    YOUNG,
    State,
)  # fmt: skip

HEARD = {questions.VoiceBasis.OWN_WORDS, questions.VoiceBasis.SHOWN}


class AsTold(Process):
    """What was told of a child and a worry, by whom and how. The half of a contact that is there when it begins."""

    VoiceBasis = questions.VoiceBasis

    # The child, as told
    child_given = models.CharField("first name", max_length=100)
    child_family = models.CharField("last name", max_length=100)
    child_known_as = models.CharField("name they use", max_length=100, blank=True, help_text="If it is another one.")
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    child_age_told = models.CharField(
        "about how old are they?", max_length=40, blank=True, help_text="If you do not know the date of birth."
    )
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
        "how do you know what the child thinks?", max_length=10, choices=questions.VoiceBasis.choices, blank=True
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
    received_at = models.DateTimeField("when we were told", help_text="The time allowed runs from then.")
    came_by = CodeField("how did it come?", code_set="came_by", default="FORM")
    who_told = CodeField("who told us?", code_set="who_tells", default=AGENCY)
    from_agency = models.ForeignKey(
        Agency, verbose_name="told by", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_worker = models.ForeignKey(
        Worker, verbose_name="worker who told us", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_name = models.CharField("name of who told us", max_length=200, blank=True)
    sender_telephone = models.CharField("telephone number to reach them on", max_length=30, blank=True)
    sender_email = models.EmailField("e-mail address to reach them at", blank=True)
    sender_lives_at = models.TextField("address to write to them at", max_length=300, blank=True)
    safe_to_call = models.BooleanField("is it safe to call them?", null=True, blank=True)
    safe_to_text = models.BooleanField("is it safe to text them?", null=True, blank=True)
    safe_to_write = models.BooleanField("is it safe to write to them?", null=True, blank=True)
    reach_safely = models.TextField("anything to know before we get in touch?", max_length=1000, blank=True)
    sender_not_named = models.BooleanField(
        "have they asked that the family is not told who they are?", null=True, blank=True
    )
    confirms = models.CharField(
        "reference of your telephone call",
        max_length=14,
        blank=True,
        help_text="If you have rung us about this already. We put the two together.",
    )
    joins = models.ForeignKey(
        "self", verbose_name="which call does it confirm?", null=True, on_delete=models.PROTECT, related_name="forms"
    )
    confirmed_at = models.DateTimeField("confirmed in writing", null=True)

    notification = models.ForeignKey(
        "police_notification.PoliceNotification",
        verbose_name="police notification",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    help_request = models.ForeignKey(
        "help_request.HelpRequest",
        verbose_name="request for early help that was stepped up",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    family_help = models.ForeignKey(
        "family_help.FamilyHelp",
        verbose_name="family help from which it was stepped up",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta(Process.Meta):
        abstract = True

    @property
    def told(self) -> Told:
        """The child as the sender told us of them."""
        return doing.as_told(self)

    @property
    def told_by(self) -> str:
        """Who told us, as far as a list may say it: the agency, and never anybody of the public by name."""
        if self.help_request_id or self.family_help_id:
            return pack().word("early_help_team")
        return str(self.from_agency) if self.from_agency_id else "A member of the public"

    @property
    def came_by_label(self) -> str:
        return self.label("came_by", self.came_by)

    @property
    def sender_can_be_told(self) -> bool:
        """Whether there is anybody to tell: somebody who gave neither name nor number cannot be."""
        return bool(self.from_agency_id or self.sender_telephone or self.sender_email or self.sender_lives_at)

    @property
    def is_a_contact(self) -> bool:
        """What is passed on as information, or belongs to a call that is here already, is not counted as a contact."""
        return self.state not in {State.PASSED_ON, State.JOINED}

    @property
    def is_a_referral_by_telephone(self) -> bool:
        """A professional who rings confirms it in writing; nobody else is asked to."""
        return self.who_told == AGENCY and self.came_by in BY_TELEPHONE and self.is_a_contact

    @property
    def heading(self) -> str:
        return f"{self.child_given} {self.child_family}".strip() or "A child whose name was not told"

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
            "About you": ["sender_telephone", "from_name", "confirms"],
        },
        words={
            "sender_telephone": "telephone number to reach you on today",
            "from_name": "who saw or heard this, if it was not you?",
        },
        optional={
            *CHILD[2:], "other_children", "adults", "happened", "going_well", "tried", *NEED, "child_says",
            "consent_from", "without_consent", "without_consent_because", "family_must_not_know", "from_name",
            "confirms",
        },
        only_when={
            "consent_from": ("consent", {"GIVEN", "IN_PART"}),
            "child_says": ("child_says_basis", HEARD),
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
        doing.begin_for_other_children(self, "send")
        doing.keep_within_a_locked_circle(self)

    @step(
        "Take down a call, a letter or a visit",
        past="The front door was told of a worry ({came_by})",
        reaches=State.RECEIVED,
        by=TAKES_CALLS,
        asks={
            "Who told us": CALLER,
            "The child": [*CHILD_AS_FAR_AS_KNOWN, "other_children"],
            "The family": ["adults"],
            "Their worry": WORRY,
            "What the child says": VOICE,
            "Consent": CONSENT,
        },
        words={
            "received_at": "when did they tell us?",
            "from_agency": "which agency?",
            "from_name": "their name",
            "worry": "what are they worried about?",
            "significant_harm_likely": "do they think the child has suffered, or is likely to suffer, significant "
            "harm?",
            "consent": "if they work for an agency: has somebody with parental responsibility agreed to them telling "
            "us?",
            "without_consent": "why are they telling us without it?",
            "without_consent_because": "more about why they are telling us without it",
            "family_knows": "does the family know that they are telling us?",
            "child_says_basis": "how do they know what the child thinks?",
        },
        offers={"came_by": BY_HAND},
        optional={
            "from_name", *REACH, "sender_not_named", *CHILD_AS_FAR_AS_KNOWN, "other_children", "adults", "happened",
            "going_well", "tried", "significant_harm_likely", *VOICE, *CONSENT,
        },
        only_when={
            "from_agency": ("who_told", {AGENCY}),
            "from_name": ("who_told", {AGENCY, *YOUNG, *GROWN}),
            "sender_not_named": ("who_told", {AGENCY, *YOUNG, *GROWN}),
            "consent_from": ("consent", {"GIVEN", "IN_PART"}),
            "child_says": ("child_says_basis", HEARD),
            "without_consent": ("consent", NOT_AGREED),
            "without_consent_because": ("consent", NOT_AGREED),
        },
        needs=[
            needs.told_by_now,
            needs.caller_is_named,
            needs.child_can_be_found,
            needs.born_or_expected,
            needs.consent_is_told_by_agencies,
            needs.reason_is_told,
            needs.child_is_heard,
        ],
        significant=True,
    )  # fmt: skip
    def take_down(self, on: datetime) -> None:
        """Somebody rang, wrote or came. Write down what they told you; the time allowed runs from when they did."""
        doing.take_down_caller(self)
        doing.begin_for_other_children(self, "take_down")
        doing.keep_within_a_locked_circle(self)

    @step(
        "Tell us about a child",
        past="A member of the public told the front door of a worry",
        reaches=State.RECEIVED,
        by={"public form"},
        asks={
            "Who you are": ["who_told"],
            "The child": [
                "child_given", "child_family", "child_born_on", "child_age_told", "child_lives_at", "child_postcode",
                "child_school",
            ],
            "What worries you": ["worry", "happened", "going_well"],
            "About you": ["from_name", *REACH, "sender_not_named"],
        },
        words={
            "who_told": "who are you to the child?",
            "going_well": "is anybody helping already, and what is going well?",
            "sender_not_named": "do you want us not to tell the family that it was you?",
            **doing.SPOKEN_TO,
        },
        offers={"who_told": GROWN},
        optional={
            "child_given", "child_family", "child_born_on", "child_age_told", "child_lives_at", "child_postcode",
            "child_school", "happened", "going_well", "from_name", *REACH, "sender_not_named",
        },
        needs=[needs.child_can_be_found, needs.born_or_expected],
        significant=True,
    )  # fmt: skip
    def tell(self, on: datetime) -> None:
        """A parent, a relative, a neighbour or anybody else tells the front door, without signing in."""
        doing.take_down_somebody(self, on)
        doing.keep_within_a_locked_circle(self)

    @step(
        "Tell us about yourself or a friend",
        past="A young person told the front door of a worry",
        reaches=State.RECEIVED,
        by={"public form"},
        asks={
            "You, or a friend": ["who_told"],
            "Who it is about": ["child_given", "child_family", "child_age_told", "child_school", "child_lives_at"],
            "What is happening": ["worry", "child_says"],
            "How to reach you": ["from_name", *REACH],
        },
        words={
            "who_told": "who is it about?",
            "worry": "what is happening?",
            "child_says": "what would you like to happen?",
            **doing.SPOKEN_TO,
        },
        offers={"who_told": YOUNG},
        optional={
            "child_given", "child_family", "child_age_told", "child_school", "child_lives_at", "child_says",
            "from_name", *REACH,
        },
        needs=[needs.child_can_be_found],
        significant=True,
    )  # fmt: skip
    def tell_young(self, on: datetime) -> None:
        """A child or young person tells the front door of their own life or a friend's, without signing in."""
        doing.take_down_somebody(self, on)
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
        "Receive what early help stepped up",
        past="Early help stepped this up to the front door",
        reaches=State.RECEIVED,
        by={STEP.name},
        asks=["help_request", *FROM_EARLY_HELP],
        optional={*FROM_EARLY_HELP} - {"worry"},
        needs=[needs.born_or_expected],
        significant=True,
    )
    def step_up(self, on: datetime) -> None:
        """Begun when early help steps a family up: what they know is carried over, with their reason and urgency."""
        doing.take_down_early_help(self, on)

    @step(
        "Receive what those who help a family stepped up",
        past="Those who help the family stepped this up to the front door",
        reaches=State.RECEIVED,
        by={STEP.name},
        asks=["family_help", *FROM_EARLY_HELP],
        optional={*FROM_EARLY_HELP} - {"worry"},
        needs=[needs.born_or_expected],
        significant=True,
    )
    def step_up_plan(self, on: datetime) -> None:
        """Begun from the help that a family gets by a plan: what is known is carried over. The plan goes on."""
        doing.take_down_early_help(self, on)

    @step(
        "Correct who told us",
        past="Who told us was corrected",
        leaves=OPEN,
        by=TAKES_CALLS,
        asks=["from_name", *REACH, "sender_not_named"],
        optional={"from_name", *REACH, "sender_not_named"},
        needs=[needs.taken_down_by_us],
    )
    def correct_caller(self, on: datetime) -> None:
        """The caller's name or how to reach them was heard wrong. An agency's worker is found again by their name."""
        doing.find_caller(self)

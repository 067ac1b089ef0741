"""What the police saw of a child: one notification for each child of an incident."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Clock, Expect, step
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.police_notification import doing, needs

HUB = {"front door social worker", "front door manager"}
SENDS = "police notifier"

INCIDENT = [
    "incident_number", "attended_at", "category", "risk_grading", "place", "officers_saw", "people_there",
    "safety_note", "officer",
]  # fmt: skip
CHILD = [
    "child_given", "child_family", "child_born_on", "child_sex", "child_lives_at", "child_postcode",
    "address_is_secret", "child_was", "child_said", "school_named",
]  # fmt: skip
AS_TOLD = [*INCIDENT, *CHILD]
MUST = {"incident_number", "attended_at", "category", "risk_grading", "officers_saw", "child_given", "child_family",
        "child_was"}  # fmt: skip
DECISION = ["outcome_reason", "own_view"]
LAWFUL = ["significant_harm_likely", "lawful_reason"]  # what allows it to be passed on without asking the family


class PoliceNotification(Process):
    """What police officers saw of a child at an incident (in practice a notification, or a Merlin), told to the hub.

    The police tell of every child whom an incident touched (Children Act 2004, sections 10 and 11). The hub looks at
    incidents daily, the children of one incident together, and a person says what is done; where there was domestic
    abuse the child's school is told before the next school day (Operation Encompass).
    """

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", "waiting for triage"
        TRIAGED = "TRIAGED", "triaged"

    ENDS = {State.TRIAGED}
    team_receives = "police_notification"
    queue_title = "Police notifications"
    nobody_is = "not_known"
    workspace_list = "police_notification/workspace_list.html"
    agency_page = "police_notification/sent.html"
    # What was said of one decision is not said of the next.
    asked_afresh = frozenset({"outcome_reason", "own_view"})

    class Outcome(models.TextChoices):
        NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "No further action"
        PASSED_ON = "PASSED_ON", "Passed to the front door as a worry about the child"
        WORKER_TOLD = "WORKER_TOLD", "Passed to the worker who helps the child already"

    class ToldPolice(models.TextChoices):
        """What the police read of an outcome: not whether somebody worked with the child before."""

        NO_FURTHER_ACTION = "NO_FURTHER_ACTION", "Looked at by the hub: no further action"
        PASSED_ON = "PASSED_ON", "Looked at by the hub, and passed on within children's services"

    class ServiceAnswer(models.TextChoices):
        WANTED = "WANTED", "They want it, and agree to be contacted"
        NOT_WANTED = "NOT_WANTED", "They do not want it now"
        NOT_REACHED = "NOT_REACHED", "They could not be reached safely"

    class SchoolTold(models.TextChoices):
        WORKSPACE = "WORKSPACE", "in the school's workspace"
        TELEPHONE = "TELEPHONE", "by telephone"

    # The incident, as the police told it
    incident_number = models.CharField("incident number", max_length=40)
    attended_at = models.DateTimeField("when officers attended")
    category = CodeField("what kind of incident was it?", code_set="police_category", blank=False)
    risk_grading = CodeField("risk, as the police graded it", code_set="police_risk", blank=False)
    place = models.CharField("where it was", max_length=300, blank=True)
    officers_saw = models.TextField("what officers saw and did", max_length=8000)
    people_there = models.TextField("who was there", max_length=2000, blank=True)
    safety_note = models.TextField("safety: who must not be contacted or told, and why", max_length=2000, blank=True)
    officer = models.CharField("officer, and how to reach them", max_length=200, blank=True)

    # The child, as the police told of them
    child_given = models.CharField("first name", max_length=100)
    child_family = models.CharField("last name", max_length=100)
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    child_sex = models.CharField("sex", max_length=1, choices=Person.Sex.choices, blank=True)
    child_lives_at = models.TextField("where the child lives", max_length=300, blank=True)
    child_postcode = models.CharField("postcode", max_length=10, blank=True)
    address_is_secret = models.BooleanField("must the address be kept secret?", null=True, blank=True)
    child_was = CodeField("where was the child?", code_set="police_presence", blank=False)
    child_said = models.TextField("what the child said or showed", max_length=4000, blank=True)
    school_named = models.CharField("school, as the police know it", max_length=200, blank=True)

    # Who sent it, and what it belongs with
    received_at = models.DateTimeField("received")
    from_agency = models.ForeignKey(Agency, verbose_name="police force", on_delete=models.PROTECT, related_name="+")
    from_worker = models.ForeignKey(
        Worker, verbose_name="who in the police sent it?", on_delete=models.PROTECT, related_name="+"
    )
    incident = models.UUIDField()  # the same for every child of one incident of one force
    child_key = models.CharField(max_length=220)  # the child within the incident: none is told of twice

    # Who the child is
    matched_to = models.ForeignKey(
        Person, verbose_name="which child is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    match_reason = models.TextField("how do you know?", max_length=2000, blank=True)
    is_not_known = models.BooleanField("nobody on record is this child", default=False)

    # The school
    school_must_know = models.BooleanField("the school is to be told", default=False)
    school = models.ForeignKey(
        Agency, verbose_name="which school?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    school_told_at = models.DateTimeField("school told", null=True)
    school_told_how = models.CharField("how the school was told", max_length=10, choices=SchoolTold.choices, blank=True)
    school_spoken_to = models.CharField("who at the school was told?", max_length=200, blank=True)
    school_not_told_because = models.TextField("why is the school not told?", max_length=2000, blank=True)

    # Help for the adult who was harmed
    service_offered_to = models.CharField("who was it offered to?", max_length=200, blank=True)
    service_offered = models.CharField("which service was offered?", max_length=200, blank=True)
    safe_contact = models.TextField(
        "how and when is it safe to contact them?",
        max_length=1000,
        blank=True,
        help_text="Kept within the hub. It is in no letter, and no other agency reads it.",
    )
    service_answer = models.CharField("what did they say?", max_length=12, choices=ServiceAnswer.choices, blank=True)
    service_offered_at = models.DateTimeField("service offered", null=True)

    # The decision
    outcome = models.CharField("what was decided", max_length=20, choices=Outcome.choices, blank=True)
    outcome_reason = models.TextField("why is this right?", max_length=4000, blank=True)
    own_view = models.TextField("is anything different for this child?", max_length=4000, blank=True)
    significant_harm_likely = models.BooleanField(
        "has the child suffered, or are they likely to suffer, significant harm?", null=True
    )
    lawful_reason = CodeField(
        "what allows us to go on without the family's agreement?",
        code_set="lawful_reason",
        leaving_out={"SIGNIFICANT_HARM", "SECTION_47"},
    )
    told_police = models.CharField("what came of it", max_length=20, choices=ToldPolice.choices, blank=True)
    triaged_at = models.DateTimeField("triaged", null=True)

    clocks = [
        Clock(
            "triage",
            law="front_door.domestic_abuse_triage",
            starts="received_at",
            stops="triaged_at",
            when="is_domestic_abuse",
            awaits="Triage in {length}",
        ),
        Clock(
            "first look",
            law="front_door.police_notification_triage",
            starts="received_at",
            stops="triaged_at",
            when="is_something_else",
            awaits="Triage in {length}",
        ),
        Clock(
            "school told",
            law="front_door.school_told",
            starts="attended_at",
            stops="school_told_at",
            when="school_is_awaited",
            awaits="The school is told before its next day begins",
        ),
    ]
    expects = [
        Expect(
            of="contact",
            step="receive",
            when="is_passed_on",
            link="notification",
            carries={
                "child_given": "child_given",
                "child_family": "child_family",
                "child_born_on": "child_born_on",
                "child_sex": "child_sex",
                "child_lives_at": "address_to_pass_on",
                "child_postcode": "postcode_to_pass_on",
                "child_school": "school_named",
                "worry": "worry_to_pass_on",
                "happened": "what_happened",
                "child_says_basis": "voice_basis",
                "child_says": "child_said",
                "significant_harm_likely": "significant_harm_likely",
                "consent": "consent_to_pass_on",
                "without_consent": "lawful_reason",
                "without_consent_because": "lawful_because",
                "family_must_not_know": "must_not_be_told",
            },
        ),
        Expect(
            of="school_notice",
            step="tell",
            when="is_told_in_workspace",
            link="notification",
            carries={
                "school": "school",
                "child_given": "child_given",
                "child_family": "child_family",
                "child_born_on": "child_born_on",
                "attended_at": "attended_at",
            },
        ),
    ]

    class Shown:
        everyone = {"incident_number", "attended_at", "received_at", "from_agency", "outcome", "triaged_at",
                    "school_told_at"}  # fmt: skip
        team = {
            *AS_TOLD, "from_worker", "incident", "child_key", "matched_to", "match_reason", "is_not_known",
            "school_must_know", "school", "school_told_how", "school_spoken_to", "school_not_told_because",
            "service_offered_to", "service_offered", "safe_contact", "service_answer", "service_offered_at",
            "outcome_reason", "own_view", "significant_harm_likely", "lawful_reason", "told_police",

        } - everyone  # fmt: skip
        restricted: set[str] = set()
        agencies = {
            ("from_agency", "from_worker"): {
                *AS_TOLD, "from_agency", "from_worker", "received_at", "incident", "told_police", "triaged_at",
                "school_told_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "police notification"
        constraints = [
            models.UniqueConstraint(fields=["incident", "child_key"], name="police_notification_child_once"),
            models.CheckConstraint(
                name="police_notification_school_told_somehow",
                condition=models.Q(school_told_at__isnull=True) | ~models.Q(school_told_how=""),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "received_at"], name="police_notification_open"),
            models.Index(fields=["from_agency", "received_at"], name="police_notification_force"),
            models.Index(fields=["child_key"], name="police_notification_child"),
        ]

    # --- What the clocks and what is expected ask ------------------------------------------------------------

    @property
    def told(self) -> Told:
        """The child as the police told of them."""
        return doing.as_told(self)

    @property
    def told_of_at(self) -> datetime:
        """When it is told: by the step in hand, or now."""
        return self._doing.on if self._doing else timezone.now()

    @property
    def is_domestic_abuse(self) -> bool:
        return doing.tells_schools(self.category)

    @property
    def is_something_else(self) -> bool:
        return not self.is_domestic_abuse

    @property
    def school_is_awaited(self) -> bool:
        """The school is to be told, and nobody has said why it is not."""
        return self.school_must_know and not self.school_not_told_because

    @property
    def is_told_in_workspace(self) -> bool:
        return self.school_told_how == self.SchoolTold.WORKSPACE

    @property
    def is_passed_on(self) -> bool:
        return self.outcome == self.Outcome.PASSED_ON

    @property
    def address_to_pass_on(self) -> str:
        """Where the child lives, unless that is secret: what the front door asks other agencies names it."""
        return "" if self.address_is_secret else self.child_lives_at

    @property
    def postcode_to_pass_on(self) -> str:
        return "" if self.address_is_secret else self.child_postcode

    @property
    def worry_to_pass_on(self) -> str:
        return doing.worry_to_pass_on(self)

    @property
    def what_happened(self) -> str:
        return doing.what_happened(self)

    @property
    def voice_basis(self) -> str:
        """How we know what the child thinks, in the words of a worry."""
        return "SHOWN" if self.child_said else "NOT_ASKED"

    @property
    def consent_to_pass_on(self) -> str:
        """The police tell of a child without asking the family; what allows that is said by the hub."""
        return "NOT_SOUGHT"

    @property
    def lawful_because(self) -> str:
        return "" if self.significant_harm_likely else self.outcome_reason[:2000]

    @property
    def must_not_be_told(self) -> str:
        return doing.must_not_be_told(self)

    # --- How it is called on screen -----------------------------------------------------------------------------

    @property
    def heading(self) -> str:
        return f"{self.child_given} {self.child_family}"

    @property
    def workspace_words(self) -> str:
        return f"{self.incident_number}: {self.heading}"

    @property
    def came_of_it(self) -> str:
        """What the police are told."""
        return self.label("told_police", self.told_police) if self.told_police else "The hub has not yet looked at it"

    def happening(self) -> str:
        return f"{self.from_agency} told us of an incident: {self.state_label}"

    def because(self) -> str:
        return self.outcome_reason or self.officers_saw

    @classmethod
    def offered(cls, field: str) -> Any:
        """Whom, or which agency, a person may choose."""
        if field == "from_worker":
            return Worker.objects.filter(agency__kind="police", until__isnull=True).order_by("name")
        if field == "school":
            return Agency.objects.filter(kind="school").order_by("name")
        return None

    # --- Steps ------------------------------------------------------------------------------------------------

    @step(
        "Send police notifications",
        past="{from_agency} told the hub of incident {incident_number}",
        reaches=State.RECEIVED,
        by={SENDS, *HUB},
        asks=["from_worker", *AS_TOLD, "school"],
        optional={"from_worker", "school", *(set(AS_TOLD) - MUST)},
        needs=[needs.the_police_sent_it, *needs.OF_A_ROW, needs.not_told_before],
        significant=True,
    )
    def notify(self, on: datetime) -> None:
        """The police tell the hub of a child at an incident: a row for each child, many at once from a file."""
        doing.take_down(self, on)
        doing.keep_within_a_locked_circle(self)

    @step(
        "Say which child this is",
        past="It was said which child this is about",
        leaves={State.RECEIVED, State.TRIAGED},
        by=HUB,
        asks=["matched_to", "match_reason"],
        needs=[needs.is_a_child],
    )
    def match(self, on: datetime) -> None:
        """The notification is about a child who is known already. An address that is secret is not added to them."""
        doing.join(self)

    @step(
        "Say that nobody on record is this child",
        past="Nobody on record is this child",
        leaves=State.RECEIVED,
        by=HUB,
        asks=["match_reason"],
        needs=[needs.not_matched_yet],
    )
    def not_known(self, on: datetime) -> None:
        """We looked, and nobody on record is this child. No record is made where nothing is to be done."""
        self.is_not_known = True

    @step(
        "Say which school",
        past="It was said which school the child goes to",
        leaves=State.RECEIVED,
        by=HUB,
        asks=["school"],
        needs=[needs.is_a_school, needs.school_is_not_told],
    )
    def name_school(self, on: datetime) -> None:
        """The police named no school that we know: say which it is, so that it can be told."""

    @step(
        "Tell the school",
        past="The school was told that the child was there",
        leaves=State.RECEIVED,
        by=HUB,
        needs=[needs.school_is_to_be_told, needs.school_can_be_told_here, needs.school_is_not_told],
    )
    def tell_school(self, on: datetime) -> None:
        """The school's safeguarding lead reads that the police came, when, and that the child was there; not more."""
        self.school_told_at = on
        self.school_told_how = self.SchoolTold.WORKSPACE
        self.school_not_told_because = ""

    @step(
        "Record that the school was rung",
        past="The school was told by telephone",
        leaves=State.RECEIVED,
        by=HUB,
        asks=["school_spoken_to"],
        needs=[needs.school_is_to_be_told, needs.school_is_not_told],
    )
    def ring_school(self, on: datetime) -> None:
        """You rang the school's safeguarding lead: they cannot be told here, or it could not wait."""
        self.school_told_at = on
        self.school_told_how = self.SchoolTold.TELEPHONE
        self.school_not_told_because = ""

    @step(
        "Do not tell the school",
        past="It was decided not to tell the school",
        leaves=State.RECEIVED,
        by=HUB,
        asks=["school_not_told_because"],
        needs=[needs.school_is_to_be_told, needs.school_is_not_told],
    )
    def leave_school(self, on: datetime) -> None:
        """Telling the school would put somebody at risk, or the child goes to none: say which."""

    @step(
        "Record that help was offered",
        past="Help was offered to the adult who was harmed",
        leaves=State.RECEIVED,
        by=HUB,
        asks=["service_offered_to", "service_offered", "service_answer", "safe_contact"],
        optional={"safe_contact"},
        needs=[needs.safe_contact_is_said],
    )
    def offer_service(self, on: datetime) -> None:
        """A domestic abuse service was offered to the adult who was harmed, and how it is safe to reach them."""
        self.service_offered_at = on

    @step(
        "No further action",
        past="Triaged: no further action",
        leaves=State.RECEIVED,
        reaches=State.TRIAGED,
        by=HUB,
        asks=DECISION,
        optional={"own_view"},
        needs=[needs.it_was_said_who, needs.school_is_dealt_with],
        significant=True,
    )
    def close(self, on: datetime) -> None:
        """Nothing more is done now, and why. The notification stays on the child's record if they have one."""
        doing.decide(self, self.Outcome.NO_FURTHER_ACTION, on)

    @step(
        "Pass to the front door",
        past="Triaged: passed to the front door",
        leaves=State.RECEIVED,
        reaches=State.TRIAGED,
        by=HUB,
        asks=[*DECISION, *LAWFUL],
        optional={"own_view"},
        only_when={"lawful_reason": ("significant_harm_likely", {False})},
        needs=[needs.it_was_said_who, needs.school_is_dealt_with],
        significant=True,
    )
    def pass_on(self, on: datetime) -> None:
        """It becomes a worry about the child, from the police, with all that they told; nobody types it again."""
        doing.decide(self, self.Outcome.PASSED_ON, on)

    @step(
        "Pass to the child's worker",
        past="Triaged: passed to who holds the child's open case",
        leaves=State.RECEIVED,
        reaches=State.TRIAGED,
        by=HUB,
        asks=[*DECISION, *LAWFUL],
        optional={"own_view"},
        only_when={"lawful_reason": ("significant_harm_likely", {False})},
        needs=[needs.child_is_known, needs.school_is_dealt_with],
        significant=True,
    )
    def inform(self, on: datetime) -> None:
        """Somebody holds an open case for the child: it is theirs to read and act on, and is no new worry."""
        doing.decide(self, self.Outcome.WORKER_TOLD, on)
        doing.pass_to_worker(self)


def may_triage(viewer: AsWorker) -> bool:
    """Whether the hub's pages are for this worker."""
    return bool(viewer.roles & HUB)

"""What every process shares: the identity of an entry, its timeline, its deadlines, who holds it, its documents."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Circle, Team, Worker
from righthelp.guard.rules import Own, OwnAgency, Through, Unlocked
from righthelp.people.models import Person
from righthelp.record.notices import Notice as Notice
from righthelp.record.notices import NoticeMessage as NoticeMessage
from righthelp.record.notices import NoticeWishes as NoticeWishes
from righthelp.record.plans import Action as Action
from righthelp.record.plans import Outcome as Outcome
from righthelp.record.plans import PlanCopy as PlanCopy
from righthelp.record.quotations import Basis as Basis
from righthelp.record.quotations import Quotation as Quotation
from righthelp.record.reached import REACHED, THEIR_LINE
from righthelp.record.taking_part import Attempt as Attempt
from righthelp.record.taking_part import Invitation as Invitation
from righthelp.record.taking_part import Involved as Involved
from righthelp.record.taking_part import Participant as Participant

THROUGH_THE_ENTRY = Through("entry")


class CaseEntry(GuardedModel):
    """One thing that happens with one child: a worry, a request, a referral. An identity, not a parent.

    Each process's table has its key here, so that documents, deadlines and events point at any process with a real
    key. `person` is empty until somebody has said which child it is about; `circle` locks an entry of its own accord,
    before that. What arose from an entry is about the same child, whenever that is said.
    """

    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    arose_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="led_to")
    begun_at = models.DateTimeField()
    # The worker whom it concerns, where it concerns a worker and no child: how they are supervised.
    about_worker = models.ForeignKey(Worker, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    seen_by = [
        Unlocked(people=("person",), circle="circle", kind="kind", worker="about_worker"),
        Own("about_worker"),
    ]

    class Meta:
        verbose_name_plural = "case entries"
        indexes = [
            models.Index(fields=["person", "begun_at"], name="case_entry_person"),
            models.Index(fields=["about_worker"], name="case_entry_worker", condition=Q(about_worker__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.kind


class TimelineEvent(GuardedModel):
    """What was done, in one sentence, written with the step that did it; never changed. It is the chronology."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()  # when it happened
    recorded_at = models.DateTimeField()  # when it was written down
    step = models.CharField(max_length=40)
    says = models.CharField(max_length=500)
    significant = models.BooleanField(default=False)
    by = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)  # as they were called, and for whom, on that day

    seen_by = [THROUGH_THE_ENTRY]
    append_only = True
    audited = False  # append-only: it is its own history

    class Meta:
        ordering = ["at", "recorded_at", "id"]
        indexes = [
            models.Index(fields=["entry", "at"], name="timeline_event_entry"),
            models.Index(fields=["entry", "-recorded_at"], name="timeline_event_recorded"),  # what has gone quiet
        ]

    def __str__(self) -> str:
        return self.says


class Deadline(GuardedModel):
    """When something is due, by which law or standard. Made from the facts; can be made again at any time.

    Whether it is met or missed is never stored: it follows from `due_at`, `stopped_at` and the moment of asking.
    """

    entry = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="deadlines")
    clock = models.CharField(max_length=40)
    law = models.CharField(max_length=80)
    law_since = models.DateField()  # the first day of the value that was in force when the clock started
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()  # the last moment in time
    whole_day = models.BooleanField()  # due by the end of a day rather than at a moment
    stopped_at = models.DateTimeField(null=True)
    excused = models.CharField(max_length=200, blank=True)

    seen_by = [THROUGH_THE_ENTRY]
    removable = True  # by a step after which the clock no longer applies
    audited = False  # made again from the facts at any time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "clock"], name="deadline_once_a_clock")]
        indexes = [models.Index(fields=["due_at"], name="deadline_running", condition=Q(stopped_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.clock} by {self.due_at:%d %B %Y}"


class Holding(GuardedModel):
    """Who holds an entry: a team, and a worker of it once one has taken it. One holding at a time is open."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="holdings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    seen_by = [THROUGH_THE_ENTRY]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(until__isnull=True), name="held_once_at_a_time")
        ]
        indexes = [
            models.Index(fields=["worker"], name="holding_worker", condition=Q(until__isnull=True)),
            models.Index(fields=["team"], name="holding_team", condition=Q(until__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.worker or self.team)


class Document(GuardedModel):
    """A letter or other document, frozen in the words in which it was issued. Pages are made from them when asked."""

    entry = models.ForeignKey(CaseEntry, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    words = models.TextField()  # paragraphs, a blank line between them, some with a mark (`letters.MARKS`)
    # The agency whose workers may read it in their workspace, and the worker it answers.
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    addressee = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    seen_by = [THROUGH_THE_ENTRY, OwnAgency("agency", own="addressee"), REACHED]
    append_only = True

    def __str__(self) -> str:
        return self.title


class Issue(GuardedModel):
    """That a document went to somebody, how and when: from this ledger a correction finds everyone it must reach.

    A worker of an agency reads what was issued to them; so do the agency's leads, who alone read what was issued to it
    with no worker named.
    """

    class How(models.TextChoices):
        WORKSPACE = "WORKSPACE", "in their workspace"
        POST = "POST", "by post"
        HAND = "HAND", "by hand"
        DOWNLOAD = "DOWNLOAD", "downloaded"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="issues")
    to = models.CharField(max_length=200)
    how = models.CharField(max_length=10, choices=How.choices)
    at = models.DateTimeField()
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    seen_by = [Through("document", county=True), THEIR_LINE]  # who else got it, its readers elsewhere are not told
    append_only = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="issued_to_a_worker_of_an_agency", condition=Q(worker__isnull=True) | Q(agency__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} to {self.to}"


class Draft(GuardedModel):
    """What somebody has typed and not yet done. Theirs alone; never evidence, never counted."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    entry = models.ForeignKey(CaseEntry, null=True, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    seen_by = [Own("worker")]
    written_by = [Own("worker")]
    removable = True
    audited = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "kind", "step", "entry"], nulls_distinct=True, name="draft_once_a_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.step}"


class KeptForLater(GuardedModel):
    """A fact that was loaded and has no process here yet: kept whole and counted, not dropped in silence."""

    entry = models.ForeignKey(CaseEntry, null=True, on_delete=models.PROTECT, related_name="kept")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="kept")
    kind = models.CharField(max_length=60)  # the element or table that it came in
    content = models.TextField()
    source = models.CharField(max_length=200)
    line = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    seen_by = [Unlocked(people=("person",))]
    words_frozen = True  # what was loaded is never changed; whose it is may turn out to be another record's

    class Meta:
        verbose_name_plural = "facts kept for later"
        triggers = [pgtrigger.ReadOnly(name="kept_as_loaded", exclude=["person"])]

    def __str__(self) -> str:
        return self.kind


class Loaded(GuardedModel):
    """A file that was loaded whole: what it was, who loaded it, and what came of it."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256 of the file
    at = models.DateTimeField()
    counts = ArrayField(models.CharField(max_length=120))  # sentences, one a kind of row
    append_only = True

    def __str__(self) -> str:
        return self.name

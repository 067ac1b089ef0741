"""That something waits for somebody: the notice, how each person wishes to be told, and what was sent to them.

Nothing here names a child or says what it is about: a notice points at an entry, which is read as every record is.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Worker
from righthelp.guard.rules import Both, InRole, OutsideTheCounty, Own, Through

SAME_DAY = timedelta(hours=24)  # a clock that allows no longer is urgent to whoever holds the entry


class Waits(models.TextChoices):
    """Why somebody is told. The last two follow from deadlines and are never stored."""

    HANDED = "HANDED", "something was handed to you"
    CHECK = "CHECK", "something waits for a decision or check of yours"
    ISSUED = "ISSUED", "a letter was sent to you"
    ASKED = "ASKED", "your agency is asked for something"
    LANDED = "LANDED", "something reached a team that you manage"
    CHANGED = "CHANGED", "somebody changed what you hold"
    SOON = "SOON", "something you hold is due soon"
    LATE = "LATE", "something you hold is late"


class Way(models.TextChoices):
    """How somebody wishes to be told."""

    AT_ONCE = "AT_ONCE", "By e-mail, at once"
    TEXT = "TEXT", "By text message, at once"
    DIGEST = "DIGEST", "In one e-mail a day"
    WORKSPACE = "WORKSPACE", "Only here"


class Notice(GuardedModel):
    """That a step which somebody else took left something waiting for a worker. Theirs alone, while they may see it."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Waits.choices)
    recorded_at = models.DateTimeField()  # when the step was written down
    read_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)  # when it was settled how the worker is told of it

    seen_by = [Both(Own("worker"), Through("entry")), Both(Own("worker"), OutsideTheCounty())]
    written_by = [Own("worker")]  # to say that it was read
    removable = True  # by the sender, once it is old
    audited = False  # it says only that a step was taken, which is itself on record

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "entry"],
                condition=Q(kind="CHANGED", read_at__isnull=True),
                name="told_of_a_change_once_until_read",
            )
        ]
        indexes = [
            models.Index(fields=["worker", "-recorded_at"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["worker", "-recorded_at"], name="notice_worker"),
            models.Index(fields=["recorded_at"], name="notice_unplanned", condition=Q(planned_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


def _wish(kind: Waits, way: Way) -> "models.CharField[str, str]":
    return models.CharField(kind.label, max_length=10, choices=Way.choices, default=way)


class NoticeWishes(GuardedModel):
    """How one worker wishes to be told, for each reason there is; and when not to be disturbed."""

    worker = models.OneToOneField(Worker, on_delete=models.PROTECT, related_name="+")
    handed = _wish(Waits.HANDED, Way.AT_ONCE)
    check_waits = _wish(Waits.CHECK, Way.AT_ONCE)
    issued = _wish(Waits.ISSUED, Way.AT_ONCE)
    asked = _wish(Waits.ASKED, Way.AT_ONCE)
    landed = _wish(Waits.LANDED, Way.DIGEST)
    changed = _wish(Waits.CHANGED, Way.DIGEST)
    soon = _wish(Waits.SOON, Way.DIGEST)
    late = _wish(Waits.LATE, Way.AT_ONCE)
    digest_hour = models.PositiveSmallIntegerField(default=8)
    digest_on_rest_days = models.BooleanField(default=False)
    quiet_from = models.PositiveSmallIntegerField(null=True, default=20)  # an hour of the day
    quiet_until = models.PositiveSmallIntegerField(null=True, default=7)
    mobile = models.CharField(max_length=20, blank=True)
    mobile_proved_at = models.DateTimeField(null=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    read_up_to = models.DateTimeField(null=True)  # what became due soon or late before then was read
    told_up_to = models.DateTimeField(null=True)  # and of what became so before then they were told
    digest_on = models.DateField(null=True)  # the last day for which the daily e-mail was settled

    seen_by = [Own("worker")]
    written_by = [Own("worker")]

    class Meta:
        verbose_name_plural = "notice wishes"

    def __str__(self) -> str:
        return "How somebody wishes to be told"

    def way(self, kind: str) -> str:
        """How they wish to be told for this reason."""
        return str(getattr(self, FIELD_OF[Waits(kind)]))


FIELD_OF = {kind: "check_waits" if kind is Waits.CHECK else kind.value.lower() for kind in Waits}


class NoticeMessage(GuardedModel):
    """An e-mail or text that tells somebody that something waits: to be sent, sent, or given up."""

    class By(models.TextChoices):
        EMAIL = "EMAIL", "e-mail"
        TEXT = "TEXT", "text message"

    class About(models.TextChoices):
        WAITS = "WAITS", "something waits"
        URGENT = "URGENT", "something waits that has little time"
        DIGEST = "DIGEST", "the daily e-mail"
        CODE = "CODE", "a code that proves a telephone number"

    class Fault(models.TextChoices):
        NO_ADDRESS = "NO_ADDRESS", "there is no address to send it to"
        NO_ANSWER = "NO_ANSWER", "the server could not be reached"
        TOO_SLOW = "TOO_SLOW", "the server did not answer in time"
        NOT_NOW = "NOT_NOW", "the server said: not now"
        NOT_LET_IN = "NOT_LET_IN", "the server did not accept our name and password"
        REFUSED = "REFUSED", "the server refused the message"
        NEVER = "NEVER", "the server refuses this address or number"
        NOT_UNDERSTOOD = "NOT_UNDERSTOOD", "the server answered something that nobody expects"
        STALLED = "STALLED", "the sender ended while it was sending"
        NOTHING = "NOTHING", "nothing is set up to carry it"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    by = models.CharField(max_length=5, choices=By.choices)
    about = models.CharField(max_length=6, choices=About.choices)
    # Of the daily e-mail: the day. None of a day is made twice, whatever the machine's clock does.
    day = models.DateField(null=True)
    counts = models.JSONField(default=dict)  # how many wait, by reason
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)  # a sender has it in hand since then
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=14, choices=Fault.choices, blank=True)
    words = models.TextField(blank=True)  # as they were sent
    only_shown = models.BooleanField(default=False)  # in the demonstration nothing leaves: it is shown there instead

    seen_by = [Own("worker"), InRole(frozenset({"user administrator"}))]
    removable = True  # by the sender, once it is old
    audited = False  # every change of it is told in its own columns

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "day"], name="one_daily_email_a_day"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="notice_message_to_send",
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            ),
            models.Index(fields=["-made_at"], name="notice_message_made"),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()}, by {self.get_by_display()}"

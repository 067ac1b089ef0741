"""Keys by which a partner's system is known, and what it has sent already."""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Worker
from righthelp.guard.rules import InRole
from righthelp.guard.viewers import Purpose

ADMINISTRATOR = "user administrator"


class AgencyKey(GuardedModel):
    """A key by which an agency's system is known as the worker for whom it stands. The key itself is kept nowhere."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="keys")
    prefix = models.CharField(max_length=20, unique=True)  # by which people tell keys apart: it opens nothing
    digest = models.CharField(max_length=64)  # of the whole key, which is long and drawn at random
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()  # the last day on which it opens anything
    used_at = models.DateTimeField(null=True)  # lately, to within some minutes
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")

    seen_by = [InRole(frozenset({ADMINISTRATOR}))]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agency_key_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    @classmethod
    def fields_hidden_from(cls, viewer: Any) -> frozenset[str]:
        """The digest is compared when a system comes to the door, and shown to nobody."""
        return frozenset() if isinstance(viewer, Purpose) else frozenset({"digest"})

    def opens(self, today: date | None = None) -> bool:
        """Whether it opens anything on this day."""
        return self.ended_at is None and (today or timezone.localdate()) <= self.until

    def __str__(self) -> str:
        return self.prefix


class SentOnce(GuardedModel):
    """What a system sent under a number of its own, and what it was answered: sent again, it is answered again.

    Written in one transaction with what was sent, and kept as long as that is. The words that were sent are not in it.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    sent_as = models.CharField(max_length=100)
    body = models.CharField(max_length=64)  # the digest of what was sent
    answered_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()  # references and numbers: no words of anybody

    append_only = True
    audited = False  # it is never changed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "what", "sent_as"], name="sent_once_by_a_system")]
        verbose_name_plural = "sent once"

    def __str__(self) -> str:
        return f"{self.what} {self.sent_as}"

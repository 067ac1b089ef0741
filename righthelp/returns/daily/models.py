"""What the Department has accepted of each child, what it refused and why, what waits; and each sending."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.rules import InRole
from righthelp.people.models import ABOUT_THE_PERSON, Person
from righthelp.returns.readers import MANAGERS


class DailyPayload(GuardedModel):
    """One child as the Department knows them, by the county's number of the child (`la_child_id`).

    `accepted` is the fingerprint of the payload that it accepted last, and `holds` what it has been told since, in
    names and numbers without values, so that what is no longer so can be taken back. Nothing is accepted until the
    Department has said so.
    """

    number = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted = models.CharField(max_length=64, blank=True)
    accepted_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=200, blank=True)  # the Department's own number for what it accepted
    holds = ArrayField(models.TextField(), default=list, blank=True)
    waits_since = models.DateTimeField(null=True)  # something is to be sent, or to be taken back
    refused = models.CharField(max_length=64, blank=True)  # the fingerprint of what it did not take
    refused_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True)

    seen_by = [ABOUT_THE_PERSON]
    audited = False  # fingerprints of what is audited itself; each sending is in the access log of the child

    class Meta:
        indexes = [
            models.Index(fields=["waits_since"], name="daily_payload_waits", condition=Q(waits_since__isnull=False)),
            models.Index(fields=["refused_at"], name="daily_payload_refused", condition=~Q(refused="")),
        ]

    def __str__(self) -> str:
        return self.number


class DailySend(GuardedModel):
    """One sending: when, and why it stopped if it did. How many children it was of, locked ones among them, is told to
    whoever runs it and not kept: a page counts what its reader may see (decision 16)."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # empty while it runs, and where it was killed
    stopped_because = models.CharField(max_length=400, blank=True)

    seen_by = [InRole(MANAGERS)]

    class Meta:
        indexes = [models.Index(fields=["-began_at"], name="daily_send_began")]

    def __str__(self) -> str:
        return f"Sent {self.began_at:%d %B %Y}"

"""A child's record, sent to the county to which the family has moved."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.issuing import Recipient
from righthelp.engine.process import Process
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, step
from righthelp.processes.transfer_pack.contents import sections
from righthelp.record.models import Issue

SENDERS = {"team manager", "early help manager", "head of service"}


def about_somebody(pack: TransferPack) -> str | None:
    """A pack is of one child."""
    return None if pack.entry.person_id else "Begin it from the child's page."


def answered_by_now(pack: TransferPack) -> Fault | None:
    """An answer that is still to come has not come."""
    if pack.received_on and pack.received_on > local_day(pack.also.on):
        return Fault("Enter the day on which they answered; it cannot be in the future.", at="received_on")
    return None


class TransferPack(Process):
    """What another county needs to go on helping a child who has moved there: what is known, what happened and when,
    what is open and due, with its original dates.

    Working Together to Safeguard Children: information is shared in time when a child moves, so that help does not
    begin again from nothing. The pack is frozen as it was sent, with who got it.
    """

    class State(models.TextChoices):
        SENT = "SENT", "sent; they have not yet answered"
        RECEIVED = "RECEIVED", "received"

    ENDS: ClassVar = {State.RECEIVED}
    begins_from_child = True
    team_receives = "transfer_pack"
    queue_title = "Transfer packs without an answer"

    county = models.CharField("to which county?", max_length=200)
    sent_to = models.CharField("to whom there?", max_length=150, help_text="Full name and team.")
    moved_on = models.DateField("when did the child move, or when will they?", null=True, blank=True)
    agreed = models.BooleanField("does the family agree that it is sent?")
    agreed_by = models.CharField("who agrees, and how do you know?", max_length=300, blank=True)
    lawful_reason = CodeField("why may it be sent without their agreement?", code_set="lawful_reason")
    why = models.TextField("why is it sent, and what must they do first?", max_length=4000)
    how = models.CharField(
        "how is it sent?", max_length=10, choices=[(how.value, how.label) for how in (Issue.How.POST, Issue.How.HAND)]
    )
    sent_at = models.DateTimeField("sent", null=True)
    received_by = models.CharField("who has it there, and who works with the child now?", max_length=300, blank=True)
    received_on = models.DateField("when did they answer?", null=True)

    class Shown:
        everyone = {"county", "moved_on", "sent_at", "received_on"}
        team = {"sent_to", "agreed", "agreed_by", "lawful_reason", "why", "how", "received_by"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "transfer pack"

    def because(self) -> str:
        return self.why

    def happening(self) -> str:
        return f"A transfer pack to {self.county}: {self.state_label}"

    @step(
        "Send a transfer pack to another county",
        past="A transfer pack was sent to {county}",
        reaches=State.SENT,
        by=SENDERS,
        asks=["county", "sent_to", "moved_on", "agreed", "agreed_by", "lawful_reason", "why", "how"],
        optional={"moved_on"},
        only_when={"agreed_by": ("agreed", {True}), "lawful_reason": ("agreed", {False})},
        needs=[about_somebody],
        significant=True,
    )
    def send(self, on: datetime) -> None:
        """All that is on record of the child, with its original dates. Nothing of a brother or sister is in it."""
        assert self.entry.person is not None  # a need asks for it
        self.sent_at = on
        assert self.entry.person is not None  # `about_somebody`
        with looking(self.also.by):  # what whoever sends it may not see is not sent
            held = sections(self.entry.person, on)
        to = Recipient(f"{self.sent_to}, {self.county}", how=self.how)
        self.also.issue_composed("Transfer pack to another county", held, [to])

    @step(
        "Say that they have it",
        past="{county} has the transfer pack",
        leaves=State.SENT,
        reaches=State.RECEIVED,
        by=SENDERS,
        asks=["received_by", "received_on"],
        needs=[answered_by_now],
    )
    def confirm(self, on: datetime) -> None:
        """The other county has it, and a worker of theirs is named for the child."""

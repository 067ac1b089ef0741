"""Who takes part in what happens with a child, from other agencies and from the family: in a record, in a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Model, OuterRef, Q

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Worker
from righthelp.guard.rules import NO_ROW, OneByOne, OwnAgency, Rule, Through, column
from righthelp.guard.viewers import AsWorker


class Participant(GuardedModel):
    """That an agency, or a worker of it, takes part in an entry, from a moment until another.

    It is the fact from which workers outside the county see an entry's row: what its page shows to the involved, and
    nothing else about the child. Where no worker is named, it is the agency's leads who see it.
    """

    class Part(models.TextChoices):
        LEADS = "LEADS", "leads"
        TEAM = "TEAM", "is of the team around the child"
        INVITED = "INVITED", "is invited"

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="participants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    seen_by = [Through("entry"), OwnAgency("agency", own="worker")]

    class Meta:
        indexes = [
            models.Index(fields=["entry"], name="participant_entry"),
            models.Index(fields=["agency", "worker"], name="participant_of", condition=Q(until__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.worker or self.agency} {self.get_part_display()}"


def takes_part(entry: UUID, viewer: AsWorker, *parts: str) -> bool:
    """Whether a worker of another agency takes part in an entry now (as one of these): themselves, or as a lead for
    somebody of their agency."""
    now = Participant.objects.filter(entry=entry, agency=viewer.agency, until__isnull=True)
    if parts:
        now = now.filter(part__in=parts)
    return bool((now if viewer.leads else now.filter(worker=viewer.worker)).exists())


@dataclass(frozen=True)
class Involved(Rule):
    """Workers of other agencies who take part now in the entry that the row is of, or hangs on."""

    field: str = "entry"

    def q(self, viewer: AsWorker, model: type[Model]) -> Q:
        if viewer.is_county:
            return NO_ROW
        taking_part = Participant._base_manager.filter(entry=OuterRef(f"{self.field}_id"), until__isnull=True)
        return Q(OneByOne(taking_part))

    def sql(self, model: type[Model]) -> str:
        return (
            "(NOT (SELECT viewer_is_county()) AND EXISTS (SELECT 1 FROM participant taking_part"
            f' WHERE taking_part.entry_id = "{model._meta.db_table}".{column(model, self.field)}'
            " AND taking_part.until IS NULL OFFSET 0))"
        )


class Invitation(GuardedModel):
    """Somebody who is to come to a meeting, or is not, and why; what they were asked for; how they took part."""

    class Attendance(models.TextChoices):
        IN_PERSON = "IN_PERSON", "In person"
        REMOTE = "REMOTE", "By video or telephone"
        REPORT = "REPORT", "Sent a report"
        APOLOGIES = "APOLOGIES", "Sent apologies"
        NOTHING = "NOTHING", "Nothing was heard"

    class View(models.TextChoices):
        AGREES = "AGREES", "Agrees with what was decided"
        DISAGREES = "DISAGREES", "Does not agree"
        NOT_ASKED = "NOT_ASKED", "Was not asked"

    THERE: ClassVar = {Attendance.IN_PERSON, Attendance.REMOTE}

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("full name", max_length=200)
    agency = models.ForeignKey(
        Agency, verbose_name="of which agency?", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Leave it empty for family and friends.",
    )  # fmt: skip
    who = models.CharField("who are they to the child?", max_length=100, help_text="Mother, class teacher, midwife.")
    report_wanted = models.BooleanField("are they asked for a report?", default=False)
    left_out_because = models.TextField(
        "if they are not to come: why not?", max_length=1000, blank=True,
        help_text="Leave it empty for somebody who is invited.",
    )  # fmt: skip
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    report = models.TextField("report", max_length=20000, blank=True)
    report_in_at = models.DateTimeField(null=True)
    attendance = models.CharField("how did they take part?", max_length=10, choices=Attendance.choices, blank=True)
    view = models.CharField("what do they say of the decision?", max_length=10, choices=View.choices, blank=True)
    view_because = models.TextField("if they do not agree: why?", max_length=2000, blank=True)

    asked_with = ("name", "agency", "who", "report_wanted", "left_out_because")
    must_have = frozenset({"name", "who"})
    seen_by = [Through("entry"), Involved()]

    class Shown:
        # Which agency came, and never who
        everyone: ClassVar = {"entry", "number", "agency", "report_wanted", "told_at", "report_in_at", "attendance"}

    class Meta:
        verbose_name = "person invited"
        verbose_name_plural = "people invited"
        indexes = [models.Index(fields=["entry"], name="invitation_entry")]

    def __str__(self) -> str:
        return f"{self.name}, {self.who}"

    @property
    def is_to_come(self) -> bool:
        return not self.left_out_because

    @property
    def was_there(self) -> bool:
        return self.attendance in self.THERE


class Attempt(GuardedModel):
    """One attempt to see or reach somebody, and what came of it. Each stands; none replaces another."""

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="attempts_made")
    number = models.PositiveSmallIntegerField()
    tried_at = models.DateTimeField("when did you try?")
    tried_how = models.TextField("what did you try, and what came of it?", max_length=2000)

    asked_with = ("tried_at", "tried_how")
    must_have = frozenset({"tried_at", "tried_how"})
    seen_by = [Through("entry"), Involved()]
    append_only = True

    class Meta:
        verbose_name = "attempt"
        indexes = [models.Index(fields=["entry"], name="attempt_entry")]

    def __str__(self) -> str:
        return self.tried_how

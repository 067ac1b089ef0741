"""What belongs to the help that a family gets: who is of its team, and at which level it was since when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from righthelp.engine.part import Part
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Agency, Worker
from righthelp.guard.rules import Through
from righthelp.processes.family_help.questions import LEVELS
from righthelp.record.taking_part import Involved


class FamilyTeamMember(GuardedModel):
    """Somebody of the team around the family: a worker of an agency, or somebody of the family's own choosing."""

    entry = models.ForeignKey("record.CaseEntry", on_delete=models.PROTECT, related_name="family_team")
    number = models.PositiveSmallIntegerField()
    name = models.CharField("full name", max_length=200)
    agency = models.ForeignKey(
        Agency, verbose_name="of which agency?", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Leave it empty for family and friends.",
    )  # fmt: skip
    who = models.CharField("who are they to the child?", max_length=100, help_text="Mother, class teacher, mentor.")
    worker = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(null=True)
    left_because = models.TextField(
        "if they leave the team: why?", max_length=1000, blank=True,
        help_text="Leave it empty for somebody who stays.",
    )  # fmt: skip
    left_on = models.DateField(null=True)

    asked_with = ("name", "agency", "who")
    must_have = frozenset({"name", "who"})
    seen_by = [Through("entry"), Involved()]

    class Meta:
        verbose_name = "member of the team around the family"
        verbose_name_plural = "members of the team around the family"
        indexes = [models.Index(fields=["entry"], name="family_team_member_entry")]

    def __str__(self) -> str:
        return f"{self.name}, {self.who}"

    @property
    def is_of_it(self) -> bool:
        return self.left_on is None


class FamilyHelpLevel(Part):
    """At which level of need the help was from a day on, why, and who said so. Rows are added and never changed, so
    that a step up and a step down keep record, plan and people."""

    help = models.ForeignKey("family_help.FamilyHelp", on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField("level of need", choices=LEVELS)
    since_on = models.DateField("since")
    why = models.TextField("why", max_length=4000, blank=True)
    said_by = models.CharField("who decided", max_length=200)

    asked_with = ("level", "since_on", "why", "said_by")
    must_have = frozenset({"level", "since_on"})
    seen_by = [Through("help", county=True)]  # partners are told why by a document, in words meant for them

    class Shown:
        everyone: ClassVar = {"help", "number", "level", "since_on"}

    class Meta(Part.Meta):
        verbose_name = "level of help"
        verbose_name_plural = "levels of help"
        constraints = [models.UniqueConstraint(fields=["help", "number"], name="family_help_level_number_once")]

    def __str__(self) -> str:
        return f"Level {self.level} from {self.since_on}"

"""A notice to a school that a child was at an incident of domestic abuse."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.process import Process
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import STEP
from righthelp.kernel.moments import local
from righthelp.kernel.page import Fault, step
from righthelp.kernel.written import write_moment


def it_is_a_school(notice: SchoolNotice) -> Fault | None:
    """It goes to a school and to nobody else."""
    return None if notice.school.kind == "school" else Fault("Choose a school.", at="school")


def it_is_told_once(notice: SchoolNotice) -> str | None:
    """One incident, one child, one notice."""
    if SchoolNotice.objects.filter(notification=notice.notification_id).exists():
        return "The school has been told already."
    return None


class SchoolNotice(Process):
    """A notice to a school's safeguarding lead, before the children come in, that a child was at domestic abuse.

    Operation Encompass: the school learns that the police attended, when, and that the child was there, so that it can
    be kind to the child that day. It does not learn who did what, to whom or where; the row does not hold it.
    """

    class State(models.TextChoices):
        SENT = "SENT", "waiting for the school to read it"
        READ = "READ", "read by the school"

    ENDS = {State.READ}
    agency_page = "school_notice/notice.html"

    notification = models.ForeignKey(
        "police_notification.PoliceNotification", on_delete=models.PROTECT, related_name="+"
    )
    school = models.ForeignKey(Agency, verbose_name="school", on_delete=models.PROTECT, related_name="+")
    child_given = models.CharField("first name", max_length=100)
    child_family = models.CharField("last name", max_length=100)
    child_born_on = models.DateField("date of birth", null=True, blank=True)
    attended_at = models.DateTimeField("when officers attended")
    told_at = models.DateTimeField("told")
    read_by = models.ForeignKey(Worker, verbose_name="read by", null=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField("read", null=True)

    class Shown:
        everyone = {"school", "told_at", "read_at"}
        team = {"notification", "child_given", "child_family", "child_born_on", "attended_at", "read_by"}
        restricted: set[str] = set()
        # A safeguarding lead, and whoever of the school has read it: no other teacher.
        agencies = {
            ("school", "read_by"): {
                "school", "child_given", "child_family", "child_born_on", "attended_at", "told_at", "read_by",
                "read_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "notice to a school"
        verbose_name_plural = "notices about children at home"
        constraints = [models.UniqueConstraint(fields=["notification"], name="school_notice_once")]

    @property
    def heading(self) -> str:
        return f"{self.child_given} {self.child_family}"

    @property
    def workspace_words(self) -> str:
        return f"{self.heading}: at home when the police came on {write_moment(local(self.attended_at))}"

    def happening(self) -> str:
        return f"{self.school} was told: {self.state_label}"

    @step(
        "Tell a school",
        past="{school} was told that the child was there",
        reaches=State.SENT,
        by={STEP.name},
        asks=["notification", "school", "child_given", "child_family", "child_born_on", "attended_at"],
        optional={"child_born_on"},
        needs=[it_is_a_school, it_is_told_once],
    )
    def tell(self, on: datetime) -> None:
        """Begun by the hub's step that tells the school; nobody types it."""
        self.told_at = on

    @step(
        "Say that you have read it",
        past="{school} has read it",
        leaves=State.SENT,
        reaches=State.READ,
        by={"partner lead"},
    )
    def acknowledge(self, on: datetime) -> None:
        """You have read it, and whoever looks after the child today knows to be kind."""
        by = self.also.by
        self.read_by_id = getattr(by, "worker", None)
        self.read_at = on

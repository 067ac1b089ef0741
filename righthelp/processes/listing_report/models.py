"""What somebody says is wrong with a listing in the directory."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.process import Process
from righthelp.guard.models import Agency
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Clock, Fault, step

COUNTY_KEEPERS = {"early help worker", "early help manager"}
KEEPERS = {*COUNTY_KEEPERS, "partner", "partner lead"}


def theirs_to_answer(report: ListingReport) -> str | None:
    """Whoever keeps the listing answers; the county's own team may answer for anybody."""
    by = report.also.by
    if not isinstance(by, AsWorker) or by.is_county or by.agency == report.agency_id:
        return None
    return "This listing is kept by another agency."


def says_something(report: ListingReport) -> Fault | None:
    """A word or two tell nobody what to mend."""
    if len(report.says) < 10:
        return Fault("Say a little more about what is wrong.", at="says")
    return None


class ListingReport(Process):
    """Somebody, whom nobody asked who they are, says that a listing in the public directory is wrong.

    It goes to whoever keeps the listing, and to the county's early help team, as a task with a clock.
    """

    class State(models.TextChoices):
        TOLD = "TOLD", "waiting for whoever keeps the listing"
        ANSWERED = "ANSWERED", "answered"

    ENDS = {State.ANSWERED}
    about_nobody = True
    team_receives = "listing_report"

    class Wrong(models.TextChoices):
        CLOSED = "CLOSED", "The service is not there any more"
        CONTACT = "CONTACT", "The telephone number, address or web page is wrong"
        FOR_WHOM = "FOR_WHOM", "It is not for the people it says, or cannot be asked as it says"
        OTHER = "OTHER", "Something else"

    class Finding(models.TextChoices):
        MENDED = "MENDED", "It was wrong, and the listing is mended"
        RIGHT = "RIGHT", "The listing is right as it stands"
        NOT_ABOUT_IT = "NOT_ABOUT_IT", "It was not about the listing"

    listing = models.ForeignKey(
        "service_listing.ServiceListing", verbose_name="service", on_delete=models.PROTECT, related_name="+"
    )
    about = models.CharField("service", max_length=200)  # its name on that day
    agency = models.ForeignKey(
        Agency, verbose_name="agency that keeps it", null=True, on_delete=models.PROTECT, related_name="+"
    )
    wrong = models.CharField("what is wrong?", max_length=10, choices=Wrong.choices)
    says = models.TextField(
        "what did you find, and what should it say?",
        max_length=1000,
        help_text="Do not tell us anything about a child, a family or yourself.",
    )
    told_at = models.DateTimeField("told")
    finding = models.CharField("what do you find?", max_length=12, choices=Finding.choices, blank=True)
    finding_says = models.TextField("more about it", max_length=1000, blank=True)
    answered_by = models.CharField("who answered", max_length=200, blank=True)
    answered_at = models.DateTimeField("answered", null=True)

    clocks = [Clock("answer", law="services.report_answered", starts="told_at", stops="answered_at")]

    class Shown:
        everyone = {"listing", "about", "agency", "wrong", "told_at", "finding", "answered_at"}
        team = {"says", "finding_says", "answered_by"}
        restricted: set[str] = set()
        agencies = {
            "agency": {
                "listing", "about", "agency", "wrong", "says", "told_at", "finding", "finding_says", "answered_by",
                "answered_at",
            }
        }  # fmt: skip

    class Meta(Process.Meta):
        verbose_name = "report that a listing is wrong"
        verbose_name_plural = "reports that a listing is wrong"
        indexes = [
            models.Index(fields=["listing"], name="listing_report_listing"),
            models.Index(fields=["agency", "state"], name="listing_report_agency"),
        ]

    @property
    def heading(self) -> str:
        return self.about

    @property
    def workspace_words(self) -> str:
        return f"{self.about}: {self.label('wrong', self.wrong)}"

    @step(
        "Say that something is wrong",
        past="Somebody said that the listing is wrong: {wrong}",
        reaches=State.TOLD,
        by={"passer-by"},
        asks=["listing", "wrong", "says"],
        needs=[says_something],
    )
    def say(self, on: datetime) -> None:
        """Anybody may say so, without saying who they are."""
        self.about = self.listing.name
        self.agency_id = self.listing.agency_id
        self.told_at = on

    @step(
        "Answer",
        past="It was answered: {finding}",
        leaves=State.TOLD,
        reaches=State.ANSWERED,
        by=KEEPERS,
        asks=["finding", "finding_says"],
        optional={"finding_says"},
        needs=[theirs_to_answer],
    )
    def answer(self, on: datetime) -> None:
        """Mend the listing first if it is wrong, and then say here what you found."""
        self.answered_by = self.also.by.name
        self.answered_at = on

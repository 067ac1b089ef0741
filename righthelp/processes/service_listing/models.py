"""A service in the county's directory, and what is said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.models import Agency
from righthelp.kernel.moments import last_moment
from righthelp.kernel.page import Clock, step
from righthelp.packs import pack
from righthelp.processes.service_listing import needs, quality
from righthelp.processes.service_listing.words import ages_in_words, words_to_find_by

COUNTY_KEEPERS = {"early help worker", "early help manager"}
KEEPERS = {*COUNTY_KEEPERS, "partner", "partner lead"}
CONFIRMED = "services.listing_confirmed"

WHAT = ["name", "organisation", "organisation_does", "what", "helps_with"]
WHOM = ["for_whom", "youngest", "oldest", "languages", "accessibility"]
WHERE = ["places", "address", "postcode", "opening", "cost"]
ASKING = ["asked_by", "how", "telephone", "email", "web"]
FACTS = {"The service": WHAT, "Who it is for": WHOM, "Where and when": WHERE, "How to ask": ASKING}
NOT_NEEDED = {
    "organisation_does", "youngest", "oldest", "languages", "accessibility", "address", "postcode", "opening", "cost",
    "telephone", "email", "web",
}  # fmt: skip
FACT_NEEDS = [
    needs.ages_in_order, needs.whole_county_alone, needs.a_way_that_is_told, needs.postcode_is_sound,
    needs.telephone_can_be_rung,
]  # fmt: skip


class ServiceListing(Process):
    """A service to which anybody in the county can be pointed, as the public directory lists it.

    An authority publishes what help there is (Children Act 1989, schedule 2, paragraph 1; for children with special
    educational needs or a disability, Children and Families Act 2014, section 30). Whoever runs the service keeps its
    listing, and confirms it; one that nobody has confirmed in time says so to everybody.
    """

    class State(models.TextChoices):
        LISTED = "LISTED", "listed"
        PAUSED = "PAUSED", "not taking anybody on now"
        CLOSED = "CLOSED", "closed"

    ENDS = {State.CLOSED}
    OPEN = {State.LISTED, State.PAUSED}
    about_nobody = True
    agency_page = "service_listing/kept.html"

    # What it is
    name = models.CharField("name of the service", max_length=200)
    organisation = models.CharField("who runs it?", max_length=200)
    organisation_does = models.TextField(
        "what else is there to say about who runs it?", max_length=500, blank=True, help_text="One sentence."
    )
    what = models.TextField("what does it do?", max_length=2000)
    helps_with = ArrayField(
        CodeField(code_set="help_need"), verbose_name="what does it help with?", default=list, blank=True
    )

    # Who it is for
    for_whom = models.TextField("who is it for?", max_length=1000)
    youngest = models.PositiveSmallIntegerField("youngest age of the child, in years", null=True, blank=True)
    oldest = models.PositiveSmallIntegerField("oldest age of the child, in years", null=True, blank=True)
    languages = models.CharField(
        "languages that are spoken there", max_length=300, blank=True, help_text="With a comma between them."
    )
    accessibility = models.TextField("how can disabled people use it?", max_length=1000, blank=True)

    # Where and when
    places = ArrayField(CodeField(code_set="place"), verbose_name="where is it?", default=list, blank=True)
    address = models.TextField(
        "address that the public may know",
        max_length=300,
        blank=True,
        help_text="Leave it empty where an address would put somebody in danger, as of a refuge.",
    )
    postcode = models.CharField("postcode", max_length=10, blank=True)
    opening = models.CharField("when is it open?", max_length=300, blank=True)
    cost = CodeField("what does it cost?", code_set="service_cost")

    # How to ask
    asked_by = ArrayField(
        CodeField(code_set="way_to_ask"), verbose_name="who can ask, and how?", default=list, blank=True
    )
    how = models.TextField("how does somebody ask?", max_length=1000)
    telephone = models.CharField("telephone number for the public", max_length=30, blank=True)
    email = models.EmailField("e-mail address for the public", blank=True)
    web = models.URLField("web page", blank=True)

    # Whose it is, and how it stands
    agency = models.ForeignKey(
        Agency, verbose_name="which agency keeps it?", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField("where the listing comes from", max_length=200, blank=True)
    pack_key = models.CharField("key in the county's pack", max_length=60, blank=True)
    listed_at = models.DateTimeField("listed")
    confirmed_at = models.DateTimeField("last confirmed", null=True)
    changed_at = models.DateTimeField("last changed", null=True)
    paused_because = models.TextField("what should people know?", max_length=500, blank=True)
    places_expected_on = models.DateField("when do you expect places again?", null=True, blank=True)
    paused_at = models.DateTimeField("paused", null=True)
    closed_because = models.TextField("what should people know, and where can they turn?", max_length=500, blank=True)
    closed_at = models.DateTimeField("closed", null=True)
    found_by = models.TextField("words by which it is found", blank=True)

    clocks = [Clock("confirmed", law=CONFIRMED, starts="last_known_right_at", stops="closed_at")]

    class Shown:
        public = {
            *WHAT, *WHOM, *WHERE, *ASKING, "source", "listed_at", "confirmed_at", "changed_at", "paused_at",
            "paused_because", "places_expected_on", "closed_because", "closed_at", "found_by",
        }  # fmt: skip
        everyone = {*public, "agency"}
        team = {"pack_key"}
        restricted: set[str] = set()
        agencies = {"agency": {*public, "agency"}}

    class Meta(Process.Meta):
        verbose_name = "service in the directory"
        verbose_name_plural = "services in the directory"
        indexes = [models.Index(fields=["agency"], name="service_listing_agency")]
        constraints = [
            models.UniqueConstraint(fields=["pack_key"], condition=~models.Q(pack_key=""), name="listed_once_a_key")
        ]

    @property
    def heading(self) -> str:
        return self.name

    @property
    def workspace_words(self) -> str:
        return self.name

    @property
    def waits_for_agency(self) -> bool:
        """Whether it is time that whoever keeps it confirms it: its other steps are always open."""
        return not self.ended and (self.confirmed_at is None or self.is_late)

    @property
    def last_known_right_at(self) -> datetime:
        """When somebody who knows last said that it is right; else when it was listed."""
        return self.confirmed_at or self.listed_at

    @property
    def is_late(self) -> bool:
        """Whether it should have been confirmed by now."""
        return not self.ended and timezone.now() > last_moment(pack().due(CONFIRMED, self.last_known_right_at))

    @property
    def lacks(self) -> list[quality.Lack]:
        """What keeps it out of the data that the county publishes."""
        return quality.lacks(self)

    @property
    def ages(self) -> str:
        return ages_in_words(self.youngest, self.oldest)

    def in_words(self, field: str) -> list[str]:
        """The codes of a field in words."""
        return [self.label(field, code) for code in getattr(self, field)]

    def _found_by(self) -> None:
        self.found_by = words_to_find_by(self)

    @step(
        "List a service of the pack",
        past="Listed, as the county's pack says",
        reaches=State.LISTED,
        by={"list services"},
        asks=[*WHAT, *WHOM, *WHERE, *ASKING, "agency", "source", "pack_key"],
        optional={*NOT_NEEDED, "agency"},
        needs=FACT_NEEDS,
    )
    def bring_in(self, on: datetime) -> None:
        """The directory begins with the services that the county's pack names."""
        self.listed_at = on
        self._found_by()

    @step(
        "Take over a change of the pack",
        past="Changed, as the county's pack says",
        leaves=OPEN,
        by={"list services"},
        asks=[*WHAT, *WHOM, *WHERE, *ASKING, "agency", "source"],
        optional={*NOT_NEEDED, "agency"},
        needs=[needs.touched_by_nobody, *FACT_NEEDS],
    )
    def bring_in_again(self, on: datetime) -> None:
        """The pack says something new of a service whose listing nobody has yet changed or confirmed."""
        self._found_by()

    @step(
        "Add a service",
        past="{name} was added to the directory",
        reaches=State.LISTED,
        by={"early help manager"},
        asks={**FACTS, "Who keeps it": ["agency"]},
        optional=NOT_NEEDED,
        needs=FACT_NEEDS,
    )
    def add(self, on: datetime) -> None:
        """A service that the directory has not: what it does, for whom, how to ask, and which agency keeps it."""
        self.listed_at = on
        self.confirmed_at = on
        self._found_by()

    @step(
        "Change what it says",
        past="The listing was changed",
        leaves=OPEN,
        by=KEEPERS,
        asks=[*WHAT, *WHOM, *WHERE, *ASKING],
        optional=NOT_NEEDED,
        needs=[needs.kept_by_their_agency, *FACT_NEEDS],
    )
    def change(self, on: datetime) -> None:
        """Everybody reads what you write here. All of it is on this page, so this also confirms that it is right."""
        self.changed_at = self.confirmed_at = on
        self._found_by()

    @step(
        "Confirm that it is right",
        past="The listing was confirmed",
        leaves=OPEN,
        by=KEEPERS,
        needs=[needs.kept_by_their_agency],
    )
    def confirm(self, on: datetime) -> None:
        """You have read the listing today, and all of it is still right."""
        self.confirmed_at = on

    @step(
        "Say that there are no places",
        past="No places for now",
        leaves=State.LISTED,
        reaches=State.PAUSED,
        by=KEEPERS,
        asks=["paused_because", "places_expected_on"],
        optional={"places_expected_on"},
        needs=[needs.kept_by_their_agency, needs.expected_later],
    )
    def pause(self, on: datetime) -> None:
        """It is full, has a waiting list, or rests for a time. It stays in the directory, and says so."""
        self.paused_at = self.confirmed_at = on

    @step(
        "Say that there are places again",
        past="There are places again",
        leaves=State.PAUSED,
        reaches=State.LISTED,
        by=KEEPERS,
        needs=[needs.kept_by_their_agency],
    )
    def resume(self, on: datetime) -> None:
        """It takes people on again."""
        self.confirmed_at = on
        self.paused_at = self.places_expected_on = None
        self.paused_because = ""

    @step(
        "Close the listing",
        past="The service closed",
        leaves=OPEN,
        reaches=State.CLOSED,
        by=KEEPERS,
        asks=["closed_because"],
        needs=[needs.kept_by_their_agency],
    )
    def close(self, on: datetime) -> None:
        """The service is no more. Whoever kept its address is told so, and where else to turn."""
        self.closed_at = on

    @step(
        "Open the listing again",
        past="The listing was opened again",
        leaves=State.CLOSED,
        reaches=State.LISTED,
        by=COUNTY_KEEPERS,
        needs=[needs.kept_by_their_agency],
    )
    def reopen(self, on: datetime) -> None:
        """It was closed by mistake, or the service is back."""
        self.confirmed_at = on
        self.closed_at = None
        self.closed_because = ""

    @step(
        "Say which agency keeps it",
        past="It was said which agency keeps the listing",
        leaves=OPEN,
        by={"early help manager"},
        asks=["agency"],
        optional={"agency"},
    )
    def hand_over(self, on: datetime) -> None:
        """The workers of that agency keep the listing from now on; with none, the early help team does."""

    def happening(self) -> str:
        return f"{self.name}: {self.state_label}"

    @classmethod
    def offered(cls, field: str) -> Any:
        """Agencies that may keep a listing."""
        return Agency.objects.order_by("name") if field == "agency" else None

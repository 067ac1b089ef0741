"""A release of statistics: prepared, looked over by somebody else, published, and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.utils.text import slugify

from righthelp.engine.process import Process
from righthelp.guard.models import Worker
from righthelp.guard.viewers import STEP, AsWorker
from righthelp.kernel.page import step
from righthelp.processes.statistics_release import needs
from righthelp.processes.statistics_release.counting import counter, periods, subjects
from righthelp.processes.statistics_release.figures import PublishedFigure as PublishedFigure
from righthelp.processes.statistics_release.figures import PublishedMeasure as PublishedMeasure
from righthelp.processes.statistics_release.periods import Period, period

PUBLISHERS = frozenset({"head of service", "information governance"})
LICENCE = "Open Government Licence v3.0"
# What is said of a release after it was prepared. All else stays as it was.
LATER = ["state", "version", "approved_by", "published_at", "replaced_at", "dropped_because", "dropped_at"]


class StatisticsRelease(Process):
    """What the county publishes of its measures for one period, as counted at one moment.

    Statistics are released as they were counted, with what was hidden and why; a correction is a new edition beside
    the old one, and says what was wrong (Code of Practice for Statistics, trustworthiness: orderly release, and
    corrections made openly). Somebody other than whoever prepared it looks at every hidden number before the public
    does. Local authorities publish data under the Open Government Licence (Local Government Transparency Code 2015).
    """

    class State(models.TextChoices):
        PREPARED = "PREPARED", "prepared, and not published"
        PUBLISHED = "PUBLISHED", "published"
        REPLACED = "REPLACED", "published, and replaced by a later edition"
        DROPPED = "DROPPED", "never published"

    ENDS: ClassVar = {State.REPLACED, State.DROPPED}
    about_nobody = True
    written_at_once = True  # which edition is published is read by every step that corrects or publishes one
    queue_title = "Releases of statistics"
    queue_says = "statistics_release/prepare.html"
    begins_from: ClassVar = {"correct": "corrects"}

    subject = models.CharField("what are the figures about?", max_length=40, choices=subjects)
    period = models.CharField("of which period?", max_length=10, choices=periods)
    note = models.TextField(
        "what should a reader know?", max_length=2000, blank=True,
        help_text="Everybody reads it. Name nobody, and no group so small that somebody could be known in it.",
    )  # fmt: skip
    corrects = models.ForeignKey(
        "self", verbose_name="which edition does it correct?", null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    corrected_because = models.TextField(
        "what was wrong, and what is different now?", max_length=2000, blank=True,
        help_text="Everybody reads it. Do not say by how many a small number changed.",
    )  # fmt: skip
    called = models.CharField("title", max_length=200)
    address = models.CharField("name in its address", max_length=80)
    edition = models.PositiveSmallIntegerField("edition", default=1)
    licence = models.CharField("licence", max_length=60)
    counted_at = models.DateTimeField("facts as at")
    prepared_by = models.ForeignKey(
        Worker, verbose_name="prepared by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        Worker, verbose_name="looked over and published by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField("published", null=True)
    replaced_at = models.DateTimeField("replaced by a later edition", null=True)
    dropped_because = models.TextField("why is it not published?", max_length=2000, blank=True)
    dropped_at = models.DateTimeField("dropped", null=True)

    class Shown:
        public = {
            "subject", "period", "note", "corrects", "corrected_because", "called", "address", "edition", "licence",
            "counted_at", "published_at", "replaced_at",
        }  # fmt: skip
        public_since = "published_at"
        everyone = {*public, "prepared_by", "approved_by", "dropped_because", "dropped_at"}
        team: set[str] = set()
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "release of statistics"
        verbose_name_plural = "releases of statistics"
        constraints = [
            models.UniqueConstraint(
                fields=["address", "edition"], condition=~models.Q(state="DROPPED"), name="one_release_an_edition"
            ),
            models.CheckConstraint(
                name="published_by_somebody_else",
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("prepared_by")),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="frozen_as_prepared", exclude=LATER),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="published_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND (OLD.published_at, OLD.approved_by_id)"
                    " IS DISTINCT FROM (NEW.published_at, NEW.approved_by_id)"
                ),
            ),
        ]

    @property
    def heading(self) -> str:
        return self.called

    @property
    def of(self) -> Period:
        """The period of its figures."""
        return period(self.period)

    @property
    def standing(self) -> str:
        """Which edition it is, and whether it is the one to read."""
        return f"Edition {self.edition}" + (", replaced" if self.replaced_at else "")

    @property
    def choice_words(self) -> str:
        return f"{self.called}, edition {self.edition}"

    def happening(self) -> str:
        return f"{self.called}: {self.state_label}"

    @classmethod
    def offered(cls, field: str) -> Any:
        """What may be corrected: what is published, and not yet replaced."""
        return cls.objects.filter(state=cls.State.PUBLISHED) if field == "corrects" else None

    def _count(self) -> None:
        worker = self.also.by.worker if isinstance(self.also.by, AsWorker) else None
        self.prepared_by_id = worker
        self.counted_at = self.also.journal.moment()  # whatever day the step is dated: the facts are those of now
        self.licence = LICENCE
        self.called = f"{dict(subjects())[self.subject]}: {self.of.title}"
        self.address = slugify(f"{self.subject}-{self.period}").replace("_", "-")
        self.also.write(*counter().rows(self))

    @step(
        "Prepare a release of statistics",
        past="A release of statistics was prepared",
        reaches=State.PREPARED,
        by=PUBLISHERS,
        asks=["subject", "period", "note"],
        needs=[needs.is_the_only_one],
    )
    def prepare(self, on: datetime) -> None:
        """Counted now, once, for everybody alike, with small numbers hidden. Nobody outside sees it until another
        person has looked it over and published it."""
        self._count()

    @step(
        "Prepare a corrected edition",
        past="A corrected edition was prepared",
        reaches=State.PREPARED,
        by=PUBLISHERS,
        asks=["corrects", "corrected_because", "note"],
        optional={"note"},
        needs=[needs.corrects_what_is_published, needs.says_what_was_wrong],
    )
    def correct(self, on: datetime) -> None:
        """Something that was published was wrong. It is counted again, and stands beside the old edition, which says
        that it was replaced and is never changed."""
        before: Any = self.corrects
        self.subject, self.period, self.edition = before.subject, before.period, before.edition + 1
        self._count()

    @step(
        "Publish it",
        past="The release was published",
        leaves=State.PREPARED,
        reaches=State.PUBLISHED,
        by=PUBLISHERS,
        needs=[needs.looked_over_by_another, needs.still_corrects_the_last],
        significant=True,
    )
    def publish(self, on: datetime) -> None:
        """You have looked at every figure, at what is hidden, and at what is different from the last edition. From now
        on anybody may read it, and nobody can change it."""
        assert isinstance(self.also.by, AsWorker)
        self.approved_by_id = self.also.by.worker
        self.published_at = on
        if self.corrects is not None:
            self.also.take(self.corrects, "give_way", {})

    @step(
        "Do not publish it",
        past="It was not published",
        leaves=State.PREPARED,
        reaches=State.DROPPED,
        by=PUBLISHERS,
        asks=["dropped_because"],
    )
    def drop(self, on: datetime) -> None:
        """It was counted too early, of the wrong period, or is not fit to be read. It stays on record, unpublished."""
        self.dropped_at = on

    @step(
        "Give way to a later edition",
        past="A later edition was published in its place",
        leaves=State.PUBLISHED,
        reaches=State.REPLACED,
        by={STEP.name},
    )
    def give_way(self, on: datetime) -> None:
        """A corrected edition was published: whoever reads this one is led there."""
        self.replaced_at = on

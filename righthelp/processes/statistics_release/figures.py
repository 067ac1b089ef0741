"""What a release holds: its measures with their definitions, and each figure as it was published."""

from __future__ import annotations

from django.db import models

from righthelp.guard.guarded import GuardedModel
from righthelp.guard.rules import PublishedWith

WITH_THE_RELEASE = PublishedWith("release")


class PublishedMeasure(GuardedModel):
    """What a measure meant when it was published: its title and definition, in the words of that day."""

    release = models.ForeignKey(
        "statistics_release.StatisticsRelease", on_delete=models.PROTECT, related_name="measures"
    )
    number = models.PositiveSmallIntegerField()  # its place in the release, from 1
    name = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    definition = models.TextField()
    unit = models.CharField(max_length=40)  # in words
    dated_by = models.CharField(max_length=200)
    source = models.CharField(max_length=400)
    digest = models.CharField(max_length=64)  # SHA-256 of definition and text: whether they are still the same

    seen_by = [WITH_THE_RELEASE]
    append_only = True
    audited = False  # append-only: it is its own history

    class Meta:
        ordering = ["release", "number"]
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="measure_at_its_place")]

    def __str__(self) -> str:
        return self.title


class PublishedFigure(GuardedModel):
    """One number as it was published, or that it is hidden. It holds nothing that the public may not read."""

    class How(models.TextChoices):
        SHOWN = "SHOWN", "shown"
        FEW = "FEW", "fewer than 5"
        WITHHELD = "WITHHELD", "withheld, so that another number cannot be worked out from it"
        NOT_COUNTED = "NOT_COUNTED", "too few to say"

    release = models.ForeignKey(
        "statistics_release.StatisticsRelease", on_delete=models.PROTECT, related_name="figures"
    )
    measure = models.ForeignKey(PublishedMeasure, on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField()  # its place in the release, from 1
    period = models.CharField(max_length=10)  # 2025-26, 2025-26-Q1 or 2025-04
    split = models.CharField(max_length=60, blank=True)  # by what it is split, if it is: its code
    split_words = models.CharField(max_length=60, blank=True)
    of_split = models.CharField(max_length=200, blank=True)  # which of them
    shown = models.CharField(max_length=11, choices=How.choices)
    words = models.CharField(max_length=200)
    value = models.FloatField(null=True)
    # What was published of the counts beneath it: a multiple of 5, none for fewer than 5, nothing where withheld.
    counted = models.PositiveIntegerField(null=True)
    others = models.PositiveIntegerField(null=True)  # of a share, those that do not count towards it

    seen_by = [WITH_THE_RELEASE]
    append_only = True
    audited = False  # append-only: it is its own history

    class Meta:
        ordering = ["release", "number"]
        constraints = [models.UniqueConstraint(fields=["release", "number"], name="figure_at_its_place")]

    def __str__(self) -> str:
        return self.words

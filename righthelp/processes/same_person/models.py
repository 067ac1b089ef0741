"""Two records that are of one person: said, decided, merged, and taken back if that was wrong."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from righthelp.engine.part import Part
from righthelp.engine.process import Process
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.models import Worker
from righthelp.guard.roles import names_where
from righthelp.guard.rules import Through
from righthelp.kernel.page import step
from righthelp.people.differences import BOTH, GOES, STAYS
from righthelp.people.models import Person
from righthelp.processes.same_person import doing, needs

DECIDERS = {"front door manager", "information governance"}


class SamePerson(Process):
    """Two records that may be of one person, and what was decided.

    Personal data are to be accurate (Data Protection Act 2018, section 38; UK GDPR, article 5(1)(d)): a child with two
    records has half a history in each. Two people look, because a record that holds two children's lives may send one
    child's worries to the other's home. The record that was there first stays.
    """

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", "waiting for somebody to decide"
        MERGED = "MERGED", "merged: one person"
        DIFFERENT = "DIFFERENT", "two people"
        SEPARATED = "SEPARATED", "separated again"

    ENDS = {State.MERGED, State.DIFFERENT, State.SEPARATED}
    team_receives = "same_person"
    queue_title = "Duplicate records"
    begins_from_child = True
    written_at_once = True  # what a record holds is read by every step that merges or separates one
    asked_afresh = frozenset({"shown", "merged_because"})

    other = models.ForeignKey(Person, verbose_name="the other record", on_delete=models.PROTECT, related_name="+")
    why = models.TextField("why do you think that both are one person?", max_length=2000)
    proposed_by = models.ForeignKey(
        Worker, verbose_name="said by", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("said")
    shown = models.CharField("the records as they were shown", max_length=64, blank=True)
    merged_because = models.TextField("how do you know that both are one person?", max_length=2000, blank=True)
    merged_at = models.DateTimeField("merged", null=True)
    different_because = models.TextField("how do you know that they are two people?", max_length=2000, blank=True)
    separated_because = models.TextField("how do you know that they are two people?", max_length=2000, blank=True)
    separated_at = models.DateTimeField("separated", null=True)

    class Shown:
        everyone = {"proposed_by", "proposed_at", "merged_at", "separated_at"}
        team = {"other", "why", "shown", "merged_because", "different_because", "separated_because"}
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "duplicate record"
        verbose_name_plural = "duplicate records"
        indexes = [models.Index(fields=["other"], name="same_person_other")]

    @property
    def stays(self) -> Person:
        """The record that was there first, and stays when both are merged."""
        person: Person | None = self.entry.person
        assert person is not None  # it is begun from a record
        return person

    def happening(self) -> str:
        return f"This record and another may be of one person: {self.state_label}"

    def because(self) -> str:
        return self.why

    @step(
        "Say that another record is of the same person",
        past="It was said that another record may be of the same person",
        reaches=State.PROPOSED,
        by=names_where(opens_children=True),
        asks=["other", "why"],
        needs=[needs.there_are_two, needs.not_said_already],
    )
    def propose(self, on: datetime) -> None:
        """Whoever sees that one person has two records says so, and how they know."""
        doing.take_down(self, on)

    @step(
        "Merge the two records",
        past="Two records were found to be of one person, and merged",
        leaves=State.PROPOSED,
        reaches=State.MERGED,
        by=DECIDERS,
        asks=["decisions", "shown", "merged_because"],
        optional={"decisions"},
        needs=[needs.not_their_own, needs.both_as_shown, needs.one_circle, needs.not_related],
        significant=True,
    )
    def merge(self, on: datetime) -> None:
        """Somebody else looks at both records, decides each difference, and makes them one."""
        doing.merge(self, on)
        self.merged_at = on

    @step(
        "Say that they are two people",
        past="Two records were found to be of two people",
        leaves=State.PROPOSED,
        reaches=State.DIFFERENT,
        by=DECIDERS,
        asks=["different_because"],
        needs=[needs.not_their_own],
    )
    def keep_apart(self, on: datetime) -> None:
        """They are alike and are two people, twins for instance. Nobody is asked about them again."""

    @step(
        "Separate the two records again",
        past="Two records that had been merged were separated again",
        leaves=State.MERGED,
        reaches=State.SEPARATED,
        by=DECIDERS,
        asks=["separated_because", "assigned"],
        optional={"assigned"},
        needs=[needs.still_the_last],
        significant=True,
    )
    def separate(self, on: datetime) -> None:
        """They were two people after all: what came from each goes back, and somebody says whose the rest is."""
        doing.separate(self, on)
        self.separated_at = on


class SamePersonDecision(Part):
    """What was decided about one difference between two records, and what each of them said."""

    merging = models.ForeignKey(SamePerson, on_delete=models.PROTECT, related_name="decisions")
    slot = models.CharField("where they differ", max_length=80)
    keeps = models.CharField(
        "what is kept",
        max_length=5,
        choices=[(STAYS, "what this record says"), (GOES, "what the other record says"), (BOTH, "both")],
    )
    about = models.CharField("about", max_length=200, blank=True)
    this_said = models.TextField("this record said", blank=True)
    other_said = models.TextField("the other record said", blank=True)

    asked_with = ("slot", "keeps")
    must_have = frozenset({"slot", "keeps"})
    seen_by = [Through("merging")]

    class Meta(Part.Meta):
        verbose_name = "decision on a difference"

    def __str__(self) -> str:
        return f"{self.about}: {self.get_keeps_display()}"


class SamePersonAssigned(Part):
    """Whose something is that was written about a merged record before it was separated again."""

    merging = models.ForeignKey(SamePerson, on_delete=models.PROTECT, related_name="assigned")
    key = models.CharField("what was written", max_length=120)
    belongs = models.CharField(
        "whose is it?", max_length=5, choices=[(STAYS, "this record's"), (GOES, "the other record's")]
    )

    asked_with = ("key", "belongs")
    must_have = frozenset({"key", "belongs"})
    seen_by = [Through("merging")]

    class Meta(Part.Meta):
        verbose_name = "thing written since"

    def __str__(self) -> str:
        return f"{self.key}: {self.get_belongs_display()}"


class SamePersonMoved(GuardedModel):
    """The ledger of a merging: a value that it changed, or (where both are the same) what the record had before."""

    merging = models.ForeignKey(SamePerson, on_delete=models.PROTECT, related_name="moved")
    table = models.CharField(max_length=60)
    row = models.UUIDField()
    field = models.CharField(max_length=60)
    was = models.TextField(blank=True)
    became = models.TextField(blank=True)

    seen_by = [Through("merging", county=True)]
    append_only = True

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"

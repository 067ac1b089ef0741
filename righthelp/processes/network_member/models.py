"""Who belongs to a child's family and network: added, ended, moved out, each with who said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.process import Process
from righthelp.guard.roles import names_where
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault, step
from righthelp.people.models import Household, HouseholdMember, Person, Relationship
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told

OPEN_CHILDREN = names_where(opens_children=True)
TIE = ["relation", "parental_responsibility", "lives_with_child", "since", "told_by"]
MAY_BE_UNKNOWN = {"since", "lives_with_child"}


def a_child_is_named(member: NetworkMember) -> str | None:
    """A picture is drawn around somebody."""
    return None if member.entry.person_id else "Open the child's record first, and add somebody from there."


def somebody_else(member: NetworkMember) -> Fault | None:
    """Nobody is their own relative."""
    if member.relative is not None and member.relative == member.entry.person:
        return Fault("This is the same record. Choose somebody else.", at="relative")
    return None


def not_on_record_yet(member: NetworkMember) -> Fault | None:
    """What is known is not said twice."""
    known = Relationship.objects.filter(
        person=member.relative, other=member.entry.person, kind=member.relation, until__isnull=True
    )
    return Fault("This is on record already, and has not ended.", at="relation") if known.exists() else None


def somebody_is_told_of(member: NetworkMember) -> Fault | None:
    """A person has a name, or part of one."""
    return None if member.given or member.family else Fault("Enter a first name or a last name.", at="given")


def dates_have_been(member: NetworkMember) -> Fault | None:
    """What is still to come is not so yet."""
    today = local_day(member.also.on)
    for name, what in (("since", "This began"), ("ended_on", "This ended"), ("born_on", "They were born")):
        day: date | None = getattr(member, name)
        if day is not None and day > today:
            return Fault(f"{what} today, or before.", at=name)
    return None


def the_childs_own(member: NetworkMember) -> Fault | None:
    """A relationship is ended from the record of one of the two whom it is of, once, after it began."""
    tie = member.relationship
    if tie is None or member.entry.person_id not in {tie.person_id, tie.other_id}:
        return Fault("Choose one of this child's relationships, on the picture of the family.", at="relationship")
    if tie.until is not None:
        return Fault("It has ended already.", at="relationship")
    if tie.since and member.ended_on and member.ended_on < tie.since:
        return Fault("It cannot have ended before it began.", at="ended_on")
    return None


def lives_with_the_child(member: NetworkMember) -> Fault | None:
    """Only who lives with the child can move out."""
    if member.relative is None or member.relative == member.entry.person or not list(homes_of_both(member)):
        return Fault("Choose somebody who lives with this child, on the picture of the family.", at="relative")
    if any(home.since and member.ended_on and member.ended_on < home.since for home in homes_of_both(member)):
        return Fault("They cannot have moved out before they moved in.", at="ended_on")
    return None


def homes_of_both(member: NetworkMember) -> Iterator[HouseholdMember]:
    """The relative's time in each household in which the child lives too."""
    homes = HouseholdMember.objects.filter(person=member.entry.person, until__isnull=True).values("household")
    yield from HouseholdMember.objects.filter(person=member.relative, household__in=homes, until__isnull=True)


class NetworkMember(Process):
    """Somebody who belongs to a child's family or network, or no longer does.

    Who has parental responsibility (Children Act 1989, section 3) is asked on its own, and never taken from what
    somebody is to the child. Each statement is one of its own, with who made it.
    """

    class State(models.TextChoices):
        RECORDED = "RECORDED", "on record"
        ENDED = "ENDED", "recorded as ended"

    ENDS = {State.RECORDED, State.ENDED}
    begins_from_child = frozenset({"add_new"})
    written_at_once = True  # who lives with whom is read by the step that adds the next

    relative = models.ForeignKey(
        Person, verbose_name="who is it?", null=True, on_delete=models.PROTECT, related_name="+"
    )
    relationship = models.ForeignKey(
        Relationship, verbose_name="relationship", null=True, on_delete=models.PROTECT, related_name="+"
    )
    given = models.CharField("first name", max_length=100, blank=True)
    family = models.CharField("last name", max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    sex = models.CharField("sex", max_length=1, choices=Person.Sex.choices, blank=True)
    relation = CodeField("who are they to the child?", code_set="relationship", max_length=30)
    parental_responsibility = models.CharField(
        "do they have parental responsibility for the child?",
        max_length=8,
        choices=[("YES", "Yes"), ("NO", "No"), ("UNKNOWN", "Not known")],
        blank=True,
    )
    lives_with_child = models.BooleanField("do they live with the child?", null=True, blank=True)
    since = models.DateField("since when?", null=True, blank=True, help_text="Leave it empty if nobody knows.")
    told_by = models.CharField("who said so, and when?", max_length=200, blank=True)
    ended_on = models.DateField("when did it end?", null=True, blank=True)

    class Shown:
        everyone = {"relation", "since", "ended_on"}
        team = {
            "relative", "relationship", "given", "family", "born_on", "sex", "parental_responsibility",
            "lives_with_child", "told_by",
        }  # fmt: skip
        restricted: set[str] = set()

    class Meta(Process.Meta):
        verbose_name = "person in the family and network"
        verbose_name_plural = "people in the family and network"

    def because(self) -> str:
        return self.told_by

    @step(
        "Add somebody to the family and network",
        past="Somebody was added to the family and network: {relation}",
        reaches=State.RECORDED,
        by=OPEN_CHILDREN,
        asks=["given", "family", "born_on", "sex", *TIE],
        optional={"given", "family", "born_on", "sex", *MAY_BE_UNKNOWN},
        needs=[a_child_is_named, somebody_is_told_of, dates_have_been],
    )
    def add_new(self, on: datetime) -> None:
        """Somebody who is not on record: a record is made for them. Look first whether they are."""
        told = Told(given=self.given, family=self.family, born_on=self.born_on, sex=self.sex)
        rows = new_person(told, self._source(on))
        person = rows[0]
        assert isinstance(person, Person)
        child: Person = self.entry.person  # type: ignore[assignment]  # `a_child_is_named`
        person.circle_id = child.circle_id  # who is of a locked family is locked with it
        self.also.write(*rows)
        self.relative = person
        self._tie(on)

    @step(
        "Add somebody who is on record",
        past="Somebody was added to the family and network: {relation}",
        reaches=State.RECORDED,
        by=OPEN_CHILDREN,
        asks=["relative", *TIE],
        optional=MAY_BE_UNKNOWN,
        needs=[a_child_is_named, somebody_else, not_on_record_yet, dates_have_been],
    )
    def add_known(self, on: datetime) -> None:
        """Somebody who has a record already is of this child's family or network."""
        self._tie(on)

    @step(
        "Record that a relationship has ended",
        past="A relationship in the family and network ended",
        reaches=State.ENDED,
        by=OPEN_CHILDREN,
        asks=["relationship", "ended_on", "told_by"],
        needs=[a_child_is_named, the_childs_own, dates_have_been],
    )
    def end(self, on: datetime) -> None:
        """It was so, and is so no longer. The picture of an earlier day still shows it."""
        assert self.relationship is not None  # the step asks for it
        self.relationship.until = self.ended_on
        self.also.change(self.relationship, "until")

    @step(
        "Record that somebody has moved out",
        past="Somebody moved out of the household",
        reaches=State.ENDED,
        by=OPEN_CHILDREN,
        asks=["relative", "ended_on", "told_by"],
        needs=[a_child_is_named, lives_with_the_child, dates_have_been],
    )
    def move_out(self, on: datetime) -> None:
        """They no longer live with the child. What they are to the child stays as it is."""
        for home in homes_of_both(self):
            home.until = self.ended_on
            self.also.change(home, "until")

    def _source(self, on: datetime) -> Source:
        return Source(self.told_by, local_day(on))

    def _tie(self, on: datetime) -> None:
        """The relationship, and the household if they live with the child."""
        source = self._source(on)
        said: dict[str, Any] = {"source": source.words, "recorded_on": source.on, "since": self.since}
        self.relationship = Relationship(
            person=self.relative,
            other=self.entry.person,
            kind=self.relation,
            parental_responsibility=self.parental_responsibility,
            **said,
        )
        self.also.write(self.relationship)
        if self.lives_with_child and not list(homes_of_both(self)):
            self._lives_with(said)
        if self.relative is not None and self.relative.circle_id:
            self.also.keep_within(self.relative.circle_id)

    def _lives_with(self, said: dict[str, Any]) -> None:
        child = self.entry.person
        home = HouseholdMember.objects.filter(person=child, until__isnull=True).order_by("pk").first()
        household = home.household if home else Household()
        if home is None:
            self.also.write(household, HouseholdMember(household=household, person=child, **said))
        self.also.write(HouseholdMember(household=household, person=self.relative, **said))

"""What a child's record says of them that every return asks: put right by whoever has learnt it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.engine.codes import CodeField
from righthelp.engine.learning import held, known_with
from righthelp.engine.process import Process
from righthelp.guard.guarded import GuardedModel
from righthelp.guard.roles import names_where
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import step
from righthelp.people.models import Characteristic, Identifier, Person
from righthelp.people.rows import Source, new_identifier, refreshed_search_key
from righthelp.processes.child_details import needs

OPEN_CHILDREN = frozenset(names_where(opens_children=True))


class ChildDetails(Process):
    """Ethnicity, disability, sex, birth, death and pupil number, as the child, their parents or their school say them.

    They are the child's to say; who asks and who answers matters as much as the code (Equality Act 2010, section 149;
    Department for Education, Children in Need Census guide). What was on record until now stays, as ended.
    """

    class State(models.TextChoices):
        RECORDED = "RECORDED", "on record"

    ENDS: ClassVar = {State.RECORDED}
    ASKED: ClassVar = ["ethnicity", "disabilities", "upn", "no_upn", "sex", "born_on", "died_on"]
    begins_from_child = frozenset({"put_right"})

    ethnicity = CodeField("what is the child's ethnicity?", code_set="ethnicity", max_length=20)
    disabilities = ArrayField(
        CodeField(code_set="disability", max_length=20),
        verbose_name="which disabilities does the child have?",
        default=list,
        blank=True,
        help_text="All of them: what is not ticked is no longer on record. Tick nothing to leave it as it is.",
    )
    upn = models.CharField(
        "unique pupil number (UPN)", max_length=13, blank=True, help_text="The school has it: 13 letters and figures."
    )
    no_upn = CodeField("if there is none: why?", code_set="upn_unknown", max_length=20, leaving_out={"UN7"})
    sex = models.CharField("sex", max_length=1, choices=Person.Sex.choices, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    died_on = models.DateField("if the child has died: on which day?", null=True, blank=True)
    told_by = models.CharField("who said so, and when?", max_length=200, blank=True)

    class Shown:
        everyone: ClassVar[set[str]] = set()
        team: ClassVar = {
            "ethnicity", "disabilities", "upn", "no_upn", "sex", "born_on", "died_on", "told_by"
        }  # fmt: skip
        restricted: ClassVar[set[str]] = set()

    class Meta(Process.Meta):
        verbose_name = "details of a child"
        verbose_name_plural = "details of children"

    def because(self) -> str:
        return self.told_by

    @step(
        "Put the child's details right",
        past="Details of the child were put right",
        reaches=State.RECORDED,
        by=OPEN_CHILDREN,
        asks=[*ASKED, "told_by"],
        optional=ASKED,
        needs=[
            needs.a_child_is_named, needs.something_is_said, needs.no_disability_alone, needs.a_number_or_a_reason,
            needs.days_agree,
        ],
    )  # fmt: skip
    def put_right(self, on: datetime) -> None:
        """Ask the child and their parents, and say who answered. Leave empty what is right already."""
        assert self.entry.person is not None  # `a_child_is_named`
        person = held(self.also, self.entry.person)
        source = Source(self.told_by, local_day(on))
        if self.ethnicity:
            self._coded(person, Characteristic.Kind.ETHNICITY, {self.ethnicity}, source)
        if self.disabilities:
            self._coded(person, Characteristic.Kind.DISABILITY, set(self.disabilities), source)
        if self.no_upn or self.upn:
            self._coded(person, Characteristic.Kind.NO_UPN, {self.no_upn} - {""}, source)
        changed = [name for name in ("sex", "born_on", "died_on") if getattr(self, name)]
        for name in changed:
            setattr(person, name, getattr(self, name))
        if changed:
            self.also.change(person, *changed)
        fresh = list(self._number(person, source))
        if fresh or "born_on" in changed:
            self.also.write(*fresh)
            self.also.replace(refreshed_search_key(person, known_with(self.also, person), fresh), "keys")

    def _coded(self, person: Person, kind: str, codes: set[str], source: Source) -> None:
        """These codes are right from now on; others of the kind have ended."""
        for row in self._now(Characteristic, person, kind):
            if row.code in codes:
                codes = codes - {row.code}
            else:
                row.until = source.on
                self.also.change(row, "until")
        said: dict[str, Any] = {"source": source.words, "recorded_on": source.on}
        self.also.write(*(Characteristic(person=person, kind=kind, code=code, **said) for code in sorted(codes)))

    def _now(self, model: Any, person: Person, kind: str) -> list[Any]:
        """What is said of a kind now, as this and earlier steps left it."""
        journal = self.also.journal
        kept = () if journal.holds(person) else model.objects.filter(person=person, kind=kind)
        left = [journal.changed[model, row.pk][0] if (model, row.pk) in journal.changed else row for row in kept]
        fresh = [row for row in journal.rows(model) if row.person_id == person.pk and row.kind == kind]
        return [row for row in (*left, *fresh) if row.now]

    def _number(self, person: Person, source: Source) -> Iterator[GuardedModel]:
        """The pupil number, unless it is on record; one that was on record has ended, and still finds the child."""
        if not self.upn:
            return
        fresh = new_identifier(person, Identifier.Kind.UPN, self.upn, source)
        for row in self._now(Identifier, person, Identifier.Kind.UPN):
            if row.value == fresh.value:
                return
            row.until = source.on
            self.also.change(row, "until")
        yield fresh

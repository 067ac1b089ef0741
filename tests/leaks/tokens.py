"""A word of its own in every text field of every row: wherever one turns up, it says from where it came."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from righthelp.engine.codes import CodeField
from righthelp.guard.guarded import GuardedModel, guarded_models, new_id
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.people.models import SearchKey

if TYPE_CHECKING:
    from tests.county import County

CONSONANTS, VOWELS = "bdfghjklmnprstv", "aeiou"
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
TOKEN = re.compile(r"zq(?:[bdfghjklmnprstv][aeiou]){3}")
# Follows a token wherever there is room: it must never be let through as markup, nor as a template.
PROBE = """<zx a="'">{{9|add:9}}"""
# Texts by which the service finds its way: a word in their place would break it. They say nothing of anybody.
STRUCTURE = {
    "Agency.kind", "Appointment.role", "CaseEntry.kind", "Draft.kind", "Draft.step", "Deadline.clock", "Deadline.law",
    "TimelineEvent.step", "Characteristic.code", "Relationship.kind", "Team.key", "Contact.indicators",
    "PlannedStep.kind", "PlannedStep.step", "Loaded.kind",
    "SamePersonMoved.table", "SamePersonMoved.field", "SamePersonDecision.slot", "SamePersonAssigned.key",
    "SamePerson.shown", "AgencyKey.prefix", "AgencyKey.digest", "Quotation.field",
    "StatisticsRelease.called", "StatisticsRelease.address", "StatisticsRelease.licence", "StatisticsRelease.note",
    "StatisticsRelease.corrected_because", "PublishedMeasure.name", "PublishedMeasure.digest", "PublishedFigure.period",
    "PublishedFigure.split",
    "ReturnFinding.of_return", "ReturnFinding.rule", "ReturnFinding.element",
}  # fmt: skip


@dataclass(frozen=True)
class Home:
    """Where a word is kept: which field of which row."""

    model: type[GuardedModel]
    field: str
    pk: Any

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.field} of {self.pk}"


@dataclass
class Tokens:
    """Words handed out, and once `fill` has been called, where each is kept."""

    said: dict[str, str] = field(default_factory=dict)
    homes: dict[str, set[Home]] = field(default_factory=lambda: defaultdict(set))
    rows: dict[Any, GuardedModel] = field(default_factory=dict)  # by key
    of: dict[str, dict[Any, GuardedModel]] = field(default_factory=lambda: defaultdict(dict))  # by model's name and key

    def say(self, words: str) -> str:
        """In place of what somebody writes: a word of its own, and after a sentence the probe as well."""
        token = self._next()
        self.said[token.lower()] = words
        return f"{token} {PROBE}" if " " in words else token

    def _next(self) -> str:
        number, word = len(self.said) * 7919 + 1, "Zq"
        for _ in range(3):
            number, rest = divmod(number, len(SYLLABLES))
            word += SYLLABLES[rest]
        assert word.lower() not in self.said
        return word

    def fill(self, county: County) -> None:
        """A word of its own in each text that has none yet; a row of its own where rows are never changed."""
        with looking(DEMONSTRATION):
            for model in guarded_models():
                if not model.objects.exists():
                    _one_of(model)
                names = list(texts_of(model))
                rows = list(model.objects.all())
                if model.append_only or model.words_frozen:
                    model.objects.bulk_create([self._copy(row, names) for row in rows])
                elif names:
                    for row in rows:
                        self._write(row, names)
                    model.objects.bulk_update(rows, names)
            self._find_homes()
        for person in county.people.values():
            with looking(DEMONSTRATION):
                person.refresh_from_db()

    def _write(self, row: GuardedModel, names: list[str]) -> None:
        for name in names:
            column: Any = row._meta.get_field(name)
            if isinstance(column, ArrayField):
                setattr(row, name, [*getattr(row, name), self._fitting(column.base_field)])
            elif isinstance(column, models.JSONField):
                setattr(row, name, {**getattr(row, name), "said": [self._fitting(column)]})
            elif not (TOKEN.search(str(getattr(row, name)).lower()) and self._is_its_own(row, name)):
                setattr(row, name, self._fitting(column))

    def _is_its_own(self, row: GuardedModel, name: str) -> bool:
        return name not in {
            "called",
            "called_sort",
            "place_key",
            "source",
        }  # made from other fields, or said of several

    def _fitting(self, column: Any) -> str:
        room = getattr(column, "max_length", None) or 200
        return self.say("a sentence" if room >= 40 else "word")

    def _copy(self, row: GuardedModel, names: list[str]) -> GuardedModel:
        values = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
        values[row._meta.pk.attname] = new_id()
        if "number" in values:
            values["number"] += 50
        made = type(row)(**values)
        self._write(made, names)
        for name in names:
            column: Any = row._meta.get_field(name)
            if not isinstance(column, (ArrayField, models.JSONField)):
                setattr(made, name, self._fitting(column))
        return made

    def _find_homes(self) -> None:
        for model in guarded_models():
            for row in model.objects.all():
                self.of[model.__name__][row.pk] = row
                if not isinstance(row, SearchKey):  # its key is that of the person
                    self.rows[row.pk] = row
                for column in model._meta.concrete_fields:
                    for token in TOKEN.findall(_as_text(getattr(row, column.attname)).lower()):
                        self.homes[token].add(Home(model, column.name, row.pk))


def texts_of(model: type[GuardedModel]) -> Iterator[str]:
    """The fields of a model that hold somebody's words."""
    for column in model._meta.concrete_fields:
        if f"{model.__name__}.{column.name}" in STRUCTURE or column.name == "state" or column.choices:
            continue
        if isinstance(column, (CodeField, models.UUIDField)) or column.primary_key:
            continue
        inner = column.base_field if isinstance(column, ArrayField) else column
        if isinstance(inner, (models.CharField, models.TextField, models.JSONField)):
            yield column.name


def _as_text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, (list, dict)) else str(value)


def _one_of(model: type[GuardedModel]) -> None:
    """A row of a model that the county has none of: whatever its columns allow."""
    values: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.has_default() or column.null or column.primary_key:
            continue
        values[column.name] = _something(column)
    model.objects.create(**values)


def _something(column: Any) -> Any:
    if isinstance(column, models.ForeignKey):
        return column.related_model.objects.first()
    if isinstance(column, models.DateTimeField):
        return timezone.now()
    if isinstance(column, models.DateField):
        return timezone.localdate()
    if isinstance(column, (models.IntegerField, models.FloatField)):
        return 1
    if isinstance(column, models.BooleanField):
        return False
    return new_id() if isinstance(column, models.UUIDField) else "word"


def numbers_in(text: str) -> set[UUID]:
    """Every identifier that a text holds."""
    return {UUID(found) for found in re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)}

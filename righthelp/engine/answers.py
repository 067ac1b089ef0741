"""What a step asks, as form fields, and answers made clean: one way in for a screen, a file and a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from righthelp.engine.fields import form_field, sentence
from righthelp.engine.part import Part, Several
from righthelp.engine.process import Process
from righthelp.guard.viewers import LOAD
from righthelp.kernel.page import Fault, Step

ROW = "row"  # of which row that is there an answer is: its key, in a hidden box

_EMPTY: tuple[Any, ...] = (None, "", [], False)  # what a question left alone answers


def form_fields(page: type[Process], step: Step) -> dict[str, forms.Field]:
    """The form fields of a step, in order, each knowing which others its answers reveal."""
    fields = {}
    opening = step.by == {LOAD.name}  # opening data keep the codes of their own years
    for name in step.fields:
        if name in parts(page):
            continue
        fields[name] = form_field(page, name, ended=opening)
        fields[name].required = name not in step.optional
        if name in step.words:
            fields[name].label = sentence(step.words[name])
        if name in step.offers:
            offered = step.offers[name]
            fields[name].choices = [one for one in fields[name].choices if one[0] in {"", *offered}]  # type: ignore[attr-defined]
    for name, (other, values) in step.only_when.items():
        if name in fields and other in fields:
            revealed = getattr(fields[other], "reveals", None)
            if revealed is not None:
                for value in values:
                    answer = {True: "yes", False: "no"}.get(value, str(value))
                    revealed[answer] = (*revealed.get(answer, ()), name)
    return fields


@cache
def parts(page: type[Process]) -> Mapping[str, Several]:
    """Rows that belong to a row of this process, by the name under which a step asks for them."""
    models_ = ((relation, relation.related_model) for relation in page._meta.related_objects)
    own = {
        str(relation.get_accessor_name()): Several(
            model, relation.field.name, model.asked_with, model.must_have, most=model.most
        )
        for relation, model in models_
        if isinstance(model, type) and issubclass(model, Part) and model.asked_with
    }
    return {**own, **page.several}


def part_fields(part: Several) -> dict[str, forms.Field]:
    """The form fields of one such row."""
    fields = {}
    for name in part.asked_with:
        fields[name] = form_field(part.model, name)
        fields[name].required = name in part.must_have
    return fields


@dataclass(frozen=True)
class Asked:
    """What a step asks, as form fields: its own, and those of each of the rows that it asks for together."""

    fields: Mapping[str, forms.Field]
    of_parts: Mapping[str, Mapping[str, forms.Field]]


def asked_by(page: type[Process], step: Step) -> Asked:
    """All that a step asks. Made once by whoever cleans many answers one after another."""
    of_parts = {name: part_fields(part) for name, part in parts(page).items() if name in step.fields}
    return Asked(form_fields(page, step), of_parts)


def clean(
    page: type[Process],
    step: Step,
    answers: Mapping[str, Any],
    asked: Asked | None = None,
) -> tuple[dict[str, Any], list[Fault]]:
    """Answers as the row keeps them, and every fault found. A question not asked is answered with nothing.

    `asked` is what the step asks (`asked_by`), where somebody cleans many answers one after another.
    """
    asked = asked or asked_by(page, step)
    faults: list[Fault] = []
    if unknown := sorted(set(answers) - set(step.fields)):
        faults.append(Fault(f"{step.title} does not ask for {', '.join(unknown)}."))
    cleaned: dict[str, Any] = {}
    for name, field in asked.fields.items():
        if not step.wants(name, cleaned):
            cleaned[name] = _nothing(page, name)
            continue
        cleaned[name], fault = _clean_one(field, answers.get(name), name)
        if cleaned[name] is None and not fault:
            cleaned[name] = _nothing(page, name)
        faults += fault
    for name, fields in asked.of_parts.items():
        cleaned[name], fault = _clean_parts(name, parts(page)[name], answers.get(name) or [], fields)
        faults += fault
    if not faults and _says_nothing(page, step, cleaned):
        named = " or ".join(parts(page)[name].title for name in step.fields)
        faults.append(Fault(f"Nothing is filled in: say at least one {named}.", at=step.fields[0]))
    return cleaned, faults


def _says_nothing(page: type[Process], step: Step, cleaned: Mapping[str, Any]) -> bool:
    """Whether a step that asks for rows and for nothing else is told none of them, where it must be told one."""
    asked = [parts(page).get(name) for name in step.fields if name not in step.optional]
    if not asked or len(asked) < len(step.fields):
        return False
    if any(part is None or (part.of_each and part.must_have) for part in asked):
        return False  # it asks something else too, or each row that is there says itself what it lacks
    rows = (row for name in step.fields for row in cleaned[name])
    return not any(value not in _EMPTY for row in rows for key, value in row.items() if key != ROW)


def _clean_one(field: forms.Field, value: Any, at: str) -> tuple[Any, list[Fault]]:
    if isinstance(value, (models.Model, datetime)):
        return value, []  # a program names the row or the moment itself
    try:
        return field.clean(field.prepare_value(value) if isinstance(value, bool) else value), []
    except ValidationError as error:
        return None, [Fault(str(message), at=at) for message in error.messages]


def _clean_parts(
    name: str, part: Several, rows: list[Mapping[str, Any]], fields: Mapping[str, forms.Field]
) -> tuple[list[dict[str, Any]], list[Fault]]:
    cleaned, faults = [], []
    for number, row in enumerate(rows):
        kept: dict[str, Any] = {}
        if part.of_each:
            kept[ROW] = str(row.get(ROW) or "")
        elif not any(value not in _EMPTY for value in row.values()):
            continue  # a row left empty
        for key, field in fields.items():
            kept[key], fault = _clean_one(field, row.get(key), f"{name}-{number}-{key}")
            if kept[key] is None and not fault:
                kept[key] = _nothing(part.model, key)
            faults += fault
        cleaned.append(kept)
    return cleaned, faults


def _nothing(page: type[models.Model], name: str) -> Any:
    field = page._meta.get_field(name)
    return None if field.null else field.get_default()  # type: ignore[union-attr]

"""The questions of a step as a schema (JSON Schema 2020-12), made from the page's own declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from righthelp.api.problems import Wrong, pointer
from righthelp.api.reading import misfits
from righthelp.engine.answers import clean, form_fields, part_fields, parts
from righthelp.engine.codes import code_set_of
from righthelp.engine.fields import ListedField, sentence
from righthelp.engine.process import Process
from righthelp.engine.rendering.fields import DateField, MomentField, YesNoField
from righthelp.kernel.page import Fault, Step

MOST_LISTED = 200
CODE_SETS = "/api/v1/code-sets/{name}"
Schema = dict[str, Any]


def schema_of_step(page: type[Process], step: Step) -> Schema:
    """What a step asks, as an object."""
    fields = form_fields(page, step)
    properties, required = {}, []
    for name in step.fields:
        if name in fields:
            needed = name not in step.optional
            asked_always = name not in step.only_when
            properties[name] = _property(page, name, fields[name], needed and asked_always)
            if not asked_always:
                when = _when(step, name)
                properties[name]["description"] += f" {when['says']}"
                properties[name]["x-asked-when"] = when
            elif needed:
                required.append(name)
        else:
            properties[name] = _schema_of_part(parts(page)[name])
    return {
        "type": "object",
        "title": step.title,
        "description": step.explains,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _when(step: Step, name: str) -> dict[str, Any]:
    """On which other answer a question depends: its name, its values as a program writes them, and in words."""
    other, answers = step.only_when[name]
    values = sorted(str(value).lower() if isinstance(value, bool) else str(value) for value in answers)
    needed = name not in step.optional
    says = f"{'Needed' if needed else 'Asked'} only when {other} is {' or '.join(values)}."
    return {"name": other, "values": values, "needed": needed, "says": says}


def _schema_of_part(part: Any) -> Schema:
    model = part.model
    fields = part_fields(part)
    return {
        "type": "array",
        "maxItems": part.most,
        "description": f"{sentence(str(model._meta.verbose_name_plural))}: {model.__doc__}",
        "items": {
            "type": "object",
            "minProperties": 1,
            "properties": {name: _property(model, name, field, field.required) for name, field in fields.items()},
            "required": [name for name, field in fields.items() if field.required],
            "additionalProperties": False,
        },
    }


def _property(model: Any, name: str, field: forms.Field, needed: bool) -> Schema:
    made = schema_of(field)
    words = " ".join(filter(None, [str(field.label), str(field.help_text or "")]))
    if made.get("format") == "date":
        words = str(field.label)  # its help says how people write a day
    made["description"] = words
    column = model._meta.get_field(name)
    if (codes := code_set_of(column)) is not None:
        made["description"] += f" A code of {CODE_SETS.format(name=codes.name)}."
    if not needed:
        made["type"] = [made["type"], "null"]
        if "enum" in made:
            made["enum"] = [*made["enum"], None]
    elif made["type"] == "string" and "enum" not in made and "format" not in made:
        made["minLength"] = 1
    return made


def schema_of(field: forms.Field) -> Schema:
    """The kind of answer that a question takes. Raises `TypeError` for a question that no program is asked."""
    if isinstance(field, YesNoField):
        return {"type": "boolean"}
    if isinstance(field, ListedField):
        return {
            "type": "array",
            "items": {"type": "string", "maxLength": field.longest or MOST_LISTED},
            "maxItems": MOST_LISTED,
        }
    if isinstance(field, (forms.ModelChoiceField, MomentField)):
        raise TypeError(f"{field.label}: no program is asked this.")
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": {"type": "string", **_of(field)}, "maxItems": MOST_LISTED}
    if isinstance(field, forms.ChoiceField):
        made = _of(field)
        return {"type": "integer" if all(isinstance(code, int) for code in made["enum"]) else "string", **made}
    if isinstance(field, DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer"}
    text: Schema = {"type": "string"}
    if isinstance(field, forms.EmailField):
        text["format"] = "email"
    if isinstance(field, forms.CharField) and field.max_length:
        text["maxLength"] = field.max_length
    return text


def _of(field: Any) -> Schema:
    """Codes, with their words beside them."""
    labels = {code: str(label) for code, label in field.choices if code not in ("", None)}
    coerced = [code if isinstance(code, int) else str(code) for code in labels]
    return {"enum": coerced, "x-labels": {str(code): label for code, label in labels.items()}}


def read_answers(page: type[Process], step: Step, sent: Any, schema: Mapping[str, Any]) -> tuple[Any, list[Wrong]]:
    """Answers of a step from what was sent, or everything that is wrong with it."""
    faults = list(misfits(sent, schema, ""))
    if not isinstance(sent, dict):
        return {}, faults
    faults += _not_asked(step, sent)
    answers = {name: value for name, value in sent.items() if value is not None and name in schema["properties"]}
    if faults:
        wrong = {fault.pointer.split("/")[1] for fault in faults if fault.pointer}
        _, others = clean(page, step, {name: value for name, value in answers.items() if name not in wrong})
        faults += [Wrong(_place(fault), fault.sentence) for fault in others if fault.at.split("-")[0] not in wrong]
    return answers, faults


def _place(fault: Fault) -> str:
    return pointer(*fault.at.split("-")) if fault.at else ""


def _not_asked(step: Step, sent: Mapping[str, Any]) -> Iterator[Wrong]:
    """An answer to a question that is not asked: on a form it is not there to be filled in."""
    for name in step.only_when:
        given = sent.get(name)
        if given not in (None, "", []) and not step.wants(name, _hashable(sent)):
            yield Wrong(pointer(name), f"{_when(step, name)['says']} Leave it out, or mend the other answer.")


def _hashable(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if not isinstance(value, (list, dict))}

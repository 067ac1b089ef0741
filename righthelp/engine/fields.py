"""A model's field as a question on a form, in the county's words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.db import models
from django.utils.safestring import SafeString

from righthelp.engine.codes import CodeField
from righthelp.engine.rendering.fields import ChoiceField, ChoicesField, DateField, MomentField, YesNoField
from righthelp.guard.models import Agency, Team, Worker
from righthelp.packs import Code, pack

# More answers than this are a list to choose from rather than radio buttons.
FEW = 12


class Elsewhere(forms.MultipleHiddenInput):
    """Drawn by the process's own template beside the form, and so by nothing here."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return SafeString("")


class ListedField(forms.MultipleChoiceField):
    """Several codes or keys; which there are is the page's to offer, and a need's to check."""

    def __init__(self, *, longest: int | None, **said: Any) -> None:
        super().__init__(**said)
        self.longest = longest  # letters of one of them

    def valid_value(self, value: Any) -> bool:
        written = str(value)
        return bool(written.strip()) and written.isprintable() and len(written) <= (self.longest or len(written))


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a few rows, each in the words by which it is told from the others."""

    def label_from_instance(self, row: Any) -> str:
        return str(getattr(row, "choice_words", row))


def form_field(page: Any, name: str, *, ended: bool = False) -> forms.Field:
    """The form field of a model's field. With `ended` it takes codes that are given no more: what is brought in."""
    field = page._meta.get_field(name)
    said: dict[str, Any] = {
        "label": sentence(pack().label(f"{page._meta.app_label}.{name}", str(field.verbose_name))),
        "help_text": str(field.help_text),
        "required": not field.blank,
    }
    if not said["help_text"]:
        del said["help_text"]
    if isinstance(field, CodeField):
        return _code_field(field, said, ended)
    if isinstance(field, ArrayField) and isinstance(field.base_field, CodeField):
        return _codes_field(field.base_field, said, ended)
    if isinstance(field, ArrayField) and isinstance(field.base_field, models.DateField):
        return SimpleArrayField(DateField(), **said)
    if isinstance(field, ArrayField):
        return ListedField(longest=field.base_field.max_length, widget=Elsewhere, **said)
    if isinstance(field, models.BooleanField):
        return YesNoField(**said)
    if isinstance(field, models.DateTimeField):
        return MomentField(**said)
    if isinstance(field, models.DateField):
        return DateField(**said)
    if isinstance(field, models.ForeignKey):
        return _row_field(page, field, said)
    if field.flatchoices:
        return _choice_field(page, field, said)
    if isinstance(field, models.URLField):
        said["assume_scheme"] = "https"
    made = field.formfield(**said)
    if isinstance(made, forms.CharField):
        made.strip = True
    return made  # type: ignore[no-any-return]


def sentence(words: str) -> str:
    """Words as they stand at the start of a line: a capital first, and capitals inside kept."""
    return words[:1].upper() + words[1:]


def _codes_field(field: CodeField, said: dict[str, Any], ended: bool) -> forms.Field:
    codes = _offered(field, ended)
    hints = {code.code: code.hint for code in codes if code.hint}
    return ChoicesField(choices=[(code.code, code.label) for code in codes], coerce=str, hints=hints, **said)


def _offered(field: CodeField, ended: bool) -> list[Code]:
    codes = (code for code in field.codes() if ended or code.until is None)
    return [code for code in codes if code.code not in field.leaving_out]


def _code_field(field: CodeField, said: dict[str, Any], ended: bool) -> forms.Field:
    codes = _offered(field, ended)
    choices = [(code.code, code.label) for code in codes]
    if len(choices) > FEW:
        return forms.ChoiceField(choices=[("", "Choose one"), *choices], **said)
    hints = {code.code: hint for code in codes if (hint := code.hint or code.also.get("meaning", ""))}
    return ChoiceField(choices=choices, coerce=str, empty_value="", hints=hints, **said)


def _choice_field(page: Any, field: Any, said: dict[str, Any]) -> forms.Field:
    in_words = getattr(page, "label", None)
    choices = [(code, in_words(field.name, code) if in_words else str(label)) for code, label in field.flatchoices]
    number = isinstance(field, models.IntegerField)
    options: dict[str, Any] = {
        "coerce": int if number else str,
        "empty_value": None if field.null else "",
        "choices": choices,
        **said,
    }
    if len(choices) > FEW:
        return forms.TypedChoiceField(**{**options, "choices": [("", "Choose one"), *choices]})
    return ChoiceField(**options)


def _row_field(page: Any, field: Any, said: dict[str, Any]) -> forms.Field:
    model = field.related_model
    offered = page.offered(field.name) if hasattr(page, "offered") else None
    if model in {Agency, Team, Worker} or offered is not None:
        ordered = model._default_manager.order_by("name") if offered is None else offered
        return RowField(ordered, empty_label="Choose one", **said)
    # A person or an entry is named by the page that asks, never picked from a list of everybody.
    return forms.ModelChoiceField(model._default_manager.all(), widget=forms.HiddenInput, **said)

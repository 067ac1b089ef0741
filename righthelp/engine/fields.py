"""A model's field as a question on a form, in the county's words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from righthelp.web.rendering.fields import ChoiceField, DateField, MomentField, YesNoField
from righthelp.guard.models import Agency, Team, Worker
from righthelp.packs import pack

# More answers than this are a list to choose from rather than radio buttons.
FEW = 12


class ListedField(forms.MultipleChoiceField):
    """Several codes or keys; which there are is the page's to offer, and a need's to check."""

    def valid_value(self, value: Any) -> bool:
        return bool(str(value).strip())


class RowField(forms.ModelChoiceField):
    """One row out of those that the viewer may see."""

    def __init__(self, model: type[models.Model], queryset: Any = None, **said: Any) -> None:
        self.model = model
        self.offered = queryset
        super().__init__(queryset=None, **said)

    def _get_queryset(self) -> Any:
        # Asked for when the form is drawn or cleaned: who is looking is known only then.
        return self.model._default_manager.all() if self.offered is None else self.offered

    def _set_queryset(self, queryset: Any) -> None:
        if queryset is not None:
            self.offered = queryset
        self.widget.choices = self.choices

    queryset = property(_get_queryset, _set_queryset)  # type: ignore[assignment]

    def __deepcopy__(self, memo: Any) -> RowField:
        return RowField(
            self.model,
            self.offered,
            label=self.label,
            required=self.required,
            help_text=self.help_text,
            widget=self.widget,
        )


def form_field(page: Any, name: str) -> forms.Field:
    """The form field of a model's field."""
    field = page._meta.get_field(name)
    said: dict[str, Any] = {
        "label": sentence(pack().label(f"{page._meta.app_label}.{name}", str(field.verbose_name))),
        "help_text": str(field.help_text),
        "required": not field.blank,
    }
    if not said["help_text"]:
        del said["help_text"]
    if isinstance(field, ArrayField):
        return ListedField(widget=forms.MultipleHiddenInput, **said)
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
    made = field.formfield(**said)
    if isinstance(made, forms.CharField):
        made.strip = True
    return made  # type: ignore[no-any-return]


def sentence(words: str) -> str:
    """Words as they stand at the start of a line: a capital first, and capitals inside kept."""
    return words[:1].upper() + words[1:]


def _choice_field(page: Any, field: Any, said: dict[str, Any]) -> forms.Field:
    path = f"{page._meta.app_label}.{field.name}"
    choices = [(code, pack().label(f"{path}.{code}", str(label))) for code, label in field.flatchoices]
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
        return RowField(model, ordered, empty_label="Choose one", **said)
    # A person or an entry is named by the page that asks, never picked from a list of everybody.
    return RowField(model, widget=forms.HiddenInput, **said)

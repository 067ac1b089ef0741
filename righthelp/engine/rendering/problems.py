"""The faults of a page's forms, in order, each with the place where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from righthelp.engine.rendering.bound import GovukBoundField

Judged = forms.BaseForm | forms.BaseFormSet  # type: ignore[type-arg]


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: a sentence, and the address of the input on the page ("" when none)."""

    sentence: str
    href: str


def problems(*judged: Judged) -> list[Problem]:
    """Every fault of the forms and sets of forms given, in the order in which the page asks.

    A form that nobody has sent yet has none.
    """
    return [problem for one in judged for problem in _of(one)]


def _of(judged: Judged, before: str = "") -> Iterator[Problem]:
    if not judged.is_bound:
        return
    if isinstance(judged, forms.BaseFormSet):
        first = next((field for form in judged for field in form.visible_fields()), None)
        for sentence in judged.non_form_errors():
            yield Problem(str(sentence), _href(first))
        name = getattr(judged, "item_name", "")
        for number, form in enumerate(judged, start=1):
            yield from _of(form, f"{name} {number}: " if name else "")
        return
    first = next(iter(judged.visible_fields()), None)
    for sentence in judged.non_field_errors():
        yield Problem(before + str(sentence), _href(first))
    for name in judged.fields:
        for error in judged.errors[name].as_data() if name in judged.errors else ():
            for sentence in error.messages:
                asked = judged[name]
                place = asked.focus_id(error) if isinstance(asked, GovukBoundField) else asked.id_for_label
                yield Problem(before + sentence, f"#{place}" if place else "")


def _href(field: forms.BoundField | None) -> str:
    place = str(field.id_for_label or field.auto_id) if field is not None else ""
    return f"#{place}" if place else ""

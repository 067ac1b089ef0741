"""Questions that are asked only of those who gave a certain answer, with or without JavaScript."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict


class Reveals(forms.BaseForm):
    """A form in which some answers reveal further questions (`reveals` of its choice fields).

    Declare a revealed question as required when it must be answered by those it is asked of. Where it is not
    asked, nothing it holds is judged or kept: without JavaScript it stands open on the page all the same.
    """

    def not_asked(self) -> set[str]:
        """The names of the questions that the answers given so far do not reveal."""
        return self.not_revealed_by(self.fields)

    def not_revealed_by(self, questions: Iterable[str]) -> set[str]:
        """The names of the questions that the answers to these could reveal and do not."""
        shown: set[str] = set()
        hidden: set[str] = set()
        for name in questions:
            field = self.fields[name]
            for answer, names in (getattr(field, "reveals", None) or {}).items():
                (shown if answer in set(self._answers(name)) else hidden).update(names)
        return hidden - shown

    def _answers(self, name: str) -> Iterator[str]:
        given: Any = self[name].data
        if isinstance(given, (list, tuple)):
            yield from map(str, given)
        elif given is not None:
            yield str(given)

    def full_clean(self) -> None:
        if not self.is_bound:
            super().full_clean()
            return
        skipped = [name for name in self.not_asked() if name in self.fields]
        required = {name: self.fields[name].required for name in skipped}
        for name in skipped:
            self.fields[name].required = False
        try:
            super().full_clean()
        finally:
            for name, was in required.items():
                self.fields[name].required = was

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.not_asked() & set(self.fields):
            self.errors.pop(name, None)
            # As the field itself reads an unanswered question: "", [] or None, never what was left standing.
            self.cleaned_data[name] = self.fields[name].clean(None)


def unjudged(form: forms.BaseForm) -> forms.BaseForm:
    """The same bound form with no faults found: for words that are only being kept, not handed in."""
    form._errors = ErrorDict(renderer=form.renderer)  # type: ignore[attr-defined]
    form.cleaned_data = {}
    return form

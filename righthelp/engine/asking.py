"""A step's questions, section by section, with what has been typed so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from righthelp.engine.answers import ROW, form_fields, part_fields, parts
from righthelp.engine.fields import ListedField, sentence
from righthelp.engine.part import Several
from righthelp.engine.process import Process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.rendering.formsets import NOT_WHOLE, AddAnotherFormSet, OfEachFormSet
from righthelp.engine.rendering.reveals import Reveals
from righthelp.engine.timeline import words
from righthelp.guard.viewers import anybody
from righthelp.kernel.page import Fault, Step


@dataclass(frozen=True)
class Section:
    """One page of a form: a heading and the questions beneath it."""

    number: int
    heading: str
    names: tuple[str, ...]


@dataclass
class Answered:
    """A question and its answer in words, for a page on which answers are checked."""

    name: str
    question: str
    answer: str


def _stands_alone(field: Any) -> bool:
    return not (field.is_hidden or field.revealed_by)


def _part_form(part: Several) -> type[forms.BaseForm]:
    fields = part_fields(part)
    if part.of_each:
        fields[ROW] = forms.CharField(widget=forms.HiddenInput, required=False)
    return type("PartForm", (Reveals, forms.Form), {**fields, "use_required_attribute": False})


class Asking:
    """The questions of a step. `typed` is what was typed; without it, `begin_with` is what the boxes already hold."""

    def __init__(
        self,
        page: type[Process],
        step: Step,
        typed: QueryDict | None = None,
        begin_with: Mapping[str, Any] | None = None,
        row: Process | None = None,
    ) -> None:
        self.page = page
        self.row = row
        self.step = step
        self.typed = typed
        self.begin_with = begin_with or {}

    @cached_property
    def sections(self) -> list[Section]:
        return [
            Section(number, heading, tuple(names))
            for number, (heading, names) in enumerate(self.step.asks.items(), start=1)
        ]

    def section(self, number: int) -> Section:
        return self.sections[number - 1]

    @cached_property
    def fields(self) -> dict[str, forms.Field]:
        return form_fields(self.page, self.step)

    @cached_property
    def parts(self) -> dict[str, Several]:
        return {name: part for name, part in parts(self.page).items() if name in self.step.fields}

    @cached_property
    def _ready(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Rows that stand ready in a form in which nobody has typed yet."""
        return self.row.stands_ready(self.step) if self.row is not None and self.typed is None else {}

    def form(self, names: tuple[str, ...] | None = None, *, judge: bool = True) -> Reveals:
        """The form of some questions (all if not said). Unjudged, it shows what was typed and finds no fault."""
        asked = {name: field for name, field in self.fields.items() if names is None or name in names}
        made = type("StepForm", (Reveals, forms.Form), {**asked, "use_required_attribute": False})
        if self.typed is None or not judge:
            return made(initial={**self.begin_with, **self._as_initial(asked)})  # type: ignore[no-any-return]
        return made(data=self.typed)  # type: ignore[no-any-return]

    def _as_initial(self, asked: Mapping[str, forms.Field]) -> dict[str, Any]:
        if self.typed is None:
            return {}
        return {
            name: field.widget.value_from_datadict(self.typed, {}, name)
            for name, field in asked.items()
            if not field.widget.value_omitted_from_data(self.typed, {}, name)
        }

    def formsets(self, names: tuple[str, ...]) -> dict[str, AddAnotherFormSet]:
        """The sets of like answers among some questions."""
        return {name: self._formset(name) for name in names if name in self.parts}

    def _formset(self, name: str) -> AddAnotherFormSet:
        part = self.parts[name]
        if part.of_each:
            return self._of_each(name, part)
        title = sentence(part.title)
        form = _part_form(part)
        ready = self._ready.get(name, ())
        kind: Any = forms.formset_factory(
            form,
            formset=AddAnotherFormSet,
            # Where it is all that a page asks, one stands ready; elsewhere it is there for whoever adds it.
            extra=int(part.most > 1 and not ready and any(section.names == (name,) for section in self.sections)),
            min_num=int(part.most == 1),
            max_num=part.most,
            absolute_max=part.most,
        )
        kind.item_name = title
        made: AddAnotherFormSet = kind(data=self._typed_of(name), prefix=name, initial=ready or None)
        for each in made.forms:
            each.empty_permitted = True
        return made

    def _typed_of(self, name: str) -> QueryDict | None:
        return self.typed if self.typed is not None and f"{name}-TOTAL_FORMS" in self.typed else None

    def _of_each(self, name: str, part: Several) -> AddAnotherFormSet:
        """A form for each row that is there, with what it holds."""
        rows = part.whom(part.of(part.key_of(self.row)), anybody()) if self.row else []
        kind: Any = forms.formset_factory(
            _part_form(part), formset=OfEachFormSet, extra=0, max_num=len(rows), min_num=len(rows), absolute_max=1000
        )
        kind.item_names = [sentence(str(row)) for row in rows]
        kind.item_name = sentence(part.title)
        held = [{ROW: str(row.pk), **{key: getattr(row, key) for key in part.asked_with}} for row in rows]
        made: AddAnotherFormSet = kind(data=self._typed_of(name), prefix=name, initial=held)
        return made

    def laid_out(
        self, form: forms.BaseForm, formsets: Mapping[str, AddAnotherFormSet]
    ) -> Iterator[tuple[str, list[Any]]]:
        """Every question in its place: under each heading, the fields and the sets of like answers as asked."""
        for section in self.sections:
            asked = [formsets[name] if name in formsets else form[name] for name in section.names]
            yield section.heading, [one for one in asked if one in formsets.values() or _stands_alone(one)]

    def answers(self) -> dict[str, Any]:
        """What was typed, as the step takes it: every question that was on the page, and the sets of like answers.

        Raises `NotTaken` where how many there are of a set did not arrive: what was typed in it would be lost.
        """
        typed = self.typed or QueryDict()
        given = {name: field.widget.value_from_datadict(typed, {}, name) for name, field in self.fields.items()}
        for name in self.parts:
            formset = self._formset(name)
            if formset.is_bound and not formset.management_form.is_valid():
                raise NotTaken([Fault(f"{NOT_WHOLE}.")])
            given[name] = [self._row(form) for form in formset.forms]
        return given

    def _row(self, form: forms.BaseForm) -> dict[str, Any]:
        return {
            key: field.widget.value_from_datadict(form.data, {}, form.add_prefix(key))
            for key, field in form.fields.items()
        }

    def answered(self, section: Section) -> Iterator[Answered]:
        """The answers of a section in words; a question that was not asked is left out."""
        form = self.form(judge=True)
        form.is_valid()
        skipped = form.not_asked()
        for name in section.names:
            if name in self.fields and name not in skipped:
                yield Answered(name, str(self.fields[name].label), self._in_words(form, name))
            elif name in self.parts:
                yield from self._answered_parts(name)

    def _in_words(self, form: forms.BaseForm, name: str) -> str:
        value = form.cleaned_data[name] if form.is_bound and name in form.cleaned_data else form[name].value()
        choices = dict(getattr(self.fields[name], "choices", None) or {}) if self._is_choice(name) else {}
        if isinstance(self.fields[name], ListedField):
            return "; ".join(self._listed(name, code) for code in value or [])
        if isinstance(value, (list, tuple)):
            return ", ".join(str(choices.get(one, one)) for one in value)
        return str(choices[value]) if value in choices else words(value)

    def _listed(self, name: str, code: str) -> str:
        try:
            return self.page.label(name, code)
        except LookupError:
            return code  # not of the list: the step will say so

    def _is_choice(self, name: str) -> bool:
        return isinstance(self.fields[name], forms.ChoiceField) and not isinstance(
            self.fields[name], forms.ModelChoiceField
        )

    def _answered_parts(self, name: str) -> Iterator[Answered]:
        formset = self._formset(name)
        told = 0
        for form in formset.forms:
            row = self._row(form)
            if not any(value not in (None, "", []) for value in row.values()):
                continue
            told += 1
            form.is_valid()
            cleaned = getattr(form, "cleaned_data", {})
            said = []
            for key, field in form.fields.items():
                value = cleaned.get(key, row[key])
                value = dict(getattr(field, "choices", [])).get(value, value)
                if key != ROW and value not in (None, ""):
                    asks = str(field.label)
                    said.append(f"{asks}{'' if asks.endswith('?') else ':'} {words(value)}")
            yield Answered(name, formset.name_of(told - 1), "\n".join(said))
        if not told:
            yield Answered(name, f"{formset.item_name}", "None told")

    def at_their_place(self, faults: list[Fault]) -> dict[int, list[Fault]]:
        """Faults by the number of the section to mend; 0 for those at no question."""
        placed: dict[int, list[Fault]] = {}
        for fault in faults:
            name = fault.at.split("-")[0]
            number = next((section.number for section in self.sections if name in section.names), 0)
            placed.setdefault(number, []).append(fault)
        return placed

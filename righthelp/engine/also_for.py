"""The end of a step's form: "Also for", with the child's brothers and sisters, and what is asked of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from righthelp.engine.answers import form_fields
from righthelp.engine.asking import Answered
from righthelp.engine.process import Process
from righthelp.engine.rendering.fields import ChoicesField
from righthelp.engine.rendering.reveals import Reveals
from righthelp.engine.siblings import NOT_OFFERED, Own, Sibling, offered, own_name
from righthelp.engine.sight import opened_with_family, readable
from righthelp.engine.timeline import words
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault, Step
from righthelp.people.models import Person

WHO = "also_for"
KEPT = (WHO, "of", "seen")  # how the names begin under which a draft keeps what is typed here


class AlsoForm(Reveals, forms.Form):
    """Who else, and of each who is ticked what is their own."""

    use_required_attribute = False

    def __init__(self, *, who: forms.Field, asked: Mapping[Sibling, Mapping[str, forms.Field]], **said: Any) -> None:
        super().__init__(**said)
        self.asked = asked
        self.fields[WHO] = who
        for questions in asked.values():
            self.fields.update(questions)

    def not_asked(self) -> set[str]:
        """Of who is not ticked nothing is asked; of who is, what their own answers reveal."""
        ticked = set(self._answers(WHO))
        unasked: set[str] = set()
        for sibling, questions in self.asked.items():
            unasked |= self.not_revealed_by(questions) if sibling.pk.hex in ticked else set(questions)
        return unasked

    def add_error(self, field: str | None, error: Any) -> None:
        """A fault of one child's answer begins with their name: the summary stands far from the question."""
        name = next((sibling.name for sibling, questions in self.asked.items() if field in questions), "")
        if name:
            found = error if isinstance(error, ValidationError) else ValidationError(error)
            error = [ValidationError(_begun(name, one.messages[0]), code=one.code) for one in found.error_list]
        super().add_error(field, error)


def _begun(name: str, sentence: str) -> str:
    return sentence if sentence.startswith(f"{name}: ") else f"{name}: {sentence}"


@dataclass
class AlsoFor:
    """Brothers and sisters for whom the step in hand may be taken too, with what has been typed of them so far."""

    viewer: AsWorker
    page: type[Process]
    step: Step
    person: Person | None = None  # from whose page the step begins something
    row: Process | None = None  # or of which it is taken
    typed: QueryDict | None = None
    judge: bool = False  # whether what was typed is handed in

    @cached_property
    def siblings(self) -> list[Sibling]:
        return offered(self.viewer, self.page, self.step, person=self.person, row=self.row, ticked=self._ticked())

    def _ticked(self) -> set[UUID]:
        found = set()
        for number in self.typed.getlist(WHO) if self.typed else ():
            try:
                found.add(UUID(number))
            except ValueError:
                continue  # a name that nobody was offered: the question says so
        return found

    @property
    def shown(self) -> bool:
        """Whether the page asks: there is somebody, or somebody was ticked who is not offered any more."""
        return self.step.siblings and bool(self.siblings or (self.judge and self.typed and WHO in self.typed))

    @cached_property
    def form(self) -> AlsoForm:
        who, asked = self._who(), self._asked
        if self.typed is not None and self.judge:
            return AlsoForm(who=who, asked=asked, data=self.typed)
        return AlsoForm(who=who, asked=asked, initial=self._initial())

    @cached_property
    def _asked(self) -> dict[Sibling, dict[str, forms.Field]]:
        return {sibling: self._questions(sibling) for sibling in self.siblings}

    def _questions(self, sibling: Sibling) -> dict[str, forms.Field]:
        """What is each child's own, as it is asked of this one."""
        asked = {name: field for name, field in self._fields.items() if name in self.step.own}
        questions = {}
        for name, field in asked.items():
            question: Any = deepcopy(field)
            if getattr(question, "reveals", None):
                question.reveals = {
                    answer: tuple(own_name(sibling.pk, one) for one in names if one in asked)
                    for answer, names in question.reveals.items()
                }
            if name in self.step.only_when and self.step.only_when[name][0] not in asked:
                question.required = False  # whether it is asked hangs on what all share: the step itself judges
            questions[own_name(sibling.pk, name)] = question
        return questions

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return form_fields(self.page, self.step)

    def _who(self) -> ChoicesField:
        today = timezone.localdate()
        # What one other answer reveals stands beneath that answer; everything else beneath the child's name.
        once = {
            name
            for questions in self._asked.values()
            for name in questions
            if sum(name in names for one in questions.values() for names in getattr(one, "reveals", {}).values()) == 1
        }
        who = ChoicesField(
            label="Also for",
            help_text=self._explained(),
            choices=[(sibling.pk.hex, sibling.words(today)) for sibling in self.siblings],
            coerce=str,
            required=False,
            reveals={
                sibling.pk.hex: [name for name in questions if name not in once]
                for sibling, questions in self._asked.items()
            },
            error_messages={"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED},
        )
        who.widget.headed = {sibling.pk.hex: sibling.name for sibling in self.siblings}
        return who

    def _explained(self) -> str:
        first = self.row.person if self.row else self.person
        said = f"What you write above is for {first}. It is written on the record of each child you tick as well"
        return f"{said}, with answers of their own where these are asked." if self.step.own else f"{said}."

    def _initial(self) -> dict[str, Any]:
        """What the boxes hold: what was typed, else what the record of each child says already."""
        held: dict[str, Any] = {WHO: [number.hex for number in self._ticked()]}
        for sibling, questions in self._asked.items():
            held |= self._on_record(sibling)
            for name, field in questions.items():
                if self.typed and not field.widget.value_omitted_from_data(self.typed, {}, name):
                    held[name] = field.widget.value_from_datadict(self.typed, {}, name)
        return held

    def _on_record(self, sibling: Sibling) -> dict[str, Any]:
        row = sibling.row
        names = [name for name in self._fields if name in self.step.own and name not in self.page.asked_afresh]
        if row is None or not any(getattr(row, name) not in (None, "", []) for name in names):
            return {}
        # What this page shows of their record, it opens.
        relation = self._opened(sibling)
        known = readable(row, self.viewer, relation)
        return {own_name(sibling.pk, name): getattr(row, name) for name in names if name in known}

    def _opened(self, sibling: Sibling) -> Any:
        entry = sibling.row.pk if sibling.row else None
        what = f"{self.page.title()}: {self.step.title}"
        return opened_with_family(self.viewer, what, person=sibling.person.pk, entry=entry)

    def is_valid(self) -> bool:
        return not self.shown or self.form.is_valid()

    def others(self) -> dict[UUID, Own]:
        """Who is ticked, with their own answers, as `take_for_all` takes them. Opens their records."""
        ticked, given = self._ticked(), {}
        for sibling, questions in self._asked.items() if self.shown else ():
            if sibling.pk not in ticked:
                continue
            self._opened(sibling)
            typed = self.typed or QueryDict()
            start = len(own_name(sibling.pk, ""))
            answers = {
                name[start:]: field.widget.value_from_datadict(typed, {}, name) for name, field in questions.items()
            }
            given[sibling.pk] = Own(answers, version(typed.get(_seen(sibling), "")))
        return given

    def versions(self, *, anew: frozenset[UUID] = frozenset()) -> dict[str, int]:
        """The version of each child's row on which this page rests, by the name under which the page holds it.

        What was typed on an older one goes on resting on that until they have been told (`anew`) that it has changed.
        """
        found = {}
        for sibling in self.siblings:
            if sibling.row is None:
                continue
            was = version(self.typed.get(_seen(sibling), "")) if self.typed and sibling.pk in self._ticked() else None
            found[_seen(sibling)] = sibling.row.version if was is None or sibling.pk in anew else was
        return found

    def put_in_place(self, faults: list[Fault]) -> list[Fault]:
        """Put each fault at the question of a sibling to mend. What is left belongs elsewhere on the page."""
        if not self.shown:
            return faults
        for fault in faults:
            if fault.at in self.form.fields:
                self.form.add_error(fault.at, fault.sentence)
        return [fault for fault in faults if fault.at not in self.form.fields]

    def answered(self) -> Iterator[Answered]:
        """Who was ticked, and what was written of each, where it can no longer be handed in."""
        ticked = self._ticked()
        for sibling, questions in self._asked.items():
            if sibling.pk not in ticked:
                continue
            yield Answered(WHO, "Also for", sibling.name)
            for name, field in questions.items():
                value = field.widget.value_from_datadict(self.typed or QueryDict(), {}, name)
                said = dict(getattr(field, "choices", ())).get(value, value) if isinstance(value, str) else value
                yield Answered(name, f"{sibling.name}: {field.label}", words(said))


def version(typed: str) -> int | None:
    """The version of a row that a page says it was drawn from; None when it says none that there can be."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _seen(sibling: Sibling) -> str:
    return f"seen-{sibling.pk.hex}"

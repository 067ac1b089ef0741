"""What somebody might type into any form: nothing at all, something ordinary, something that names what is locked."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from righthelp.engine.answers import form_fields, parts
from righthelp.engine.process import Process, processes
from righthelp.engine.rendering.fields import DateField, MomentField, TimeField
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.people.models import Person
from righthelp.processes.contact.models import Contact
from tests.county import County

Typed = dict[str, Any]
WORDS = "Something that somebody might write"
# Questions of pages that belong to no process.
ELSEWHERE: Typed = {
    "reason": "My work needs it, because of a strategy discussion",
    "role": "social worker",
    "since": "1 9 2024",
    "agencies": "",
    "login": "ruth.adeyemi@demonstration.invalid",
    "password": "a long and wrong password",
    "email": "ruth.adeyemi@demonstration.invalid",
    "code": "123456",
}


class Typing:
    """Answers to the questions of every step, made once for a county."""

    def __init__(self, county: County) -> None:
        self.county = county

    @cached_property
    def ordinary(self) -> dict[str, Typed]:
        return self._all(self.county.people["known"], self.county.rows["received"])

    @cached_property
    def of_the_locked(self) -> dict[str, Typed]:
        return self._all(self.county.people["locked"], self.county.rows["locked"])

    def into(self, page: type[Process] | None, step: str) -> list[Typed]:
        """Nothing, something ordinary, and something that names what is locked, for one address."""
        key = f"{page.kind()}.{step}" if page else ""
        ordinary = self.ordinary.get(key, self.ordinary["contact.send"])
        locked = self.of_the_locked.get(key, self.of_the_locked["contact.send"])
        return [{}, {**ELSEWHERE, **ordinary}, {**ELSEWHERE, **locked}]

    def _all(self, person: Person, contact: Contact) -> dict[str, Typed]:
        with looking(DEMONSTRATION):
            return {
                f"{kind}.{name}": self._step(page, step, person, contact)
                for kind, page in processes().items()
                for name, step in page.steps.items()
            }

    def _step(self, page: type[Process], step: Any, person: Person, contact: Contact) -> Typed:
        typed: Typed = {}
        for name, field in form_fields(page, step).items():
            typed |= self._answer(name, field, person, contact)
        for name in parts(page):
            if name in step.fields:
                typed |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
        return typed

    def _answer(self, name: str, field: forms.Field, person: Person, contact: Contact) -> Typed:
        if isinstance(field, MomentField):
            hour = timezone.localtime() + timedelta(hours=1 if name == "answer_by" else -1)
            return {f"{name}_0": f"{hour:%d %m %Y}", f"{name}_1": f"{hour:%H:%M}"}
        if isinstance(field, DateField):
            return {name: f"{person.born_on:%d %m %Y}" if "born" in name else "1 9 2024"}
        if isinstance(field, TimeField):
            return {name: "9:30am"}
        if isinstance(field, forms.ModelChoiceField):
            model = field.queryset.model
            if model in {Person, Contact}:
                return {name: str((person if model is Person else contact).pk)}
            return {name: str(field.queryset.order_by("pk").values_list("pk", flat=True)[0])}
        if isinstance(field, forms.ChoiceField) and (codes := [code for code, _ in field.choices if code]):
            return {name: codes[0]}
        if isinstance(field, forms.MultipleChoiceField):
            return {name: [f"person:{person.pk}"]}
        return {name: person.called.split(" ")[0] if "child_" in name else WORDS}

"""The sentence that the timeline says of a step: its past tense, with the facts that everyone may read."""

from __future__ import annotations

from datetime import date, datetime
from string import Formatter
from typing import TYPE_CHECKING, Any

from righthelp.engine.codes import CodeField
from righthelp.guard.models import Worker
from righthelp.guard.viewers import STEP, looking
from righthelp.kernel.page import Step
from righthelp.kernel.written import write_date, write_moment

if TYPE_CHECKING:
    from righthelp.engine.process import Process


def sentence(row: Process, step: Step) -> str:
    """The step's past tense, its placeholders filled in."""
    values = {name: in_words(row, name) for name in placeholders(step)}
    return step.past.format(**values).strip()


def placeholders(step: Step) -> list[str]:
    """The facts that the sentence tells."""
    return [name for _, name, _, _ in Formatter().parse(step.past) if name]


def in_words(row: Process, name: str) -> str:
    """A fact of a row as a person would say it."""
    value = _fact(row, name)
    field = next((field for field in row._meta.get_fields() if field.name == name), None)
    if isinstance(value, list):
        return "; ".join(words(one) if isinstance(one, date) else row.label(name, one) for one in value)
    if getattr(field, "flatchoices", None) or isinstance(field, CodeField):
        return row.label(name, value) if value not in (None, "") else ""
    return words(value)


def _fact(row: Process, name: str) -> Any:
    """A fact of a row. The worker whom it names is named to whoever is shown it, of whichever agency either is."""
    try:
        return getattr(row, name)
    except Worker.DoesNotExist:
        with looking(STEP):
            return Worker.objects.get(pk=getattr(row, f"{name}_id"))


def words(value: Any) -> str:
    """A value as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, list):
        return ", ".join(words(one) for one in value)
    return str(value)

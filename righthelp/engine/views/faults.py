"""Putting each fault that a step found at the question to mend."""

from collections.abc import Iterable, Mapping

from righthelp.engine.rendering.formsets import AddAnotherFormSet
from righthelp.engine.rendering.reveals import Reveals
from righthelp.kernel.page import Fault


def put_in_place(form: Reveals, formsets: Mapping[str, AddAnotherFormSet], faults: Iterable[Fault]) -> None:
    """Each fault at its question; those at none, or at one that is not on this page, at the top."""
    for fault in faults:
        name, _, rest = fault.at.partition("-")
        number, _, key = rest.partition("-")
        if name in form.fields:
            form.add_error(name, fault.sentence)
        elif name in formsets and number.isdecimal() and _was_read(formsets[name], int(number)):
            formsets[name].forms[int(number)].add_error(key or None, fault.sentence)
        else:
            form.add_error(None, fault.sentence)


def _was_read(formset: AddAnotherFormSet, number: int) -> bool:
    """Whether there is such a row on the page that was handed in: an answer without any of it has none to mend."""
    return number < len(formset.forms) and hasattr(formset.forms[number], "cleaned_data")

"""Several of the same: "add another" and "remove", by ordinary buttons of the form."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict

from righthelp.engine.rendering.reveals import unjudged

NOT_WHOLE = "Part of this page did not arrive. Load it anew and try again"


def is_a_place(written: str) -> bool:
    """Whether this is a number that a form of a set can have: a longer one is no number of ours."""
    return written.isdecimal() and len(written) < 6


class AddAnotherFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """A set of like forms (children, addresses, people who know) that grows and shrinks without JavaScript.

    Buttons are named "add" and "remove-N" (N counts from 0) and carry the set's prefix as their value. When
    one of them was pressed, `changing` is true, the set is drawn again with one more or one fewer, nothing is
    judged, and `is_valid()` is false: a view needs only to draw the page. `item_name` heads each form and
    stands before its faults in the error summary. Not for sets whose forms are rows already kept.
    """

    item_name = "Item"

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        self.added = False
        self.removed = False
        if isinstance(data, QueryDict):
            data = self._pressed(data, prefix)
        name = self.item_name.lower()
        kwargs["error_messages"] = {
            "too_few_forms": f"Add at least %(num)d {name}",
            "too_many_forms": f"Leave at most %(num)d: remove a {name}",
            "missing_management_form": NOT_WHOLE,
            **(kwargs.get("error_messages") or {}),
        }
        super().__init__(data, *args, **kwargs)

    @property
    def changing(self) -> bool:
        """Whether "add" or "remove" was pressed, rather than the form handed in."""
        return self.added or self.removed

    def _pressed(self, data: QueryDict, prefix: str) -> QueryDict:
        total = self._count(data, f"{prefix}-{TOTAL_FORM_COUNT}")
        if data.get("add") == prefix and total < self.max_num:
            self.added = True
            data = data.copy()
            data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(total + 1)
            return data
        for number in range(min(total, self.absolute_max)):
            if data.get(f"remove-{number}") == prefix and total > max(self.min_num, 0):
                self.removed = True
                return self._without(data, prefix, number, total)
        return data

    @staticmethod
    def _count(data: QueryDict, key: str) -> int:
        written = str(data.get(key, "0"))
        return int(written) if is_a_place(written) else 0

    def _without(self, data: QueryDict, prefix: str, gone: int, total: int) -> QueryDict:
        left = data.copy()
        for key in data:
            number, _, rest = key.removeprefix(f"{prefix}-").partition("-")
            if not key.startswith(f"{prefix}-") or not is_a_place(number) or int(number) < gone:
                continue
            left.pop(key, None)
            if int(number) > gone:
                left.setlist(f"{prefix}-{int(number) - 1}-{rest}", data.getlist(key))
        left[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(total - 1)
        initial = self._count(data, f"{prefix}-{INITIAL_FORM_COUNT}")
        if gone < initial:
            left[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(initial - 1)
        return left

    def name_of(self, number: int) -> str:
        """What heads the form with this number, from 0."""
        if self.max_num == 1:
            return self.item_name
        return f"{self.item_name} {number + 1}"

    @property
    def add_words(self) -> str:
        """What the button says: "Add an action", and once there is one, "Add another action"."""
        name = self.item_name.lower()
        if self.total_form_count():
            return f"Add another {name}"
        return f"Add {'an' if name[0] in 'aeiou' else 'a'} {name}"

    @property
    def can_add(self) -> bool:
        return self.total_form_count() < self.max_num

    @property
    def can_remove(self) -> bool:
        return self.total_form_count() > self.min_num

    def full_clean(self) -> None:
        if not self.changing:
            super().full_clean()
            return
        self._errors = [unjudged(form).errors for form in self.forms]
        self._non_form_errors = self.error_class(error_class="nonform")

    def is_valid(self) -> bool:
        return not self.changing and super().is_valid()

    def get_context(self) -> dict[str, Any]:
        """Draw the set; when one was just added, its first question is where the person goes on writing."""
        if self.changing:
            self.full_clean()
        if self.added and self.forms:
            first = next(iter(self.forms[-1].visible_fields()), None)
            if first is not None and not isinstance(first.field.widget, forms.RadioSelect):
                first.field.widget.attrs["autofocus"] = True
        return {**super().get_context(), "formset": self, "named": self.named()}

    def named(self) -> Iterator[tuple[str, forms.BaseForm]]:
        """Each form under its name."""
        return ((self.name_of(number), form) for number, form in enumerate(self.forms))


class OfEachFormSet(AddAnotherFormSet):
    """A form for each of several rows that are there: each is headed by its own name, none is added or removed."""

    item_names: Sequence[str] = ()

    def name_of(self, number: int) -> str:
        return self.item_names[number] if number < len(self.item_names) else super().name_of(number)

    @property
    def can_add(self) -> bool:
        return False

    @property
    def can_remove(self) -> bool:
        return False

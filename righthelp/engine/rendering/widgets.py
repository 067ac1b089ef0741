"""Inputs that Django has not, or has in another shape: a date in one box, a moment, answers with hints."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from righthelp.kernel.written import write_time

Day = date | Callable[[], date] | None


def on_the_day(day: Day) -> date | None:
    """A limit that may move: "today" is asked for when it is needed, not when the form was written."""
    return day() if callable(day) else day


def as_typed(day: date) -> str:
    """A date as people type it and as the calendar button writes it: 27/3/2015."""
    return f"{day.day}/{day.month}/{day.year}"


class DateWidget(forms.TextInput):
    """One box for a date. With JavaScript a calendar button stands beside it."""

    template_name = "righthelp/forms/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None, earliest: Day = None, latest: Day = None) -> None:
        super().__init__({"class": "govuk-input--width-10 moj-js-datepicker-input", **(attrs or {})})
        self.earliest = earliest
        self.latest = latest

    def format_value(self, value: Any) -> str | None:
        """A date becomes 27/3/2015; what somebody typed stays as typed."""
        if isinstance(value, datetime):
            value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        return as_typed(value) if isinstance(value, date) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        limits = {"min": on_the_day(self.earliest), "max": on_the_day(self.latest)}
        context["widget"]["limits"] = {end: as_typed(day) for end, day in limits.items() if day}
        return context


class TimeWidget(forms.TextInput):
    """One box for a time of day, as people write it: 9:30am, 21:04, noon."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-5", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A time becomes 9:04pm; what somebody typed stays as typed."""
        return write_time(value) if isinstance(value, time) else super().format_value(value)


class MomentWidget(forms.MultiWidget):
    """A date box and a time box that answer one question; posted as NAME_day and NAME_time."""

    template_name = "righthelp/forms/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, earliest: Day = None, latest: Day = None) -> None:
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": DateWidget(earliest=earliest, latest=latest),
            "time": TimeWidget(),
        }
        super().__init__(parts, attrs)

    def limit(self, earliest: Day, latest: Day) -> None:
        """Say which days the calendar offers."""
        for part in self.widgets:
            if isinstance(part, DateWidget):
                part.earliest, part.latest = earliest, latest

    def decompress(self, value: Any) -> list[Any]:
        """Split a moment into the local day and the local time."""
        if not isinstance(value, datetime):
            return [value, None] if isinstance(value, date) else [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.date(), local.time()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], ("Date", "Time"), strict=True):
            part["part_label"] = label
        return context


class _Explained:
    """What answers to choose from may carry beyond their label."""

    hints: Mapping[str, str] = {}
    alone: frozenset[str] = frozenset()
    # What heads the questions that an answer reveals, where they would not say of whom they are asked.
    headed: Mapping[str, str] = {}
    # Bound questions by the answer that reveals them: set by the question when it is drawn.
    revealed: Mapping[str, list[forms.BoundField]] = {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)  # type: ignore[misc]
        answer = str(option["value"])
        option["hint"] = self.hints.get(answer, "")
        option["alone"] = answer in self.alone
        option["headed"] = self.headed.get(answer, "")
        option["revealed"] = self.revealed.get(answer, [])
        return option


class Radios(_Explained, forms.RadioSelect):
    """One answer out of several, each with room for a hint and for the questions it reveals."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Answers stand one beneath the other where one reveals a question: between two in a row it has no place."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        if any(self.revealed.values()):
            held = context["widget"]["attrs"]
            held["class"] = " ".join(one for one in held.get("class", "").split() if not one.endswith("--inline"))
        return context


class Checkboxes(_Explained, forms.CheckboxSelectMultiple):
    """Any number of answers. An answer named in `alone` ("None of these") unticks all others."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[Any] = (),
        hints: Mapping[str, str] | None = None,
        alone: Iterable[str] = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.alone = frozenset(alone)

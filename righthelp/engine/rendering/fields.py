"""Questions whose answers people write in their own way: days, moments, yes or no, one or several."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.utils import timezone
from django.utils.choices import flatten_choices

from righthelp.engine.rendering.sentences import subject
from righthelp.engine.rendering.widgets import (
    Checkboxes,
    DateWidget,
    Day,
    MomentWidget,
    Radios,
    TimeWidget,
    on_the_day,
)
from righthelp.kernel.written import NotADate, read_date, read_time, write_date

EXAMPLE = "For example, 27 3 2015"


def about(field: forms.Field, wrong: NotADate) -> str:
    """The sentence with its question before it, because the error summary stands far from the question."""
    return f"{str(field.label).rstrip('?:.')}: {wrong}" if field.label else str(wrong)


class DateField(forms.Field):
    """A day, written in one box in any usual way: 27 3 2015, 27/03/2015, 27 March 2015.

    `earliest` and `latest` are dates, or functions that give one ("today" for a day that cannot be in the
    future). Both ends are allowed. A year of two numbers is read as the one that is not after `latest`.
    The value is a `date`, or None when the question is optional and not answered.
    """

    widget = DateWidget

    def __init__(self, *, earliest: Day = None, latest: Day = None, **said: Any) -> None:
        said.setdefault("help_text", EXAMPLE)
        super().__init__(**said)
        self.earliest = self.widget.earliest = earliest
        self.latest = self.widget.latest = latest

    def to_python(self, value: Any) -> date | None:
        if value in EMPTY_VALUES:
            return None
        if isinstance(value, datetime):
            return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        if isinstance(value, date):
            return value
        written = str(value)
        try:
            return read_date(written, latest=on_the_day(self.latest))
        except NotADate:
            # Perhaps only too late: then the sentence that names the question is said when the day is judged.
            try:
                return read_date(written)
            except NotADate as wrong:
                raise ValidationError(about(self, wrong), code="invalid") from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        name = subject(str(self.label or "The date"))
        earliest, latest = on_the_day(self.earliest), on_the_day(self.latest)
        if latest and value > latest:
            end = "today" if latest == timezone.localdate() else write_date(latest)
            raise ValidationError(f"{name} must be {end} or earlier", code="max_value")
        if earliest and value < earliest:
            end = "today" if earliest == timezone.localdate() else write_date(earliest)
            raise ValidationError(f"{name} must be {end} or later", code="min_value")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class TimeField(forms.Field):
    """A time of day, written in any usual way: 9:30am, 21:04, noon. The value is a `time`, or None."""

    widget = TimeWidget

    def to_python(self, value: Any) -> time | None:
        if value in EMPTY_VALUES:
            return None
        if isinstance(value, time):
            return value
        try:
            return read_time(str(value))
        except NotADate as wrong:
            raise ValidationError(about(self, wrong), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class MomentField(forms.MultiValueField):
    """A day and a time that answer one question. The value is an aware `datetime` in local time, or None.

    A time that the spring change of the clocks leaves out is refused; of the two that the autumn change
    makes, the first is meant. `earliest` and `latest` bound the day; `not_after` is a function that gives the
    last moment allowed, usually `timezone.now`.
    """

    widget: Any = MomentWidget

    def __init__(self, *, earliest: Day = None, latest: Day = None, not_after: Any = None, **said: Any) -> None:
        parts = (DateField(earliest=earliest, latest=latest), TimeField())
        said.setdefault("help_text", "For example, 27 3 2015 and 9:30am")
        super().__init__(parts, require_all_fields=False, **said)
        self.widget.limit(earliest, latest)
        self.not_after = not_after

    def clean(self, value: Any) -> datetime | None:
        """Read both boxes. Each fault is tied to its box by its code, "part_0" or "part_1"."""
        if self.disabled and not isinstance(value, list):
            value = self.widget.decompress(value)
        name = str(self.label or "the moment").rstrip("?")
        if value and not (isinstance(value, (list, tuple)) and len(value) == len(self.fields)):
            raise ValidationError(
                f"{str(self.label or 'the moment').rstrip('?')}: enter a date and a time", code="invalid"
            )
        written = [part.strip() if isinstance(part, str) else part for part in value or [None, None]]
        if all(part in EMPTY_VALUES for part in written):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        faults: list[ValidationError] = []
        read: list[Any] = []
        for number, (field, part, word) in enumerate(zip(self.fields, written, ("date", "time"), strict=True)):
            if part in EMPTY_VALUES:
                faults.append(ValidationError(f"{name}: enter the {word} as well", code=f"part_{number}"))
                continue
            field.label = self.label
            try:
                read.append(field.clean(part))
            except ValidationError as wrong:
                faults += [ValidationError(sentence, code=f"part_{number}") for sentence in wrong.messages]
        if faults:
            raise ValidationError(faults)
        moment = self.compress(read)
        self.validate(moment)
        self.run_validators(moment)
        return moment

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list:
            return None
        day, clock = data_list
        moment = timezone.make_aware(datetime.combine(day, clock))
        if timezone.localtime(moment.astimezone(UTC)).time() != clock:
            raise ValidationError(
                "The clocks went forward that night, so there was no such time. Enter an hour later",
                code="part_1",
            )
        if self.not_after and moment > self.not_after():
            name = subject(str(self.label or "The moment"))
            raise ValidationError(f"{name} must not be in the future", code="part_0")
        return moment


class ChoiceField(forms.TypedChoiceField):
    """One answer out of a list, as radio buttons.

    `hints` explains answers, by answer. `reveals` names, by answer, the questions of the same form that are
    asked only of those who give it (the form then derives from `Reveals`).
    """

    widget = Radios

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Iterable[str]] | None = None,
        **said: Any,
    ) -> None:
        super().__init__(**said)
        if hints and hasattr(self.widget, "hints"):
            self.widget.hints = hints
        self.reveals = {str(answer): tuple(names) for answer, names in (reveals or {}).items()}


class YesNoField(ChoiceField):
    """Yes or no, both to be chosen: silence is not no. The value is True, False or None (not answered)."""

    def __init__(self, *, yes: str = "Yes", no: str = "No", **said: Any) -> None:
        said.setdefault("widget", Radios(attrs={"class": "govuk-radios--inline"}))
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            **said,
        )
        if self.reveals or self.widget.hints:
            # A question that opens beneath an answer needs the answers one below the other.
            self.widget.attrs.pop("class", None)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ChoicesField(forms.TypedMultipleChoiceField):
    """Any number of answers out of a list, as checkboxes. Answers named in `alone` exclude all others."""

    widget = Checkboxes

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Iterable[str]] | None = None,
        alone: Iterable[str] = (),
        **said: Any,
    ) -> None:
        super().__init__(**said)
        self.alone = frozenset(alone)
        if hasattr(self.widget, "hints"):
            self.widget.hints = hints or self.widget.hints
            self.widget.alone = self.alone or self.widget.alone
        self.reveals = {str(answer): tuple(names) for answer, names in (reveals or {}).items()}

    def validate(self, value: Any) -> None:
        super().validate(value)
        chosen = {str(answer) for answer in value}
        for answer in chosen & self.alone:
            if len(chosen) > 1:
                label = dict(flatten_choices(self.widget.choices)).get(answer, answer)
                raise ValidationError(f"Choose “{label}” or other answers, not both", code="alone")

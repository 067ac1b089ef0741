"""One question of one form, as it is drawn: its classes, what describes it, where its answer came from."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets
from django.forms.boundfield import BoundField

from righthelp.engine.rendering.sentences import speak_plainly

GROUPS = (widgets.RadioSelect, widgets.MultiWidget)
WIDTHS = (2, 3, 4, 5, 10, 20, 30)
ROWS = 5


def part_of(error: ValidationError) -> int | None:
    """Which input of a question with several is wrong (0 is the first), when the error says so."""
    code = str(error.code or "")
    return int(code.removeprefix("part_")) if code.startswith("part_") else None


def revealed_beneath(field: forms.Field) -> dict[str, str]:
    """The questions drawn beneath an answer of this one, each with the answer.

    A question that several answers reveal is drawn once, in its own place: twice, it would have two boxes of one name.
    """
    answers: dict[str, list[str]] = {}
    for answer, names in (getattr(field, "reveals", None) or {}).items():
        for name in names:
            answers.setdefault(name, []).append(str(answer))
    return {name: given[0] for name, given in answers.items() if len(given) == 1}


def _class_of(widget: forms.Widget, wrong: bool) -> str:
    """The GOV.UK class of an input, with its error form where there is one."""
    for kind, name in (
        (widgets.CheckboxInput, "govuk-checkboxes__input"),
        (widgets.RadioSelect, ""),
        (widgets.Textarea, "govuk-textarea"),
        (widgets.FileInput, "govuk-file-upload"),
        (widgets.Select, "govuk-select"),
        (widgets.Input, "govuk-input"),
    ):
        if isinstance(widget, kind):
            mark = wrong and name and "__" not in name
            return f"{name} {name}--error" if mark else name
    return ""


class GovukBoundField(BoundField):
    """A question with its answer, drawn as GOV.UK draws it.

    A field or its form may say more about a question than Django knows; each of these is read when present:

    - `field.label_size`: "s" (default), "m", "l" or "xl"; `field.page_heading`: the label heads the page.
    - `field.width`: characters the input is wide (2, 3, 4, 5, 10, 20 or 30); otherwise taken from max_length.
    - `field.rows`: lines of a text area (5 when not said).
    - `field.known_from` or `form.known_from[name]` or `form["name"].known_from = ...`: where the answer that
      is already filled in came from, for example "school referral, 3 May 2026".
    - `form.mark_optional`: False for a filter, where every question is optional and saying so is noise.
    - `field.reveals`: {answer: [names of questions asked only of those who give it]}.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        known: dict[str, str] = getattr(form, "known_from", None) or {}
        self.known_from: str = known.get(name) or str(getattr(field, "known_from", ""))
        speak_plainly(field, str(self.label))

    @property
    def label_size(self) -> str:
        return str(getattr(self.field, "label_size", "s"))

    @property
    def page_heading(self) -> bool:
        return bool(getattr(self.field, "page_heading", False))

    @property
    def optional(self) -> bool:
        """Whether the label says "(optional)". A single box is never a must unless it says so itself."""
        said = getattr(self.form, "mark_optional", True)
        return bool(said) and not (self.field.required or self.field.disabled or self.single_box)

    @property
    def single_box(self) -> bool:
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def use_fieldset(self) -> bool:
        """A question with several inputs is a group with a legend, also where Django has no opinion."""
        return isinstance(self.field.widget, GROUPS) or super().use_fieldset

    @property
    def several_inputs(self) -> bool:
        return isinstance(self.field.widget, widgets.MultiWidget)

    @property
    def counted(self) -> int | None:
        """How many characters a text area takes, counted down as it is written; None without a limit."""
        if isinstance(self.field.widget, widgets.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def changed_from_known(self) -> bool:
        """Whether somebody has changed the known answer, so that its source no longer vouches for it."""
        return bool(self.known_from) and self.form.is_bound and self.name in self.form.changed_data

    @property
    def revealed_by(self) -> str:
        """The name of the question beneath whose answer this one is drawn; "" when it stands in its own place."""
        for name, field in self.form.fields.items():
            if self.name in revealed_beneath(field):
                return str(name)
        return ""

    @property
    def asked_of(self) -> str:
        """Whom the question is asked of, when several answers of another reveal it: that question's name, and they.

        The first word is the name in the form, the rest are the answers; "" when it is asked of everybody, or is drawn
        beneath its one answer.
        """
        for name, field in self.form.fields.items():
            answers = [str(a) for a, names in (getattr(field, "reveals", None) or {}).items() if self.name in names]
            if len(answers) > 1:
                return " ".join([self.form[name].html_name, *answers])
        return ""

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        return " ".join(self._describing_ids()) if self.auto_id and not self.is_hidden else ""

    def _describing_ids(self) -> Iterator[str]:
        if self.help_text:
            yield f"{self.auto_id}_helptext"
        if self.errors:
            yield f"{self.auto_id}_error"
        if self.known_from:
            yield f"{self.auto_id}_known"
        if self.counted:
            # The script of the character count looks its message up by this name.
            yield f"{self.auto_id}-info"

    @property
    def wrong_parts(self) -> set[int]:
        """Which inputs of a question with several are wrong; all of them when the error does not say."""
        if not self.errors or not self.several_inputs:
            return set()
        parts = [part_of(error) for error in self.errors.as_data()]
        if None in parts:
            return set(range(len(self.field.widget.widgets)))
        return {part for part in parts if part is not None}

    def focus_id(self, error: ValidationError) -> str:
        """The id of the input that a person mends, for the link in the error summary; "" when hidden."""
        if self.is_hidden or not self.auto_id:
            return ""
        if self.several_inputs:
            return f"{self.auto_id}_{part_of(error) or 0}"
        if isinstance(self.field.widget, widgets.RadioSelect):
            return str(self.subwidgets[0].id_for_label) if self.subwidgets else ""
        return str(self.id_for_label or self.auto_id)

    def label_tag(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("label_suffix", "")
        return super().label_tag(*args, **kwargs)

    def as_widget(self, widget: forms.Widget | None = None, attrs: Any = None, only_initial: bool = False) -> Any:
        drawn = widget or self.field.widget
        if isinstance(drawn, widgets.RadioSelect):
            beneath: dict[str, list[BoundField]] = {}
            for name, answer in revealed_beneath(self.field).items():
                beneath.setdefault(answer, []).append(self.form[name])
            if beneath:
                drawn.revealed = beneath  # type: ignore[attr-defined]
        return super().as_widget(widget, attrs, only_initial)

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        drawn = widget or self.field.widget
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        # The browser's own bubbles are not read out well and stop "save and come back later".
        built.pop("required", None)
        if drawn.is_hidden:
            return built
        if isinstance(drawn, widgets.MultiWidget):
            built.pop("aria-invalid", None)
            for part, input_ in enumerate(drawn.widgets):
                self._dress(input_, input_.attrs, wrong=part in self.wrong_parts)
                input_.attrs.pop("required", None)
            return built
        if isinstance(drawn, GROUPS):
            built.pop("aria-invalid", None)
        self._dress(drawn, built, wrong=bool(self.errors))
        return built

    def _dress(self, widget: forms.Widget, attrs: dict[str, Any], wrong: bool) -> None:
        """Add classes and the other attributes that an input of this kind always has."""
        # A placeholder vanishes on the first letter; a maximum length cuts pasted words without a word.
        widget.attrs.pop("placeholder", None)
        widget.attrs.pop("maxlength", None)
        classes = dict.fromkeys(_class_of(widget, wrong).split())
        classes.update(dict.fromkeys(str(widget.attrs.get("class", "")).split()))
        if not wrong:
            classes = {name: None for name in classes if not name.endswith("--error")}
        if isinstance(widget, widgets.Textarea):
            widget.attrs.pop("cols", None)
            attrs["rows"] = getattr(self.field, "rows", ROWS)
            if self.counted:
                classes["govuk-js-character-count"] = None
        elif isinstance(widget, widgets.Input) and not isinstance(widget, (widgets.CheckboxInput, widgets.FileInput)):
            if not any("--width-" in name for name in classes) and (width := self._width()):
                classes[f"govuk-input--width-{width}"] = None
            if "autocomplete" not in widget.attrs:
                # Names and addresses of children do not belong in the memory of a shared browser.
                attrs["autocomplete"] = "off"
        if classes:
            attrs["class"] = " ".join(classes)

    def _width(self) -> int | None:
        wanted = getattr(self.field, "width", None) or getattr(self.field, "max_length", None)
        if wanted is None and isinstance(self.field, forms.IntegerField):
            wanted = 5
        return next((width for width in WIDTHS if wanted and width >= wanted), None)

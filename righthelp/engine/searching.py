"""The form with which a person is searched for, wherever somebody searches."""

from datetime import date
from typing import Any

from django import forms

from righthelp.engine.rendering.fields import DateField
from righthelp.kernel.written import write_date
from righthelp.people.told import Told

NUMBERS = ("NHS", "UPN", "FORMER_UPN", "ULN", "LA_CHILD")


class SearchForm(forms.Form):
    """What is known of the child. Any of it is enough to look."""

    mark_optional = False
    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Last name", required=False, max_length=100)
    born_on = DateField(label="Date of birth", required=False)
    postcode = forms.CharField(label="Postcode, now or before", required=False, max_length=10)
    number = forms.CharField(
        label="Number",
        help_text="NHS number, pupil number or the council's own.",
        required=False,
        max_length=40,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Enter a name, a date of birth, a postcode or a number")
        return cleaned

    def asked(self) -> str:
        """What was asked, as the access log keeps it."""
        return as_asked(self)

    def told(self) -> Told:
        """What was typed, as it is matched."""
        typed = self.cleaned_data
        number = typed["number"].replace(" ", "").upper()
        return Told(
            given=typed["given"],
            family=typed["family"],
            born_on=typed["born_on"],
            postcode=typed["postcode"],
            identifiers=tuple((kind, number) for kind in NUMBERS) if number else (),
        )


def as_asked(form: forms.Form) -> str:
    """What was typed to look somebody up, as whoever reads who has looked will see it."""
    typed = ((form.fields[name].label, value) for name, value in form.cleaned_data.items() if value)
    return "; ".join(f"{label}: {write_date(value) if isinstance(value, date) else value}" for label, value in typed)

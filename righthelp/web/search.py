"""Finding a child: by name however spelt, date of birth, postcode or number. Every search is logged."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from righthelp.engine.process import processes
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import Refused
from righthelp.people.matching import matches
from righthelp.people.told import Told
from righthelp.engine.rendering.fields import DateField

NUMBERS = ("NHS", "UPN", "FORMER_UPN", "ULN", "LA_CHILD")


class SearchForm(forms.Form):
    """What is known of the child. Any of it is enough to look."""

    given = forms.CharField(label="First name", required=False, max_length=100)
    family = forms.CharField(label="Last name", required=False, max_length=100)
    born_on = DateField(label="Date of birth", required=False)
    postcode = forms.CharField(label="Postcode, now or before", required=False, max_length=10)
    number = forms.CharField(
        label="Number", help_text="NHS number, pupil number or the council's own.", required=False, max_length=40
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Enter a name, a date of birth, a postcode or a number")
        return cleaned

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


@for_workers
def search(request: HttpRequest) -> HttpResponse:
    """The people who may be meant, with the reasons why."""
    viewer = viewer_of(request)
    if not viewer.works_with_children:
        raise Refused("Finding a child is for county staff whose role works with children.")
    form = SearchForm(request.GET or None)
    found = None
    if form.is_bound and form.is_valid():
        found = matches(form.told(), most=20)
        asked = ", ".join(f"{name}: {value}" for name, value in form.cleaned_data.items() if value)
        log.looked(f"Searched for {asked}", kind=AccessLog.Kind.SEARCHED)
    break_glass = processes().get("break_glass")
    return render(request, "web/search.html", {"form": form, "found": found, "break_glass": break_glass is not None})

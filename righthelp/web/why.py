"""Asking a worker who has no relation to a child why they open the record."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from righthelp.engine.sight import say_why
from righthelp.engine.views.asked import for_workers
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry


class WhyForm(forms.Form):
    """Why this record, now."""

    reason = forms.CharField(
        label="Why do you need to open this record?",
        help_text="What you write is kept with your name. The person concerned can be told.",
        widget=forms.Textarea,
        min_length=10,
        max_length=1000,
        error_messages={
            "required": "Say why you need to open this record",
            "min_length": "Say a little more about why you need to open this record",
        },
    )


@for_workers
def why(request: HttpRequest) -> HttpResponse:
    """The question, and then the page that was asked for."""
    onward = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = "/"
    person, entry = _number(request, "person"), _number(request, "entry")
    # The question itself must not tell that a locked record is there.
    if person and not Person.objects.filter(pk=person).exists():
        raise Http404("There is no such record.")
    if entry and not CaseEntry.objects.filter(pk=entry).exists():
        raise Http404("There is no such record.")
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        say_why(form.cleaned_data["reason"], person=person, entry=entry)
        return redirect(onward)
    return render(request, "web/why.html", {"form": form})


def _number(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET[name]) if request.GET.get(name) else None
    except ValueError as wrong:
        raise Http404("There is no such record.") from wrong

"""A child's chronology: everything that has been done, filtered, page by page, and whole where it is printed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from righthelp.engine.process import processes
from righthelp.engine.rendering.fields import ChoicesField, DateField
from righthelp.engine.sight import Relation
from righthelp.engine.views.asked import for_workers
from righthelp.people.models import Person
from righthelp.record.models import TimelineEvent
from righthelp.web.child import about_a_person, context_of


class ChronologyForm(forms.Form):
    """What to leave out of the chronology."""

    mark_optional = False
    since = DateField(label="From", required=False, help_text="")
    until = DateField(label="To", required=False, help_text="")
    kind = ChoicesField(label="What", required=False)
    significant = forms.BooleanField(label="Significant events only", required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        for name in ("kind", "significant"):
            self.fields[name].widget.attrs["class"] = "govuk-checkboxes--small"


@for_workers
@about_a_person("a child's chronology")
def chronology(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """Everything that has been done, in order: filtered, printed."""
    events = TimelineEvent.objects.filter(entry__person=person).select_related("entry")
    pages = processes()
    there = events.order_by().values_list("entry__kind", flat=True).distinct()
    form = ChronologyForm(
        request.GET or None, kinds=[(kind, pages[kind].titles()) for kind in sorted(there) if kind in pages]
    )
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        if wanted["since"]:
            events = events.filter(at__date__gte=wanted["since"])
        if wanted["until"]:
            events = events.filter(at__date__lte=wanted["until"])
        if wanted["kind"]:
            events = events.filter(entry__kind__in=wanted["kind"])
        if wanted["significant"]:
            events = events.filter(significant=True)
    lines = [
        (
            event,
            reverse(f"{event.entry.kind}_record", args=[event.entry_id]) if event.entry.kind in pages else "",
        )
        for event in events.order_by("-at", "-recorded_at", "-pk")
    ]
    return render(
        request,
        "web/child/chronology.html",
        {**context_of(person, "chronology"), "form": form, "lines": lines, "filtered": form.is_bound},
    )

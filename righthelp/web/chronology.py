"""A child's chronology: everything that has been done, filtered, page by page, and whole where it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from righthelp.engine.process import processes
from righthelp.engine.rendering.fields import ChoicesField, DateField
from righthelp.engine.sight import Relation
from righthelp.engine.views.asked import for_workers
from righthelp.people.models import Person
from righthelp.record.models import CaseEntry, TimelineEvent
from righthelp.web.child import about_a_person, context_of

ON_A_PAGE = 200
NEWEST = ("-at", "-recorded_at", "-pk")


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
    """Everything that has been done, the latest first: filtered, in pages, or all of it to be printed."""
    pages = processes()
    entries = {entry.pk: entry for entry in CaseEntry.objects.filter(person=person)}
    asked = request.GET.copy()
    for name in ("page", "all"):
        asked.pop(name, None)
    kinds = sorted({entry.kind for entry in entries.values()} & pages.keys())
    form = ChronologyForm(asked or None, kinds=[(kind, pages[kind].titles()) for kind in kinds])
    # Whoever may see an event is asked once, whatever the page: first which there are, then those of one page whole.
    keys = list(_wanted(form, entries).order_by(*NEWEST).values_list("pk", flat=True))
    whole = "all" in request.GET
    page = Paginator(keys, max(len(keys), 1) if whole else ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (event, reverse(f"{kind}_record", args=[event.entry_id]) if kind in pages else "")
        for event in TimelineEvent.objects.filter(pk__in=list(page)).order_by(*NEWEST)
        for kind in [entries[event.entry_id].kind]
    ]
    return render(
        request,
        "web/child/chronology.html",
        {
            **context_of(person, "chronology"),
            "form": form,
            "many": len(keys),
            "lines": lines,
            "page": page,
            "filtered": form.is_bound,
            "asked": asked.urlencode(),
        },
    )


def _wanted(form: ChronologyForm, entries: Mapping[UUID, CaseEntry]) -> Any:
    """The events that are not left out."""
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    kinds = wanted.get("kind")
    events = TimelineEvent.objects.filter(entry__in=[pk for pk, entry in entries.items() if entry.kind in kinds]
                                          if kinds else list(entries))  # fmt: skip
    if wanted.get("since"):
        events = events.filter(at__date__gte=wanted["since"])
    if wanted.get("until"):
        events = events.filter(at__date__lte=wanted["until"])
    return events.filter(significant=True) if wanted.get("significant") else events

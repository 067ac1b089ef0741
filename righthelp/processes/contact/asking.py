"""Asking several agencies at once what they know of a child: one form, a request to each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from righthelp import law
from righthelp.engine.answers import form_fields
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.rendering.fields import ChoicesField
from righthelp.engine.rendering.reveals import Reveals
from righthelp.engine.taking import begin, may_begin
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.guard.models import Agency
from righthelp.guard.viewers import Refused
from righthelp.kernel.written import write_date
from righthelp.people.models import Involvement
from righthelp.processes.contact.models import Contact

USUAL = ("police", "health_visiting", "school_nursing", "mental_health", "emergency_department")


@for_workers
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom to ask, what, and by when."""
    viewer = viewer_of(request)
    contact = row_of(Contact, pk)
    assert isinstance(contact, Contact)
    page = processes().get("information_request")
    if page is None:
        raise Http404("The county does not ask agencies here.")
    if not may_begin(page.steps["ask"], viewer) or contact.ended:
        raise Refused("Asking agencies about a worry is for the front door, while it is being decided.")
    open_row(request, contact, "asking agencies about a worry")
    form = _form(request, page, contact)
    if request.method == "POST" and form.is_valid():
        answers = {name: form[name].data for name in page.steps["ask"].fields if name in form.fields}
        try:
            for agency in form.cleaned_data["agencies"]:
                begin(page, "ask", by=viewer, **{**answers, "contact": contact, "agency": agency})
        except NotTaken as refused:
            put_in_place(form, {}, refused.faults)
        else:
            many = len(form.cleaned_data["agencies"])
            messages.success(request, f"{many} {'agency was' if many == 1 else 'agencies were'} asked.")
            return redirect("contact_record", pk=pk)
    return render(
        request,
        "contact/ask.html",
        {"row": contact, "form": form, "back": reverse("contact_record", args=[pk])},
    )


def _form(request: HttpRequest, page: type[Process], contact: Contact) -> Reveals:
    fields: dict[str, Any] = {"agencies": ChoicesField(label="Whom to ask", choices=list(_agencies(contact)))}
    fields["agencies"].widget.attrs["class"] = "govuk-checkboxes--small"
    fields |= {
        name: field for name, field in form_fields(page, page.steps["ask"]).items() if name not in {"contact", "agency"}
    }
    made = type("AskForm", (Reveals, forms.Form), fields)
    by_then = law.due("front_door.information_answer", timezone.now())
    begin_with = {
        "about": about(contact),
        "question": "What do you know of this child and family: what you have seen or been told, when, and what is "
        "going well? Has anything changed of late?",
        "family_agrees": contact.consent == "GIVEN",
        "lawful_reason": "SIGNIFICANT_HARM" if contact.significant_harm_likely else contact.without_consent,
        "answer_by": by_then if by_then > timezone.now() else timezone.now() + timedelta(hours=4),
    }
    return made(request.POST if request.method == "POST" else None, initial=begin_with)  # type: ignore[no-any-return]


def _agencies(contact: Contact) -> Iterable[tuple[str, str]]:
    """Those who know the child already, then those who are usually asked, then the rest."""
    involved = {
        one.agency_id: one
        for one in Involvement.objects.filter(person=contact.entry.person_id, until__isnull=True).select_related(
            "agency"
        )
    }
    others = Agency.objects.exclude(kind="county").exclude(pk__in=list(involved)).exclude(kind__in=["school", "gp"])
    for one in involved.values():
        yield str(one.agency_id), f"{one.agency} ({one.get_kind_display()})"
    for agency in sorted(others, key=lambda agency: (agency.kind not in USUAL, agency.name)):
        yield str(agency.pk), agency.name


def about(contact: Contact) -> str:
    """Who the child is, as far as an agency must know to find them in its own records, and no further."""
    lines = [f"{contact.child_given} {contact.child_family}"]
    if contact.child_born_on:
        lines.append(f"Born {write_date(contact.child_born_on)}")
    address = ", ".join(part for part in (contact.child_lives_at.replace("\n", ", "), contact.child_postcode) if part)
    if address:
        lines.append(address)
    return "\n".join(lines)

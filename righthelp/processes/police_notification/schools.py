"""The schools to be told before their next day begins: told together, or named to a person who rings them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.clockface import faces
from righthelp.engine.process import processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.rendering.fields import ChoicesField
from righthelp.engine.taking import take
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.guard import log
from righthelp.guard.viewers import Refused
from righthelp.kernel.moments import local
from righthelp.kernel.written import write_moment
from righthelp.processes.police_notification.models import PoliceNotification, may_triage
from righthelp.processes.police_notification.needs import is_locked
from righthelp.processes.police_notification.triage import TO_TELL

MOST = 100  # on one page


@for_workers
def schools(request: HttpRequest) -> HttpResponse:
    """Tell the schools whose children were there, those due first at the top."""
    viewer = viewer_of(request)
    if not may_triage(viewer):
        raise Refused("Telling schools is for the hub that triages police notifications.")
    log.looked("a list: schools to be told")
    rows = PoliceNotification.objects.filter(TO_TELL, state=PoliceNotification.State.RECEIVED)
    waiting = list(rows.select_related("entry__person", "school").order_by("attended_at", "pk")[:MOST])
    here = [row for row in waiting if row.school_id and not is_locked(row)]
    form = SchoolsForm(request.POST if request.method == "POST" else None, rows=here)
    if request.method == "POST" and form.is_valid():
        chosen = [row for row in here if str(row.pk) in form.cleaned_data["tell"]]
        try:
            with transaction.atomic():
                for row in chosen:
                    take(row, "tell_school", by=viewer)
        except NotTaken as refused:
            put_in_place(form, {}, refused.faults)  # type: ignore[arg-type]
        else:
            many = len(chosen)
            messages.success(request, "1 school was told." if many == 1 else f"{many} notices were sent to schools.")
            return redirect("police_notification_schools")
    now = timezone.now()
    return render(
        request,
        "police_notification/schools.html",
        {
            "form": form,
            "here": here,
            "safety": [row for row in here if row.safety_note],
            "to_ring": [(row, _why(row), _clock(row, now)) for row in waiting if row not in here],
            "unread": _unread(),
            "more": max(0, rows.count() - MOST),
        },
    )


class SchoolsForm(forms.Form):
    """Which schools are told now."""

    mark_optional = False
    tell = ChoicesField(label="Tell these schools", error_messages={"required": "Tick the schools that are to be told"})

    def __init__(self, data: Any, *, rows: list[PoliceNotification]) -> None:
        super().__init__(data)
        now = timezone.now()
        self.fields["tell"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), f"{row.school}: {row.heading}. {_said(row, now)}") for row in rows
        ]


def _said(row: PoliceNotification, now: Any) -> str:
    clock = _clock(row, now)
    return f"Attended {write_moment(local(row.attended_at))}{f', {clock.left}' if clock else ''}"


def _clock(row: PoliceNotification, now: Any) -> Any:
    return next((face for face in faces(row, now) if face.left and "school" in face.title.casefold()), None)


def _why(row: PoliceNotification) -> str:
    if is_locked(row):
        return "The record is locked: no notice is sent. Ring the school yourself."
    if row.school_named:
        return f"The police named “{row.school_named}”, which is no school here. Ring it, or say which it is."
    return "No school is known. Find out which, and ring it or say which it is."


def _unread() -> list[Any]:
    """Notices that no school has read yet; the county that does not use them has none."""
    page = processes().get("school_notice")
    if page is None:
        return []
    return list(page.objects.filter(state__in=page.open_states()).select_related("school").order_by("told_at")[:MOST])

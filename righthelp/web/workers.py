"""Workers and their roles, for the user administrator: give one, end one. Nobody changes their own."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.engine.rendering.fields import DateField
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard.appointing import end_role, give_role
from righthelp.guard.models import Appointment, Team, Worker
from righthelp.guard.roles import ROLES
from righthelp.guard.viewers import Refused
from righthelp.packs import pack


class RoleForm(forms.Form):
    """A role to give: which, in which team, from when."""

    role = forms.ChoiceField(label="Role")
    since = DateField(label="From")

    def __init__(self, *args: Any, worker: Worker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = pack().roles()
        county = worker.agency.kind == "county"
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a role"),
            *((name, titles[name].title) for name, role in ROLES.items() if role.county == county),
        ]
        self.fields["team"] = forms.ModelChoiceField(
            Team.objects.filter(agency=worker.agency).order_by("name"),
            label="Team",
            required=False,
            empty_label="No team",
        )
        self.order_fields(["role", "team", "since"])


def _administrator(request: HttpRequest) -> None:
    if "user administrator" not in viewer_of(request).roles:
        raise Refused("Workers and their roles are looked after by user administrators.")


@for_workers
def workers(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, by agency, with the roles they hold."""
    _administrator(request)
    everybody = Worker.objects.select_related("agency").prefetch_related("appointments__team")
    wanted = request.GET.get("name", "").replace("\x00", "").strip()
    if wanted:
        everybody = everybody.filter(name__icontains=wanted)
    return render(
        request,
        "web/workers.html",
        {
            "workers": [(one, list(_roles_now(one))) for one in everybody.order_by("agency__name", "name")],
            "wanted": wanted,
        },
    )


def _roles_now(worker: Worker) -> Iterator[str]:
    for held in worker.appointments.all():
        if held.until is None:
            title = pack().roles()[held.role].title
            yield f"{title}, {held.team}" if held.team else title


@for_workers
def worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One worker: the roles they hold and held, and a form for another."""
    _administrator(request)
    found = Worker.objects.filter(pk=pk).select_related("agency").first()
    if found is None:
        raise Http404("There is no such worker.")
    own = found.pk == viewer_of(request).worker
    form = RoleForm(request.POST or None, worker=found, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        role, team, since = (form.cleaned_data[name] for name in ("role", "team", "since"))
        try:
            give_role(viewer_of(request), found, role, team, since)
        except Refused as refused:
            if own:
                raise
            form.add_error("role", str(refused))
        else:
            messages.success(request, f"{found} is now {pack().roles()[role].title}.")
            return redirect("worker", pk=pk)
    titles = pack().roles()
    held = [
        (appointment, titles[appointment.role].title, in_force(appointment, timezone.localdate()))
        for appointment in found.appointments.select_related("team").order_by("-since")
    ]
    return render(request, "web/worker.html", {"worker": found, "own": own, "form": form, "held": held})


@for_workers
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a role, after asking."""
    _administrator(request)
    appointment = Appointment.objects.filter(pk=pk).select_related("worker").first()
    if appointment is None:
        raise Http404("There is no such role.")
    title = pack().roles()[appointment.role].title
    if request.method == "POST":
        end_role(viewer_of(request), appointment, timezone.localdate())
        messages.success(request, f"{appointment.worker} is no longer {title}.")
        return redirect("worker", pk=appointment.worker_id)
    return render(request, "web/end_role.html", {"appointment": appointment, "title": title})


def in_force(appointment: Appointment, today: date) -> bool:
    """Whether a role is held on this day."""
    return appointment.since <= today and (appointment.until is None or appointment.until >= today)

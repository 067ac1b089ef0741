"""One step for several children of an incident: the same decision once, with each child's own view beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from righthelp.engine.answers import form_fields
from righthelp.engine.process import Process
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.engine.rendering.fields import ChoicesField
from righthelp.engine.rendering.reveals import Reveals
from righthelp.engine.sight import DUTY
from righthelp.engine.taking import may_take, take
from righthelp.engine.views.asked import for_workers, open_row, row_of, step_of, viewer_of
from righthelp.engine.views.faults import put_in_place
from righthelp.guard import log
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault, Step
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.needs import is_locked

OWN = "own_view"


def _awaits_school(row: PoliceNotification) -> bool:
    return row.school_is_awaited and not row.school_told_at


def _can_be_told_here(row: PoliceNotification) -> bool:
    return _awaits_school(row) and row.school_id is not None and not is_locked(row)


def _always(row: PoliceNotification) -> bool:
    return True


def _has_a_record(row: PoliceNotification) -> bool:
    return row.entry.person_id is not None


# Steps that are taken for several children at once, in the order of their buttons, each where it makes sense.
TOGETHER: Mapping[str, Callable[[PoliceNotification], bool]] = {
    "tell_school": _can_be_told_here,
    "ring_school": _awaits_school,
    "leave_school": _awaits_school,
    "offer_service": lambda row: row.is_domestic_abuse,
    "inform": _has_a_record,
    "pass_on": _always,
    "close": _always,
}


@for_workers
def together(request: HttpRequest, page: type[Process], pk: UUID, step: str) -> HttpResponse:
    """The step's questions once, the children for whom it is taken, and what is different for each."""
    viewer = viewer_of(request)
    declared = step_of(page, step)
    if step not in TOGETHER:
        raise Http404(f"{declared.title} is taken for one child at a time.")
    row = row_of(page, pk)
    assert isinstance(row, PoliceNotification)
    open_row(request, row, f"{page.title()}: {declared.title}")
    if not declared.by & viewer.roles:
        raise NotAllowed([Fault(f"{declared.title} is not for your role.")])
    children = _children(row, declared, viewer)
    if not children:
        return redirect("police_notification_record", pk=pk)
    form = _form(request, declared, children)
    if request.method == "POST" and form.is_valid():
        chosen = [child for child in children if str(child.pk) in form.cleaned_data["children"]]
        try:
            _take_for_each(request, chosen, declared, form, viewer)
        except NotTaken as refused:
            put_in_place(form, {}, refused.faults)
        else:
            names = ", ".join(child.heading for child in chosen)
            messages.success(request, f"{declared.title}: {names}.")
            left = [child for child in children if child not in chosen]
            return redirect("police_notification_record", pk=left[0].pk if left else pk)
    return render(
        request,
        "police_notification/together.html",
        {
            "row": row,
            "step": declared,
            "form": form,
            "children": children,
            "safety": row.safety_note,
            "back": reverse("police_notification_record", args=[pk]),
        },
    )


def _children(row: PoliceNotification, step: Step, viewer: AsWorker) -> list[PoliceNotification]:
    """The children for whom the step can be taken, of those who wait for triage."""
    rows = PoliceNotification.objects.filter(incident=row.incident, state=PoliceNotification.State.RECEIVED)
    found = [
        child
        for child in rows.select_related("entry__person", "school", "from_agency", "from_worker").order_by(
            "child_born_on", "child_given"
        )
        if may_take(child, step, viewer) and TOGETHER[step.name](child)
    ]
    others = [(child.entry.person_id, child.pk) for child in found if child.pk != row.pk]
    if others:
        log.looked_together("an incident, with its other children", others, relation=DUTY.name)
    return found


def _form(request: HttpRequest, step: Step, children: list[PoliceNotification]) -> Any:
    fields: dict[str, Any] = {
        "children": ChoicesField(
            label="For which children?",
            choices=[(str(child.pk), _named(child, step)) for child in children],
            error_messages={"required": "Tick the children for whom this is done"},
        )
    }
    fields |= {name: field for name, field in form_fields(PoliceNotification, step).items() if name != OWN}
    if OWN in step.fields:
        for child in children:
            fields[f"{OWN}-{child.pk}"] = forms.CharField(
                label=f"Is anything different for {child.heading}?",
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
    made = type("TogetherForm", (Reveals, forms.Form), fields)
    begin_with = {"children": [str(child.pk) for child in children], **_known(step, children)}
    versions = {f"seen-{child.pk}": child.version for child in children}
    form = made(request.POST if request.method == "POST" else None, initial=begin_with)
    form.seen = versions
    return form


def _named(child: PoliceNotification, step: Step) -> str:
    if step.name == "tell_school":
        return f"{child.heading}: {child.school}"
    return child.heading


def _known(step: Step, children: list[PoliceNotification]) -> dict[str, Any]:
    if step.name != "offer_service":
        return {}
    told = next((child for child in children if child.service_offered_at), None)
    return {name: getattr(told, name) for name in step.fields} if told else {}


def _take_for_each(
    request: HttpRequest, chosen: list[PoliceNotification], step: Step, form: Any, viewer: AsWorker
) -> None:
    """The step for each, all in one transaction: refused for one, it is taken for none."""
    shared = {name: form[name].data for name in step.fields if name in form.fields}
    with transaction.atomic():
        for child in chosen:
            own = {OWN: form.cleaned_data[f"{OWN}-{child.pk}"]} if OWN in step.fields else {}
            seen = request.POST.get(f"seen-{child.pk}", "")
            version = int(seen) if seen.isdecimal() and len(seen) < 10 else None
            try:
                take(child, step.name, by=viewer, seen=version, **shared, **own)
            except NotTaken as refused:
                if isinstance(refused, NotAllowed):
                    raise
                raise NotTaken(_of(child, fault, len(chosen)) for fault in refused.faults) from None


def _of(child: PoliceNotification, fault: Fault, many: int) -> Fault:
    if many == 1 or child.heading in fault.sentence:
        return fault
    return Fault(f"{child.heading}: {fault.sentence}", at=fault.at)

"""Sending a file: the template, the file with its faults, what loading it would do, and loading it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Fault
from righthelp.kernel.tables import NotReadable, TableFault, text_of
from righthelp.processes.police_notification.loading import MOST_ROWS, File, load, preview, read_text
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.rows import COLUMNS
from righthelp.record.models import Draft

STEP = PoliceNotification.steps["notify"]
LARGEST = 20 * 1024 * 1024  # ten thousand rows with long words are half of that
FILE = "file"  # what a file that waits to be loaded is kept as, among what its sender has not finished
SHOWN = 1000  # faults on one page


class FileForm(forms.Form):
    """The file, and for the hub who in the police sent it."""

    file = forms.FileField(
        label="Choose the CSV file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose the CSV file"},
    )

    def __init__(self, *args: Any, viewer: AsWorker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if viewer.is_county:
            self.fields["from_worker"] = forms.ModelChoiceField(
                PoliceNotification.offered("from_worker"),
                label="Who in the police sent it?",
                empty_label="Choose one",
                error_messages={"required": "Choose who in the police sent it"},
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1024 // 1024} MB. Send it in parts")
        return file


def _allowed(request: HttpRequest) -> AsWorker:
    viewer = viewer_of(request)
    if not may_begin(STEP, viewer):
        raise NotAllowed([Fault(f"{STEP.title} is not for your role.")])
    return viewer


@for_workers
def send(request: HttpRequest) -> HttpResponse:
    """Choose a file. Every fault is told at once; a file without one is shown before it is loaded."""
    viewer = _allowed(request)
    form = FileForm(request.POST or None, request.FILES or None, viewer=viewer)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES, viewer=viewer)
    read: File | None = None
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            text = text_of(chosen.read())
            read = read_text(text)
        except NotReadable as wrong:
            read = File(faults=[TableFault(1, "", str(wrong))])
        if not read.faults:
            _keep(viewer, chosen.name, text, form.cleaned_data.get("from_worker"))
            return redirect("police_notification_check")
        many = len(read.faults)
        said = "one fault" if many == 1 else f"{many} faults"
        form.add_error("file", f"{chosen.name} has {said}. Nothing was loaded. Mend the file, and choose it again")
    return render(
        request,
        "police_notification/send.html",
        {
            "form": form,
            "title": STEP.title,
            "columns": COLUMNS,
            "most": MOST_ROWS,
            "faults": read.faults[:SHOWN] if read else [],
            "more": max(0, len(read.faults) - SHOWN) if read else 0,
            "back": reverse("police_notification_queue") if viewer.is_county else "/",
        },
    )


def _keep(viewer: AsWorker, name: str, text: str, sender: Worker | None) -> None:
    """Keep a file between the page that shows it and its loading: for whoever chose it, and one at a time."""
    _waiting(viewer).delete()
    Draft.objects.create(
        worker_id=viewer.worker,
        kind=PoliceNotification.kind(),
        step=FILE,
        answers={"name": [name[:200]], "text": [text], "sender": [str(sender.pk if sender else viewer.worker)]},
        saved_at=timezone.now(),
    )


def _waiting(viewer: AsWorker) -> Any:
    return Draft.objects.filter(worker=viewer.worker, kind=PoliceNotification.kind(), step=FILE)


@for_workers
def check(request: HttpRequest) -> HttpResponse:
    """What loading the file would do; and loading it, whole or not at all."""
    viewer = _allowed(request)
    draft = _waiting(viewer).first()
    if draft is None:
        return redirect("police_notification_send")
    if request.method == "POST" and "discard" in request.POST:
        draft.delete()
        messages.success(request, "The file was not loaded, and is not kept.")
        return redirect("police_notification_send")
    sender = Worker.objects.select_related("agency").get(pk=draft.answers["sender"][0])
    read = read_text(draft.answers["text"][0])
    faults = [Fault(fault.sentence) for fault in read.faults]  # the record may have moved on since it was chosen
    if request.method == "POST" and not faults:
        try:
            done = load(read.rows, sender, viewer)
        except NotTaken as refused:
            faults = refused.faults
        else:
            draft.delete()
            messages.success(request, _said(len(done.fresh), done.incidents))
            return redirect("police_notification_queue" if viewer.is_county else "home")
    found = preview(read.rows, sender.agency_id)
    log.looked("a file of police notifications, before it is loaded")
    return render(
        request,
        "police_notification/check.html",
        {
            "name": draft.answers["name"][0],
            "sender": sender,
            "found": found,
            "said": _said(len(found.fresh), found.incidents),
            "faults": faults,
            "first": found.fresh[:20],
        },
        status=409 if faults else 200,
    )


def _said(children: int, incidents: int) -> str:
    of = "1 incident" if incidents == 1 else f"{incidents} incidents"
    return f"{'1 notification' if children == 1 else f'{children} notifications'} of {of}"


@for_workers
def template(request: HttpRequest) -> HttpResponse:
    """The columns, and nothing below them."""
    _allowed(request)
    return _file("police-notifications-template.csv", [])


@for_workers
def example(request: HttpRequest) -> HttpResponse:
    """The columns with an invented incident of two children."""
    _allowed(request)
    return _file("police-notifications-example.csv", example_rows())


def example_rows() -> list[dict[str, str]]:
    """An invented incident of two children."""
    first = {column.key: column.example for column in COLUMNS}
    second = {**first, "child_given": "Alfie", "child_born_on": "20 9 2021", "child_sex": "M", "school_named": "",
              "child_was": "They were in the home", "child_said": ""}  # fmt: skip
    return [first, second]


def _file(name: str, rows: Iterable[dict[str, str]]) -> HttpResponse:
    answer = HttpResponse(
        "\ufeff",  # by this mark Excel knows the file for UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(answer)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([[row[column.key] for column in COLUMNS] for row in rows])
    return answer

"""Partners' systems and their keys, for the user administrator; and what the API is, for whoever writes a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from righthelp.api.keys import JOB, LONGEST, ROLES, end_key, make_key, make_system, may_look_after_keys
from righthelp.api.models import AgencyKey
from righthelp.api.openapi import document
from righthelp.api.problems import as_json
from righthelp.engine.rendering.fields import ChoicesField, DateField
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.guarded import new_id
from righthelp.guard.models import Agency, Worker
from righthelp.guard.viewers import Refused

USUAL = timedelta(days=365)


def _in_a_year() -> date:
    return timezone.localdate() + USUAL


def _longest() -> date:
    return timezone.localdate() + LONGEST


class KeyForm(forms.Form):
    """How long a key lasts. Its number is that of the page: a page that is sent again makes no second key."""

    number = forms.UUIDField(widget=forms.HiddenInput)
    until = DateField(label="Last day on which the key works", earliest=timezone.localdate, latest=_longest)


class SystemForm(KeyForm):
    """A system, whose it is, and what it is for."""

    name = forms.CharField(
        label="What is the system called?",
        max_length=200,
        help_text="As the county's workers will read it: for example, Hill Lane safeguarding records.",
    )
    roles = ChoicesField(label="What is it to do?", choices=list(ROLES.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.exclude(kind="county").order_by("name")
        self.fields["agency"] = forms.ModelChoiceField(agencies, label="Whose system is it?", empty_label="Choose one")
        self.order_fields(["number", "agency", "name", "roles", "until"])


@for_workers
def systems(request: HttpRequest) -> HttpResponse:
    """Every system that has or had a key."""
    may_look_after_keys(viewer_of(request))
    keys = AgencyKey.objects.select_related("worker__agency", "made_by", "ended_by").order_by(
        "worker__agency__name", "worker__name", "-made_at"
    )
    today = timezone.localdate()
    lines = [{"key": key, "opens": key.opens(today), "state": _state(key, today)} for key in keys]
    return render(request, "api/systems.html", {"lines": lines})


def _state(key: AgencyKey, today: date) -> str:
    if key.ended_at:
        return "Ended"
    return "In use" if key.opens(today) else "Past its last day"


@for_workers
def new_system(request: HttpRequest) -> HttpResponse:
    """A system of a partner, and its first key."""
    by = viewer_of(request)
    may_look_after_keys(by)
    form = SystemForm(request.POST or None, initial={"number": new_id(), "until": _in_a_year()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if made := _made_already(request, said["number"]):
            return made
        try:
            with transaction.atomic():
                system = make_system(by, said["agency"], said["name"], said["roles"], said["until"])
                key = make_key(by, system, said["until"], said["number"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _shown_once(request, system, key)
    return render(request, "api/new.html", {"form": form, "title": "Add a partner's system", "button": "Make its key"})


@for_workers
def new_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another key for a system, so that it can change over before the one before ends."""
    by = viewer_of(request)
    may_look_after_keys(by)
    system = Worker.objects.filter(pk=pk, job_title=JOB, keys__isnull=False).select_related("agency").first()
    if system is None:
        raise Http404("There is no such system.")
    form = KeyForm(request.POST or None, initial={"number": new_id(), "until": _in_a_year()})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if made := _made_already(request, said["number"]):
            return made
        return _shown_once(request, system, make_key(by, system, said["until"], said["number"]))
    return render(
        request,
        "api/new.html",
        {"form": form, "system": system, "title": "Make another key", "button": "Make the key"},
    )


def _made_already(request: HttpRequest, number: UUID) -> HttpResponse | None:
    if not AgencyKey.objects.filter(pk=number).exists():
        return None
    messages.warning(
        request, "That key was made already, and is shown once only. If nobody copied it, end it and make another."
    )
    return redirect("agency_systems")


def _shown_once(request: HttpRequest, system: Worker, key: str) -> HttpResponse:
    log.looked("a new key of a partner's system")
    return render(request, "api/shown_once.html", {"system": system, "key": key})


@for_workers
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a key, after asking."""
    by = viewer_of(request)
    may_look_after_keys(by)
    key = AgencyKey.objects.filter(pk=pk).select_related("worker__agency").first()
    if key is None:
        raise Http404("There is no such key.")
    if request.method == "POST":
        end_key(by, key)
        messages.success(request, f"The key {key} opens nothing any more.")
        return redirect("agency_systems")
    return render(request, "api/end.html", {"key": key})


def about(request: HttpRequest) -> HttpResponse:
    """The API for people: its description, drawn as a page."""
    said = document()
    operations = [
        Operation(method.upper(), path, one, said["components"]["schemas"])
        for path, methods in said["paths"].items()
        for method, one in methods.items()
    ]
    return render(
        request,
        "api/about.html",
        {"info": said["info"], "operations": operations, "minute": settings.API_A_MINUTE},
    )


@dataclass(frozen=True)
class Operation:
    """One thing that a program may do, as the page tells of it."""

    method: str
    path: str
    says: Mapping[str, Any]
    schemas: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.says["operationId"]).replace("_", "-")

    @property
    def needs_key(self) -> bool:
        return self.says.get("security") != []

    @property
    def sends(self) -> bool:
        return "requestBody" in self.says

    @property
    def _content(self) -> Mapping[str, Any]:
        return self.says["requestBody"]["content"]["application/json"]  # type: ignore[no-any-return]

    @property
    def example(self) -> str:
        return as_json(self._content["examples"]["example"]["value"])

    @property
    def tables(self) -> list[tuple[str, list[Asked]]]:
        """What it asks, in a table for each kind of thing."""
        schema = self.schemas[self._content["schema"]["$ref"].rpartition("/")[2]]
        return list(_tables(schema, ""))

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(status, answer["description"]) for status, answer in self.says["responses"].items()]


@dataclass(frozen=True)
class Asked:
    """A name that may be sent: what it means, and what it may hold."""

    name: str
    needed: bool
    means: str
    kind: str
    codes: Mapping[str, str]
    when: Mapping[str, Any]  # the other answer on which it depends, if it does

    @property
    def pieces(self) -> list[str]:
        """The name where a narrow screen may break it."""
        return self.name.split("_")


def _tables(schema: Mapping[str, Any], title: str) -> Iterator[tuple[str, list[Asked]]]:
    rows, within = [], []
    for name, one in schema["properties"].items():
        when = one.get("x-asked-when", {})
        means = one.get("description", "").removesuffix(when.get("says", ""))
        rows.append(Asked(name, name in schema["required"], means, _kind(one), one.get("x-labels", {}), when))
        if "properties" in one.get("items", {}):
            within.append((name, one["items"]))
    yield title, rows
    for name, inside in within:
        yield from _tables(inside, name)


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value is, in a few words."""
    kind = schema["type"] if isinstance(schema["type"], str) else schema["type"][0]
    if kind == "array":
        many = f"up to {schema['maxItems']} of them" if "maxItems" in schema else "several"
        return f"list, {many}"
    if "enum" in schema:
        return "code" if kind == "string" else "number"
    if schema.get("format") == "date":
        return "day, as 2015-03-27"
    if kind == "boolean":
        return "yes or no: true or false"
    return f"text, up to {schema['maxLength']} letters" if "maxLength" in schema else "text"

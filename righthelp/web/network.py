"""The family and network of a person: the picture, and beneath it the same in words, as it was on any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from righthelp.engine.answers import parts
from righthelp.engine.process import Process, processes
from righthelp.engine.rendering.fields import DateField
from righthelp.engine.sight import Relation
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date
from righthelp.people.facts import code_in_words
from righthelp.people.keys import plain
from righthelp.people.models import Person
from righthelp.people.network import Network, Tie, network
from righthelp.record.models import CaseEntry
from righthelp.web.child import about_a_person, context_of
from righthelp.web.genogram import draw

CHANGES = "network_member"  # the process by which the picture is changed
TELLS_OF_ADULTS = {"name", "relationship", "parental_responsibility", "lives_with_child"}


class DayForm(forms.Form):
    """The day as of which the picture is drawn."""

    mark_optional = False
    on = DateField(label="As it was on", required=False, latest=timezone.localdate)


@dataclass
class Said:
    """One relationship in words."""

    words: str
    source: str
    end: str  # the address at which it is ended, if that is offered


@dataclass
class Listed:
    """One person of the picture in words."""

    person: Person
    said: list[Said]
    lives_with: list[Person]
    responsible_for: list[Person]
    move_out: str


@dataclass
class Told:
    """An adult whom somebody told us of, and who is not in the picture."""

    words: str
    source: str
    href: str


@for_workers
@about_a_person("the family and network of a child")
def family(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """Who is who to the child, drawn and listed."""
    form = DayForm(request.GET or None)
    today = timezone.localdate()
    on = (form.cleaned_data["on"] if form.is_bound and form.is_valid() else None) or today
    found = network(person, on)
    changes = processes().get(CHANGES)
    may = changes is not None and on == today and may_begin(changes.steps["add_new"], viewer_of(request))
    return render(
        request,
        "web/child/network.html",
        {
            **context_of(person, "network"),
            "form": form,
            "on": on,
            "earlier": on != today,
            "picture": draw(found),
            "people": [_listed(found, number, may=may) for number in found.people],
            "left_out": found.left_out,
            "told": list(_told(found)) if may else [],
            "add": _change(person, "add_new") if may else "",
        },
    )


def _change(person: Person, step: str, **more: Any) -> str:
    return f"{reverse(f'{CHANGES}_begin', args=[step])}?{urlencode({'person': person.pk, **more})}"


def _listed(found: Network, number: UUID, *, may: bool) -> Listed:
    """A person in words. Ties to the child come first; where there are none, those by which they belong here."""
    child = found.person
    person = found.people[number]
    ties = [tie for tie in found.ties if number in {tie.one, tie.other}]
    near = [tie for tie in ties if child.pk in {tie.one, tie.other}]
    shown = [] if person == child else near or ties
    beside = person in found.lives_with(child.pk)
    return Listed(
        person=person,
        said=[_said(found, tie, number, may=may) for tie in shown],
        lives_with=found.lives_with(number),
        responsible_for=found.responsible_for(number),
        move_out=_change(child, "move_out", relative=number) if may and beside and person != child else "",
    )


def _said(found: Network, tie: Tie, number: UUID, *, may: bool) -> Said:
    whose, _ = tie.to(number)
    _, kind = tie.to(whose)
    child = found.person.pk
    row = tie.row
    words = f"{code_in_words('relationship', kind)} of {found.people[whose].called}"
    if row.since:
        words += f", since {write_date(row.since)}"
    if row.until:
        words += f", until {write_date(row.until)}"
    own = child in {tie.one, tie.other}  # who said it of others is on their record
    source = f"{row.source}, {write_date(row.confirmed_on or row.recorded_on)}" if own else ""
    return Said(words, source, _change(found.person, "end", relationship=row.pk) if own and may else "")


def _told(found: Network) -> Any:
    """Adults told of in what was sent about the child, of whom nobody in the picture has the name."""
    known = {plain(person.called) for person in found.people.values()}
    for page in processes().values():
        for part in parts(page).values():
            fields = {field.name for field in part.model._meta.concrete_fields}
            if fields >= TELLS_OF_ADULTS:
                yield from _adults(found, page, part, known)


def _adults(found: Network, page: type[Process], part: Any, known: set[str]) -> Any:
    entries = list(CaseEntry.objects.filter(person=found.person, kind=page.kind()).values_list("pk", flat=True))
    rows = {row.pk: row for row in page.objects.filter(pk__in=entries).select_related("entry")}
    told = part.model.objects.filter(**{f"{part.field}__in": entries}).order_by("-pk")
    for adult in told:
        name = adult.name.strip()
        if not name or plain(name) in known:
            continue
        known.add(plain(name))
        row = rows[getattr(adult, f"{part.field}_id")]
        source = f"{row.title()}, {write_date(local_day(row.entry.begun_at))}"
        given, _, family = name.rpartition(" ")
        begin_with = {
            "given": given or name,
            "family": family if given else "",
            "relation": adult.relationship,
            "parental_responsibility": adult.parental_responsibility,
            "told_by": source,
        }
        if adult.lives_with_child is not None:
            begin_with["lives_with_child"] = "yes" if adult.lives_with_child else "no"
        words = f"{name}, {code_in_words('relationship', adult.relationship).lower()}"
        yield Told(words, source, _change(found.person, "add_new", **begin_with))

"""Whether a child is known, and nothing more: what a contact worker may say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from righthelp.engine.rendering.fields import DateField
from righthelp.engine.searching import as_asked
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import Refused
from righthelp.people.keys import plain
from righthelp.people.matching import Match, matches
from righthelp.people.told import Told

KNOWN, NOT_KNOWN, ASK = "known", "not known", "ask"
IN_WORDS = {
    KNOWN: "Known",
    NOT_KNOWN: "Not known to us by these details",
    ASK: "Ask a front door social worker",
}


class KnownForm(forms.Form):
    """Who the child is said to be: all of it, because a name alone would be a way to look through the record."""

    mark_optional = False
    given = forms.CharField(label="First name", max_length=100)
    family = forms.CharField(label="Last name", max_length=100)
    born_on = DateField(label="Date of birth")


@for_workers
def is_known(request: HttpRequest) -> HttpResponse:
    """One of three answers. Each question is logged with the answer; no name, address or history is shown."""
    viewer = viewer_of(request)
    if not viewer.works_with_children:
        raise Refused("Whether a child is known is for county staff whose role works with children.")
    form = KnownForm(request.POST if request.method == "POST" else None)
    answer = ""
    if request.method == "POST" and form.is_valid():
        answer, meant = _answer(form.cleaned_data)
        what = f"Asked whether a child is known ({IN_WORDS[answer].lower()}): {as_asked(form)}"
        log.looked(what, kind=AccessLog.Kind.SEARCHED, person=meant.person.pk if meant else None)
    return render(request, "web/known.html", {"form": form, "answer": answer, "in_words": IN_WORDS.get(answer, "")})


def _bears(match: Match, told: Told) -> bool:
    """Whether the person is called just this, as spelt."""
    wanted = (plain(told.given), plain(told.family))
    return any((plain(name.given), plain(name.family)) == wanted for name in match.person.names.all())


def _answer(typed: dict[str, Any]) -> tuple[str, Match | None]:
    """Known when one child, and one alone, is surely meant. A locked child is never known, to anybody, here."""
    told = Told(given=typed["given"], family=typed["family"], born_on=typed["born_on"])
    found = [match for match in matches(told, children_only=True) if match.person.circle_id is None]
    likely = [match for match in found if match.likely]
    exact = [match for match in likely if match.person.born_on == told.born_on and _bears(match, told)]
    if len(exact) == 1 and len(likely) == 1:
        return KNOWN, exact[0]
    return (ASK, None) if likely else (NOT_KNOWN, None)

"""Saying which child a row is about: those who may be meant, side by side with what was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from righthelp.engine.process import Process
from righthelp.engine.rendering.sentences import lower_first
from righthelp.engine.searching import SearchForm
from righthelp.engine.taking import may_take
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.kernel.written import write_date
from righthelp.people.matching import Match, matches
from righthelp.people.models import Person
from righthelp.people.told import Told

# The step by which a process says which child a row is about; its page names that by which nobody on record is meant.
MATCH = "match"

SHOWN_WITH = ("addresses", "identifiers")  # facts on record that stand beside what was told


@dataclass(frozen=True)
class Compared:
    """What was told beside what is known."""

    what: str
    told: str
    known: str

    @property
    def same(self) -> bool:
        return self.told.casefold() == self.known.casefold()


@dataclass(frozen=True)
class Candidate:
    """A person who may be meant, with the address at which they are chosen."""

    match: Match
    rows: list[Compared]
    href: str


@for_workers
def who(request: HttpRequest, page: type[Process], pk: UUID) -> HttpResponse:
    """Search before create: the people who may be meant, by what was told or by what is typed here."""
    viewer = viewer_of(request)
    row: Any = row_of(page, pk)
    if not may_take(row, row.steps[MATCH], viewer):
        raise Refused("Saying which child this is, is not for your role, or not now.")
    open_row(request, row, f"{page.title()}: which child it is about")
    form = SearchForm(request.GET or None)
    told = row.told
    if form.is_bound and form.is_valid():
        told = form.told()
        log.looked(f"Searched for {form.asked()}", kind=AccessLog.Kind.SEARCHED, entry=row.pk)
    return render(
        request,
        "engine/who.html",
        {
            "row": row,
            "page": page,
            "opens_children": viewer.opens_children,
            "form": form,
            "typed": form.is_bound,
            "candidates": candidates(row, told),
            "nobody": _nobody(row, viewer),
        },
    )


def says_who(page: type[Process]) -> bool:
    """Whether rows of this process are told of before it is said which child they are about."""
    return MATCH in page.steps and hasattr(page, "told")


def _nobody(row: Process, viewer: AsWorker) -> tuple[str, str] | None:
    step = row.steps.get(row.nobody_is)
    may = step is not None and may_take(row, step, viewer) and not row.entry.person_id
    return (step.title, reverse(f"{row.kind()}_take", args=[row.pk, step.name])) if step and may else None


def candidates(row: Any, told: Told, *, most: int = 8) -> list[Candidate]:
    """Children who may be meant, likeliest first."""
    return [compared(row, match) for match in matches(told, most=most, children_only=True, shown_with=SHOWN_WITH)]


def compared(row: Any, match: Match) -> Candidate:
    """Somebody who may be meant, beside what was told."""
    answers = urlencode({"matched_to": str(match.person.pk), "match_reason": reason_for(match)})
    href = f"{reverse(f'{row.kind()}_take', args=[row.pk, MATCH])}?{answers}"
    return Candidate(match, list(_side_by_side(row.told, match.person)), href)


def reason_for(match: Match) -> str:
    """Why it is them, and what speaks against it, in words that a person may change."""
    reason = f"{'. '.join(match.agrees)}." if match.agrees else ""
    if match.differs:
        reason += f" But {'; '.join(map(lower_first, match.differs))}."
    return reason.strip()


def _side_by_side(told: Told, person: Person) -> list[Compared]:
    numbers = {identifier.kind: identifier.value for identifier in person.identifiers.all()}
    here = next((str(address) for address in person.addresses.all() if address.now), "")
    was = "; ".join(str(address) for address in person.addresses.all() if not address.now)
    rows = [
        Compared("Name", f"{told.given} {told.family}".strip(), ", ".join(str(name) for name in person.names.all())),
        Compared(
            "Date of birth",
            write_date(told.born_on) if told.born_on else "",
            write_date(person.born_on) if person.born_on else "",
        ),
        Compared(
            "Address",
            ", ".join(part for part in (told.lines.replace("\n", ", "), told.postcode) if part),
            here,
        ),
        Compared("Earlier addresses", "", was),
        *(Compared(kind, value, numbers.get(kind, "")) for kind, value in told.identifiers),
    ]
    return [row for row in rows if row.told or row.known]

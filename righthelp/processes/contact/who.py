"""Saying which child a worry is about: those who may be meant, side by side with what was told."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from righthelp.engine.rendering.sentences import lower_first
from righthelp.engine.searching import SearchForm
from righthelp.engine.taking import may_take
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import Refused
from righthelp.kernel.written import write_date
from righthelp.people.matching import Match, matches
from righthelp.people.models import Person
from righthelp.people.told import Told
from righthelp.processes.contact.models import Contact

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
def who(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Search before create: the people who may be meant, by what was told or by what is typed here."""
    viewer = viewer_of(request)
    contact = row_of(Contact, pk)
    assert isinstance(contact, Contact)
    if not may_take(contact, contact.steps["match"], viewer):
        raise Refused("Saying which child this is, is for the front door.")
    open_row(request, contact, "which child a worry is about")
    form = SearchForm(request.GET or None)
    told = contact.told
    if form.is_bound and form.is_valid():
        told = form.told()
        log.looked(f"Searched for {form.asked()}", kind=AccessLog.Kind.SEARCHED, entry=contact.pk)
    return render(
        request,
        "contact/who.html",
        {
            "row": contact,
            "form": form,
            "typed": form.is_bound,
            "candidates": candidates(contact, told),
            "may_register": may_take(contact, contact.steps["register"], viewer) and not contact.entry.person_id,
        },
    )


def candidates(contact: Contact, told: Told, *, most: int = 8) -> list[Candidate]:
    """Children who may be meant, likeliest first."""
    return [
        Candidate(match, list(_side_by_side(contact.told, match.person)), _choose(contact, match))
        for match in matches(told, most=most, children_only=True, shown_with=SHOWN_WITH)
    ]


def _choose(contact: Contact, match: Match) -> str:
    reason = f"{'. '.join(match.agrees)}." if match.agrees else ""
    if match.differs:
        reason += f" But {'; '.join(map(lower_first, match.differs))}."
    answers = urlencode({"matched_to": str(match.person.pk), "match_reason": reason.strip()})
    return f"{reverse('contact_take', args=[contact.pk, 'match'])}?{answers}"


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

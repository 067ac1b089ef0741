"""Screening a worry: what is known to be confirmed, earlier worries and their outcomes, what agencies said."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from righthelp.engine.process import Process, processes
from righthelp.engine.sight import Relation
from righthelp.engine.taking import may_take
from righthelp.engine.views.asked import viewer_of
from righthelp.engine.views.records import context_of
from righthelp.engine.views.told import Fact
from righthelp.engine.views.who import candidates
from righthelp.people.facts import known_facts
from righthelp.people.models import HouseholdMember, Person
from righthelp.processes.contact.board import ALLOWED
from righthelp.processes.contact.models import Contact
from righthelp.processes.contact.needs import open_case
from righthelp.processes.contact.questions import AGENCY, BY_HAND, CALLER, CHILD, CONSENT, NEED, VOICE, WORRY
from righthelp.record.models import CaseEntry

SECTIONS = (
    ("The worry", [*WORRY, *NEED]),
    ("What the child says", VOICE),
    ("The child, as told", [*CHILD[:4], "child_age_told", *CHILD[4:]]),
    ("Consent, and what the family knows", CONSENT),
    (
        "Who told us",
        [
            "came_by",
            "received_at",
            "who_told",
            "from_agency",
            "from_worker",
            *CALLER[4:],
            "reference",
            "confirms",
            "confirmed_at",
        ],
    ),
)
# What is done next as a rule stands first.
NEXT = (
    "start", "tell_sender", "decide", "note", "release", "hold", "pass_on", "decide_again", "join", "rate", "take_over",
)  # fmt: skip
SCREENED = (
    "urgency", "urgency_reason", "match_reason", "screening_note", "hold_reason", "held_at", "released_at",
)  # fmt: skip
DECIDED = (
    "outcome", "level", "decision_reason", "why_changed", "early_help_agreed", "signposted_to", "parents_told",
    "parents_not_told_because", "passed_on_at", "passed_on_because", "returned_at", "returned_because", "told_sender",
    "decided_at", "sender_told_at", "sender_told_how", "sender_told_what", "sender_not_told_because",
)  # fmt: skip


def screening(request: HttpRequest, row: Contact, relation: Relation) -> HttpResponse:
    """The worry's own page."""
    viewer = viewer_of(request)
    context = context_of(row, viewer, relation)
    facts = {fact.name: fact for fact in context["facts"]}
    person = row.entry.person
    elsewhere = {"match", "register", "confirm", *_not_now(row)}
    if context["holding"] and context["holding"].worker_id == viewer.worker:
        elsewhere.add("take_over")
    context |= {
        "actions": sorted(
            (action for action in context["actions"] if action.step.name not in elsewhere),
            key=lambda action: NEXT.index(action.step.name) if action.step.name in NEXT else len(NEXT),
        ),
        "sections": [(heading, _of(facts, names)) for heading, names in SECTIONS],
        "screened": _of(facts, SCREENED),
        "decided": _of(facts, DECIDED),
        "decisions": row.decisions.all() if relation else [],
        "candidates": [] if person else candidates(row, row.told, most=3),
        "may_match": may_take(row, row.steps["match"], viewer),
        "may_register": not person and may_take(row, row.steps["register"], viewer),
        "known": known_facts(person) if person and relation and viewer.opens_children else [],
        "may_confirm": bool(person) and may_take(row, row.steps["confirm"], viewer),
        "opens_children": viewer.opens_children,
        "earlier": earlier(row, person) if person and viewer.opens_children else [],
        "case": open_case(row) if viewer.opens_children and not row.ended else None,
        "asked": asked(row) if viewer.opens_children else [],
        "ask_href": _ask_href(row, viewer),
        "together": _together(row),
        "from_the_board": bool(viewer.roles & ALLOWED),
    }
    return render(request, "contact/screening.html", context)


def _not_now(row: Contact) -> set[str]:
    """Steps that its state allows and that this worry does not call for."""
    found = set()
    if row.came_by not in BY_HAND:
        found.add("correct_caller")
    if row.who_told != AGENCY or row.came_by in BY_HAND:
        found.add("join")
    if not row.is_a_referral_by_telephone or row.confirmed_at:
        found.add("confirm_in_writing")
    if not row.sender_to_be_told:
        found.add("tell_sender")
    if row.ended or open_case(row) is None:
        found.add("pass_on")
    return found


def _of(facts: dict[str, Fact], names: Any) -> list[Fact]:
    return [facts[name] for name in names if name in facts]


def earlier(row: Contact, person: Person) -> list[tuple[Process, str, str]]:
    """What is on record already of the child and of the children they live with: what it was, and what came of it."""
    homes = HouseholdMember.objects.filter(person=person, until__isnull=True).values_list("household", flat=True)
    family = {
        person.pk: person,
        **{
            member.person_id: member.person
            for member in HouseholdMember.objects.filter(household__in=list(homes), until__isnull=True).select_related(
                "person"
            )
        },
    }
    entries = CaseEntry.objects.filter(person__in=list(family)).exclude(pk=row.pk).exclude(arose_from=row.pk)
    by_kind: dict[str, list[Any]] = {}
    for entry in entries.order_by("-begun_at"):
        by_kind.setdefault(entry.kind, []).append(entry.pk)
    pages = processes()
    found = [
        other
        for kind, numbers in by_kind.items()
        if kind in pages
        for other in pages[kind].objects.filter(pk__in=numbers).select_related("entry__person")
    ]
    found.sort(key=lambda other: other.entry.begun_at, reverse=True)
    return [(other, _came_of_it(other), reverse(f"{other.kind()}_record", args=[other.pk])) for other in found]


def _came_of_it(row: Process) -> str:
    outcome = getattr(row, "outcome", "")
    return row.label("outcome", outcome) if outcome else row.state_label


def asked(row: Contact) -> list[Process]:
    """What agencies were asked, and what they answered."""
    page = processes().get("information_request")
    if page is None:
        return []
    return list(page.objects.filter(contact=row.pk).select_related("agency", "entry").order_by("asked_at"))


def _ask_href(row: Contact, viewer: Any) -> str:
    page = processes().get("information_request")
    may = page is not None and page.steps["ask"].by & viewer.roles and not row.ended
    return reverse("contact_ask", args=[row.pk]) if may else ""


def _together(row: Contact) -> list[Contact]:
    if not row.sent_together:
        return []
    return list(
        Contact.objects.filter(sent_together=row.sent_together).exclude(pk=row.pk).select_related("entry__person")
    )

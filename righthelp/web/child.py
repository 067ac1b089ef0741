"""A child's pages: one summary, the chronology, what is known, documents, and who has looked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.process import Process, processes
from righthelp.engine.sight import Relation, opened
from righthelp.engine.taking import may_begin
from righthelp.engine.unmatched import naming
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard.models import AccessLog
from righthelp.people.facts import known_facts
from righthelp.people.matching import is_child
from righthelp.people.merging import record_now, went_into
from righthelp.people.models import HouseholdMember, Person
from righthelp.record.models import CaseEntry, Deadline, Document, Holding, KeptForLater, TimelineEvent
from righthelp.web.rows import rows_of

LOOKS = 200
TOGETHER = timedelta(hours=1)
LATEST = 8


@dataclass
class Happening:
    """Something open about the child: what, why, who, what next."""

    row: Process
    what: str
    why: str
    who: str
    next: list[ClockFace]
    href: str


View = Callable[[HttpRequest, Person, Relation], HttpResponse]


def about_a_person(what: str) -> Callable[[View], Callable[[HttpRequest, UUID], HttpResponse]]:
    """A page about somebody: opened by the record they have now, and logged. An old address leads to it."""

    def of_the_record(view: View) -> Callable[[HttpRequest, UUID], HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, pk: UUID) -> HttpResponse:
            person = Person.objects.filter(pk=pk).first()
            if person is None:
                raise Http404("There is no such person.")
            now = record_now(person)
            if now != person and request.resolver_match:
                query = f"?{request.GET.urlencode()}" if request.GET else ""
                return redirect(reverse(request.resolver_match.view_name, args=[now.pk]) + query)
            return view(request, person, opened(viewer_of(request), what, person=person.pk))

        return page

    return of_the_record


def context_of(person: Person, here: str) -> dict[str, Any]:
    """What the shell of a child's pages shows."""
    pages = [("child", "Summary"), ("chronology", "Chronology"), ("known", "What is known"),
             ("network", "Family and network"), ("documents", "Documents"), ("looked", "Who has looked")]  # fmt: skip
    return {
        "person": person,
        "is_child": is_child(person),
        "locked": person.circle_id is not None,
        "pages": [
            {"label": label, "href": reverse(name, args=[person.pk]), "current": name == here} for name, label in pages
        ],
    }


@for_workers
@about_a_person("a child's summary")
def summary(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """What is happening, why, who, what next."""
    viewer = viewer_of(request)
    entries = list(CaseEntry.objects.filter(person=person).order_by("-begun_at"))
    happening = list(_happening(entries, relation))
    return render(
        request,
        "web/child/summary.html",
        {
            **context_of(person, "child"),
            "happening": happening,
            "ended": _ended(entries, {one.row.pk for one in happening}),
            "named_in": list(_named_in(person)),
            "household": _household(person),
            "facts": known_facts(person),
            "events": TimelineEvent.objects.filter(entry__person=person).order_by("-at", "-recorded_at", "-pk")[
                :LATEST
            ],
            "kept": KeptForLater.objects.filter(person=person).count(),
            "begins": [
                (step.title, f"{reverse(f'{page.kind()}_begin', args=[step.name])}?person={person.pk}")
                for page in processes().values()
                for step in page.steps.values()
                if (page.begins_from_child is True or step.name in (page.begins_from_child or ()))
                and may_begin(step, viewer)
            ],
        },
    )


def _happening(entries: list[CaseEntry], relation: Relation) -> Iterator[Happening]:
    now = timezone.now()
    open_rows = [row for row in rows_of(entries) if not row.ended]
    numbers = [row.pk for row in open_rows]
    held = {
        holding.entry_id: holding
        for holding in Holding.objects.filter(entry__in=numbers, until__isnull=True).select_related("team", "worker")
    }
    due: dict[UUID, list[ClockFace]] = {}
    deadlines = Deadline.objects.filter(entry__in=numbers, stopped_at__isnull=True).select_related("entry")
    for deadline, face in kept_faces(deadlines.order_by("due_at", "clock"), now):
        due.setdefault(deadline.entry_id, []).append(face)
    for row in open_rows:
        holding = held.get(row.pk)
        yield Happening(
            row=row,
            what=row.happening(),
            why=row.because() if relation else "",
            who=_who(holding),
            next=due.get(row.pk, []),
            href=reverse(f"{row.kind()}_record", args=[row.pk]),
        )


def _who(holding: Holding | None) -> str:
    if holding is None:
        return "Nobody holds this yet"
    return f"{holding.worker}, {holding.team}" if holding.worker else f"{holding.team}; no worker yet"


def _ended(entries: list[CaseEntry], open_now: set[UUID]) -> list[tuple[Process, str, str]]:
    """What is over, where its page is, and what came of it."""
    return [
        (row, reverse(f"{row.kind()}_record", args=[row.pk]), _came_of(row))
        for row in rows_of([entry for entry in entries if entry.pk not in open_now])
    ]


def _came_of(row: Process) -> str:
    outcome = getattr(row, "outcome", "")
    return row.label("outcome", outcome) if outcome else row.state_label.capitalize()


def _named_in(person: Person) -> Iterator[tuple[Process, str]]:
    """What is about somebody else and names this person: whose record it may be too, to whom they belong."""
    for row in rows_of(list(naming(person.pk))):
        yield row, reverse(f"{row.kind()}_record", args=[row.pk])


def _household(person: Person) -> list[HouseholdMember]:
    homes = HouseholdMember.objects.filter(person=person, until__isnull=True).values_list("household", flat=True)
    others = HouseholdMember.objects.filter(household__in=list(homes), until__isnull=True).exclude(person=person)
    # Of somebody who lives in both of their homes, or whose two records were merged, once.
    return list({member.person_id: member for member in others.select_related("person")}.values())


@for_workers
@about_a_person("what is known of a child")
def known(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """Every fact, with its source and date, what has ended too."""
    return render(
        request,
        "web/child/known.html",
        {
            **context_of(person, "known"),
            "facts": known_facts(person),
            "past": [fact for fact in known_facts(person, past=True) if fact.ended],
            "kept": KeptForLater.objects.filter(person=person).order_by("kind", "line"),
        },
    )


@for_workers
@about_a_person("a child's documents")
def documents(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """Letters and documents, the newest first."""
    found = Document.objects.filter(entry__person=person).prefetch_related("issues").order_by("-made_at")
    return render(request, "web/child/documents.html", {**context_of(person, "documents"), "documents": found})


@for_workers
@about_a_person("who has looked at a child's record")
def looked(request: HttpRequest, person: Person, relation: Relation) -> HttpResponse:
    """Who has opened the record, when, and by what relation or for what reason."""
    records = [person.pk, *(record.pk for record in went_into(person))]  # of a merged record, who looked at each
    looks = list(AccessLog.objects.filter(person__in=records).order_by("-at", "-pk")[:LOOKS])
    return render(
        request,
        "web/child/looked.html",
        {**context_of(person, "looked"), "looks": looks_together(looks), "most": LOOKS, "many": len(looks)},
    )


def looks_together(looks: Iterable[AccessLog]) -> list[dict[str, Any]]:
    """Looks by one worker one after another at the same thing, within the hour, as one line: first, last, how many."""
    lines: list[dict[str, Any]] = []
    for look in looks:
        same = (look.worker_id, look.purpose, look.kind, look.what, look.relation, look.reason)
        last = lines[-1] if lines else None
        if last and last["same"] == same and last["until"] - look.at < TOGETHER:
            last.update(since=look.at, many=last["many"] + 1)
        else:
            lines.append({"same": same, "look": look, "since": look.at, "until": look.at, "many": 1})
    return lines

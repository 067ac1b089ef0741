"""A child's pages: one summary, the chronology, what is known, documents, and who has looked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

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
from righthelp.returns.mending import of_child
from righthelp.web.rows import rows_of

LOOKS = 200
TOGETHER = timedelta(hours=1)
TRANSFER = "transfer_pack"  # the process by which a record goes to another county
LATEST = 8
FEW = 3  # of what has ended, of each kind
ON_A_PAGE = 50  # documents


@dataclass
class Happening:
    """Something open about the child: what, why, who, what next."""

    row: Process
    what: str
    why: str
    who: str
    next: list[ClockFace]
    href: str


@dataclass
class Ended:
    """What is over of one kind."""

    title: str
    many: int
    href: str
    latest: list[tuple[Process, str, str]]  # a row, where its page is, and what came of it


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
    pages = [("child", "Summary"), ("chronology", "Chronology"), ("pathway", "Pathway"), ("known", "What is known"),
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
    entries = list(CaseEntry.objects.filter(person=person).order_by("-begun_at", "-pk"))
    happening = list(_happening(entries, relation))
    named_in, named = _named_in(person)
    return render(
        request,
        "web/child/summary.html",
        {
            **context_of(person, "child"),
            "happening": happening,
            "ended": _ended(entries, {one.row.pk for one in happening}, person),
            "named_in": named_in,
            "named": named,
            "household": _household(person),
            "facts": known_facts(person),
            "events": _latest(person),
            "kept": KeptForLater.objects.filter(person=person).count(),
            "returns": of_child(person, viewer) if relation else [],
            "begins": [
                (step.title, f"{reverse(f'{page.kind()}_begin', args=[step.name])}?person={person.pk}")
                for page in processes().values()
                for step in page.steps.values()
                if page.is_begun_from_child(step) and may_begin(step, viewer)
            ],
        },
    )


def _happening(entries: list[CaseEntry], relation: Relation) -> Iterator[Happening]:
    now = timezone.now()
    open_rows = list(rows_of(entries, only_open=True))
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


def _ended(entries: list[CaseEntry], open_now: set[UUID], person: Person) -> list[Ended]:
    """What is over, kind by kind: how much, the latest few with what came of them, and where all of it is told."""
    over: dict[str, list[CaseEntry]] = {}
    pages = processes()
    for entry in entries:
        if entry.pk not in open_now and entry.kind in pages:
            over.setdefault(entry.kind, []).append(entry)
    rows = {row.pk: row for row in rows_of([entry for several in over.values() for entry in several[:FEW]])}
    return [
        Ended(
            title=(pages[kind].titles() if len(several) > 1 else pages[kind].title()),
            many=len(several),
            href=f"{reverse('chronology', args=[person.pk])}?{urlencode({'kind': kind})}",
            latest=[
                (row, reverse(f"{kind}_record", args=[row.pk]), came_of(row))
                for row in (rows[entry.pk] for entry in several[:FEW] if entry.pk in rows)
            ],
        )
        for kind, several in over.items()
    ]


def came_of(row: Process) -> str:
    """What came of something that has ended, in words."""
    outcome = getattr(row, "outcome", "")
    return row.label("outcome", outcome) if outcome else row.state_label.capitalize()


def _named_in(person: Person) -> tuple[list[tuple[Process, str]], int]:
    """What is about somebody else and names this person: whose record it may be too, to whom they belong. The latest,
    and how many there are."""
    entries = sorted(naming(person.pk), key=lambda entry: (entry.begun_at, entry.pk), reverse=True)
    rows = rows_of(entries[:LATEST])
    return [(row, reverse(f"{row.kind()}_record", args=[row.pk])) for row in rows], len(entries)


def _latest(person: Person) -> list[TimelineEvent]:
    """What was done last. The last of all are among the last of those entries in which something was done last."""
    last = TimelineEvent.objects.filter(entry=OuterRef("pk")).order_by("-at").values("at")[:1]
    of_person = CaseEntry.objects.filter(person=person).alias(last=Subquery(last))
    newest = ("-at", "-recorded_at", "-pk")
    parts = [
        TimelineEvent.objects.filter(entry=entry).order_by(*newest)[:LATEST]
        for entry in of_person.order_by(F("last").desc(nulls_last=True), "-pk")[:LATEST]
    ]
    if len(parts) < 2:
        return list(parts[0]) if parts else []
    return list(parts[0].union(*parts[1:], all=True).order_by(*newest)[:LATEST])


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
    found = Document.objects.filter(entry__person=person).order_by("-made_at", "-pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    pack, viewer = processes().get(TRANSFER), viewer_of(request)
    sends = pack is not None and any(may_begin(step, viewer) for step in pack.steps.values())
    shown = {**context_of(person, "documents"), "documents": page, "sends": sends}
    return render(request, "web/child/documents.html", shown)


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

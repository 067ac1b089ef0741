"""The list of a process's open rows, one row's record, and the receipt for one that was just begun."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Subquery, UUIDField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import faces
from righthelp.engine.fields import sentence
from righthelp.engine.plan import Plan
from righthelp.engine.process import Process, processes
from righthelp.engine.sight import Relation, readable
from righthelp.engine.taking import may_begin, may_take
from righthelp.engine.timeline import in_words
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.engine.views.calendars import goes_into_calendars
from righthelp.engine.views.told import Fact, parts_of
from righthelp.engine.views.who import MATCH, says_who
from righthelp.guard import log
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.page import Step
from righthelp.packs import pack
from righthelp.record.models import CaseEntry, Deadline, Document, Holding, TimelineEvent

ON_A_PAGE = 25


@dataclass(frozen=True)
class Action:
    """A step that the viewer may take now."""

    step: Step
    href: str

    @property
    def title(self) -> str:
        return self.step.title


def facts(row: Process, viewer: AsWorker, relation: Relation) -> Iterator[Fact]:
    """What this viewer reads of a row, in the page's order, without what is empty."""
    for name in readable(row, viewer, relation):
        # Another record is linked from what belongs with this one, for whoever may see it: it is not read here.
        if _is_of_a_record(type(row), name):
            continue
        value = in_words(row, name)
        if value and not isinstance(row._meta.get_field(name), UUIDField):  # a row's number says nothing to anybody
            yield Fact(name, label_of(type(row), name), value)


def _is_of_a_record(page: type[Process], name: str) -> bool:
    other = page._meta.get_field(name).related_model
    return isinstance(other, type) and issubclass(other, Process)


def label_of(page: type[Process], name: str) -> str:
    """A field's name on screen, in the county's words."""
    field: Any = page._meta.get_field(name)
    return sentence(pack().label(f"{page.kind()}.{name}", str(field.verbose_name)))


def actions(row: Process, viewer: AsWorker) -> list[Action]:
    """The steps that the viewer may take now."""
    taken = [Action(step, _address(row, step)) for step in row.steps.values() if may_take(row, step, viewer)]
    return taken if row.ended else [*taken, *_begun_from(row, viewer)]


def _begun_from(row: Process, viewer: AsWorker) -> Iterator[Action]:
    """Steps that begin something else from this row: the asking of an agency, from what it is asked for."""
    for page in processes().values():
        for name, field in page.begins_from.items():
            if page._meta.get_field(field).related_model is type(row) and may_begin(page.steps[name], viewer):
                address = reverse(f"{page.kind()}_begin", args=[name])
                yield Action(page.steps[name], f"{address}?{field}={row.pk}")


def _address(row: Process, step: Step) -> str:
    """Where a step is taken; which child a row is about is looked for before it is said."""
    if step.name == MATCH and says_who(type(row)):
        return reverse(f"{row.kind()}_who", args=[row.pk])
    return reverse(f"{row.kind()}_take", args=[row.pk, step.name])


@for_workers
def record(
    request: HttpRequest, page: type[Process], pk: UUID, own: Callable[..., HttpResponse] | None
) -> HttpResponse:
    """One row: what it is, what is due, what can be done, what has happened."""
    viewer = viewer_of(request)
    row = row_of(page, pk)
    relation = open_row(request, row, page.title())
    if own and viewer.works_with_children:
        return own(request, row, relation)
    template = "engine/record.html" if viewer.works_with_children else page.agency_page
    return render(request, template, context_of(row, viewer, relation))


def context_of(row: Process, viewer: AsWorker, relation: Relation) -> dict[str, Any]:
    """What a record's page shows."""
    mine = viewer.works_with_children
    theirs = mine and bool(relation)
    entry = row.entry if mine else None
    return {
        "page": type(row),
        "row": row,
        "ways": list(ways(row, viewer, relation)),
        "facts": list(facts(row, viewer, relation)),
        "parts": list(parts_of(row)) if relation else [],
        "actions": actions(row, viewer),
        "clocks": list(faces(row, timezone.now())) if theirs else [],
        "events": TimelineEvent.objects.filter(entry=row.pk).order_by("-at", "-recorded_at", "-pk") if theirs else [],
        "documents": Document.objects.filter(entry=row.pk).order_by("-made_at"),
        "person": entry.person if entry else None,
        "opens_children": viewer.opens_children,
        "holding": Holding.objects.filter(entry=row.pk, until__isnull=True).select_related("team", "worker").first(),
        "led_to": led_to(row) if mine else [],
    }


def ways(row: Process, viewer: AsWorker, relation: Relation) -> Iterator[tuple[str, str]]:
    """Other forms in which this row is read, each with its words: a plan on one page, a meeting in a calendar."""
    if isinstance(row, Plan):
        yield reverse(f"{row.kind()}_plan", args=[row.pk]), "The plan on one page, in plain words"
    if goes_into_calendars(row, viewer, relation):
        words = "Take it out of your calendar" if row.ended else "Put it in your calendar"
        yield reverse(f"{row.kind()}_calendar", args=[row.pk]), words


def led_to(row: Process) -> list[Process]:
    """What arose from this row, and what it arose from."""
    entries = list(row.entry.led_to.all())
    if row.entry.arose_from_id:  # which this viewer may not see, where it is of a kind that their role never opens
        entries[:0] = CaseEntry.objects.filter(pk=row.entry.arose_from_id)
    pages = processes()  # what the county no longer uses is on record, and has no page
    found = (pages[entry.kind].objects.filter(pk=entry.pk).first() for entry in entries if entry.kind in pages)
    return [other for other in found if other is not None]


@for_workers
def receipt(request: HttpRequest, page: type[Process], pk: UUID) -> HttpResponse:
    """That it has arrived, its reference, and what happens next."""
    row = row_of(page, pk)
    open_row(request, row, f"{page.title()}: receipt")
    together = []
    if getattr(row, "sent_together", None):
        together = list(page.objects.filter(sent_together=row.sent_together).exclude(pk=pk))  # type: ignore[attr-defined]
    return render(request, "engine/receipt.html", {"page": page, "row": row, "together": together})


@for_workers
def queue(request: HttpRequest, page: type[Process]) -> HttpResponse:
    """Open rows, those due soonest first, then those with no worker, for workers who may take a step of them."""
    viewer = viewer_of(request)
    if not any(step.by & viewer.roles for step in page.steps.values()):
        raise PermissionDenied(f"{page.titles()} are not part of your role.")
    log.looked(f"a list: {page.titles()}")
    rows = (
        page.objects.filter(state__in=page.open_states())
        .select_related("entry__person")
        .alias(
            soonest=Subquery(
                Deadline.objects.filter(entry=OuterRef("pk"), stopped_at__isnull=True)
                .order_by("due_at")
                .values("due_at")[:1]
            ),
            held=Exists(Holding.objects.filter(entry=OuterRef("pk"), until__isnull=True, worker__isnull=False)),
        )
        .order_by(F("soonest").asc(nulls_last=True), "held", "entry__begun_at")
    )
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    holdings = {
        holding.entry_id: holding
        for holding in Holding.objects.filter(entry__in=[row.pk for row in shown], until__isnull=True).select_related(
            "team", "worker"
        )
    }
    now = timezone.now()
    lines = [
        {
            "row": row,
            "href": reverse(f"{page.kind()}_record", args=[row.pk]),
            "holding": holdings.get(row.pk),
            "clocks": [face for face in faces(row, now) if face.state in {"RUNNING", "MISSED"}],
        }
        for row in shown
    ]
    heads = ["About" if page.about_nobody else "Child", "State", "Held by", "Due"]
    return render(request, "engine/queue.html", {"page": page, "lines": lines, "pages": shown, "heads": heads})

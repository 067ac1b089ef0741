"""Who may read which fields of a row, and by what relation to the child.

County staff whose role works with children may open a child who is not locked. Each opening is logged with their
relation: they hold the child's work, their team does, they manage those who do (or did lately), they are on duty for
it, or they took part lately. Where there is none, they are asked why, once in a working day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from righthelp.engine.process import Process, processes
from righthelp.engine.unmatched import naming
from righthelp.guard import log
from righthelp.guard.models import AccessLog, Appointment
from righthelp.guard.viewers import LOG, AsPublic, AsWorker, Refused, Viewer, looking
from righthelp.record.models import CaseEntry, Holding, Participant, TimelineEvent

# A reason that was given lasts for a working day; having taken a step about the child, for a month.
REASON_LASTS = timedelta(hours=12)
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Relation:
    """What a worker is to a child, in a word for the log. `close` ones read what is kept to those who hold the work."""

    name: str
    close: bool = False

    def __bool__(self) -> bool:
        return bool(self.name)


NONE = Relation("")
ALLOCATED = Relation("allocated", close=True)
MANAGES = Relation("manages the team", close=True)
ITSELF = Relation("it is about them", close=True)
MANAGER = Relation("is their manager", close=True)
ANSWERS = Relation("answers for the practice")
TEAM = Relation("team")
DUTY = Relation("duty")
TOOK_PART = Relation("took part lately")
MANAGED = Relation("managed the team lately")
REASON = Relation("gave a reason")
SENT = Relation("sent or asked")
FAMILY = Relation("works with their brother or sister")


class AskWhy(Exception):
    """The viewer has no relation to the child and has not yet said why they look."""

    def __init__(self, person: UUID | None, entry: UUID | None) -> None:
        super().__init__("Say why you need to open this record.")
        self.person = person
        self.entry = entry


def relation_to(viewer: AsWorker, person: UUID | None, entry: UUID | None = None) -> Relation:
    """What the viewer is to the child, or to an entry that is about nobody yet."""
    if not viewer.works_with_children:
        return SENT
    # What is about nobody yet belongs with what it arose from: a form with the call that it confirms.
    about: dict[str, Any] = {"entry__person": person} if person else {"entry__in": _with_its_origin(entry)}
    relation = _relation_by(viewer, about)
    if not relation and person:  # or to what names them beside another child
        relation = _relation_by(viewer, {"entry__in": [entry.pk for entry in naming(person)]})
    return relation


def _relation_by(viewer: AsWorker, about: dict[str, Any]) -> Relation:
    held = list(Holding.objects.filter(**about, until__isnull=True).values_list("worker", "team", "entry__kind"))
    if any(worker == viewer.worker for worker, _, _ in held):
        return ALLOCATED
    if any(team in viewer.managed_teams for _, team, _ in held):
        return MANAGES
    if any(team in viewer.teams for _, team, _ in held):
        return TEAM
    if any(_has_a_step_in(viewer, kind) for _, _, kind in held):
        return DUTY
    since = timezone.now() - LATELY
    if TimelineEvent.objects.filter(**about, by=viewer.worker, recorded_at__gte=since).exists():
        return TOOK_PART
    # Whose worker closed it this morning answers for it this afternoon.
    ended = Holding.objects.filter(**about, until__gte=since, team__in=viewer.managed_teams)
    return MANAGED if viewer.managed_teams and ended.exists() else NONE


def _with_its_origin(entry: UUID | None) -> list[UUID | None]:
    return [entry, *CaseEntry.objects.filter(led_to=entry).values_list("pk", flat=True)] if entry else [None]


def _has_a_step_in(viewer: AsWorker, kind: str) -> bool:
    page = processes().get(kind)
    return page is not None and any(step.by & viewer.roles for step in page.steps.values() if not step.begins)


def opened(
    viewer: Viewer,
    what: str,
    *,
    person: UUID | None = None,
    entry: UUID | None = None,
    kind: str = AccessLog.Kind.OPENED,
) -> Relation:
    """Log that the viewer opens a record, with their relation. Raises `AskWhy` when there is none and no reason."""
    if not isinstance(viewer, AsWorker):
        log.looked(what, kind=kind, person=person, entry=entry)
        return ALLOCATED
    relation = relation_to(viewer, person, entry)
    if viewer.works_with_children and not viewer.opens_children and (entry is None or not relation):
        raise Refused("Your role opens what is in hand at the front door, and no child's record.", person=person)
    if not relation and not _reason_given(viewer, person, entry):
        raise AskWhy(person, entry)
    relation = relation or REASON
    log.looked(what, kind=kind, person=person or _child_behind(entry), entry=entry, relation=relation.name)
    return relation


def opened_with_family(viewer: AsWorker, what: str, *, person: UUID, entry: UUID | None = None) -> Relation:
    """Log that the viewer opens the record of a brother or sister of a child whose record they have just opened.

    They are not asked why again: what they are to the first child, or the reason that they gave, is why.
    """
    relation = relation_to(viewer, person, entry) or FAMILY
    log.looked(what, person=person, entry=entry, relation=relation.name)
    return relation


def opened_about_nobody(viewer: AsWorker, what: str, row: Process) -> Relation:
    """Log that the viewer opens a record that concerns no child. Nobody is asked why; whose work it is reads more."""
    if viewer.works_with_children and row.entry.about_worker_id:  # an agency sees rows and no entries
        relation = _relation_to_worker(viewer, row.entry)
    else:
        relation = DUTY if _has_a_step_in(viewer, row.kind()) else NONE
    log.looked(what, entry=row.pk, relation=relation.name)
    return relation


def _relation_to_worker(viewer: AsWorker, entry: CaseEntry) -> Relation:
    """What the viewer is to the worker whom an entry concerns. Who sees it at all, the guard has said."""
    if entry.about_worker_id == viewer.worker:
        return ITSELF
    theirs = Appointment.objects.filter(worker=entry.about_worker_id, until__isnull=True, team__in=viewer.managed_teams)
    if theirs.exists():
        return MANAGES
    took_part = TimelineEvent.objects.filter(entry=entry, by=viewer.worker).exists()
    return MANAGER if took_part else ANSWERS


def _child_behind(entry: UUID | None) -> UUID | None:
    """Whom an entry is about, for the log alone: a partner's look belongs to the child whom they may not see."""
    with looking(LOG):
        found: UUID | None = CaseEntry.objects.filter(pk=entry).values_list("person", flat=True).first()
    return found


def say_why(reason: str, *, person: UUID | None, entry: UUID | None) -> None:
    """Log why somebody without a relation opens a record."""
    log.looked("a record, with a reason", person=person, entry=entry, relation=REASON.name, reason=reason)


def _reason_given(viewer: AsWorker, person: UUID | None, entry: UUID | None) -> bool:
    about = {"person": person} if person else {"entry": entry}
    since = timezone.now() - REASON_LASTS
    # A refusal is logged with its reason too: being refused is no reason to look.
    given = AccessLog.objects.filter(**about, worker=viewer.worker, relation=REASON.name, at__gte=since)
    return bool(given.exclude(reason="").exists())


def readable(row: Process, viewer: Viewer, relation: Relation) -> list[str]:
    """The fields of a row that this viewer reads now, in the page's order."""
    names = _names(row, viewer, relation)
    return [field.name for field in row._meta.concrete_fields if field.name in names]


def _names(row: Process, viewer: Viewer, relation: Relation) -> set[str]:
    shown: Any = row.Shown
    if isinstance(viewer, AsPublic):
        return set(getattr(shown, "public", ()))
    if not isinstance(viewer, AsWorker):
        return {*shown.everyone, *shown.team, *shown.restricted}
    if viewer.works_with_children:
        names = set(shown.everyone)
        if relation:
            names |= shown.team
        if relation.close:
            names |= shown.restricted
        return names
    names = set()
    for reader, fields in row.readers_by_agency().items():
        agency, own = reader if isinstance(reader, tuple) else (reader, None)
        theirs = getattr(row, f"{agency}_id") == viewer.agency
        if theirs and (own is None or viewer.leads or getattr(row, f"{own}_id") == viewer.worker):
            names |= fields
    if (involved := row.shown_to_involved()) and Participant.objects.filter(entry=row.pk, until__isnull=True).exists():
        names |= involved
    return names

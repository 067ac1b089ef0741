"""One incident: what the police told once, and each of its children with their own view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from righthelp.engine.clockface import ClockFace, faces
from righthelp.engine.process import Process
from righthelp.engine.refusals import NotTaken
from righthelp.engine.sight import DUTY, Relation
from righthelp.engine.taking import may_take, take
from righthelp.engine.views.asked import for_workers, open_row, row_of, viewer_of
from righthelp.engine.views.records import Action, context_of, facts
from righthelp.engine.views.told import Fact
from righthelp.engine.views.who import SHOWN_WITH, Candidate, compared, reason_for
from righthelp.guard import log
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.timing import Answer
from righthelp.people.matching import Match, certain, matches_of_several
from righthelp.people.told import Told
from righthelp.processes.police_notification.models import CHILD, INCIDENT, PoliceNotification, may_triage
from righthelp.processes.police_notification.needs import is_locked
from righthelp.processes.police_notification.together import TOGETHER
from righthelp.record.models import Holding

LATELY = timedelta(days=365)
MOST_EARLIER = 100  # of all children of an incident together
SCHOOL = (
    "school", "school_told_at", "school_told_how", "school_spoken_to", "school_not_told_because",
)  # fmt: skip
HELP = ("service_offered_to", "service_offered", "service_answer", "safe_contact", "service_offered_at")
DECIDED = (
    "outcome", "outcome_reason", "own_view", "significant_harm_likely", "lawful_reason", "told_police", "triaged_at",
)  # fmt: skip


@dataclass
class Child:
    """One child of the incident, as the hub sees them."""

    row: PoliceNotification
    told: list[Fact]
    school: list[Fact]
    decided: list[Fact]
    clocks: list[ClockFace]
    actions: list[Action] = field(default_factory=list)
    certain: Candidate | None = None
    likely: list[Candidate] = field(default_factory=list)
    workers: list[Holding] = field(default_factory=list)
    earlier: list[PoliceNotification] = field(default_factory=list)
    may_match: bool = False
    locked: bool = False

    @property
    def reason(self) -> str:
        return reason_for(self.certain.match) if self.certain else ""


def incident(request: HttpRequest, row: PoliceNotification, relation: Relation) -> HttpResponse:
    """The incident's page: this notification, and for the hub the other children who wait for triage with them."""
    viewer = viewer_of(request)
    context = context_of(row, viewer, relation)
    every = {fact.name: fact for fact in context["facts"]}
    others = _others(row, viewer)
    children = [_child(row, viewer, relation), *(_child(other, viewer, DUTY) for other in others)]
    children.sort(key=lambda child: (str(child.row.child_born_on or "9999"), child.row.child_given))
    if may_triage(viewer):
        _add_candidates(children)
        _add_workers(children)
        _add_earlier(children)
    return render(
        request,
        "police_notification/incident.html",
        context
        | {
            "incident": [every[name] for name in INCIDENT if name in every and name != "safety_note"],
            "sender": [every[name] for name in ("from_agency", "from_worker", "received_at") if name in every],
            "help": [every[name] for name in HELP if name in every],
            "safety": every["safety_note"].value if "safety_note" in every else "",
            "category": every["category"].value if "category" in every else row.title(),
            "children": children,
            "unseen": _unseen(row, len(others)),
            "for_all": _for_all(children, viewer, row),
            "clocks": [clock for clock in context["clocks"] if clock.timing.answer is not Answer.NOT_APPLICABLE],
            "certain": [child for child in children if child.certain],
            "hub": may_triage(viewer),
        },
    )


def _others(row: PoliceNotification, viewer: AsWorker) -> list[PoliceNotification]:
    """The other children who wait for triage, for those whose duty it is; each look at them is logged."""
    if not may_triage(viewer):
        return []
    rows = PoliceNotification.objects.filter(incident=row.incident, state=PoliceNotification.State.RECEIVED)
    found = list(rows.exclude(pk=row.pk).select_related("entry__person", "school", "from_agency", "from_worker"))
    if found:
        whom = [(other.entry.person_id, other.pk) for other in found]
        log.looked_together("an incident, with its other children", whom, relation=DUTY.name)
    return found


def _unseen(row: PoliceNotification, shown: int) -> int:
    return int(PoliceNotification.objects.filter(incident=row.incident).exclude(pk=row.pk).count() - shown)


def _child(row: PoliceNotification, viewer: AsWorker, relation: Relation) -> Child:
    every = {fact.name: fact for fact in facts(row, viewer, relation)}
    return Child(
        row=row,
        told=[every[name] for name in CHILD if name in every],
        school=[every[name] for name in SCHOOL if name in every],
        decided=[every[name] for name in ("match_reason", *DECIDED) if name in every],
        clocks=[face for face in faces(row, timezone.now()) if face.left],
        actions=[
            Action(row.steps[name], reverse("police_notification_take", args=[row.pk, name]))
            for name in ("not_known", "name_school")
            if may_take(row, row.steps[name], viewer) and _makes_sense(row, name)
        ],
        may_match=may_take(row, row.steps["match"], viewer),
        locked=is_locked(row),
    )


def _makes_sense(row: PoliceNotification, name: str) -> bool:
    if name == "name_school":
        return row.school_is_awaited and not row.school_told_at
    return not (row.entry.person_id or row.is_not_known)


def _add_candidates(children: Sequence[Child]) -> None:
    """Who each child may be: one who must be meant by itself, to be confirmed; else the likeliest."""
    asked = [child for child in children if child.may_match and not child.row.entry.person_id]
    for child, found in zip(
        asked, _found([child.row.told for child in asked]), strict=True,
    ):  # fmt: skip
        sure = certain(found)
        child.certain = compared(child.row, sure) if sure else None
        child.likely = [] if sure else [compared(child.row, match) for match in found[:2]]


def _found(told: Sequence[Told]) -> list[list[Match]]:
    return matches_of_several(told, most=5, children_only=True, shown_with=SHOWN_WITH)


def _add_workers(children: Sequence[Child]) -> None:
    people = [child.row.entry.person_id for child in children if child.row.entry.person_id]
    held = Holding.objects.filter(entry__person__in=people, until__isnull=True, worker__isnull=False)
    by_person: dict[UUID, dict[UUID, Holding]] = defaultdict(dict)
    for holding in held.exclude(entry__kind=PoliceNotification.kind()).select_related("entry", "worker", "team"):
        by_person[holding.entry.person_id].setdefault(holding.worker_id, holding)
    for child in children:
        child.workers = list(by_person[child.row.entry.person_id].values()) if child.row.entry.person_id else []


def _add_earlier(children: Sequence[Child]) -> None:
    """Earlier notifications of the same children in the last twelve months: history, and no score."""
    people = [child.row.entry.person_id for child in children if child.row.entry.person_id]
    keys = [child.row.child_key for child in children if child.row.child_born_on]
    earliest = min(child.row.attended_at for child in children) - LATELY
    found = (
        PoliceNotification.objects.filter(
            Q(child_key__in=keys) | Q(entry__person__in=people), attended_at__gte=earliest
        )
        .exclude(incident=children[0].row.incident)
        .select_related("entry")
        .order_by("-attended_at")
    )
    for row in found[:MOST_EARLIER]:
        for child in children:
            same = row.entry.person_id and row.entry.person_id == child.row.entry.person_id
            if same or (child.row.child_born_on and row.child_key == child.row.child_key):
                child.earlier.append(row)


def _for_all(children: Sequence[Child], viewer: AsWorker, row: PoliceNotification) -> list[Action]:
    return [
        Action(row.steps[name], reverse("police_notification_together", args=[row.pk, name]))
        for name, sensible in TOGETHER.items()
        if any(may_take(child.row, row.steps[name], viewer) and sensible(child.row) for child in children)
    ]


@for_workers
@require_POST
def matches(request: HttpRequest, page: type[Process], pk: UUID) -> HttpResponse:
    """Confirm those who must be meant, as ticked by a person: all of them, or none."""
    viewer = viewer_of(request)
    row = row_of(page, pk)
    assert isinstance(row, PoliceNotification)
    open_row(request, row, "an incident: which children it is about")
    shown = [row, *_others(row, viewer)]
    ticked = [one for one in shown if str(one.pk) in request.POST.getlist("same")]
    found = _found([one.told for one in ticked])
    try:
        with transaction.atomic():
            for one, candidates in zip(ticked, found, strict=True):
                sure = certain(candidates)
                if sure is None:
                    continue  # the record has changed since the page was drawn: it is offered there as it is now
                take(one, "match", by=viewer, matched_to=sure.person, match_reason=reason_for(sure))
    except NotTaken as refused:
        messages.error(request, str(refused))
    else:
        many = len(ticked)
        if many:
            messages.success(request, f"{'1 child' if many == 1 else f'{many} children'} confirmed.")
        else:
            messages.error(request, "Tick each child who is the same, and confirm again.")
    return redirect("police_notification_record", pk=pk)

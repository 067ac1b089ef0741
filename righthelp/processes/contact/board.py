"""The board: every open worry by urgency and time left, families together, who holds it, what is awaited from whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from righthelp.engine.clockface import ClockFace, kept_faces
from righthelp.engine.process import processes
from righthelp.engine.rendering.fields import ChoicesField
from righthelp.engine.taking import may_begin
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import AccessLog
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.kernel.page import Step
from righthelp.packs import pack
from righthelp.people.keys import place_key, plain
from righthelp.people.models import HouseholdMember
from righthelp.processes.contact.models import Contact
from righthelp.processes.contact.questions import TAKES_CALLS
from righthelp.record.models import Deadline, Holding, TimelineEvent

# What nobody has judged yet may be the worst: it stands before what somebody has judged can wait.
ORDER = {"RED": 0, "": 1, "AMBER": 2, "GREEN": 3}
FAR = datetime.max.replace(tzinfo=timezone.get_default_timezone())
# The step that decides tells the sender as well: while a worry is open, this clock only repeats the others.
TOLD_WITH_THE_DECISION = "sender told"
ALLOWED = TAKES_CALLS
LOOK_LASTS = timedelta(hours=1)
BEGUN_HERE = {"consultation"}  # other kinds of work that begin at the front door
MOST_UNTOLD = 50


@dataclass
class Line:
    """One open worry on the board."""

    contact: Contact
    holding: Holding | None = None
    clocks: list[ClockFace] = field(default_factory=list)
    due_at: datetime = FAR
    awaited: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, datetime, datetime, str]:
        """The most urgent first, then the soonest due; of two due at once, always the same one first."""
        return ORDER[self.contact.urgency], self.due_at, self.contact.received_at, self.contact.reference

    @property
    def late(self) -> bool:
        return any(clock.late for clock in self.clocks)

    @property
    def holder_id(self) -> UUID | None:
        return self.holding.worker_id if self.holding else None

    @property
    def holder(self) -> str:
        return str(self.holding.worker) if self.holding and self.holding.worker else ""


@dataclass
class Family:
    """Worries that belong together: sent together, of one household, or from one address."""

    lines: list[Line]
    why: str = ""

    @property
    def order(self) -> tuple[int, datetime, datetime, str]:
        return min(line.order for line in self.lines)


class BoardForm(forms.Form):
    """What to leave out. Kept in the address, so that a view of the board can be sent to a colleague."""

    mark_optional = False
    urgency = ChoicesField(label="Urgency", required=False)
    state = ChoicesField(label="State", required=False)
    held = ChoicesField(label="Held by", required=False)
    awaiting = ChoicesField(label="Information", required=False)

    def __init__(self, data: Any, lines: list[Line], viewer: AsWorker) -> None:
        super().__init__(data)
        urgencies = [(code.code, code.label) for code in pack().codes("urgency")]
        holders = {str(line.holder_id): line.holder for line in lines if line.holder_id}
        others = sorted(((number, name) for number, name in holders.items() if number != str(viewer.worker)),
                        key=lambda one: one[1])  # fmt: skip
        choices = {
            "urgency": [*urgencies, ("none", "Not yet judged")],
            "state": [(state, Contact.State(state).label.capitalize()) for state in Contact.open_states()],
            "held": [
                ("me", "Me"),
                ("nobody", "Nobody"),
                *others,
            ],
            "awaiting": [
                ("awaited", "Still awaited"),
                ("answered", "Answered"),
                ("late", "A deadline is missed"),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["class"] = "govuk-checkboxes--small"

    def lets_through(self, line: Line, viewer: AsWorker) -> bool:
        """Whether a line is wanted."""
        wanted = self.cleaned_data
        holder = "me" if line.holder_id == viewer.worker else str(line.holder_id or "nobody")
        information = {
            name
            for name, is_so in (("awaited", line.awaited), ("answered", line.answered), ("late", line.late))
            if is_so
        }
        return (
            (not wanted["urgency"] or (line.contact.urgency or "none") in wanted["urgency"])
            and (not wanted["state"] or line.contact.state in wanted["state"])
            and (not wanted["held"] or holder in wanted["held"])
            and (not wanted["awaiting"] or bool(information & set(wanted["awaiting"])))
        )


@for_workers
def board(request: HttpRequest) -> HttpResponse:
    """The board."""
    viewer = viewer_of(request)
    if not viewer.roles & ALLOWED:
        raise Refused("The board is for the front door.")
    live, mark = request.headers.get("X-Righthelp-Live") == "yes", _mark(timezone.now())
    if not live or not _looked_lately(viewer):
        log.looked("the board")
    if live and request.headers.get("X-Righthelp-Mark") == mark:
        return HttpResponse(status=204)
    lines = open_lines(timezone.now())
    form = BoardForm(request.GET, lines, viewer)
    shown = [line for line in lines if form.is_valid() and form.lets_through(line, viewer)]
    families = together(shown)
    late = sum(line.late for line in shown)
    red = sum(line.contact.urgency == "RED" for line in shown)
    return render(
        request,
        "contact/board.html",
        {
            "form": form,
            "families": families,
            "shown": len(shown),
            "all": len(lines),
            "late": late,
            "red": red,
            "now": timezone.now(),
            "here": request.get_full_path(),
            "mark": mark,
            "reloads": "reload" in request.GET,
            "switch": _switch(request),
            "wrong": not form.is_valid(),
            "selected": _selected(request, form),
            "begins": list(_begins(viewer)),
            "untold": list(_untold()),
        },
    )


def _mark(now: datetime) -> str:
    """What the board is made from: the last step that this worker may see, and the minute that its clocks show.

    A board left open asks every few seconds; it is drawn anew only when one of these is another. The minute also
    bounds how long something shows that no step has changed, as a lock that hides a family from this worker. It is a
    digest: what it was made from is not for the page.
    """
    last = TimelineEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return sha256(f"{last} {now:%Y%m%d%H%M}".encode()).hexdigest()[:20]


def _begins(viewer: AsWorker) -> Iterator[tuple[Step, str]]:
    """What this worker may begin at the front door."""
    for page in processes().values():
        if page is Contact or page.team_receives in BEGUN_HERE:
            for step in page.steps.values():
                if may_begin(step, viewer):
                    yield step, reverse(f"{page.kind()}_begin", args=[step.name])


def _untold() -> Iterable[Contact]:
    """Worries that are over for the front door but for telling who told us: the longest waiting first."""
    waiting = Contact.objects.filter(sender_to_be_told=True).order_by("received_at").select_related("from_agency")
    return waiting[:MOST_UNTOLD]  # type: ignore[no-any-return]


def _looked_lately(viewer: AsWorker) -> bool:
    """A board left open loads itself anew every few seconds: one line an hour says that it was read."""
    since = timezone.now() - LOOK_LASTS
    return bool(AccessLog.objects.filter(worker=viewer.worker, what="the board", at__gte=since).exists())


def open_lines(now: datetime) -> list[Line]:
    """Every open worry, in a fixed number of queries however many there are."""
    contacts = Contact.objects.filter(state__in=Contact.open_states()).select_related("entry__person", "from_agency")
    lines = {contact.pk: Line(contact) for contact in contacts}
    for holding in Holding.objects.filter(entry__in=list(lines), until__isnull=True).select_related("worker", "team"):
        lines[holding.entry_id].holding = holding
    waiting = (
        Deadline.objects.filter(entry__in=list(lines), stopped_at__isnull=True)
        .exclude(clock=TOLD_WITH_THE_DECISION)
        .select_related("entry")
    )
    for deadline, face in kept_faces(waiting.order_by("due_at", "clock"), now):
        line = lines[deadline.entry_id]
        line.clocks.append(face)
        line.due_at = min(line.due_at, deadline.due_at)
    request = processes().get("information_request")
    if request:
        for asked in request.objects.filter(contact__in=list(lines)).select_related("agency"):
            line = lines[asked.contact_id]
            if asked.state == "ASKED":
                line.awaited.append(str(asked.agency))
            elif asked.state == "ANSWERED":
                line.answered.append(str(asked.agency))
    return list(lines.values())


def together(lines: Iterable[Line]) -> list[Family]:
    """Lines as families: those sent together, of one household, or from one address stand side by side."""
    listed = list(lines)
    homes = _homes([line.contact.entry.person_id for line in listed if line.contact.entry.person_id])
    by_tie: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(listed):
        for tie in _ties(line.contact, homes):
            by_tie[tie].append(index)
    group = list(range(len(listed)))

    def root(index: int) -> int:
        while group[index] != index:
            index = group[index]
        return index

    tied = [(tie, indexes) for tie, indexes in by_tie.items() if len(indexes) > 1]
    for _, indexes in tied:
        for other in indexes[1:]:
            group[root(other)] = root(indexes[0])
    why: dict[int, set[str]] = defaultdict(set)
    for tie, indexes in tied:
        why[root(indexes[0])].add(tie[0])
    families: dict[int, list[int]] = defaultdict(list)
    for index in range(len(listed)):
        families[root(index)].append(index)
    made = [
        Family(sorted((listed[index] for index in indexes), key=lambda line: line.order), _because(why[first]))
        for first, indexes in families.items()
    ]
    return sorted(made, key=lambda family: family.order)


WHY = {"t": "sent together", "h": "same household", "a": "same address"}


def _because(ties: set[str]) -> str:
    return ", ".join(words for tie, words in WHY.items() if tie in ties).capitalize()


def _ties(contact: Contact, homes: dict[UUID, list[UUID]]) -> Iterable[str]:
    if contact.sent_together:
        yield f"t{contact.sent_together}"
    for home in homes.get(contact.entry.person_id, []) if contact.entry.person_id else []:
        yield f"h{home}"
    if key := place_key(contact.child_lives_at, contact.child_postcode):
        yield f"a{key}"
    elif contact.child_lives_at:
        yield f"a{plain(contact.child_lives_at)}"


def _homes(people: list[UUID]) -> dict[UUID, list[UUID]]:
    homes: dict[UUID, list[UUID]] = defaultdict(list)
    for person, household in HouseholdMember.objects.filter(person__in=people, until__isnull=True).values_list(
        "person", "household"
    ):
        homes[person].append(household)
    return homes


def _switch(request: HttpRequest) -> str:
    """The board's address with its loading anew every minute asked for, or no longer."""
    wanted = request.GET.copy()
    if wanted.pop("reload", None) is None:
        wanted["reload"] = "yes"
    return f"?{wanted.urlencode()}"


def _selected(request: HttpRequest, form: BoardForm) -> list[dict[str, str]]:
    """What is chosen, each with the address of the board without it."""
    chosen = []
    for name, question in form.fields.items():
        choices = dict(question.choices)  # type: ignore[attr-defined]
        for value in request.GET.getlist(name):
            rest = request.GET.copy()
            rest.setlist(name, [other for other in rest.getlist(name) if other != value])
            chosen.append({"label": str(choices.get(value, value)), "href": f"?{rest.urlencode()}"})
    return chosen

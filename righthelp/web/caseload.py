"""Caseload against capacity: how many children each worker of a manager's teams holds, and what nobody holds yet.

The county's improvement plan sets a range for social workers, and a number above which a caseload is too large; the
law files hold both with their source. Children are counted, not pieces of work: three about one child are one child.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from righthelp import law
from righthelp.engine.notices.due import running
from righthelp.engine.process import processes
from righthelp.engine.views.asked import for_workers, viewer_of
from righthelp.guard import log
from righthelp.guard.models import Appointment, Team, Worker
from righthelp.guard.viewers import AsWorker, Refused
from righthelp.kernel.units import ends_of, unit_named
from righthelp.law import Value
from righthelp.record.models import Holding

RANGE, MOST = "oversight.caseload", "oversight.caseload_most"
RANGE_IS_FOR = "social worker"  # the plan sets it for those who are responsible for children, not for the front door
HEADS = [
    {"label": "Worker"}, {"label": "Team"}, {"label": "Children", "numeric": True}, {"label": "Against the range"},
    {"label": "By kind of work"}, {"label": "Late", "numeric": True},
]  # fmt: skip
WAITING_HEADS = [
    {"label": "What"},
    {"label": "Team"},
    {"label": "How many", "numeric": True},
    {"label": "Longest wait"},
]
NAME, BAR, ROW, TOP, ROOM, LEAST = 190, 18, 30, 34, 560, 30  # of the picture; LEAST: children that have room in it


@dataclass(frozen=True)
class Capacity:
    """The range, and the number above which a caseload is too large, with where each comes from."""

    low: int
    high: int
    most: int
    values: tuple[Value, Value]

    def verdict(self, children: int) -> tuple[str, str]:
        """What a number of children is, in words, and the colour that helps the eye."""
        if children > self.most:
            return f"More than {self.most}", "red"
        if children > self.high:
            return "Above the range", "orange"
        return ("In the range", "green") if children >= self.low else ("Below the range", "grey")


@dataclass
class Load:
    """What one worker holds."""

    worker: Worker
    teams: str = ""
    has_range: bool = False
    children: set[UUID] = field(default_factory=set)
    unmatched: int = 0  # of which nobody has said yet which child it is about
    of_kind: Counter[str] = field(default_factory=Counter)  # children, by kind of work
    late: int = 0
    verdict: str = ""
    colour: str = ""

    @property
    def kinds(self) -> list[tuple[str, int]]:
        pages = processes()
        return [(pages[kind].titles(), many) for kind, many in self.of_kind.most_common()]


@dataclass(frozen=True)
class Waiting:
    """Work of one kind that a team holds and no worker of it."""

    team: str
    title: str
    many: int
    days: int


@dataclass(frozen=True)
class Bar:
    """A worker in the picture."""

    load: Load
    y: int
    width: int

    @property
    def words_y(self) -> int:
        return self.y + BAR - 4

    @property
    def number_x(self) -> int:
        return NAME + self.width + 6

    @property
    def name(self) -> str:
        name = str(self.load.worker)
        return name if len(name) <= 24 else f"{name[:23].rstrip()}…"


@dataclass(frozen=True)
class Picture:
    """The bars, the range behind them, and the line above which it is too much."""

    width: int
    height: int
    bars: list[Bar]
    low_x: int
    range_width: int
    most_x: int
    left: int = NAME
    top: int = TOP
    bar: int = BAR


def capacity(on: date) -> Capacity:
    """By the values that are in force on a day."""
    within, most = law.value(RANGE, on), law.value(MOST, on)
    low, high = ends_of(within.value, unit_named(within.unit))
    return Capacity(low, high, int(most.value), (within, most))


@for_workers
def caseload(request: HttpRequest) -> HttpResponse:
    """Each worker's children against the range, what no worker holds, and what is late."""
    viewer = viewer_of(request)
    if not viewer.managed_teams:
        raise Refused("This page is for those who manage a team.")
    log.looked("a list: caseloads")
    now = timezone.now()
    allowed = capacity(timezone.localdate())
    teams = list(_teams(viewer))
    loads = _loads(teams, now, allowed)
    of_range = [len(load.children) for load in loads if load.has_range]
    return render(
        request,
        "web/caseload.html",
        {
            "teams": teams,
            "whole_county": viewer.oversees,
            "loads": loads,
            "picture": _picture(loads, allowed),
            "allowed": allowed,
            "average": sum(of_range) / len(of_range) if of_range else None,
            "many": len(of_range),
            "too_many": sum(number > allowed.most for number in of_range),
            "waiting": _waiting(teams, now),
            "heads": HEADS,
            "waiting_heads": WAITING_HEADS,
        },
    )


def _teams(viewer: AsWorker) -> Iterable[Team]:
    """Those that they manage; of who oversees the service, every team of the county."""
    whose = Q(agency=viewer.agency) if viewer.oversees else Q(pk__in=viewer.managed_teams)
    found: Iterable[Team] = Team.objects.filter(whose).order_by("name")
    return found


def _loads(teams: Sequence[Team], now: datetime, allowed: Capacity) -> list[Load]:
    """What each worker of these teams holds, in whatever team; the most children first."""
    loads = _workers(teams)
    about_children = [kind for kind, page in processes().items() if not page.about_nobody]
    held = Holding.objects.filter(worker__in=list(loads), until__isnull=True, entry__kind__in=about_children)
    of_kind: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for worker, person, kind in held.values_list("worker", "entry__person", "entry__kind"):
        if person is None:
            loads[worker].unmatched += 1
        else:
            loads[worker].children.add(person)
            of_kind[worker, kind].add(person)
    for (worker, kind), children in of_kind.items():
        loads[worker].of_kind[kind] = len(children)
    late = running().filter(
        due_at__lt=now, entry__kind__in=about_children,
        entry__holdings__worker__in=list(loads), entry__holdings__until__isnull=True,
    )  # fmt: skip
    for worker, many in late.values_list("entry__holdings__worker").annotate(many=Count("pk")):
        loads[worker].late = many
    for load in loads.values():
        if load.has_range:
            load.verdict, load.colour = allowed.verdict(len(load.children))
    return sorted(loads.values(), key=lambda load: (-len(load.children), str(load.worker)))


def _workers(teams: Sequence[Team]) -> dict[UUID, Load]:
    """Who works in these teams now, and for whom of them the range is set."""
    today = timezone.localdate()
    appointed = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today), team__in=teams, since__lte=today
    )
    found: dict[UUID, Load] = {}
    for row in appointed.select_related("worker", "team").order_by("team__name"):
        load = found.setdefault(row.worker_id, Load(row.worker))
        load.has_range |= row.role == RANGE_IS_FOR
        if row.team and row.team.name not in load.teams:
            load.teams = f"{load.teams}, {row.team.name}".removeprefix(", ")
    return found


def _waiting(teams: Sequence[Team], now: datetime) -> list[Waiting]:
    """What these teams hold with no worker yet, what waits longest first."""
    names, pages = {team.pk: team.name for team in teams}, processes()
    found: dict[tuple[UUID, str], list[datetime]] = defaultdict(list)
    held = Holding.objects.filter(team__in=teams, worker__isnull=True, until__isnull=True)
    for team, kind, since in held.values_list("team", "entry__kind", "since"):
        if kind in pages:
            found[team, kind].append(since)
    lines = [
        Waiting(names[team], pages[kind].titles(), len(sinces), (now - min(sinces)) // timedelta(days=1))
        for (team, kind), sinces in found.items()
    ]
    return sorted(lines, key=lambda line: (-line.days, line.team, line.title))


def _picture(loads: Sequence[Load], allowed: Capacity) -> Picture:
    most = max([LEAST, *(len(load.children) for load in loads)])

    def place(children: int) -> int:
        return round(children * ROOM / most)

    bars = [Bar(load, TOP + number * ROW, place(len(load.children))) for number, load in enumerate(loads)]
    return Picture(
        width=NAME + ROOM + 40,
        height=TOP + len(bars) * ROW + 8,
        bars=bars,
        low_x=NAME + place(allowed.low),
        range_width=place(allowed.high) - place(allowed.low),
        most_x=NAME + place(allowed.most),
    )

"""The lines of the panel's agenda and of the waiting list: which child, for what, whom they wait for, and how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from righthelp.kernel.moments import local_day
from righthelp.kernel.uncountable import NoDate
from righthelp.packs import pack
from righthelp.people.models import HouseholdMember
from righthelp.people.network import on_the_day
from righthelp.processes.family_help.models import FamilyHelp
from righthelp.processes.family_help.questions import Decision, HelpBy, State

DAYS_IN_A_WEEK = 7


@dataclass(frozen=True)
class Line:
    """One child."""

    row: FamilyHelp
    days: int

    @property
    def about(self) -> str:
        return str(self.row.entry.person or f"{self.row.child_given} {self.row.child_family}".strip())

    @property
    def waited(self) -> str:
        """In days while they can be counted at a glance, then in weeks."""
        if self.days < 2 * DAYS_IN_A_WEEK:
            return "Since today" if not self.days else f"{self.days} day{'s' if self.days > 1 else ''}"
        return f"{self.days // DAYS_IN_A_WEEK} weeks"

    @property
    def waits_for(self) -> str:
        service = f": {self.row.service}" if self.row.service else ""
        return f"{self.row.label('help_by', self.row.help_by)}{service}"


@dataclass(frozen=True)
class Total:
    """How many wait, and how long the longest of them has."""

    title: str
    children: int
    families: int
    longest: str


def waiting() -> Any:
    """Whom the panel took up and nobody has begun to help: the longest waiting first."""
    rows = FamilyHelp.objects.filter(state=State.WAITING)
    return rows.select_related("entry__person", "lead_agency").order_by("taken_up_at", "pk")


def lines(rows: Iterable[FamilyHelp], today: date) -> list[Line]:
    """Each with how many days it has waited: for the panel since it was asked, for somebody to begin since it met."""
    return [Line(row, max(0, (today - local_day(row.taken_up_at or row.asked_at)).days)) for row in rows]


def totals(rows: Iterable[FamilyHelp], today: date) -> list[Total]:
    """Of each kind of help, and of all: children, families, and the longest wait."""
    listed = lines(rows, today)
    homes = _homes([line.row.entry.person_id for line in listed], today)
    kinds = [(str(kind.label), [line for line in listed if line.row.help_by == kind]) for kind in HelpBy]
    in_need = [line for line in listed if not line.row.help_by]
    kinds += [("A social worker's plan", in_need)] if in_need else []
    return [_total(title, of_it, homes) for title, of_it in [*kinds, ("All", listed)]]


def _total(title: str, listed: list[Line], homes: dict[UUID, UUID]) -> Total:
    people = (line.row.entry.person_id for line in listed)
    families = {homes.get(one, one) if one else None for one in people}
    longest = max(listed, key=lambda line: line.days, default=None)
    return Total(title, len(listed), len(families), longest.waited if longest else "Nobody waits")


def _homes(people: list[Any], today: date) -> dict[UUID, UUID]:
    """In which household each lives: children of one are one family."""
    lives = HouseholdMember.objects.filter(on_the_day(today), person__in=people).order_by("household")
    return dict(lives.values_list("person", "household"))


# --- The panel ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agenda:
    """What the panel talks about this week, and what it has decided today."""

    met_before: date | None
    due: date | None
    asked: list[Line]
    again: list[Line]  # back from an earlier panel
    waiting: list[Line]
    stepped_down: list[Line]
    decided: list[Line]


def agenda(today: date) -> Agenda:
    """It makes itself: what was asked, what waits, whom social care stepped down since the panel last met."""
    panels = FamilyHelp.objects.filter(panel_on__lt=today).order_by("-panel_on").values_list("panel_on", flat=True)
    met_before = panels.first()
    open_now = FamilyHelp.objects.select_related("entry__person", "from_agency", "lead_agency").order_by(
        "asked_at", "pk"
    )
    asked = open_now.filter(state=State.ASKED)
    down = open_now.filter(state=State.ACTIVE, section_17_until__isnull=False, level__lt=4)
    if met_before:
        down = down.filter(section_17_until__gte=met_before)
    return Agenda(
        met_before=met_before,
        due=_due(met_before),
        asked=lines(asked.exclude(panel_decision=Decision.NEXT_TIME), today),
        again=lines(asked.filter(panel_decision=Decision.NEXT_TIME), today),
        waiting=lines(waiting(), today),
        stepped_down=lines(down, today),
        decided=lines(open_now.filter(panel_on=today), today),
    )


def _due(met_before: date | None) -> date | None:
    """By when it meets again, by the county's standard."""
    if met_before is None:
        return None
    try:
        due = pack().due("early_help.panel", met_before)
    except (LookupError, NoDate):
        return None
    return due if isinstance(due, date) else None

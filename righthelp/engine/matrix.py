"""Who may take which step, read from the pages: on screen, and in the generated documents."""

from __future__ import annotations

from dataclasses import dataclass

from righthelp.engine.process import Process, processes
from righthelp.guard.models import Agency, Team
from righthelp.guard.roles import ROLES
from righthelp.kernel.page import Step
from righthelp.packs import pack


@dataclass(frozen=True)
class RoleLine:
    """A role, in plain English, with the steps that it may take."""

    name: str
    title: str
    does: str
    sees: str
    steps: list[tuple[str, list[Step]]]  # by process


def role_matrix() -> list[RoleLine]:
    """Every role with its steps, in the order of the closed list."""
    words = pack().roles()
    return [
        RoleLine(
            name=name,
            title=words[name].title,
            does=words[name].does,
            sees=words[name].sees,
            steps=[(page.title(), steps) for page in processes().values() if (steps := steps_of(page, name))],
        )
        for name in ROLES
    ]


def steps_of(page: type[Process], role: str) -> list[Step]:
    """The steps of a process that a role may take."""
    return [step for step in page.steps.values() if role in step.by]


def agencies_and_teams() -> list[tuple[Agency, list[Team]]]:
    """Every agency with its teams, each with what it is for."""
    teams: dict[object, list[Team]] = {}
    for team in Team.objects.order_by("name"):
        teams.setdefault(team.agency_id, []).append(team)
    return [(agency, teams.get(agency.pk, [])) for agency in Agency.objects.order_by("name")]

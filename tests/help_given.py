"""What those who help a family write, for the tests of family help, its meetings and its visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.guard.viewers import looking
from righthelp.record.models import Outcome

LEAD, COLLEAGUE, OF_THE_TEAM = "Tom Fairley", "Ruth Adeyemi", "Helen Marsh"
MANAGER, WORKER, SOCIAL_WORKER, TEAM_MANAGER = "Petra Lind", "Jo Ferris", "Ade Bankole", "Leonard Swann"
SCHOOL, HEALTH = "Hill Lane Primary School", "Wyeside Community Health"


def today() -> date:
    return timezone.localdate()


def agreement() -> dict[str, Any]:
    return {
        "consent": "GIVEN",
        "consent_from": "Her mother",
        "consent_on": today(),
        "consent_for": "School and health.",
    }


def plan() -> dict[str, Any]:
    return {
        "outcomes": [{"words": "Mornings without shouting", "known_by": "Ada is in school by nine"}],
        "actions": [{"what": "Breakfast club every day", "who": LEAD, "due_on": today() + timedelta(days=14)}],
    }


def asked(workplace: Any, person: Any, **more: Any) -> Any:
    """Early help has asked for help for a family."""
    said = {"asked_for": "Mornings are hard and Ada is often late.", "child_wants": "I want it to be quiet."}
    return workplace.begin("family_help", "ask", WORKER, person=person, **{**said, **agreement(), **more})


def taken_up(workplace: Any, person: Any) -> Any:
    """The panel has decided that a team helps the family."""
    decision = {"panel_on": today(), "panel_decision": "TAKE_UP", "help_by": "PARTNER", "panel_reason": "Two agencies."}
    return workplace.take(asked(workplace, person), "decide_at_panel", MANAGER, **decision)


def led_by(workplace: Any, person: Any, lead: str = LEAD) -> Any:
    """A teacher leads, or somebody else who is named."""
    row = taken_up(workplace, person)
    return workplace.take(row, "allocate", WORKER, lead_agency=workplace.worker(lead).agency, lead_name=lead)


def begun(workplace: Any, person: Any, lead: str = LEAD) -> Any:
    """Whoever leads works with the family."""
    return workplace.take(led_by(workplace, person, lead), "begin_work", lead, started_on=today(), **plan())


def under_way(workplace: Any, person: Any) -> Any:
    """The teacher works with the family, and a health visitor is of the team; the mother too."""
    row = begun(workplace, person)
    health = workplace.staff.agencies[HEALTH]
    team = [
        {"name": OF_THE_TEAM, "agency": health, "who": "Health visitor"},
        {"name": "Mia Pugh", "who": "Mother"},
    ]
    return workplace.take(row, "add_to_team", LEAD, team=team)


def invited(workplace: Any, row: Any) -> Any:
    """Everybody of the team is invited to its first meeting. Gives the plan."""
    meeting = process("family_meeting").objects.get(plan=row.pk)
    when = {"meets_at": timezone.now() + timedelta(days=3), "minutes": 60, "place": "At school."}
    meeting = workplace.take(meeting, "arrange", LEAD, **when)
    workplace.take(meeting, "invite", LEAD)
    return workplace.again(row)


def in_need(workplace: Any, person: Any) -> Any:
    """Stepped up to a child in need plan, from a plan that a school led."""
    worker = workplace.worker(SOCIAL_WORKER)
    answers = {"to_level": 4, "level_why": "Her mother was taken to hospital twice.", "social_worker": worker}
    return workplace.take(under_way(workplace, person), "step_up", TEAM_MANAGER, **answers)


def reached(row: Any, how: str = "REACHED") -> list[dict[str, str]]:
    """Of every outcome, that it is reached."""
    wanted = Outcome.objects.filter(entry=row.pk)
    return [{"row": str(one.pk), "reached": how, "reached_says": "Ada says so."} for one in wanted]


def closing(row: Any, **more: Any) -> dict[str, Any]:
    return {
        "outcomes_now": reached(row),
        "wellbeing_plan": "Early nights. If mornings get hard again: talk with Tom at school.",
        "family_says": "Somebody listened.",
        "closed_on": today(),
        "closing_reason": "NEEDS_MET",
        **more,
    }


def seen_by(workplace: Any, who: str, *rows: Any, lock: str = "both") -> set[str]:
    """Of which kinds are the rows that a worker sees, behind both locks or behind one of them alone."""
    with looking(workplace.as_(who)), connection.cursor() as cursor:
        if lock == "second":
            found = set()
            for row in rows:
                cursor.execute(f"SELECT 1 FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", [row.pk])
                found |= {row._meta.db_table} if cursor.fetchone() else set()
            return found
        if lock == "first":  # the database thinks that a step looks, and only the managers narrow
            cursor.execute("SELECT set_config('righthelp.purpose', 'step', true)")
        return {row._meta.db_table for row in rows if type(row).objects.filter(pk=row.pk).exists()}

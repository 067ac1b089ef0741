"""Who of other agencies sees a family's plan, and nothing beside it: by both locks, and each alone."""

from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.engine.sight import SENT, readable
from righthelp.guard.models import Worker
from righthelp.guard.viewers import looking
from righthelp.processes.family_help.rows import FamilyTeamMember
from righthelp.record.models import Action, Outcome
from tests import help_given as given

HELPS = {"family_help", "family_meeting", "outcome", "action", "family_team_member"}
LOCKS = pytest.mark.parametrize("lock", ["first", "second", "both"])


def of_the_plan(row: Any) -> list[Any]:
    rows = [process(kind).objects.get(plan=row.pk) for kind in ("family_meeting", "family_visit")]
    return [row, *rows, Outcome.objects.get(entry=row.pk), Action.objects.get(entry=row.pk),
            FamilyTeamMember.objects.get(entry=row.pk, name=given.OF_THE_TEAM)]  # fmt: skip


@pytest.fixture
def helped(workplace: Any) -> Any:
    """A plan that a teacher leads, with a health visitor in the team, and a meeting to which all are invited."""
    return given.invited(workplace, given.under_way(workplace, workplace.person("Ada", "Pugh")))


@LOCKS
def test_who_leads_and_who_is_of_the_team_see_it_and_no_colleague_of_theirs(
    workplace: Any, helped: Any, lock: str
) -> None:
    rows = of_the_plan(helped)
    expected = {
        given.LEAD: HELPS | {"family_visit"},
        given.OF_THE_TEAM: HELPS,  # a visit is read by whoever makes it
        given.COLLEAGUE: HELPS | {"family_visit"},  # leads safeguarding at the same school
        "Kate Lomas": set(),
        "Imran Qureshi": set(),
    }
    theirs = Worker.objects.filter(agency__name=given.HEALTH).exclude(name__in=[given.OF_THE_TEAM, "Grace Okoro"])
    expected[theirs[0].name] = set()
    assert {who: given.seen_by(workplace, who, *rows, lock=lock) for who in expected} == expected


@LOCKS
def test_an_agency_that_left_the_team_sees_nothing_any_more(workplace: Any, helped: Any, lock: str) -> None:
    rows = of_the_plan(helped)
    member = next(one for one in rows if isinstance(one, FamilyTeamMember))
    leaving = [{"row": str(member.pk), "left_because": "Moved to another post."}]
    helped = workplace.take(helped, "leave_team", given.LEAD, leaving=leaving)
    assert given.seen_by(workplace, given.OF_THE_TEAM, *rows, lock=lock) == set()
    assert given.seen_by(workplace, "Grace Okoro", *rows, lock=lock) == set()
    school = workplace.staff.agencies[given.HEALTH]
    workplace.take(helped, "allocate", given.WORKER, lead_agency=school, lead_name=given.OF_THE_TEAM)
    assert given.seen_by(workplace, given.LEAD, *rows, lock=lock) == set(), "nor does a school that no longer leads"


def test_they_read_of_the_plan_what_is_theirs_and_no_talk_about_it(workplace: Any, helped: Any) -> None:
    lead = workplace.as_(given.LEAD)
    with looking(lead):
        row = process("family_help").objects.get(pk=helped.pk)
        names = set(readable(row, lead, SENT))
    assert {"about", "consent_for", "lead_name"} <= names
    assert not names & {"panel_reason", "help_request", "front_door_because", "referral", "level_why"}


def test_of_the_team_one_says_how_far_it_has_come_and_does_not_close_it(
    workplace: Any, helped: Any, refused: Any
) -> None:
    workplace.take(helped, "review", given.OF_THE_TEAM, outcomes_now=given.reached(helped, "PARTLY"))
    for step, answers in (("close", given.closing(helped)), ("add", given.plan())):
        with refused(saying="whoever leads", kind=NotAllowed):
            workplace.take(helped, step, given.OF_THE_TEAM, **answers)

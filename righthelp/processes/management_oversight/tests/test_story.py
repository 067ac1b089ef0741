"""A manager looks at the work with a child; a chair raises a concern, and somebody must answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.engine.siblings import Own, begin_for_all
from righthelp.guard.viewers import looking
from righthelp.packs import pack
from righthelp.processes.management_oversight.models import ManagementOversight
from righthelp.record.models import Action, Deadline, Holding, TimelineEvent

LOOKED = {
    "looked_into": "Read the last two visits, and rang the school.",
    "safe_enough": "YES",
    "safe_because": "She is seen each week and her grandmother is there.",
    "direction_agreed": True,
    "direction": "Go on as planned.",
}
CONCERN = {"concern": "The core group has not met for two months. I ask that it meets this week."}


def look(workplace: Any, child: Any, who: str = "Leonard Swann", **more: Any) -> Any:
    answers = {"looked_at": timezone.now() - timedelta(hours=2), **LOOKED, **more}
    return workplace.begin("management_oversight", "look", who, person=child, **answers)


def raised(workplace: Any, child: Any) -> Any:
    to = workplace.worker("Leonard Swann")
    return workplace.begin(
        "management_oversight", "escalate", "Beverley Ashdown", person=child, raised_to=to, **CONCERN
    )


def in_a_week() -> Any:
    return timezone.localdate() + timedelta(days=7)


@pytest.mark.county
def test_a_manager_looks_and_what_must_happen_is_followed_up(workplace: Any) -> None:
    ada = workplace.person("Ada", "Pugh")
    ring = {"what": "See her alone", "who": "Ade Bankole", "due_on": in_a_week()}
    row = look(workplace, ada, safe_enough="NO", actions=[ring])
    assert row.ended
    event = TimelineEvent.objects.get(entry=row.pk)
    assert (event.says, event.significant) == ("Management oversight: Not safe enough today", True)
    assert event.at == row.looked_at
    action = Action.objects.get(entry=row.pk)
    assert action.worker == workplace.worker("Ade Bankole")
    workplace.take(
        row, "follow_up", "Ade Bankole", progress=[{"row": str(action.pk), "done": "DONE", "progress": "Seen."}]
    )
    assert Action.objects.get(pk=action.pk).done == "DONE"


def test_unsafe_is_acted_on_and_nobody_looks_tomorrow(workplace: Any, refused: Any) -> None:
    ada = workplace.person("Ada", "Pugh")
    with refused("safe_enough", saying="say what must happen"):
        look(workplace, ada, safe_enough="NO")
    with refused("looked_at"):
        look(workplace, ada, looked_at=timezone.now() + timedelta(days=1))
    with refused(kind=NotAllowed):
        look(workplace, ada, "Ade Bankole")


def test_each_child_of_a_family_has_their_own_words(workplace: Any) -> None:
    ada, ben = workplace.person("Ada", "Pugh"), workplace.person("Ben", "Pugh")
    workplace.household(ada, ben)
    by = workplace.as_("Leonard Swann")
    others = {ben.pk: Own({**LOOKED, "safe_because": "He is at his father's."})}
    with looking(by):
        one, two = begin_for_all(
            ManagementOversight, "look", by=by, person=ada, others=others, looked_at=timezone.now(), **LOOKED
        )
    assert (one.person, two.person) == (ada, ben)
    assert two.safe_because == "He is at his father's."


def test_a_concern_is_answered_and_settled_in_time(workplace: Any, refused: Any) -> None:
    row = raised(workplace, workplace.person("Ada", "Pugh"))
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker == workplace.worker("Leonard Swann")
    deadline = Deadline.objects.get(entry=row.pk)
    due = pack().due("child_protection.disagreement_resolved", row.raised_at)
    assert timezone.localtime(deadline.due_at).date() == due
    with refused(saying="raised to Leonard Swann"):
        workplace.take(row, "respond", "Marian Blythe", answer="Leave it to me.")
    row = workplace.take(row, "respond", "Leonard Swann", answer="It meets on Thursday.")
    with refused(saying="Beverley Ashdown raised this"):
        workplace.take(row, "settle", "Leonard Swann", settled_because="It met.")
    row = workplace.take(row, "settle", "Beverley Ashdown", settled_because="It met, and her plan was changed.")
    assert row.ended
    assert Deadline.objects.get(entry=row.pk).stopped_at is not None


def test_what_is_not_settled_goes_a_stage_higher_with_a_clock_of_its_own(workplace: Any, refused: Any) -> None:
    row = raised(workplace, workplace.person("Ada", "Pugh"))
    more = {"higher_concern": "Nobody has answered. I ask the same."}
    with refused("higher_to", saying="asked already"):
        workplace.take(row, "raise_higher", "Beverley Ashdown", higher_to=row.raised_to, **more)
    later = timezone.now() + timedelta(minutes=4)
    sylvia = workplace.worker("Sylvia Marchetti")
    row = workplace.take(row, "raise_higher", "Beverley Ashdown", on=later, higher_to=sylvia, **more)
    assert (row.stage, row.raised_to, row.raised_at, row.concern) == (2, sylvia, later, more["higher_concern"])
    assert "Raised to Leonard Swann" in row.earlier
    assert "Not answered." in row.earlier
    assert Deadline.objects.get(entry=row.pk).started_at == later
    assert workplace.take(row, "respond", "Sylvia Marchetti", answer="It meets tomorrow.").state == "ANSWERED"


def test_nobody_answers_their_own_concern(workplace: Any, refused: Any) -> None:
    ada, leonard = workplace.person("Ada", "Pugh"), workplace.worker("Leonard Swann")
    with refused("raised_to", saying="somebody else"):
        workplace.begin("management_oversight", "escalate", "Leonard Swann", person=ada, raised_to=leonard, **CONCERN)


@pytest.mark.parametrize("who", ["Leonard Swann", "Marian Blythe", "Petra Lind", "Beverley Ashdown"])
def test_a_child_s_page_offers_it_to_those_who_oversee(client: Any, workplace: Any, who: str) -> None:
    ada = workplace.person("Ada", "Pugh")
    look(workplace, ada, who)
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
    page = client.get(f"/child/{ada.pk}/").content.decode()
    assert "Write down your oversight" in page
    assert "Raise a concern" in page

"""A worker is supervised: what is said of a child is on the child's record, and of the worker it is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed, NotTaken
from righthelp.guard.viewers import looking
from righthelp.packs import pack
from righthelp.people.models import Person
from righthelp.processes.supervision.children import SupervisionChild
from righthelp.processes.supervision.models import Supervision
from righthelp.processes.supervision.views import Talked
from righthelp.record.models import Action, CaseEntry, Deadline, Holding

ADE, LEONARD, SYLVIA = "Ade Bankole", "Leonard Swann", "Sylvia Marchetti"
SAID = {
    "talked": "Ada is quieter. She says that she sleeps at last.",
    "safe_enough": "YES",
    "safe_because": "Her grandmother has moved in.",
    "agreed": True,
    "decided": "Two visits, then a review.",
}
OF_THE_WORKER = {"summary": "Ten children; two are new.", "worker_is": "Tired after the holidays; takes Friday off."}


def allocated(workplace: Any, given: str, worker: str = ADE) -> Person:
    """A child whom the worker helps."""
    child = workplace.person(given, "Pugh")
    row = workplace.begin("referral", "accept", "Marian Blythe", person=child, received_at=timezone.now())
    workplace.take(row, "allocate", LEONARD, social_worker=workplace.worker(worker))
    return child  # type: ignore[no-any-return]


@pytest.fixture
def due(workplace: Any) -> Any:
    """Ade helps Ada and Ben, and Leonard supervises Ade."""
    allocated(workplace, "Ada")
    allocated(workplace, "Ben")
    return workplace.begin("supervision", "call_for", LEONARD, worker=workplace.worker(ADE))


def of(row: Any, given: str, **said: Any) -> dict[str, Any]:
    kept = SupervisionChild.objects.get(entry=row.pk, person__names__given=given)
    return {"row": str(kept.pk), **said}


def record(workplace: Any, row: Any, who: str = LEONARD, **more: Any) -> Any:
    answers = {"held_at": timezone.now(), "children": [of(row, "Ada", **SAID)], **OF_THE_WORKER, **more}
    return workplace.take(row, "record", who, **answers)


def sees(workplace: Any, who: str, row: Any) -> bool:
    with looking(workplace.as_(who)):
        return bool(Supervision.objects.filter(pk=row.pk).exists())


def page_of(client: Any, workplace: Any, who: str, row: Any) -> str:
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
    return str(client.get(f"/supervision/{row.pk}/").content.decode())


@pytest.mark.county
def test_a_worker_is_supervised_and_reads_it(workplace: Any, due: Any) -> None:
    act = {"what": "See Ada at school", "who": ADE, "due_on": timezone.localdate() + timedelta(days=5)}
    ring = {"what": "Find a mentor", "who": LEONARD, "due_on": timezone.localdate() + timedelta(days=9)}
    row = record(workplace, due, children=[of(due, "Ada", **SAID, **act), of(due, "Ben")], actions=[ring])
    assert (row.state, row.supervised_by) == ("RECORDED", workplace.worker(LEONARD))
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker == workplace.worker(ADE)
    said = process("management_oversight").objects.get()
    assert (str(said.person), said.looked_into, said.in_supervision) == ("Ada Pugh", SAID["talked"], True)
    assert [one.what for one in Action.objects.filter(entry=said.pk)] == ["See Ada at school"]
    for field in said._meta.concrete_fields:
        assert OF_THE_WORKER["worker_is"] not in str(getattr(said, field.attname))
    assert workplace.take(row, "read", ADE, worker_says="I am less tired than in May.").ended


def test_the_next_falls_due_within_a_month_of_the_last(workplace: Any, due: Any) -> None:
    held = timezone.now() - timedelta(days=3)
    row = record(workplace, due, held_at=held)
    assert Deadline.objects.get(entry=row.pk).stopped_at == held
    after = Supervision.objects.get(state="DUE")
    assert after.previous == row
    assert after.due_from_on == timezone.localdate(held)
    expected = pack().due("supervision.monthly", after.due_from_on)
    assert timezone.localtime(Deadline.objects.get(entry=after.pk).due_at).date() == expected
    assert Holding.objects.get(entry=after.pk, until__isnull=True).worker == workplace.worker(LEONARD)


def test_what_was_to_be_done_is_asked_the_next_time(workplace: Any, due: Any) -> None:
    ring = {"what": "Find a mentor", "who": LEONARD, "due_on": timezone.localdate() + timedelta(days=9)}
    record(workplace, due, actions=[ring])
    after, action = Supervision.objects.get(state="DUE"), Action.objects.get(what="Find a mentor")
    done = {"row": str(action.pk), "done": "DONE", "progress": "Owen, from Monday"}
    record(workplace, after, children=[], progress=[done])
    assert Action.objects.get(pk=action.pk).progress == "Owen, from Monday"


def test_the_list_of_children_is_that_of_today(workplace: Any, due: Any) -> None:
    allocated(workplace, "Cal")
    gone = process("referral").objects.get(entry__person__names__given="Ben")
    workplace.take(gone, "allocate", LEONARD, social_worker=workplace.worker("Priya Nandra"))
    row = workplace.take(due, "list_children", ADE)
    listed = SupervisionChild.objects.filter(entry=row.pk).order_by("number")
    assert {str(one): one.is_theirs for one in listed} == {"Ada Pugh": True, "Ben Pugh": False, "Cal Pugh": True}


def test_who_supervises_whom(workplace: Any, refused: Any) -> None:
    with refused("worker", saying="Nobody supervises themselves"):
        workplace.begin("supervision", "call_for", LEONARD, worker=workplace.worker(LEONARD))
    with refused("worker", saying="none of your teams"):
        workplace.begin("supervision", "call_for", "Marian Blythe", worker=workplace.worker(ADE))
    with refused(kind=NotAllowed):
        workplace.begin("supervision", "call_for", ADE, worker=workplace.worker("Priya Nandra"))
    peer = next(one for one in workplace.staff.in_role["team manager"] if one.name != LEONARD)
    with refused("worker"):  # two who manage one team do not supervise each other
        workplace.begin("supervision", "call_for", LEONARD, worker=peer)
    workplace.begin("supervision", "call_for", SYLVIA, worker=workplace.worker(LEONARD))


def test_one_supervision_of_a_worker_is_due_at_a_time(workplace: Any, refused: Any, due: Any) -> None:
    with refused("worker", saying="due already"):
        workplace.begin("supervision", "call_for", LEONARD, worker=workplace.worker(ADE))


def test_what_is_refused_of_its_record(workplace: Any, refused: Any, due: Any) -> None:
    with refused("held_at"):
        record(workplace, due, held_at=timezone.now() + timedelta(days=1))
    with refused("children-0-safe_because"):
        record(workplace, due, children=[of(due, "Ada", **{**SAID, "safe_because": ""})])
    with refused("children-0-what", saying="not safe enough"):
        record(workplace, due, children=[of(due, "Ada", **{**SAID, "safe_enough": "NO"})])
    row = record(workplace, due)
    with refused(saying="Only Ade Bankole"):
        workplace.take(row, "read", LEONARD)


def test_who_sees_it(workplace: Any, due: Any) -> None:
    row = record(workplace, due)
    seen = {who: sees(workplace, who, row) for who in (ADE, LEONARD, SYLVIA, "Priya Nandra", "Marian Blythe")}
    assert seen == {ADE: True, LEONARD: True, SYLVIA: True, "Priya Nandra": False, "Marian Blythe": False}
    assert not sees(workplace, "Beverley Ashdown", row)
    assert not sees(workplace, "Ruth Adeyemi", row)
    with looking(workplace.as_("Marian Blythe")), pytest.raises(NotTaken):
        workplace.take(row, "read", "Marian Blythe")
    with looking(workplace.as_("Priya Nandra")):
        assert not CaseEntry.objects.filter(kind="supervision").exists()


def test_how_the_worker_is_stays_between_the_two(client: Any, workplace: Any, due: Any) -> None:
    row = record(workplace, due)
    assert OF_THE_WORKER["worker_is"] in page_of(client, workplace, ADE, row)
    assert OF_THE_WORKER["worker_is"] in page_of(client, workplace, LEONARD, row)
    above = page_of(client, workplace, SYLVIA, row)
    assert OF_THE_WORKER["summary"] in above
    assert OF_THE_WORKER["worker_is"] not in above


def test_those_who_open_no_child_read_their_own(client: Any, workplace: Any) -> None:
    row = workplace.begin("supervision", "call_for", "Marian Blythe", worker=workplace.worker("Dale Winters"))
    assert "Supervision of Dale Winters" in page_of(client, workplace, "Dale Winters", row)


def test_a_child_whom_a_circle_locks_is_not_named_to_a_manager(workplace: Any, due: Any) -> None:
    ada = Person.objects.get(names__given="Ada")
    workplace.begin("locked_circle", "lock", SYLVIA, person=ada, why="Her own niece")
    with looking(workplace.as_(LEONARD)):
        assert [str(one) for one in SupervisionChild.objects.filter(entry=due.pk)] == ["Ben Pugh"]


def test_a_worker_who_has_left_is_not_waited_for(workplace: Any, due: Any) -> None:
    row = workplace.take(due, "lapse", LEONARD, lapsed_because="Has gone to another county.")
    assert row.ended
    assert not Deadline.objects.filter(entry=row.pk).exists()


def test_a_manager_sees_who_waits_and_which_child_was_last_talked_about_when(
    client: Any, workplace: Any, due: Any
) -> None:
    record(workplace, due)
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(LEONARD).pk})
    page = " ".join(client.get("/supervision/").content.decode().split())
    assert "2 with them" in page
    assert f"Ada Pugh</a>: last talked about on {timezone.localdate().day}" in page
    assert "Ben Pugh</a>: not yet talked about" in page
    client.post("/demonstration/sign-in/", {"worker_id": workplace.worker("Priya Nandra").pk})
    own = client.get("/supervision/").content.decode()
    assert "Nothing is on record yet" in own
    assert "Pugh" not in own


def test_a_child_is_late_when_a_month_has_passed(workplace: Any) -> None:
    ada, today = workplace.person("Ada", "Pugh"), timezone.localdate()
    assert not Talked(ada, today - timedelta(days=90), today - timedelta(days=20)).late
    assert Talked(ada, today - timedelta(days=90), today - timedelta(days=40)).late
    assert not Talked(ada, today - timedelta(days=3), None).late
    assert not Talked(ada, today - timedelta(days=3), today - timedelta(days=400)).late  # new to this worker

"""Workers think together about a child; what they try is on the record, what they felt is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.record.models import Action, Holding, TimelineEvent

ADE = "Ade Bankole"


def begun(workplace: Any, ada: Any, who: str = ADE, **more: Any) -> Any:
    answers = {
        "held_at": timezone.now() - timedelta(hours=1),
        "took_part": "Ade Bankole, social worker\nPriya Nandra",
        "led_by": "Leonard Swann",
        "question": "Why does she never speak of home?",
        "child_view": "We are guessing: that nobody has asked her twice.",
        "thought": "We were all a little afraid of her father.",
        "will_try": "A walk with the dog, which she asked for.",
        "look_back_on": timezone.localdate() + timedelta(days=21),
        "actions": [{"what": "Walk with Ada", "who": ADE, "due_on": timezone.localdate() + timedelta(days=7)}],
        **more,
    }
    return workplace.begin("group_discussion", "write_down", who, person=ada, **answers)


@pytest.mark.county
def test_it_is_written_down_tried_and_looked_back_on(workplace: Any) -> None:
    row = begun(workplace, workplace.person("Ada", "Pugh"))
    assert Holding.objects.get(entry=row.pk).worker == workplace.worker(ADE)
    action = Action.objects.get(entry=row.pk)
    said = {"row": str(action.pk), "done": "DONE", "progress": "Twice."}
    row = workplace.take(row, "look_back", ADE, came_of_it="She spoke of her brother.", progress=[said])
    assert row.ended
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "Workers thought together about the child",
        "It was looked back on what was tried",
    ]


def test_what_is_refused(workplace: Any, refused: Any) -> None:
    ada = workplace.person("Ada", "Pugh")
    with refused("held_at"):
        begun(workplace, ada, held_at=timezone.now() + timedelta(hours=1))
    with refused("look_back_on"):
        begun(workplace, ada, look_back_on=timezone.localdate() - timedelta(days=1))
    with refused(kind=NotAllowed):
        begun(workplace, ada, "Ruth Adeyemi")


def test_what_the_workers_felt_is_read_by_those_who_hold_the_work(client: Any, workplace: Any) -> None:
    row = begun(workplace, workplace.person("Ada", "Pugh"))
    read = {}
    for who in (ADE, "Leonard Swann", "Priya Nandra"):
        client.post("/demonstration/sign-in/", {"worker_id": workplace.worker(who).pk})
        page = client.get(f"/group_discussion/{row.pk}/").content.decode()
        read[who] = ("A walk with the dog" in page, "a little afraid" in page)
    assert read == {ADE: (True, True), "Leonard Swann": (True, True), "Priya Nandra": (True, False)}

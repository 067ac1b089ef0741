"""Stepped up to the front door and back: both sides' reasons, one clock, and no family sent to and fro."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.kernel.moments import LONDON, local
from righthelp.record.models import Deadline, Holding

DECIDED = datetime(2026, 6, 12, 15, 0, tzinfo=LONDON)
HOUR = timedelta(hours=1)
WHY: dict[str, Any] = {
    "harm_likely": "no",
    "stepped_up_because": "The father has moved back in.",
    "stepped_up_level": 4,
    "urgency": "AMBER",
}
EARLY_HELP: dict[str, Any] = {
    "outcome": "EARLY_HELP",
    "level": 3,
    "early_help_agreed": "yes",
    "decision_reason": "The police say that he has left again.",
}


@pytest.fixture
def request_(workplace):
    workplace.decided(on=DECIDED, sent=DECIDED - 2 * HOUR, outcome="EARLY_HELP", level=2, early_help_agreed="yes")
    return workplace.take(process("help_request").objects.get(), "take_on", "Jo Ferris", on=DECIDED + HOUR)


@pytest.fixture
def stepped_up(workplace):
    def step_up(row: Any, who: str = "Jo Ferris", on: datetime = DECIDED + 2 * HOUR, **why: Any) -> tuple[Any, Any]:
        row = workplace.take(row, "step_up", who, on=on, **{**WHY, **why})
        return row, process("contact").objects.filter(help_request=row.pk).latest("received_at")

    return step_up


@pytest.fixture
def passed_back(workplace):
    def pass_back(contact: Any, on: datetime) -> Any:
        workplace.decide(contact, on=on, **EARLY_HELP)
        return process("help_request").objects.get()

    return pass_back


def test_the_front_door_has_what_early_help_knows_and_its_reason(workplace, request_, stepped_up):
    row = workplace.take(request_, "speak", "Jo Ferris", on=DECIDED + HOUR, family_spoken_to="Her mother is afraid.")
    row, contact = stepped_up(row)
    assert row.state == "AT_FRONT_DOOR"
    assert contact.entry.person == row.entry.person
    assert contact.worry == WHY["stepped_up_because"]
    assert contact.urgency == "AMBER"
    assert contact.sender_level == 4
    assert "Her mother is afraid." in contact.happened
    assert contact.came_by == "EARLY_HELP"
    assert not contact.sender_can_be_told


def test_passed_back_the_same_request_goes_on_with_both_reasons(workplace, request_, stepped_up, passed_back):
    row, contact = stepped_up(request_)
    row = passed_back(contact, DECIDED + 9 * HOUR)
    assert row.pk == request_.pk
    assert row.state == "WAITING"
    assert row.stepped_up_because == WHY["stepped_up_because"]
    assert row.front_door_says == EARLY_HELP["decision_reason"]
    assert row.level == 3
    assert row.decided_in == contact
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Jo Ferris"


@pytest.mark.county
def test_its_time_does_not_begin_again(request_, stepped_up, passed_back):
    before = Deadline.objects.get(entry=request_.pk)
    _, contact = stepped_up(request_)
    passed_back(contact, DECIDED + 9 * HOUR)
    after = Deadline.objects.get(entry=request_.pk)
    assert (after.started_at, after.due_at, after.stopped_at) == (before.started_at, before.due_at, None)
    assert local(after.due_at) == DECIDED + 72 * HOUR


@pytest.mark.county
def test_of_a_call_the_time_runs_from_when_the_front_door_first_passed_it(workplace, stepped_up, passed_back):
    row = workplace.begin(
        "help_request", "take_call", "Jo Ferris", on=DECIDED, who_rang="FAMILY", wants="Help with nights",
        harm_likely="no", child_named="yes", child_given="Ada", child_family="Pugh", agreed="yes",
    )  # fmt: skip
    row = workplace.take(row, "register", "Jo Ferris", on=DECIDED + HOUR, match_reason="New")
    row, contact = stepped_up(row)
    row = passed_back(contact, DECIDED + 9 * HOUR)
    assert Deadline.objects.get(entry=row.pk).started_at == DECIDED + 9 * HOUR
    row, contact = stepped_up(row, on=DECIDED + 10 * HOUR)
    row = passed_back(contact, DECIDED + 20 * HOUR)
    assert Deadline.objects.get(entry=row.pk).started_at == DECIDED + 9 * HOUR


def test_decided_at_the_front_door_it_ends_there(workplace, request_, stepped_up, refused):
    row, contact = stepped_up(request_)
    workplace.decide(contact, on=DECIDED + 5 * HOUR, outcome="REFERRAL", level=4, decision_reason="She is not safe.")
    row = workplace.again(row)
    assert row.state == "DECIDED_THERE"
    assert row.front_door_says == "She is not safe."
    assert row.answered_at == DECIDED + 5 * HOUR
    assert not Holding.objects.filter(entry=row.pk, until__isnull=True).exists()
    with refused(saying="cannot be done now"):
        workplace.take(row, "answer", "Jo Ferris", outcome="ADVICE", level_found=2, outcome_reason="R")


def test_a_changed_decision_brings_it_back(workplace, request_, stepped_up):
    row, contact = stepped_up(request_)
    contact = workplace.decide(contact, on=DECIDED + 5 * HOUR, outcome="REFERRAL", level=4)
    changed = {**EARLY_HELP, "why_changed": "The school rang.", "parents_told": "YES"}
    workplace.take(contact, "decide_again", "Marian Blythe", on=DECIDED + 6 * HOUR, **changed)
    row = process("help_request").objects.get()
    assert row.state == "WAITING"
    assert row.answered_at is None
    assert Holding.objects.get(entry=row.pk, until__isnull=True).team.key == "early_help"


def test_passed_on_to_who_holds_the_case_it_ends_there(workplace, request_, stepped_up):
    row, contact = stepped_up(request_)
    contact = workplace.take(contact, "start", "Nia Prosser", on=DECIDED + 3 * HOUR, urgency="AMBER",
                             urgency_reason="R")  # fmt: skip
    workplace.passed_on(contact, on=DECIDED + 4 * HOUR)
    assert workplace.again(row).state == "DECIDED_THERE"


def test_nobody_sends_a_family_to_and_fro(workplace, request_, stepped_up, passed_back, refused):
    row = request_
    for hours in (2, 4):
        row, contact = stepped_up(row, on=DECIDED + hours * HOUR)
        row = passed_back(contact, DECIDED + (hours + 1) * HOUR)
    with refused(saying="Only an early help manager"):
        workplace.take(row, "step_up", "Jo Ferris", on=DECIDED + 6 * HOUR, **WHY)
    again, _ = stepped_up(row, "Petra Lind", on=DECIDED + 6 * HOUR)
    assert again.times_stepped_up == 3


def test_fear_of_harm_is_never_held_up(request_, stepped_up, passed_back):
    row = request_
    for hours in (2, 4):
        row, contact = stepped_up(row, on=DECIDED + hours * HOUR)
        row = passed_back(contact, DECIDED + (hours + 1) * HOUR)
    row, _ = stepped_up(row, on=DECIDED + 6 * HOUR, harm_likely="yes", urgency="RED")
    assert row.state == "AT_FRONT_DOOR"


@pytest.mark.parametrize("who", ["Nia Prosser", "Marian Blythe", "Ade Bankole"])
def test_the_front_door_does_not_step_up_nor_write_early_helps_part(workplace, request_, refused, who):
    with refused(kind=NotAllowed):
        workplace.take(request_, "step_up", who, **WHY)
    with refused(kind=NotAllowed):
        workplace.take(request_, "come_back", who, decided_in=request_.contact, level=2, front_door_says="R")


# --- A worry that is decided again ------------------------------------------------------------------------


def again(workplace: Any, contact: Any, on: datetime, **decision: Any) -> None:
    answers = {"parents_told": "YES", "why_changed": "The school rang.", **decision}
    workplace.take(contact, "decide_again", "Marian Blythe", on=on, **answers)


def test_decided_again_for_early_help_while_open_the_work_goes_on(workplace, request_):
    again(workplace, request_.contact, DECIDED + 5 * HOUR, **EARLY_HELP)
    row = process("help_request").objects.get()
    assert row.state == "WORKING"
    assert (row.level, row.front_door_says) == (3, EARLY_HELP["decision_reason"])


def test_decided_again_for_something_else_it_ends_and_may_begin_anew(workplace, request_):
    contact = request_.contact
    again(workplace, contact, DECIDED + 5 * HOUR, outcome="ADVICE", level=2, decision_reason="They have help.")
    assert workplace.again(request_).state == "DECIDED_THERE"
    again(workplace, contact, DECIDED + 6 * HOUR, **EARLY_HELP)
    assert [row.state for row in process("help_request").objects.order_by("asked_at")] == ["DECIDED_THERE", "WAITING"]


def test_decided_again_after_the_answer_it_begins_anew(workplace, request_):
    answer = {"outcome": "ADVICE", "level_found": 2, "outcome_reason": "R"}
    workplace.take(request_, "answer", "Jo Ferris", on=DECIDED + 2 * HOUR, **answer)
    contact = request_.contact
    again(workplace, contact, DECIDED + 5 * HOUR, outcome="ADVICE", level=2, decision_reason="They have help.")
    again(workplace, contact, DECIDED + 6 * HOUR, **EARLY_HELP)
    assert [row.state for row in process("help_request").objects.order_by("asked_at")] == ["ANSWERED", "WAITING"]


def test_a_request_is_not_begun_beside_an_open_one(workplace, request_, refused):
    with refused("contact", saying="working on this already"):
        workplace.begin("help_request", "ask", "Marian Blythe", contact=request_.contact, level=2, reason="She asked")


def test_a_request_begins_with_the_decision_and_not_before_it(workplace, refused):
    contact = workplace.registered()
    with refused("contact", saying="Decide the worry for early help"):
        workplace.begin("help_request", "ask", "Marian Blythe", contact=contact, level=2, reason="She asked")

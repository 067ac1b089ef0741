"""A request for early help, from the decision to what came of it."""

from datetime import datetime, timedelta

import pytest

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.kernel.moments import LONDON, local
from righthelp.kernel.timing import Answer
from righthelp.record.models import Deadline, Holding, TimelineEvent

DECIDED = datetime(2026, 6, 12, 15, 0, tzinfo=LONDON)


@pytest.fixture
def request_(workplace):
    workplace.decided(
        on=DECIDED, sent=DECIDED - timedelta(hours=2), outcome="EARLY_HELP", level=3, early_help_agreed="yes"
    )
    return process("help_request").objects.get()


@pytest.mark.county
def test_a_family_is_spoken_with_and_the_request_answered(workplace, request_):
    row = workplace.take(request_, "take_on", "Jo Ferris")
    assert row.state == "WORKING"
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Jo Ferris"
    row = workplace.take(row, "speak", "Jo Ferris", family_spoken_to="Her mother wants help with mornings.")
    row = workplace.take(row, "answer", "Jo Ferris", outcome="ADVICE", level_found=2, outcome_reason="A club.")
    assert row.state == "ANSWERED"
    assert row.answered_at is not None
    assert not Holding.objects.filter(entry=row.pk, until__isnull=True).exists()
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "Passed to early help",
        "An early help worker took this on",
        "Early help spoke with the family",
        f"Early help answered: {row.label('outcome', 'ADVICE')}",
    ]


def test_it_is_about_the_same_child_and_says_why(request_):
    contact = request_.contact
    assert request_.entry.person == contact.entry.person
    assert request_.reason == contact.decision_reason
    assert request_.level == 3
    assert request_.asked_at == DECIDED


def test_another_worker_takes_it_over(workplace, request_):
    row = workplace.take(request_, "take_on", "Jo Ferris")
    row = workplace.take(row, "take_on", "Petra Lind")
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Petra Lind"


def test_it_is_taken_on_before_it_is_answered(workplace, request_, refused):
    with refused(saying="waiting for early help"):
        workplace.take(request_, "answer", "Jo Ferris", outcome="ADVICE", level_found=2, outcome_reason="R")
    with refused(saying="waiting for early help"):
        workplace.take(request_, "speak", "Jo Ferris", family_spoken_to="R")


@pytest.mark.parametrize("step", ["take_on", "speak", "answer"])
@pytest.mark.parametrize("who", ["Nia Prosser", "Marian Blythe", "Ade Bankole", "Ruth Adeyemi"])
def test_it_is_early_helps_own(workplace, request_, refused, step, who):
    with refused(kind=NotAllowed):
        workplace.take(request_, step, who)


@pytest.mark.parametrize("who", ["Nia Prosser", "Jo Ferris", "Petra Lind", "Ruth Adeyemi"])
def test_only_a_manager_of_the_front_door_passes_a_family_on(workplace, request_, refused, who):
    with refused(kind=NotAllowed):
        workplace.begin("help_request", "ask", who, contact=request_.contact, level=3, reason="She asked.")


@pytest.mark.parametrize("step", ["take_on", "speak", "answer"])
def test_what_is_answered_is_answered(workplace, request_, refused, step):
    row = workplace.take(request_, "take_on", "Jo Ferris")
    row = workplace.take(row, "answer", "Jo Ferris", outcome="ADVICE", level_found=2, outcome_reason="A club.")
    with refused(saying="cannot be done now"):
        workplace.take(row, step, "Jo Ferris")


def test_an_answer_says_what_and_why(workplace, request_, refused):
    row = workplace.take(request_, "take_on", "Jo Ferris")
    with refused("outcome"):
        workplace.take(row, "answer", "Jo Ferris", outcome="", level_found=2, outcome_reason="R")
    with refused("outcome_reason"):
        workplace.take(row, "answer", "Jo Ferris", outcome="ADVICE", level_found=2, outcome_reason="")
    with refused("family_spoken_to"):
        workplace.take(row, "speak", "Jo Ferris", family_spoken_to="")


@pytest.mark.county
def test_the_answer_is_due_in_72_hours_weekend_or_not(workplace, request_):
    clock = Deadline.objects.get(entry=request_.pk)
    assert local(clock.due_at) == datetime(2026, 6, 15, 15, 0, tzinfo=LONDON)
    row = workplace.take(request_, "take_on", "Jo Ferris", on=DECIDED + timedelta(hours=1))
    late = DECIDED + timedelta(hours=72, minutes=1)
    row = workplace.take(row, "answer", "Jo Ferris", on=late, outcome="ADVICE", level_found=2, outcome_reason="R")
    assert [timing.answer for _, _, timing in asked(row, late)] == [Answer.MISSED]


def test_before_the_county_set_a_time_there_is_no_clock(workplace):
    early = datetime(2020, 8, 31, 12, 0, tzinfo=LONDON)
    workplace.decided(on=early, outcome="EARLY_HELP", level=3, early_help_agreed="yes")
    assert not Deadline.objects.filter(entry=process("help_request").objects.get().pk).exists()

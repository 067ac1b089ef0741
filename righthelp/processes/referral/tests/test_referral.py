"""A referral, from the front door's decision to its closure; and those that a return brings."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import LOAD, REBUILD
from righthelp.kernel.moments import LONDON, local
from righthelp.kernel.timing import Answer
from righthelp.packs import pack
from righthelp.record.models import Deadline, Holding, TimelineEvent

TRIED = [{"tried_at": timezone.now(), "tried_how": "Nobody opened at 4pm."}]
REASON = next(code.code for code in pack().codes("closure_reason") if code.until is None)


def at(*when):
    return datetime(*when, tzinfo=LONDON)


@pytest.fixture
def referral(workplace):
    workplace.decided(outcome="REFERRAL", level=4)
    return process("referral").objects.get()


def allocate(workplace, referral, to="Ade Bankole", who="Leonard Swann"):
    return workplace.take(referral, "allocate", who, social_worker=workplace.worker(to))


@pytest.mark.county
def test_a_referral_is_allocated_the_child_is_seen_and_it_is_closed(workplace, referral):
    referral = allocate(workplace, referral)
    assert Holding.objects.get(entry=referral.pk, until__isnull=True).worker.name == "Ade Bankole"
    referral = workplace.take(referral, "record_attempt", "Ade Bankole", tries=TRIED)
    seen = timezone.now() - timedelta(minutes=5)
    referral = workplace.take(
        referral, "record_seen", "Ade Bankole", child_seen_at=seen, seen_by_whom="Ade Bankole, at home"
    )
    assert referral.child_seen_at == seen
    referral = workplace.take(referral, "close", "Leonard Swann", closed_on=timezone.localdate(), closure_reason=REASON)
    assert referral.state == "CLOSED"
    assert not Holding.objects.filter(entry=referral.pk, until__isnull=True).exists()
    assert [event.says for event in TimelineEvent.objects.filter(entry=referral.pk)] == [
        "Accepted as a referral to children's social care",
        "Allocated to Ade Bankole",
        "An attempt was made to see the child",
        "The child was seen",
        "Referral closed",
    ]


def test_allocation_again_changes_who_holds_it_and_not_since_when_it_is_allocated(workplace, referral):
    referral = allocate(workplace, referral)
    first = referral.allocated_at
    referral = allocate(workplace, referral, to="Fiona Garrick")
    assert referral.allocated_at == first
    assert referral.social_worker.name == "Fiona Garrick"
    assert Holding.objects.get(entry=referral.pk, until__isnull=True).worker.name == "Fiona Garrick"


@pytest.mark.parametrize(
    ("step", "who"),
    [("allocate", "Ade Bankole"), ("record_seen", "Nia Prosser"), ("record_attempt", "Jo Ferris"),
     ("close", "Ade Bankole"), ("load_closure", "Leonard Swann")],
)  # fmt: skip
def test_steps_are_for_those_who_are_named(workplace, referral, refused, step, who):
    with refused(kind=NotAllowed):
        workplace.take(referral, step, who)


def test_answers_that_are_missing_are_asked_for(workplace, referral, refused):
    for step, missing in (("allocate", "social_worker"), ("record_seen", "seen_by_whom"), ("close", "closure_reason")):
        with refused(missing):
            workplace.take(referral, step, "Leonard Swann", **{missing: ""})


def test_a_referral_is_held_by_a_social_worker(workplace, referral, refused):
    for who in ("Ruth Adeyemi", "Una Kelleher", "Jo Ferris"):
        with refused("social_worker"):
            allocate(workplace, referral, to=who)
        with refused("social_worker"):
            workplace.take(referral, "allocate", "Leonard Swann", social_worker=str(workplace.worker(who).pk))
    assert allocate(workplace, referral, to="Leonard Swann").social_worker.name == "Leonard Swann"


def test_what_is_closed_stays_closed(workplace, referral, refused):
    referral = workplace.take(referral, "close", "Leonard Swann", closed_on=timezone.localdate(), closure_reason=REASON)
    with refused(saying="closed"):
        allocate(workplace, referral)
    for step in ("record_seen", "record_attempt", "close"):
        with refused(saying="cannot be done now"):
            workplace.take(referral, step, "Leonard Swann")


@pytest.mark.parametrize("who", ["Nia Prosser", "Leonard Swann", "Ade Bankole", "Ruth Adeyemi"])
def test_only_a_manager_of_the_front_door_accepts(workplace, refused, who):
    child = workplace.person("Ada", "Pugh")
    with refused(kind=NotAllowed):
        workplace.begin("referral", "accept", who, person=child, received_at=timezone.now(), immediate="no")


def test_nobody_is_seen_tomorrow_and_nothing_closes_tomorrow(workplace, referral, refused):
    tomorrow = timezone.now() + timedelta(days=1)
    with refused("child_seen_at"):
        workplace.take(referral, "record_seen", "Leonard Swann", child_seen_at=tomorrow, seen_by_whom="A")
    with refused("closed_on"):
        workplace.take(referral, "close", "Leonard Swann", closed_on=tomorrow.date(), closure_reason=REASON)


def test_a_front_door_manager_may_accept_one_of_their_own(workplace):
    child = workplace.person("Ada", "Pugh")
    referral = workplace.begin(
        "referral", "accept", "Marian Blythe", person=child, received_at=timezone.now(), reason="By telephone"
    )
    assert referral.contact is None
    assert referral.immediate is False
    assert referral.entry.person == child


def immediate(workplace, sent):
    workplace.decided(on=sent + timedelta(minutes=30), sent=sent, outcome="IMMEDIATE", level=4)
    return process("referral").objects.get()


@pytest.mark.county
def test_a_child_in_immediate_danger_is_seen_the_same_working_day(workplace):
    referral = immediate(workplace, at(2026, 6, 9, 10, 0))
    clock = Deadline.objects.get(entry=referral.pk)
    assert (clock.clock, clock.whole_day, local(clock.due_at).date()) == ("child seen", True, date(2026, 6, 9))
    seen = at(2026, 6, 9, 17, 0)
    referral = workplace.take(
        referral, "record_seen", "Ade Bankole", on=seen, child_seen_at=seen, seen_by_whom="Ade Bankole, at school"
    )
    assert answer(referral) is Answer.MET


@pytest.mark.county
def test_over_a_bank_holiday_the_day_is_the_next_working_one(workplace):
    referral = immediate(workplace, at(2026, 5, 25, 10, 0))
    assert local(Deadline.objects.get(entry=referral.pk).due_at).date() == date(2026, 5, 26)


def answer(referral):
    return next(timing.answer for _, _, timing in asked(referral, at(2026, 6, 30, 9, 0)))


def test_one_that_is_not_immediate_has_no_such_clock(workplace, referral):
    assert not Deadline.objects.filter(entry=referral.pk).exists()
    assert answer(referral) is Answer.NOT_APPLICABLE


# --- As a return brings them ---------------------------------------------------------------------------------


def loaded(workplace, step="load_open", **more):
    child = workplace.person("", "")
    return workplace.begin("referral", step, LOAD, on=at(2025, 3, 4), person=child, received_at=at(2025, 3, 4), **more)


def test_a_return_brings_an_open_referral_and_later_its_end(workplace):
    referral = loaded(workplace)
    assert (referral.state, referral.no_further_action, referral.return_source) == ("ACCEPTED", None, "")
    referral = workplace.take(referral, "load_closure", LOAD, closed_on="1 5 2025")
    assert (referral.state, referral.closed_on) == ("CLOSED", date(2025, 5, 1))


def test_a_return_brings_a_closed_referral(workplace):
    referral = loaded(workplace, "load_closed", closed_on="1 5 2025", closure_reason=REASON, no_further_action="no")
    assert (referral.state, referral.closed_on, referral.no_further_action) == ("CLOSED", date(2025, 5, 1), False)
    assert not Holding.objects.filter(entry=referral.pk, until__isnull=True).exists()


@pytest.mark.parametrize("step", ["load_open", "load_closed"])
def test_only_a_return_loads(workplace, refused, step):
    with refused(kind=NotAllowed):
        workplace.begin("referral", step, "Marian Blythe", received_at=timezone.now())
    with refused(kind=NotAllowed, saying="The purpose"):
        workplace.begin("referral", step, REBUILD, received_at=timezone.now())


def test_a_return_does_not_close_what_somebody_works_on(workplace, refused):
    referral = allocate(workplace, loaded(workplace))
    with refused(saying="with a social worker"):
        workplace.take(referral, "load_closure", LOAD, closed_on="1 5 2025")

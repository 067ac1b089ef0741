"""News about a child whom a social worker is with already: to that worker, in time, and not counted as a contact."""

from datetime import date, datetime, timedelta

import pytest

from righthelp.engine.deadlines import asked
from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.timing import Answer
from righthelp.packs import pack
from righthelp.processes.information_on_case.models import InformationOnCase
from righthelp.record.models import Deadline, Document, Holding, TimelineEvent

pytestmark = pytest.mark.county

MONDAY = datetime(2026, 6, 8, 10, 0, tzinfo=LONDON)


@pytest.fixture
def passed(workplace):
    """A worry passed on to the social worker who holds the case."""
    contact = workplace.passed_on(workplace.registered(on=MONDAY), on=MONDAY + timedelta(hours=1))
    return contact, InformationOnCase.objects.get()


def held_by(row):
    holding = Holding.objects.select_related("worker", "team").get(entry=row.pk, until__isnull=True)
    return holding.worker.name if holding.worker else holding.team.name


def test_it_goes_to_the_worker_who_holds_the_case_and_is_read(workplace, passed):
    contact, information = passed
    assert contact.state == "PASSED_ON"
    assert held_by(information) == "Ade Bankole"
    assert information.entry.person_id == contact.entry.person_id
    assert information.entry.arose_from_id == contact.pk
    kept = Deadline.objects.get(entry=information.pk)
    assert kept.due_at.astimezone(LONDON).date() == date(2026, 6, 9), "one working day"
    information = workplace.take(
        information, "acknowledge", "Ade Bankole", on=MONDAY + timedelta(hours=3), what_next="I see her on Thursday."
    )
    assert information.ended
    assert information.acknowledged_by.name == "Ade Bankole"
    (answer,) = [timing.answer for _, _, timing in asked(information, MONDAY + timedelta(days=5))]
    assert answer is Answer.MET
    assert not Holding.objects.filter(entry=information.pk, until__isnull=True).exists()


def test_it_stands_on_the_childs_timeline(workplace, passed):
    contact, _ = passed
    said = [event.says for event in TimelineEvent.objects.filter(entry__person=contact.entry.person_id)]
    assert "Passed as information to who holds the open case" in said
    assert "Information was passed to who holds the case" in said


def test_it_is_not_counted_as_a_contact(workplace, passed):
    contact, _ = passed
    assert not contact.is_a_contact
    assert {deadline.clock for deadline in Deadline.objects.filter(entry=contact.pk)} == {"sender told"}
    assert contact.outcome == ""
    assert not contact.decisions.exists()


def test_whoever_told_us_hears_that_it_was_passed_on(workplace, passed):
    contact, _ = passed
    assert contact.sender_told_at
    with looking(workplace.as_("Ruth Adeyemi")):
        assert pack().word("passed_on") in Document.objects.get().words
        assert process("contact").objects.get().told_sender == pack().word("next_steps_passed_on")
        assert not InformationOnCase.objects.exists(), "what the social worker makes of it is not the sender's"


def test_a_member_of_the_public_does_not_learn_that_there_is_a_case(workplace):
    contact = workplace.told_by_the_public(sender_lives_at="9 High Street", sender_telephone="01632 960444")
    contact = workplace.take(contact, "start", "Nia Prosser", urgency="GREEN", urgency_reason="No harm")
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="New")
    contact = workplace.passed_on(contact)
    assert contact.told_sender == pack().word("next_steps_public")
    assert "already work" not in Document.objects.get(entry=contact.pk).words


def test_where_no_worker_has_the_case_yet_the_team_has_the_information(workplace):
    workplace.passed_on(workplace.registered(), allocated=False)
    assert held_by(InformationOnCase.objects.get()) == workplace.staff.teams["assessment"].name


def test_a_new_worry_about_harm_goes_back_to_the_board(workplace, passed):
    contact, information = passed
    back = MONDAY + timedelta(hours=26)
    information = workplace.take(information, "escalate", "Ade Bankole", on=back, harm="He has moved back in.")
    assert information.state == InformationOnCase.State.NEW_WORRY
    contact = workplace.again(contact)
    assert contact.state == "SCREENING"
    assert contact.returned_because == "He has moved back in."
    assert held_by(contact) == workplace.staff.teams["front door"].name
    due = {deadline.clock: deadline for deadline in Deadline.objects.filter(entry=contact.pk)}
    assert due["decision"].started_at == back, "the front door has its whole time from when it came back"
    contact = workplace.decide(contact, on=back + timedelta(hours=2), outcome="REFERRAL", level=4)
    assert contact.state == "DECIDED"


def test_a_manager_of_the_front_door_may_bring_it_back_too(workplace, passed):
    contact, _ = passed
    contact = workplace.take(contact, "bring_back", "Marian Blythe", returned_because="It is a new injury.")
    assert contact.state == "SCREENING"


def test_without_an_open_case_there_is_nobody_to_pass_it_to(workplace, refused):
    contact, unmatched = workplace.registered(), workplace.screening(child_given="Eve")
    with refused(saying="Nobody holds an open case"):
        workplace.take(contact, "pass_on", "Nia Prosser", passed_on_because="Known")
    with refused(saying="which child this is"):
        workplace.take(unmatched, "pass_on", "Nia Prosser", passed_on_because="Known")


def test_a_closed_case_is_nobodys(workplace, refused):
    contact = workplace.registered(on=MONDAY)
    case = workplace.begin(
        "referral", "accept", "Marian Blythe", on=MONDAY, person=contact.entry.person, received_at=MONDAY
    )
    workplace.take(case, "close", "Leonard Swann", on=MONDAY, closed_on=MONDAY.date(), closure_reason="RC8")
    with refused(saying="Nobody holds an open case"):
        workplace.take(contact, "pass_on", "Nia Prosser", passed_on_because="Known")


def test_it_begins_only_with_what_is_passed_on(workplace, refused):
    contact = workplace.registered()
    with refused("contact"):
        workplace.begin("information_on_case", "receive", "Nia Prosser", contact=contact, reason="I say so")


@pytest.mark.parametrize("who", ["Nia Prosser", "Dale Winters", "Jo Ferris", "Ruth Adeyemi"])
def test_only_who_holds_cases_says_that_it_was_read(workplace, passed, refused, who):
    with refused(kind=NotAllowed):
        workplace.take(passed[1], "acknowledge", who, what_next="Fine")


def test_a_colleague_who_stands_in_takes_it_on(workplace, passed):
    information = workplace.take(passed[1], "take_over", "Fiona Garrick")
    assert held_by(information) == "Fiona Garrick"


def test_it_is_locked_with_the_child(workplace, passed):
    contact, information = passed
    workplace.begin(
        "locked_circle", "lock", "Sylvia Marchetti", person=contact.entry.person, why="A worker is their aunt."
    )
    with looking(workplace.as_("Ade Bankole")):
        assert not InformationOnCase.objects.filter(pk=information.pk).exists()
    assert process("information_on_case").objects.count() == 1

"""A question to another agency: asked with a lawful reason, answered in their own workspace, by a time."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from righthelp.engine.deadlines import asked
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.guarded import NotShown
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.kernel.timing import Answer
from righthelp.people.models import Person
from righthelp.processes.information_request.models import InformationRequest
from righthelp.record.models import CaseEntry, Deadline, Holding, TimelineEvent

ASKED = datetime(2026, 6, 10, 9, 0, tzinfo=LONDON)


def ask(workplace, contact, agency="Border Counties Police", who="Nia Prosser", **answers):
    asks = {
        "about": "Ada Pugh\nBorn 3 April 2016",
        "question": "What do you know of this family?",
        "family_agrees": "yes",
        "answer_by": (answers.get("on") or timezone.now()) + timedelta(hours=4),
        **answers,
    }
    agency = workplace.staff.agencies[agency]
    return workplace.begin("information_request", "ask", who, contact=contact, agency=agency, **asks)


def answer(workplace, row, who="Imran Qureshi", **answers):
    return workplace.take(row, "reply", who, **{"knows": "YES", "answer": "One call to the address in May.", **answers})


@pytest.mark.county
def test_an_agency_is_asked_and_answers(workplace):
    contact = workplace.registered()
    row = ask(workplace, contact)
    assert row.state == "ASKED"
    assert row.entry.arose_from_id == contact.pk
    assert row.entry.person == contact.entry.person
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker.name == "Nia Prosser"
    row = answer(workplace, row)
    assert (row.state, row.answered_by) == ("ANSWERED", "Imran Qureshi")
    assert not Holding.objects.filter(entry=row.pk, until__isnull=True).exists()
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "Border Counties Police was asked what they know",
        "Border Counties Police answered",
    ]


def test_those_who_are_asked_see_the_question_and_nothing_else_of_the_child(workplace):
    row = ask(workplace, workplace.registered())
    with looking(workplace.as_("Imran Qureshi")):
        asked_of_us = InformationRequest.objects.get()
        assert asked_of_us.question == "What do you know of this family?"
        with pytest.raises(NotShown):
            str(asked_of_us.contact_id)
        assert not Person.objects.exists()
        assert not CaseEntry.objects.exists()
    with looking(workplace.as_("Grace Okoro")):
        assert not InformationRequest.objects.filter(pk=row.pk).exists()


def test_only_the_agency_that_was_asked_answers(workplace, refused):
    row = ask(workplace, workplace.registered())
    with refused(kind=NotAllowed, saying="may not see it"):
        answer(workplace, row, who="Grace Okoro")
    with refused(kind=NotAllowed):
        answer(workplace, row, who="Nia Prosser")


def test_who_knows_nothing_says_so_and_writes_no_more(workplace):
    row = answer(workplace, ask(workplace, workplace.registered()), knows="NO", answer="Left standing")
    assert (row.knows, row.answer) == ("NO", "")


def test_who_knows_something_says_what(workplace, refused):
    row = ask(workplace, workplace.registered())
    with refused("answer"):
        answer(workplace, row, answer="")
    with refused("knows"):
        answer(workplace, row, knows="")


def test_without_agreement_there_is_a_lawful_reason(workplace, refused):
    contact = workplace.registered()
    with refused("lawful_reason"):
        ask(workplace, contact, family_agrees="no")
    with refused("family_agrees"):
        ask(workplace, contact, family_agrees="")
    assert ask(workplace, contact, family_agrees="no", lawful_reason="RAISES_RISK").lawful_reason == "RAISES_RISK"
    assert ask(workplace, contact, family_agrees="yes", lawful_reason="RAISES_RISK").lawful_reason == ""


def test_the_time_to_answer_by_lies_ahead_and_not_too_far(workplace, refused):
    contact, now = workplace.registered(), timezone.now()
    for wrong in (now - timedelta(minutes=1), now + timedelta(days=29)):
        with refused("answer_by"):
            ask(workplace, contact, answer_by=wrong)
    assert ask(workplace, contact, answer_by=now + timedelta(days=27))


def test_the_county_does_not_ask_itself(workplace, refused):
    contact = workplace.registered()
    with refused("agency"):
        ask(workplace, contact, agency="county")


def test_only_the_front_door_asks(workplace, refused):
    contact = workplace.registered()
    for who in ("Ruth Adeyemi", "Ade Bankole", "Dale Winters"):
        with refused(kind=NotAllowed):
            ask(workplace, contact, who=who)


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Helen Marsh", "Ade Bankole", "Dale Winters"])
def test_only_the_front_door_takes_a_question_back(workplace, refused, who):
    row = ask(workplace, workplace.registered())
    with refused(kind=NotAllowed):
        workplace.take(row, "withdraw", who, withdrawn_because="No longer needed")


def test_what_is_answered_is_answered_once(workplace, refused):
    row = answer(workplace, ask(workplace, workplace.registered()))
    with refused(saying="answered"):
        answer(workplace, row)
    with refused(saying="answered"):
        workplace.take(row, "withdraw", "Nia Prosser", withdrawn_because="No longer needed")


@pytest.mark.county
def test_the_clock_runs_to_the_time_that_was_agreed(workplace):
    contact = workplace.registered(on=ASKED)
    row = ask(workplace, contact, on=ASKED, answer_by=ASKED + timedelta(hours=30))
    assert Deadline.objects.get(entry=row.pk).due_at == ASKED + timedelta(hours=30)
    row = answer(workplace, row, on=ASKED + timedelta(hours=29))
    assert answers(row, ASKED + timedelta(days=3)) == [Answer.MET]


def answers(row, now):
    return [timing.answer for _, _, timing in asked(row, now)]


@pytest.mark.county
def test_a_request_withdrawn_is_awaited_no_longer(workplace, refused):
    row = ask(workplace, workplace.registered(on=ASKED), on=ASKED)
    assert Deadline.objects.filter(entry=row.pk).exists()
    with refused("withdrawn_because"):
        workplace.take(row, "withdraw", "Nia Prosser", withdrawn_because="")
    row = workplace.take(row, "withdraw", "Nia Prosser", on=ASKED + timedelta(hours=9), withdrawn_because="We know now")
    assert row.state == "WITHDRAWN"
    assert not Deadline.objects.filter(entry=row.pk).exists(), "it is neither met nor missed"
    assert answers(row, ASKED + timedelta(days=3)) == [Answer.NOT_APPLICABLE]


def test_a_request_of_a_locked_worry_is_locked_with_it(workplace):
    workplace.person("Ada", "Pugh")
    person = Person.objects.get()
    lock = workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    workplace.take(lock, "let_in", "Sylvia Marchetti", member=workplace.worker("Nia Prosser"))
    row = ask(workplace, workplace.worry())
    assert CaseEntry.objects.get(pk=row.pk).circle_id == lock.circle_id

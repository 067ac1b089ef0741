"""Screening a worry: who holds it, how urgent it is, what is confirmed, and the one hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from righthelp.engine.refusals import NotAllowed
from righthelp.people.facts import known_facts
from righthelp.people.models import Address, PersonName
from righthelp.processes.contact.models import Contact
from righthelp.record.models import Holding, TimelineEvent

PUGH = {"given": "Ada", "family": "Pugh"}


def holdings(contact):
    return [
        (holding.worker.name if holding.worker else None, holding.until)
        for holding in Holding.objects.filter(entry=contact.pk).order_by("since", "id")
    ]


def test_whoever_starts_screening_holds_the_worry(workplace):
    contact = workplace.screening()
    assert contact.state == Contact.State.SCREENING
    assert (contact.urgency, contact.urgency_reason) == ("AMBER", "No harm today.")
    team, worker = holdings(contact)
    assert team[0] is None
    assert team[1] is not None
    assert worker == ("Nia Prosser", None)


def test_urgency_is_a_code_with_a_reason(workplace, refused):
    contact = workplace.worry()
    with refused("urgency_reason"):
        workplace.take(contact, "start", "Nia Prosser", urgency="RED", urgency_reason=" ")
    with refused("urgency"):
        workplace.take(contact, "start", "Nia Prosser", urgency="PURPLE", urgency_reason="Afraid")


@pytest.mark.parametrize("who", ["Dale Winters", "Ade Bankole", "Ruth Adeyemi", "Una Kelleher"])
def test_only_the_front_doors_social_workers_and_managers_screen(workplace, refused, who):
    contact = workplace.worry()
    with refused(kind=NotAllowed):
        workplace.take(contact, "start", who, urgency="RED", urgency_reason="Afraid")


def test_screening_starts_once(workplace, refused):
    contact = workplace.screening()
    with refused(saying="being screened"):
        workplace.take(contact, "start", "Sam Holt", urgency="RED", urgency_reason="Afraid")


def test_urgency_is_changed_until_the_decision(workplace, refused):
    contact = workplace.registered()
    contact = workplace.take(contact, "rate", "Sam Holt", urgency="RED", urgency_reason="He is due home tonight.")
    assert contact.urgency == "RED"
    assert contact.state == Contact.State.SCREENING
    assert holdings(contact)[-1] == ("Nia Prosser", None), "saying how urgent it is takes it from nobody"
    contact = workplace.decide(contact)
    with refused(saying="decided"):
        workplace.take(contact, "rate", "Sam Holt", urgency="GREEN", urgency_reason="Too late")


def test_a_worry_is_taken_over_and_a_second_time_changes_nothing(workplace):
    contact = workplace.screening()
    contact = workplace.take(contact, "take_over", "Sam Holt")
    contact = workplace.take(contact, "take_over", "Sam Holt")
    assert [worker for worker, until in holdings(contact) if until is None] == ["Sam Holt"]
    assert len(holdings(contact)) == 3


def test_what_was_found_out_is_written_before_the_decision_only(workplace, refused):
    contact = workplace.registered()
    contact = workplace.take(contact, "note", "Nia Prosser", screening_note="The GP knows of nothing.")
    assert contact.screening_note == "The GP knows of nothing."
    with refused("screening_note"):
        workplace.take(contact, "note", "Nia Prosser", screening_note="")
    contact = workplace.decide(contact)
    with refused(saying="decided"):
        workplace.take(contact, "note", "Nia Prosser", screening_note="Later thoughts")


def test_a_worry_is_held_once(workplace, refused):
    contact = workplace.registered()
    with refused("hold_reason"):
        workplace.take(contact, "hold", "Nia Prosser", hold_reason="")
    contact = workplace.take(contact, "hold", "Nia Prosser", hold_reason="The health visitor rings at 2.")
    assert contact.state == Contact.State.HELD
    assert contact.held_at is not None
    contact = workplace.take(contact, "release", "Nia Prosser")
    assert contact.state == Contact.State.SCREENING
    assert contact.released_at >= contact.held_at
    with refused(saying="held once already"):
        workplace.take(contact, "hold", "Nia Prosser", hold_reason="Again")


def test_a_held_worry_is_decided_without_being_released_first(workplace):
    contact = workplace.registered()
    contact = workplace.take(contact, "hold", "Nia Prosser", hold_reason="The GP")
    contact = workplace.decide(contact)
    assert contact.released_at == contact.decided_at


def test_what_is_not_held_is_not_released(workplace, refused):
    contact = workplace.registered()
    with refused(saying="cannot be done now"):
        workplace.take(contact, "release", "Nia Prosser")


def test_confirming_a_fact_dates_it_and_touches_nobody_elses(workplace):
    child, other = workplace.person("Ada", "Pugh"), workplace.person("Zed", "Quill")
    contact = workplace.screening()
    contact = workplace.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="Same name and birth")
    name, foreign = child.names.get(), other.names.get()
    keys = [f"name:{name.pk}", f"name:{foreign.pk}", "name:not-a-number", "nonsense", f"house:{name.pk}"]
    contact = workplace.take(contact, "confirm", "Nia Prosser", facts_confirmed=keys[:2])
    name, foreign = workplace.again(name), workplace.again(foreign)
    assert name.confirmed_on == timezone.localdate()
    assert name.confirmed_by.name == "Nia Prosser"
    assert (foreign.confirmed_on, foreign.confirmed_by) == (None, None)
    assert str(name) == "Ada Pugh"
    fact = next(fact for fact in known_facts(child) if fact.key == f"name:{name.pk}")
    assert fact.confirmed
    assert fact.on == timezone.localdate()


def test_confirming_with_keys_of_nothing_changes_nothing(workplace):
    child = workplace.person("Ada", "Pugh")
    contact = workplace.screening()
    contact = workplace.take(contact, "match", "Nia Prosser", matched_to=child, match_reason="Same")
    contact = workplace.take(contact, "confirm", "Nia Prosser", facts_confirmed=["nonsense", "name:nonsense"])
    assert not PersonName.objects.filter(confirmed_on__isnull=False).exists()


def test_nothing_is_confirmed_when_nothing_is_ticked(workplace, refused):
    contact = workplace.registered()
    with refused("facts_confirmed"):
        workplace.take(contact, "confirm", "Nia Prosser", facts_confirmed=[])


def test_a_step_is_not_dated_in_the_future(workplace, refused):
    contact = workplace.worry()
    with refused(saying="future"):
        ahead = timezone.now() + timedelta(hours=1)
        workplace.take(contact, "start", "Nia Prosser", on=ahead, urgency="RED", urgency_reason="Afraid")


def test_a_step_is_not_dated_before_the_worry_came(workplace, refused):
    contact = workplace.worry()
    with refused(saying="before"):
        workplace.take(
            contact, "start", "Nia Prosser", on=contact.received_at - timedelta(hours=1), urgency="RED",
            urgency_reason="Afraid",
        )  # fmt: skip
    assert not TimelineEvent.objects.filter(entry=contact.pk, step="start").exists()
    assert not Address.objects.exists()

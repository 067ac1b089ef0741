"""What a worker is to a child, what they may then read, and what the log says of it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from righthelp.engine import sight
from righthelp.engine.process import process
from righthelp.engine.sight import (
    ALLOCATED,
    DUTY,
    MANAGED,
    MANAGES,
    NONE,
    REASON,
    SENT,
    TEAM,
    TOOK_PART,
    AskWhy,
    opened,
    readable,
    relation_to,
    say_why,
)
from righthelp.guard.models import AccessLog, Appointment, Worker
from righthelp.guard.viewers import STEP, looking, worker_looking


def relation(workplace, who, contact):
    viewer = workplace.as_(who) if isinstance(who, str) else who
    with looking(viewer):
        return relation_to(viewer, contact.entry.person_id if contact.entry else None, contact.pk)


def newcomer(workplace, role, team=None):
    """A county worker who holds one role, in no team unless it is said."""
    worker = Worker(
        agency=workplace.staff.agencies["county"], name=f"New {role}", job_title="Worker", since=date(2024, 1, 1)
    )
    Worker.objects.bulk_create([worker])
    Appointment.objects.bulk_create(
        [Appointment(worker=worker, role=role, team=workplace.staff.teams.get(team), since=date(2024, 1, 1))]
    )
    return worker_looking(worker.pk)


def test_what_each_worker_is_to_a_worry_that_nia_holds(workplace):
    contact = workplace.screening()
    assert relation(workplace, "Nia Prosser", contact) == ALLOCATED
    assert relation(workplace, "Marian Blythe", contact) == MANAGES
    assert relation(workplace, "Sam Holt", contact) == TEAM
    assert relation(workplace, "Dale Winters", contact) == TEAM
    assert relation(workplace, newcomer(workplace, "front door social worker"), contact) == DUTY
    assert relation(workplace, newcomer(workplace, "front door manager", "assessment"), contact) == DUTY
    assert relation(workplace, "Ade Bankole", contact) == NONE
    assert relation(workplace, "Jo Ferris", contact) == NONE
    assert relation(workplace, "Ruth Adeyemi", contact) == SENT
    assert [bool(one) for one in (NONE, REASON, TOOK_PART)] == [False, True, True]


def test_it_is_the_same_once_the_child_is_known(workplace):
    contact = workplace.registered()
    assert contact.entry.person_id
    assert relation(workplace, "Nia Prosser", contact) == ALLOCATED
    assert relation(workplace, "Ade Bankole", contact) == NONE


def test_a_relation_is_to_the_child_whichever_work_gives_it(workplace):
    contact = workplace.decided(outcome="REFERRAL", level=4)
    referral = process("referral").objects.get()
    assert relation(workplace, "Leonard Swann", contact) == MANAGES, "the referral is his team's"
    workplace.take(referral, "allocate", "Leonard Swann", social_worker=workplace.worker("Ade Bankole"))
    assert relation(workplace, "Ade Bankole", contact) == ALLOCATED
    assert relation(workplace, "Fiona Garrick", contact) == TEAM


def test_who_no_longer_holds_it_took_part_lately_and_then_no_longer(workplace, monkeypatch):
    contact = workplace.decided()
    assert relation(workplace, "Nia Prosser", contact) == TOOK_PART
    assert relation(workplace, "Marian Blythe", contact) == TOOK_PART
    assert relation(workplace, "Sam Holt", contact) == NONE, "the team held it, and does no more"
    monkeypatch.setattr(sight, "LATELY", timedelta(0))
    assert relation(workplace, "Nia Prosser", contact) == NONE


def test_who_gave_it_away_is_of_the_team_still(workplace):
    contact = workplace.take(workplace.screening(), "take_over", "Sam Holt")
    assert relation(workplace, "Sam Holt", contact) == ALLOCATED
    assert relation(workplace, "Nia Prosser", contact) == TEAM


def test_who_managed_the_team_lately_answers_for_it_still(workplace, monkeypatch):
    contact = workplace.decided(on=timezone.now())
    assert relation(workplace, "Carl Denny", contact) == MANAGED
    assert relation(workplace, "Sam Holt", contact) == NONE
    monkeypatch.setattr(sight, "LATELY", timedelta(0))
    assert relation(workplace, "Carl Denny", contact) == NONE


def test_another_childs_work_gives_nothing(workplace):
    workplace.registered()
    other = workplace.registered(child_given="Zed", child_family="Quill")
    workplace.take(other, "take_over", "Sam Holt")
    lone = newcomer(workplace, "social worker")
    assert relation(workplace, lone, other) == NONE


# --- What is read ---------------------------------------------------------------------------------------------


def fields(workplace, who, contact, as_):
    viewer = workplace.as_(who)
    with looking(viewer):
        return set(readable(type(contact).objects.get(pk=contact.pk), viewer, as_))


def test_a_list_reads_little_and_an_opened_record_the_rest(workplace):
    contact = workplace.decided()
    page = type(contact)
    assert fields(workplace, "Ade Bankole", contact, NONE) == page.Shown.everyone
    for of in (REASON, TOOK_PART, DUTY, TEAM, MANAGES, ALLOCATED):
        assert fields(workplace, "Sam Holt", contact, of) == page.Shown.everyone | page.Shown.team


def test_what_is_restricted_is_for_those_who_hold_it_and_who_manage_them(workplace, monkeypatch):
    contact = workplace.decided()
    shown = type(contact).Shown
    monkeypatch.setattr(shown, "restricted", {"decision_reason"})
    monkeypatch.setattr(shown, "team", shown.team - {"decision_reason"})
    for close in (ALLOCATED, MANAGES):
        assert "decision_reason" in fields(workplace, "Nia Prosser", contact, close)
    for other in (TEAM, DUTY, TOOK_PART, REASON, NONE):
        assert "decision_reason" not in fields(workplace, "Nia Prosser", contact, other)


def test_fields_come_in_the_pages_order(workplace):
    contact = workplace.decided()
    order = [field.name for field in contact._meta.concrete_fields]
    read = readable(contact, STEP, NONE)
    assert read == [name for name in order if name in set(read)]
    assert set(read) == set(order) - {"entry", "state", "version"}


def test_an_agency_reads_what_it_sent_and_is_told_and_nothing_else(workplace):
    contact = workplace.decided()
    sent = type(contact).Shown.agencies["from_agency", "from_worker"]
    assert fields(workplace, "Ruth Adeyemi", contact, SENT) == sent
    with looking(STEP):
        for who in ("Tom Fairley", "Imran Qureshi"):
            assert readable(contact, workplace.as_(who), SENT) == []
    tom = workplace.decided()
    with looking(STEP):
        tom.from_worker = workplace.worker("Tom Fairley")
        assert set(readable(tom, workplace.as_("Tom Fairley"), SENT)) == sent
        assert set(readable(tom, workplace.as_("Ruth Adeyemi"), SENT)) == sent, "his lead reads what he sent"


def test_who_does_not_work_with_children_reads_nothing(workplace):
    contact = workplace.decided()
    assert readable(contact, workplace.as_("Una Kelleher"), SENT) == []


# --- What the log says ----------------------------------------------------------------------------------------


def look(workplace, who, contact):
    viewer = workplace.as_(who)
    with looking(viewer):
        return opened(viewer, "Worry about a child", person=contact.entry.person_id, entry=contact.pk)


def test_each_opening_is_logged_with_the_relation(workplace):
    contact = workplace.registered()
    assert look(workplace, "Nia Prosser", contact) == ALLOCATED
    row = AccessLog.objects.get(worker=workplace.worker("Nia Prosser"))
    assert (row.kind, row.relation, row.person, row.entry) == (
        AccessLog.Kind.OPENED, "allocated", contact.entry.person_id, contact.pk,
    )  # fmt: skip
    assert row.worker_name == "Nia Prosser"


def test_without_a_relation_one_is_asked_why_and_once(workplace, monkeypatch):
    contact = workplace.registered()
    other = workplace.registered(child_given="Zed", child_family="Quill")
    with pytest.raises(AskWhy) as asked:
        look(workplace, "Ade Bankole", contact)
    assert asked.value.person == contact.entry.person_id
    with looking(workplace.as_("Ade Bankole")):
        say_why("Her brother is mine", person=contact.entry.person_id, entry=contact.pk)
    assert look(workplace, "Ade Bankole", contact) == REASON
    assert look(workplace, "Ade Bankole", contact) == REASON
    with pytest.raises(AskWhy):
        look(workplace, "Ade Bankole", other)
    with pytest.raises(AskWhy):
        look(workplace, "Fiona Garrick", contact)
    monkeypatch.setattr(sight, "REASON_LASTS", timedelta(0))
    with pytest.raises(AskWhy):
        look(workplace, "Ade Bankole", contact)
    reasons = AccessLog.objects.exclude(reason="").filter(worker=workplace.worker("Ade Bankole"))
    assert [row.reason for row in reasons] == ["Her brother is mine"]


def test_a_worry_about_nobody_yet_is_opened_with_a_reason_too(workplace):
    contact = workplace.worry()
    with pytest.raises(AskWhy):
        look(workplace, "Ade Bankole", contact)
    with looking(workplace.as_("Ade Bankole")):
        say_why("I know the address", person=None, entry=contact.pk)
    assert look(workplace, "Ade Bankole", contact) == REASON


def test_a_job_is_in_the_log_under_its_purpose(workplace):
    contact = workplace.registered()
    assert opened(STEP, "Worry", person=contact.entry.person_id, entry=contact.pk) == ALLOCATED
    assert AccessLog.objects.get(purpose="step").worker is None

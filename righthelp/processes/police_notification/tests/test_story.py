"""An incident with two children, from the officers' notebook to the school, the front door and the child's worker."""

from datetime import date, datetime, timedelta

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.people.models import Address, Involvement
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.processes.police_notification.tests.making import HUB, POLICE, SENT, known, notified
from righthelp.record.models import Deadline, Document, Holding

pytestmark = pytest.mark.county


def held_by(row):
    holding = Holding.objects.get(entry=row.pk, until__isnull=True)
    return holding.worker.name if holding.worker else holding.team.key


def clock(row, name):
    return Deadline.objects.get(entry=row.pk, clock=name)


def test_a_notification_becomes_a_worry_that_nobody_types_again(workplace):
    row = notified(workplace)
    assert held_by(row) in {"domestic_abuse_hub", "front_door"}
    assert clock(row, "triage").due_at.date() == date(2026, 6, 11), "one working day after it came"
    assert clock(row, "school told").due_at == datetime(2026, 6, 10, 9, tzinfo=LONDON)

    row = workplace.take(row, "tell_school", HUB, on=SENT + timedelta(hours=1))
    assert clock(row, "school told").stopped_at == SENT + timedelta(hours=1)
    row = known(workplace, row)
    row = workplace.take(
        row, "offer_service", HUB, service_offered_to="Beth Pugh", service_offered="Safe Harbour",
        service_answer="WANTED", safe_contact="At work, on Mondays",
    )  # fmt: skip
    row = workplace.take(
        row, "pass_on", HUB, outcome_reason="The third time this spring.", own_view="She is the one who rang 999.",
        significant_harm_likely="no", lawful_reason="RAISES_RISK",
    )  # fmt: skip
    assert row.state == PoliceNotification.State.TRIAGED
    assert clock(row, "triage").stopped_at == row.triaged_at
    assert not Holding.objects.filter(entry=row.pk, until__isnull=True).exists()

    contact = process("contact").objects.get(notification=row.pk)
    assert contact.from_agency.name == "Border Counties Police"
    assert contact.from_worker.name == POLICE
    assert (contact.child_given, contact.child_family, contact.child_born_on) == ("Ada", "Pugh", date(2016, 4, 3))
    for said in ("A door was broken", "The third time this spring.", "She is the one who rang 999."):
        assert said in contact.worry
    assert contact.child_says == "I put the pillow on my ears."
    assert contact.without_consent == "RAISES_RISK"
    assert "Do not ring the house" in contact.family_must_not_know
    assert contact.entry.arose_from_id == row.pk
    assert held_by(contact) == "front_door"
    assert "At work, on Mondays" not in f"{contact.worry} {contact.happened} {contact.family_must_not_know}"

    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="New to us")
    workplace.decide(contact)
    letter = Document.objects.get(entry=contact.pk)
    assert letter.addressee.name == POLICE, "the police are told what came of it"


def test_the_children_of_one_incident_belong_together_at_the_front_door(workplace):
    ada = known(workplace, notified(workplace))
    bob = known(workplace, notified(workplace, child_given="Bob", child_born_on="1 1 2018", on=SENT))
    assert ada.incident == bob.incident
    for row in (ada, bob):
        row = workplace.take(row, "tell_school", HUB)
        workplace.take(row, "pass_on", HUB, outcome_reason="Both are afraid.", significant_harm_likely="yes")
    contacts = list(process("contact").objects.all())
    assert len({contact.sent_together for contact in contacts}) == 1
    assert {contact.child_given for contact in contacts} == {"Ada", "Bob"}


def test_information_about_a_child_with_an_open_case_goes_to_who_holds_it(workplace, refused):
    contact = workplace.decided(on=SENT - timedelta(days=9), outcome="REFERRAL", level=4)
    referral = process("referral").objects.get(contact=contact.pk)
    workplace.take(referral, "allocate", "Leonard Swann", social_worker=workplace.worker("Ade Bankole"))
    child = contact.entry.person
    row = notified(workplace)
    with refused(saying="Say first which child"):
        workplace.take(row, "inform", HUB, outcome_reason="He helps her.", significant_harm_likely="yes")
    row = workplace.take(row, "match", HUB, matched_to=child, match_reason="Same name and birth")
    row = workplace.take(row, "ring_school", HUB, school_spoken_to="Ruth Adeyemi")
    row = workplace.take(
        row,
        "inform",
        HUB,
        outcome_reason="He helps her.",
        own_view="She is afraid of his brother.",
        significant_harm_likely="no",
        lawful_reason="RAISES_RISK",
    )
    assert row.ended
    passed = process("contact").objects.get(notification=row.pk)
    assert not passed.is_a_contact, "no new worry"
    assert "She is afraid of his brother." in passed.worry
    assert "Do not ring the house" in passed.family_must_not_know
    news = process("information_on_case").objects.get(contact=passed.pk)
    assert held_by(news) == "Ade Bankole"
    assert news.reason == "He helps her."
    assert news.entry.person == child


def test_without_an_open_case_it_goes_to_the_front_door(workplace, refused):
    child = workplace.person("Ada", "Pugh")
    row = workplace.take(notified(workplace), "match", HUB, matched_to=child, match_reason="Same name and birth")
    row = workplace.take(row, "ring_school", HUB, school_spoken_to="Ruth Adeyemi")
    with refused(saying="open case"):
        workplace.take(row, "inform", HUB, outcome_reason="Somebody helps her.", significant_harm_likely="yes")


def test_the_police_read_what_came_of_it_and_not_that_somebody_helps_the_child(workplace):
    passed, nothing = (known(workplace, notified(workplace, incident_number=number)) for number in ("A1", "B2"))
    passed = workplace.take(passed, "leave_school", HUB, school_not_told_because="She is taught at home.")
    nothing = workplace.take(nothing, "leave_school", HUB, school_not_told_because="She is taught at home.")
    workplace.take(passed, "pass_on", HUB, outcome_reason="Afraid.", significant_harm_likely="yes")
    workplace.take(nothing, "close", HUB, outcome_reason="Loud, and no more.")
    with looking(workplace.as_(POLICE)):
        told = {row.incident_number: row.came_of_it for row in PoliceNotification.objects.all()}
        row = PoliceNotification.objects.get(pk=passed.pk)
        hidden = PoliceNotification.fields_hidden_from(workplace.as_(POLICE))
    assert told["A1"] == "Looked at by the hub, and passed on within children's services"
    assert told["B2"] == "Looked at by the hub: no further action"
    assert row.triaged_at
    assert {
        "outcome", "outcome_reason", "own_view", "safe_contact", "matched_to", "school", "match_reason", "is_not_known",
        "school_not_told_because",
    } <= hidden  # fmt: skip
    constable = workplace.staff.by_kind["police"][-1]
    with looking(workplace.as_(constable.name)):
        assert not PoliceNotification.objects.exists(), "another officer of the force"
    with looking(workplace.as_("Imran Qureshi")):
        assert PoliceNotification.objects.count() == 2, "their lead"


def test_a_secret_address_goes_nowhere(workplace):
    """Not on the child's record, not to the front door's questions to other agencies, not to the school."""
    child = workplace.person("Ada", "Pugh", lines="4 Mill Road", postcode="HR4 9AA")
    row = notified(
        workplace, child_lives_at="The Refuge\n9 Hidden Way", child_postcode="HR1 1AA", address_is_secret="yes",
        place="9 Hidden Way",
    )  # fmt: skip
    row = workplace.take(row, "match", HUB, matched_to=child, match_reason="Same name and birth")
    assert not Address.objects.filter(postcode="HR1 1AA").exists()
    row = workplace.take(row, "tell_school", HUB)
    row = workplace.take(row, "pass_on", HUB, outcome_reason="Afraid.", significant_harm_likely="yes")
    contact = process("contact").objects.get(notification=row.pk)
    notice = process("school_notice").objects.get(notification=row.pk)
    everywhere = " ".join(
        str(getattr(one, field.attname)) for one in (contact, notice) for field in one._meta.concrete_fields
    )
    assert "Hidden Way" not in everywhere
    assert "HR1 1AA" not in everywhere
    assert "The address is secret" in contact.family_must_not_know


def test_an_address_that_is_not_secret_is_learned(workplace):
    child = workplace.person("Ada", "Pugh")
    workplace.take(notified(workplace), "match", HUB, matched_to=child, match_reason="Same name and birth")
    learned = Address.objects.get(person=child)
    assert learned.postcode == "HR4 9AA"
    assert learned.source == "Police notification from Border Counties Police"


def test_the_school_on_record_is_offered_where_the_police_named_none(workplace):
    child = workplace.person("Ada", "Pugh")
    school = workplace.staff.schools[1]
    Involvement.objects.create(
        person=child, agency=school, kind="SCHOOL", source="School census", recorded_on=date(2026, 1, 1)
    )
    row = notified(workplace, school=None, school_named="")
    row = workplace.take(row, "match", HUB, matched_to=child, match_reason="Same name and birth")
    assert row.school == school
    assert row.school_told_at is None, "a person tells it"


def test_who_may_do_what(workplace, refused):
    row = notified(workplace)
    with refused(kind=NotAllowed):
        workplace.take(row, "close", POLICE, outcome_reason="Nothing.")
    with refused(kind=NotAllowed):
        workplace.begin("police_notification", "notify", "Ruth Adeyemi")
    with refused(kind=NotAllowed):
        workplace.take(row, "close", "Ade Bankole", outcome_reason="Nothing.")

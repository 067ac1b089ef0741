"""A worry from a school, from the form to the letter that says what came of it."""

from datetime import datetime, timedelta

import pytest

from righthelp.engine.process import process
from righthelp.guard.guarded import NotShown
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON
from righthelp.packs import pack
from righthelp.people.models import Person, PersonName, Relationship
from righthelp.processes.contact.models import Contact
from righthelp.record.models import Deadline, Document, Holding, Issue, TimelineEvent

pytestmark = pytest.mark.county
SENT = datetime(2026, 6, 9, 10, 15, tzinfo=LONDON)


def says(contact):
    return [event.says for event in TimelineEvent.objects.filter(entry=contact.pk)]


def held_by(row):
    holding = Holding.objects.get(entry=row.pk, until__isnull=True)
    return holding.worker.name if holding.worker else holding.team.name


def test_a_worry_becomes_a_referral_and_the_school_is_told(workplace):
    contact = workplace.worry(
        on=SENT,
        significant_harm_likely="yes",
        child_says_basis="OWN_WORDS",
        child_says="I do not want to go home.",
        adults=[{"name": "Beth Pugh", "relationship": "MOTHER", "parental_responsibility": "YES"}],
    )
    assert contact.state == Contact.State.RECEIVED
    assert contact.received_at == SENT
    assert contact.from_worker.name == "Ruth Adeyemi"
    assert contact.from_agency.name == "Hill Lane Primary School"
    assert contact.adults.get().name == "Beth Pugh"
    assert held_by(contact) == workplace.staff.teams["front door"].name
    assert contact.entry.person is None

    at = SENT + timedelta(minutes=20)
    contact = workplace.take(contact, "start", "Nia Prosser", on=at, urgency="RED", urgency_reason="Afraid to go home")
    assert held_by(contact) == "Nia Prosser"
    contact = workplace.take(contact, "register", "Nia Prosser", on=at, match_reason="Nobody on record is like her.")
    child = contact.entry.person
    assert str(child) == "Ada Pugh"
    assert child.source == "Worry from Hill Lane Primary School"
    contact = workplace.take(contact, "note", "Nia Prosser", on=at, screening_note="The school saw a bruise.")

    decided = SENT + timedelta(hours=3)
    contact = workplace.decide(
        contact, on=decided, outcome="REFERRAL", level=4, decision_reason="She must be seen.", parents_told="YES"
    )
    assert contact.state == Contact.State.DECIDED
    assert contact.decided_at == contact.sender_told_at == decided
    assert not Holding.objects.filter(entry=contact.pk, until__isnull=True).exists()
    assert says(contact) == [
        "Hill Lane Primary School told the front door of a worry",
        "Screening began",
        "A record was made for a child not known before",
        "Screening was written up",
        f"Decided: {pack().label('contact.outcome.REFERRAL', Contact.Outcome.REFERRAL.label)}, "
        f"Level 4: {pack().levels().level(4).title}",
    ]
    assert [event.step for event in TimelineEvent.objects.filter(entry=contact.pk, significant=True)] == [
        "send",
        "decide",
    ]
    assert {deadline.stopped_at for deadline in Deadline.objects.filter(entry=contact.pk)} == {decided}

    referral = process("referral").objects.get(contact=contact.pk)
    assert referral.state == "ACCEPTED"
    assert referral.received_at == SENT
    assert referral.reason == "She must be seen."
    assert referral.entry.arose_from_id == contact.pk
    assert referral.entry.person_id == child.pk
    assert held_by(referral) == workplace.staff.teams["assessment"].name

    letter = Document.objects.get(entry=contact.pk)
    assert letter.addressee.name == "Ruth Adeyemi"
    assert contact.reference in letter.words
    assert "Ada Pugh" in letter.words
    assert "She must be seen." not in letter.words, "the reason is not the sender's to know"
    assert Issue.objects.get(document=letter).how == Issue.How.WORKSPACE


def test_the_sender_reads_their_own_worry_and_its_outcome_and_no_more(workplace):
    contact = workplace.decided()
    with looking(workplace.as_("Ruth Adeyemi")):
        mine = Contact.objects.get(pk=contact.pk)
        assert mine.outcome == "ADVICE"
        assert mine.told_sender == pack().word("next_steps_advice")
        assert Document.objects.get().title == f"What came of the worry {contact.reference}"
        assert not Person.objects.exists()
        assert not TimelineEvent.objects.exists()
        with pytest.raises(NotShown):
            str(mine.decision_reason)
    with looking(workplace.as_("Tom Fairley")):
        assert not Contact.objects.exists(), "a colleague who is not the safeguarding lead sees only their own"
    with looking(workplace.as_("Imran Qureshi")):
        assert not Contact.objects.exists()


def test_one_form_about_two_children_is_a_record_for_each(workplace):
    contact = workplace.worry(
        on=SENT,
        child_lives_at="4 Mill Road\nLedwyche",
        child_postcode="HR4 9AA",
        adults=[{"name": "Beth Pugh", "relationship": "MOTHER", "parental_responsibility": "YES"}],
        other_children=[
            {"given": "Bob", "family": "Pugh", "born_on": "1 1 2018", "worried_too": "yes"},
            {"given": "Cy", "family": "Pugh", "born_on": "", "worried_too": "no"},
        ],
    )
    assert [str(child) for child in contact.other_children.order_by("number")] == ["Bob Pugh", "Cy Pugh"]
    other = Contact.objects.exclude(pk=contact.pk).get()
    assert str(other.child_given) == "Bob"
    assert other.sent_together == contact.sent_together is not None
    assert other.worry == contact.worry
    assert other.child_lives_at == contact.child_lives_at
    assert other.child_says_basis == Contact.VoiceBasis.NOT_ASKED, "each child has a voice of their own"
    assert other.adults.get().name == "Beth Pugh"
    assert not other.other_children.exists()
    assert other.reference != contact.reference
    assert held_by(other) == held_by(contact)
    assert other.received_at == SENT


def test_siblings_are_decided_apart(workplace):
    contact = workplace.worry(
        other_children=[{"given": "Bob", "family": "Pugh", "born_on": "1 1 2018", "worried_too": "yes"}]
    )
    other = Contact.objects.exclude(pk=contact.pk).get()
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="New to us")
    workplace.decide(contact)
    assert workplace.again(other).state == Contact.State.RECEIVED
    assert workplace.again(other).entry.person is None


def test_who_is_told_of_in_a_worry_is_not_yet_on_record(workplace):
    """What a sender says of adults stays what they said until somebody at the front door confirms it."""
    workplace.worry(adults=[{"name": "Beth Pugh", "relationship": "MOTHER", "parental_responsibility": "YES"}])
    assert not Person.objects.exists()
    assert not PersonName.objects.exists()
    assert not Relationship.objects.exists()

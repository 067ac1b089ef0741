"""The decision: what it needs, what it begins, what the sender is told, and how it is changed."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.packs import pack
from righthelp.processes.contact.models import Contact, ContactDecision
from righthelp.record.models import Deadline, Document, Holding, TimelineEvent


def test_a_decision_stands_on_a_childs_record(workplace, refused):
    contact = workplace.screening()
    with refused(saying="Say first which child this is"):
        workplace.decide(contact)
    contact = workplace.take(contact, "register", "Nia Prosser", match_reason="New to us")
    assert workplace.decide(contact).state == Contact.State.DECIDED


@pytest.mark.parametrize("who", ["Nia Prosser", "Dale Winters", "Leonard Swann", "Ruth Adeyemi"])
def test_only_a_manager_of_the_front_door_decides(workplace, refused, who):
    contact = workplace.registered()
    with refused(kind=NotAllowed):
        workplace.take(contact, "decide", who, outcome="ADVICE", level=1, decision_reason="R", parents_told="YES")


@pytest.mark.parametrize("missing", ["outcome", "level", "decision_reason", "parents_told"])
def test_a_decision_has_an_outcome_a_level_and_a_reason(workplace, refused, missing):
    contact = workplace.registered()
    with refused(missing):
        workplace.decide(contact, **{missing: ""})


def test_a_level_is_one_of_four(workplace, refused):
    contact = workplace.registered()
    for level in (0, 5, "high"):
        with refused("level"):
            workplace.decide(contact, level=level)
    assert workplace.decide(contact, level="4").level == 4


@pytest.mark.parametrize("agreed", ["no", ""])
def test_early_help_is_given_with_agreement(workplace, refused, agreed):
    contact = workplace.registered()
    with refused("early_help_agreed"):
        workplace.decide(contact, outcome="EARLY_HELP", level=3, early_help_agreed=agreed)
    assert workplace.decide(contact, outcome="EARLY_HELP", level=3, early_help_agreed="yes").early_help_agreed is True


@pytest.mark.parametrize("agreed", ["no", ""])
def test_a_decision_is_changed_to_early_help_with_agreement_too(workplace, refused, agreed):
    changed = {
        "outcome": "EARLY_HELP", "level": 3, "decision_reason": "They asked.", "parents_told": "YES",
        "why_changed": "The school rang.",
    }  # fmt: skip
    contact = workplace.decided()
    with refused("early_help_agreed"):
        workplace.take(contact, "decide_again", "Marian Blythe", **changed, early_help_agreed=agreed)
    assert workplace.take(contact, "decide_again", "Marian Blythe", **changed, early_help_agreed="yes").level == 3


def test_signposting_says_to_what(workplace, refused):
    contact = workplace.registered()
    with refused("signposted_to"):
        workplace.decide(contact, outcome="SIGNPOSTING")
    contact = workplace.decide(contact, outcome="SIGNPOSTING", signposted_to="The young carers' group on Mondays")
    assert "The young carers' group on Mondays" in contact.told_sender


def test_parents_who_were_not_told_were_not_told_for_a_reason(workplace, refused):
    contact = workplace.registered()
    with refused("parents_not_told_because"):
        workplace.decide(contact, parents_told="NO")
    contact = workplace.decide(contact, parents_told="NO", parents_not_told_because="It would put her at risk.")
    assert "It would put her at risk." not in Document.objects.get(entry=contact.pk).words


def test_answers_that_belong_to_another_outcome_are_not_kept(workplace):
    contact = workplace.registered()
    contact = workplace.decide(
        contact, early_help_agreed="yes", signposted_to="Left standing", parents_not_told_because="Left standing"
    )
    assert (contact.early_help_agreed, contact.signposted_to, contact.parents_not_told_because) == (None, "", "")


@pytest.mark.county
@pytest.mark.parametrize("outcome", Contact.Outcome.values)
def test_the_sender_is_told_in_the_countys_words_or_the_managers(workplace, outcome):
    also = {"early_help_agreed": "yes", "signposted_to": "A club"}
    contact = workplace.decide(workplace.registered(), outcome=outcome, **also)
    assert contact.told_sender.startswith(pack().word(f"next_steps_{outcome.lower()}"))
    assert contact.told_sender in Document.objects.get(entry=contact.pk).words
    other = workplace.decide(workplace.registered(), outcome=outcome, told_sender="We shall ring you.", **also)
    assert other.told_sender == "We shall ring you."
    assert "We shall ring you." in Document.objects.get(entry=other.pk).words


@pytest.mark.county
def test_the_letter_says_whether_the_parents_know(workplace):
    told = workplace.decide(workplace.registered())
    not_told = workplace.decide(workplace.registered(), parents_told="NO", parents_not_told_because="Risk")
    assert "The parents have been told" in Document.objects.get(entry=told.pk).words
    assert "have not been told" in Document.objects.get(entry=not_told.pk).words


def test_the_sender_is_told_once_and_again_of_a_change(workplace):
    contact = workplace.decided()
    first = contact.sender_told_at
    assert Document.objects.filter(entry=contact.pk).count() == 1
    contact = workplace.take(contact, "match", "Nia Prosser", matched_to=contact.entry.person, match_reason="The same")
    assert Document.objects.filter(entry=contact.pk).count() == 1, "no other step writes to them"
    contact = change(workplace, contact, outcome="REFERRAL", level=4)
    assert contact.sender_told_at == first
    assert Document.objects.filter(entry=contact.pk).count() == 2


def change(workplace, contact, who="Marian Blythe", **decision):
    answers = {
        "why_changed": "The police rang.", "outcome": "ADVICE", "level": 2, "decision_reason": "More is known now.",
        "parents_told": "YES", "told_sender": "", **decision,
    }  # fmt: skip
    return workplace.take(contact, "decide_again", who, **answers)


def test_a_decision_is_made_once_and_then_changed(workplace, refused):
    contact = workplace.decided()
    with refused(saying="decided"):
        workplace.decide(contact)
    with refused("why_changed"):
        change(workplace, contact, why_changed="")
    with refused(kind=NotAllowed):
        change(workplace, contact, who="Nia Prosser")


def test_only_a_decision_that_was_made_is_changed(workplace, refused):
    contact = workplace.registered()
    with refused(saying="cannot be done now"):
        change(workplace, contact)


def test_the_decision_before_stays_on_record(workplace):
    contact = change(workplace, workplace.decided(), outcome="REFERRAL", level=4)
    first, second = contact.decisions.all()
    assert (first.number, first.outcome, first.level, first.why_changed) == (1, "ADVICE", 2, "")
    assert (second.number, second.outcome, second.level) == (2, "REFERRAL", 4)
    assert second.why_changed == "The police rang."
    assert second.decided_by == "Marian Blythe"
    assert (contact.outcome, contact.level) == ("REFERRAL", 4)
    assert contact.decided_at == first.decided_at, "the clock stopped at the first decision"
    says = TimelineEvent.objects.filter(entry=contact.pk, step__startswith="decide").values_list("says", flat=True)
    assert [words.split(":")[0] for words in says] == ["Decided", "Decision changed to"]


def test_each_decision_keeps_the_words_its_sender_was_told(workplace):
    contact = workplace.decide(workplace.registered(), told_sender="We shall ring you.")
    contact = change(workplace, contact, outcome="REFERRAL", level=4)
    first, second = contact.decisions.all()
    assert first.told_sender == "We shall ring you."
    assert second.told_sender == pack().word("next_steps_referral")


def test_a_decision_is_never_altered_or_taken_away(workplace):
    contact = workplace.decided()
    decision = ContactDecision.objects.get(contact=contact)
    decision.reason = "Something else"
    for tamper in (lambda: decision.save(update_fields=["reason"]), decision.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()
    assert ContactDecision.objects.get(contact=contact).reason == "The school and the mother have a plan."


@pytest.mark.parametrize(
    ("outcome", "kind", "team"),
    [("REFERRAL", "referral", "assessment"), ("IMMEDIATE", "referral", "assessment"),
     ("EARLY_HELP", "help_request", "early help")],
)  # fmt: skip
def test_what_the_decision_calls_for_begins_at_once_and_once(workplace, outcome, kind, team):
    contact = workplace.registered()
    assert not process(kind).objects.exists()
    contact = workplace.decide(contact, outcome=outcome, level=3, early_help_agreed="yes")
    begun = process(kind).objects.get(contact=contact.pk)
    assert begun.reason == contact.decision_reason
    assert begun.entry.person == contact.entry.person
    assert Holding.objects.get(entry=begun.pk).team == workplace.staff.teams[team]
    contact = workplace.take(contact, "match", "Nia Prosser", matched_to=contact.entry.person, match_reason="The same")
    change(workplace, contact, outcome=outcome, level=4, early_help_agreed="yes")
    assert process(kind).objects.count() == 1


@pytest.mark.parametrize("outcome", ["ADVICE", "NO_FURTHER_ACTION", "SIGNPOSTING"])
def test_other_decisions_begin_nothing(workplace, outcome):
    workplace.decide(workplace.registered(), outcome=outcome, signposted_to="A club")
    assert not process("referral").objects.exists()
    assert not process("help_request").objects.exists()


def test_immediate_action_is_a_referral_that_says_so(workplace):
    workplace.decide(workplace.registered(), outcome="IMMEDIATE", level=4)
    assert process("referral").objects.get().immediate is True


def test_a_change_of_mind_begins_what_the_new_decision_calls_for(workplace):
    contact = change(workplace, workplace.decided(), outcome="EARLY_HELP", level=3, early_help_agreed="yes")
    assert process("help_request").objects.get(contact=contact.pk).level == 3
    change(workplace, contact, outcome="REFERRAL", level=4)
    assert process("referral").objects.filter(contact=contact.pk).count() == 1
    assert process("help_request").objects.count() == 1


def test_a_referral_that_becomes_immediate_is_one_for_today(workplace):
    """Else the child whom somebody must see today would wait in the ordinary list."""
    received = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    contact = workplace.decide(workplace.registered(on=received), on=received, outcome="REFERRAL", level=4)
    change(workplace, contact, outcome="IMMEDIATE", level=4)
    ordinary, today = process("referral").objects.order_by("immediate")
    assert (ordinary.immediate, today.immediate) == (False, True)
    assert not Deadline.objects.filter(entry=ordinary.pk).exists()
    assert Deadline.objects.get(entry=today.pk).due_at > timezone.now()
    change(workplace, contact, outcome="ADVICE", level=2)
    change(workplace, contact, outcome="IMMEDIATE", level=4)
    assert process("referral").objects.count() == 2, "one for today is open already"


def test_what_is_graver_already_is_not_begun_again_milder(workplace):
    contact = workplace.decide(workplace.registered(), outcome="IMMEDIATE", level=4)
    change(workplace, contact, outcome="REFERRAL", level=4)
    assert process("referral").objects.get().immediate is True


def test_a_decided_worry_is_held_by_nobody(workplace):
    contact = workplace.decided()
    assert not Holding.objects.filter(entry=contact.pk, until__isnull=True).exists()

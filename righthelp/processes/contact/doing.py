"""What the steps of a worry do beside changing it: who sent it, whose record it joins, what the sender is told."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils import timezone

from righthelp.engine.refusals import NotTaken
from righthelp.guard.guarded import new_id
from righthelp.guard.models import Worker
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.kernel.written import write_date, write_moment
from righthelp.packs import pack
from righthelp.people.facts import confirm
from righthelp.people.matching import locked_match
from righthelp.people.models import Person
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told
from righthelp.record.letters import words_of

if TYPE_CHECKING:
    from righthelp.processes.contact.models import Contact, ContactChild

# Letters and digits that are not mistaken for one another when read out over a telephone.
SPOKEN = "23456789BCDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    """A reference that a sender can read out, and that nobody can guess."""
    letters = "".join(secrets.choice(SPOKEN) for _ in range(8))
    return f"W-{letters[:4]}-{letters[4:]}"


def as_told(contact: Contact) -> Told:
    """The child as the sender told us of them."""
    numbers = (("UPN", contact.child_upn), ("NHS", contact.child_nhs_number))
    return Told(
        given=contact.child_given,
        family=contact.child_family,
        known_as=contact.child_known_as,
        born_on=contact.child_born_on,
        expected_on=contact.child_expected_on,
        sex=contact.child_sex,
        lines=contact.child_lives_at,
        postcode=contact.child_postcode,
        identifiers=tuple((kind, value.replace(" ", "").upper()) for kind, value in numbers if value),
    )


def levels_beside(typed: QueryDict | None) -> dict[str, Any]:
    """The county's levels of need beside the question, with what was ticked."""
    levels = pack().levels()
    return {
        "beside": "contact/levels_beside.html",
        "levels": levels,
        "chosen": set(typed.getlist("indicators")) if typed else set(),
    }


def take_down_sender(contact: Contact, on: datetime) -> None:
    """Who told us, and when."""
    by = contact.also.by
    if not isinstance(by, AsWorker):
        raise TypeError("A worry is sent by a worker of an agency.")
    contact.received_at = on
    contact.from_agency_id = by.agency
    contact.from_worker_id = by.worker


def take_down_police(contact: Contact, on: datetime) -> None:
    """What the police told the hub is from the police; the children of one incident belong together."""
    told = contact.notification
    assert told is not None  # the step asks for it
    contact.received_at = on
    contact.from_worker = told.from_worker
    contact.from_agency = told.from_agency
    contact.sent_together = told.incident


def begin_for_other_children(contact: Contact) -> None:
    """A record of its own for each other child whom the worry is about; each keeps what was told, and its own view."""
    from righthelp.processes.contact.models import ContactChild

    others = [child for child in contact.also.journal.rows(ContactChild) if child.contact_id == contact.pk]
    worrying = [child for child in others if child.worried_too]
    if not worrying:
        return
    contact.sent_together = new_id()
    step = contact.steps["send"]
    shared = {
        name: getattr(contact, name)
        for name in step.fields
        if not name.startswith("child_") and name not in {"other_children", "adults"}
    }
    for child in worrying:
        answers: dict[str, Any] = {
            **shared,
            "child_given": child.given,
            "child_family": child.family,
            "child_born_on": child.born_on,
            "child_lives_at": contact.child_lives_at,
            "child_postcode": contact.child_postcode,
            "child_language": contact.child_language,
            "child_says_basis": contact.VoiceBasis.NOT_ASKED,
            "adults": [
                {name: getattr(adult, name) for name in adult.asked_with}
                for adult in contact.also.journal.rows(_part(contact, "adults"))
                if adult.contact_id == contact.pk
            ],
        }
        try:
            other = contact.also.begin(type(contact), "send", None, answers)
        except NotTaken as wrong:
            raise NotTaken(_at_the_other_child(child, fault) for fault in wrong.faults) from None
        other.sent_together = contact.sent_together


def _at_the_other_child(child: ContactChild, fault: Fault) -> Fault:
    """A fault of a record that nobody filled in by itself, where the form asked for it."""
    at = f"other_children-{child.number - 1}-{fault.at.removeprefix('child_')}" if fault.at else ""
    return Fault(f"{child}: {fault.sentence}", at=at)


def _part(contact: Contact, name: str) -> Any:
    return type(contact)._meta.get_field(name).related_model


def keep_within_a_locked_circle(contact: Contact) -> None:
    """A worry that is likely about a locked child is locked from the first moment, before anybody reads it.

    So are those sent in the same form: each holds the same words, and names the children of the others.
    """
    from righthelp.processes.contact.models import Contact, ContactChild

    journal = contact.also.journal
    others = [child for child in journal.rows(ContactChild) if child.contact_id == contact.pk]
    told = [contact.told, *(Told(given=one.given, family=one.family, born_on=one.born_on) for one in others)]
    match = next(filter(None, map(locked_match, told)), None)
    if match is None:
        return
    contact.also.keep_within(match.person.circle_id)
    for other in journal.rows(Contact):
        if contact.sent_together and other.sent_together == contact.sent_together:
            contact.also.keep_within(match.person.circle_id, other.entry)


def _source(contact: Contact) -> Source:
    return Source(words=f"Worry from {contact.from_agency}"[:200], on=local_day(contact.received_at))


def learn_what_was_told(contact: Contact) -> None:
    """Join the child's record, and add to it what was told and is not there. Nothing there is changed."""
    person = contact.matched_to
    assert person is not None  # the step asks for it
    contact.also.about(person)
    contact.also.learn(person, contact.told, _source(contact))


def new_child(contact: Contact) -> None:
    """A new child's record, from what was told; locked at once if the worry is."""
    rows = new_person(contact.told, _source(contact))
    person = rows[0]
    assert isinstance(person, Person)
    person.circle_id = contact.entry.circle_id
    contact.also.write(*rows)
    contact.also.about(person)
    contact.matched_to = person


def confirm_facts(contact: Contact) -> None:
    """Put today's date, and who said so, on facts that are still right."""
    by = contact.also.by
    for fact in confirm(
        contact.entry.person_id, contact.facts_confirmed, by=getattr(by, "worker", None), on=contact.also.on
    ):
        contact.also.change(fact, "confirmed_on", "confirmed_by")


def record_decision(contact: Contact, on: datetime) -> None:
    """Keep the decision as it was made, beside the ones before it."""
    from righthelp.processes.contact.models import ContactDecision

    by = contact.also.by
    waiting = [row for row in contact.also.journal.rows(ContactDecision) if row.contact_id == contact.pk]
    before = (
        len(waiting) if contact.also.journal.holds(contact) else ContactDecision.objects.filter(contact=contact).count()
    )
    contact.also.write(
        ContactDecision(
            contact=contact,
            number=before + 1,
            outcome=contact.outcome,
            level=contact.level or 0,  # every decision asks for it
            reason=contact.decision_reason,
            why_changed=contact.why_changed,
            told_sender=contact.told_sender,
            decided_at=on,
            decided_by=by.name,
        )
    )


def answer_sender(contact: Contact, on: datetime) -> None:
    """Tell whoever told us: in their workspace and as a letter, in the words the manager chose, and nothing more."""
    sender: Worker = contact.from_worker
    by = contact.also.by
    contact.told_sender = contact.told_sender or usual_words(contact)
    role = pack().roles()["front door manager"].title
    letter = pack().letter("contact_outcome")
    blocks = letter.blocks(
        date=write_date(local_day(on)),
        sender_name=sender.name,
        sender_agency=contact.from_agency.name,
        reference=contact.reference,
        received=write_moment(timezone.localtime(contact.received_at)),
        child=f"{contact.child_given} {contact.child_family}",
        decision=contact.label("outcome", contact.outcome),
        decided=write_moment(timezone.localtime(on)),
        next_steps=contact.told_sender,
        sender_asked_to="",
        parents_told=_parents(contact),
        signed_by=by.name,
        signed_role=role,
    )
    title = f"What came of the worry {contact.reference}"
    contact.also.issue(title, words_of(blocks), to=f"{sender.name}, {contact.from_agency}", worker=sender)
    contact.sender_told_at = contact.sender_told_at or on


def usual_words(contact: Contact) -> str:
    """What a sender is told of a decision when the manager writes nothing of their own."""
    words = pack().word(f"next_steps_{contact.outcome.lower()}")
    return f"{words} {contact.signposted_to}".strip()


def _parents(contact: Contact) -> str:
    if contact.parents_told == contact.ParentsTold.YES:
        return "The parents have been told that we were told of a worry, and what we decided."
    return "The parents have not been told of this decision. Please do not tell them before you have spoken with us."

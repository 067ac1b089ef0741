"""What the steps of a worry do beside changing it: who sent it, whose record it joins, what the sender is told."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict

from righthelp.engine.learning import join
from righthelp.engine.named import worker_called
from righthelp.engine.process import Process, processes
from righthelp.engine.refusals import NotTaken
from righthelp.engine.rendering.sentences import lower_first
from righthelp.guard.guarded import new_id
from righthelp.guard.viewers import AsWorker
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.packs import pack
from righthelp.people.facts import confirm
from righthelp.people.matching import locked_match
from righthelp.people.models import Person
from righthelp.people.rows import Source, new_person
from righthelp.people.told import Told
from righthelp.processes.contact.questions import CHILD_THEMSELVES

if TYPE_CHECKING:
    from righthelp.processes.contact.as_told import AsTold
    from righthelp.processes.contact.models import Contact, ContactChild

# Letters and digits that are not mistaken for one another when read out over a telephone.
SPOKEN = "23456789BCDFGHJKMNPQRTVWXY"


def new_reference() -> str:
    """A reference that a sender can read out, and that nobody can guess."""
    letters = "".join(secrets.choice(SPOKEN) for _ in range(8))
    return f"W-{letters[:4]}-{letters[4:]}"


def as_told(contact: AsTold) -> Told:
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


# Questions about whoever tells us, as they are put to them.
SPOKEN_TO = {
    "from_name": "your name",
    "sender_telephone": "your telephone number",
    "sender_email": "your e-mail address",
    "sender_lives_at": "an address at which we can write to you",
    "safe_to_call": "is it safe to call you?",
    "safe_to_text": "is it safe to text you?",
    "safe_to_write": "is it safe to write to you?",
    "reach_safely": "when is a good time, and is there anything we should know before we get in touch?",
}


def take_down_sender(contact: AsTold, on: datetime) -> None:
    """Who told us, and when."""
    by = contact.also.by
    if not isinstance(by, AsWorker):
        raise TypeError("A worry is sent by a worker of an agency.")
    contact.received_at = on
    contact.from_agency_id = by.agency
    contact.from_worker_id = by.worker


def take_down_caller(contact: AsTold) -> None:
    """Somebody rang, wrote or came: who, and when they told us. An agency's worker is found among its workers."""
    contact.also.happened(contact.received_at)
    find_caller(contact)


def take_down_police(contact: AsTold, on: datetime) -> None:
    """What the police told the hub is from the police; the children of one incident belong together."""
    told = contact.notification
    assert told is not None  # the step asks for it
    contact.received_at = on
    contact.came_by = "HUB"
    contact.from_worker = told.from_worker
    contact.from_agency = told.from_agency
    contact.sent_together = told.incident


def take_down_early_help(contact: AsTold, on: datetime) -> None:
    """Early help stepped it up: it is about the child whom their request is about, and is decided as any worry is."""
    contact.received_at = on
    contact.came_by = "EARLY_HELP"


def find_caller(contact: AsTold) -> None:
    """An agency's worker reads what came of it in their workspace, when just one of its workers bears the name."""
    today = local_day(contact.also.on)
    contact.from_worker = worker_called(contact.from_name, contact.from_agency_id, today)


def take_down_somebody(contact: AsTold, on: datetime) -> None:
    """Somebody who is not signed in told us. A child who tells of themselves says it in their own words."""
    contact.received_at = on
    contact.came_by = "PUBLIC_FORM"
    if contact.who_told == CHILD_THEMSELVES:
        contact.child_says_basis = contact.VoiceBasis.OWN_WORDS
        contact.child_says = contact.child_says or contact.worry


def begin_for_other_children(contact: AsTold, name: str) -> None:
    """A record of its own for each other child whom the worry is about; each keeps what was told, and its own view."""
    from righthelp.processes.contact.models import ContactChild

    others = [child for child in contact.also.journal.rows(ContactChild) if child.contact_id == contact.pk]
    worrying = [child for child in others if child.worried_too]
    if not worrying:
        return
    contact.sent_together = new_id()
    step = contact.steps[name]
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
            "child_says": "",
            "adults": [
                {name: getattr(adult, name) for name in adult.asked_with}
                for adult in contact.also.journal.rows(_part(contact, "adults"))
                if adult.contact_id == contact.pk
            ],
        }
        try:
            other = contact.also.begin(type(contact), name, None, answers)
        except NotTaken as wrong:
            raise NotTaken(_at_the_other_child(child, fault) for fault in wrong.faults) from None
        other.sent_together = contact.sent_together


def _at_the_other_child(child: ContactChild, fault: Fault) -> Fault:
    """A fault of a record that nobody filled in by itself, where the form asked for it."""
    at = f"other_children-{child.number - 1}-{fault.at.removeprefix('child_')}" if fault.at else ""
    return Fault(f"{child}: {fault.sentence}", at=at)


def _part(contact: AsTold, name: str) -> Any:
    return type(contact)._meta.get_field(name).related_model


def keep_within_a_locked_circle(contact: AsTold) -> None:
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
    told_by = contact.told_by if contact.from_agency_id else lower_first(contact.told_by)
    return Source(words=f"Worry from {told_by}"[:200], on=local_day(contact.received_at))


def learn_what_was_told(contact: Contact) -> None:
    """Join the child's record, and add to it what was told and is not there. Nothing there is changed."""
    assert contact.matched_to is not None  # the step asks for it
    contact.matched_to = join(contact.also, contact.matched_to, contact.told, _source(contact))


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


def end_what_is_waited_for(contact: Contact, on: datetime) -> None:
    """What is still awaited when a worry is decided, passed on or joined is awaited no longer."""
    if contact.held_at and not contact.released_at:
        contact.released_at = on
    page = processes().get("information_request")
    for request in _belonging(contact, page) if page else ():
        if not request.ended:
            contact.also.take(request, "withdraw", {"withdrawn_because": pack().word("no_longer_asked")})


def tell_early_help(contact: Contact) -> None:
    """A request for early help follows the decision: one that was stepped up goes back or ends, and so does one that
    an earlier decision began. What has been answered is over; a new decision for early help begins a new one."""
    page = processes().get("help_request")
    if page is None:
        return
    for request in _belonging(contact, page) if contact.why_changed else ():
        if request.state != request.State.AT_FRONT_DOOR or not contact.is_for_early_help:
            _say_what_was_decided(contact, request)
    if contact.help_request_id:
        touched: Any = contact.also.journal.touched.get(contact.help_request_id)
        request = touched or page.objects.get(pk=contact.help_request_id)
        # What another worry about it is deciding now, or has decided since, is not this one's to end.
        ours = request.decided_in_id == contact.pk
        if ours != (request.state == request.State.AT_FRONT_DOOR):
            _say_what_was_decided(contact, request)


def _say_what_was_decided(contact: Contact, request: Any) -> None:
    here = {request.State.WAITING, request.State.WORKING}
    says = {"decided_in": contact, "front_door_says": contact.passed_on_because or contact.decision_reason}
    if contact.outcome != contact.Outcome.EARLY_HELP:
        if not request.ended:
            contact.also.take(request, "be_decided", says)
    elif request.state in here:
        contact.also.take(request, "hear_again", {**says, "level": contact.level})
    elif request.state != request.State.ANSWERED and contact.help_request_id == request.pk:
        contact.also.take(request, "come_back", {**says, "level": contact.level})


def _belonging(contact: Contact, page: type[Process]) -> list[Any]:
    """Rows of another process that name this worry: new ones, and those on record as this journal left them."""
    journal = contact.also.journal
    rows = [row for row in journal.rows(page) if row.contact_id == contact.pk]
    if not journal.holds(contact):
        rows += [journal.touched.get(row.pk, row) for row in page.objects.filter(contact=contact.pk)]
    return rows


def join_to_call(contact: Contact) -> None:
    """One worry, decided once: the form is about the child whom the call is about, and the call is confirmed by it."""
    call = contact.joins
    assert call is not None  # the step asks for it
    contact.also.arises_from(call.entry)
    end_what_is_waited_for(contact, contact.also.on)
    contact.also.take(call, "confirm_in_writing", {"confirmed_at": max(contact.received_at, call.received_at)})


def forms_of(contact: Contact) -> list[Contact]:
    """The forms that confirm a call, the one that is being joined to it now among them."""
    page = type(contact)
    here = [row for row in contact.also.journal.touched.values() if isinstance(row, page) and row.joins == contact]
    return [*here, *(form for form in page.objects.filter(joins=contact.pk) if form not in here)]

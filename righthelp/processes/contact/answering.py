"""Telling whoever told us what came of it: in their workspace, by letter, or by somebody who writes down that they did.

They are told what is theirs to know and nothing more. A worker of an agency reads it in their workspace. Anybody else
is told by somebody at the front door (`tell_sender`), with a letter where there is somewhere safe to send one.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from righthelp.guard.models import Worker
from righthelp.kernel.moments import local_day
from righthelp.kernel.written import write_date, write_moment
from righthelp.packs import pack
from righthelp.processes.contact.doing import forms_of
from righthelp.record.letters import words_of

if TYPE_CHECKING:
    from righthelp.processes.contact.models import Contact


def answer_sender(contact: Contact, on: datetime) -> None:
    """Tell whoever told us, or note that somebody must, in the words that were chosen for them."""
    contact.told_sender = contact.told_sender or usual_words(contact)
    contact.sender_told_how = contact.sender_told_what = contact.sender_not_told_because = ""
    if contact.from_agency_id:
        _write_to_agency(contact, contact, on)
        for form in forms_of(contact):
            if form.from_worker_id and form.from_worker_id != contact.from_worker_id:
                _write_to_agency(contact, form, on)
    elif contact.sender_lives_at and contact.safe_to_write is not False:
        _write_to_somebody(contact, on)
    if contact.from_worker_id:
        contact.sender_told_at = contact.sender_told_at or on
    contact.sender_to_be_told = not contact.from_worker_id and contact.sender_can_be_told


def usual_words(contact: Contact) -> str:
    """What a sender is told when nothing is written for them."""
    if not contact.from_agency_id:
        return pack().word("next_steps_public")
    if contact.is_passed_on:
        return pack().word("next_steps_passed_on")
    words = pack().word(f"next_steps_{contact.outcome.lower()}")
    return f"{words} {contact.signposted_to}".strip()


def _write_to_agency(contact: Contact, told: Contact, on: datetime) -> None:
    """The letter to who told us of this worry: by telephone, or by the form that was joined to the call."""
    worker: Worker | None = told.from_worker
    agency = told.from_agency
    assert agency is not None
    name = worker.name if worker else told.from_name or "Colleague"
    letter = pack().letter("contact_outcome")
    blocks = letter.blocks(
        date=write_date(local_day(on)),
        sender_name=name,
        sender_agency=agency.name,
        reference=told.reference,
        received=write_moment(timezone.localtime(told.received_at)),
        child=contact.heading,
        decision=pack().word("passed_on") if contact.is_passed_on else contact.label("outcome", contact.outcome),
        decided=write_moment(timezone.localtime(on)),
        next_steps=contact.told_sender,
        sender_asked_to="",
        parents_told=_parents(contact),
        signed_by=contact.also.by.name,
        signed_role=_signed_role(contact),
    )
    title = f"What came of the worry {told.reference}"
    to = f"{name}, {agency}"
    contact.also.issue(title, words_of(blocks), to=to, worker=worker, agency=agency, entry=told.entry)


def _write_to_somebody(contact: Contact, on: datetime) -> None:
    """The letter to somebody of the public: it names no child, because others may open it."""
    blocks = (
        pack()
        .letter("contact_outcome_public")
        .blocks(
            date=write_date(local_day(on)),
            sender_name=contact.from_name,
            reference=contact.reference,
            received=write_moment(timezone.localtime(contact.received_at)),
            next_steps=contact.told_sender,
            signed_by=contact.also.by.name,
            signed_role=_signed_role(contact),
        )
    )
    title = f"What you told us, {contact.reference}"
    contact.also.issue(title, words_of(blocks), to=contact.from_name or "Whoever told us")


def _signed_role(contact: Contact) -> str:
    roles: frozenset[str] = getattr(contact.also.by, "roles", frozenset())
    signing = "front door social worker" if "front door social worker" in roles else "front door manager"
    return pack().roles()[signing].title


def _parents(contact: Contact) -> str:
    if not contact.parents_told:
        return ""
    if contact.parents_told == contact.ParentsTold.YES:
        return "The parents have been told that we were told of a worry, and what we decided."
    return "The parents have not been told of this decision. Please do not tell them before you have spoken with us."

"""What the steps of a notification need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.guard.viewers import AsWorker
from righthelp.kernel.identifiers import NotAnIdentifier, check_postcode
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.people.matching import is_child
from righthelp.processes.police_notification import doing

if TYPE_CHECKING:
    from righthelp.processes.police_notification.models import PoliceNotification


def the_police_sent_it(notification: PoliceNotification) -> Fault | None:
    """A notification is what police officers saw: it comes from a police force, whoever puts it in."""
    by = notification.also.by
    if isinstance(by, AsWorker) and not by.is_county:
        if doing.agency_of(notification, by).kind == "police":
            return None
        return Fault("Only the police send police notifications. Send a worry about a child instead.")
    if notification.from_worker_id is None:
        return Fault("Say who in the police sent it.", at="from_worker")
    if notification.from_worker.agency.kind != "police":
        return Fault("Choose somebody who works for the police.", at="from_worker")
    return None


def attended_by_now(notification: PoliceNotification) -> Fault | None:
    """Officers cannot have been there tomorrow."""
    if notification.attended_at and notification.attended_at > notification.told_of_at:
        return Fault("Officers cannot have attended in the future. Check the day and the time.", at="attended_at")
    return None


def born_by_then(notification: PoliceNotification) -> Fault | None:
    """A child who was at an incident was born."""
    born = notification.child_born_on
    if born and notification.attended_at and born > local_day(notification.attended_at):
        return Fault("The date of birth is after the incident. Check both dates.", at="child_born_on")
    return None


def postcode_is_one(notification: PoliceNotification) -> Fault | None:
    """A postcode that cannot be right would match another home."""
    if notification.child_postcode:
        try:
            check_postcode(notification.child_postcode)
        except NotAnIdentifier as fault:
            return Fault(f"{fault}. Leave it empty if you are not sure.", at="child_postcode")
    return None


def secret_address_is_somewhere(notification: PoliceNotification) -> Fault | None:
    """What is secret must be known to be, or it is told by mistake."""
    if notification.address_is_secret and not (notification.child_lives_at or notification.child_postcode):
        return Fault(
            "You say that the address is secret and give none. Leave the answer empty, or give the address.",
            at="address_is_secret",
        )
    return None


# What can be judged of a row by itself, before anybody sends it.
OF_A_ROW = (attended_by_now, born_by_then, postcode_is_one, secret_address_is_somewhere)


def not_told_before(notification: PoliceNotification) -> Fault | None:
    """The same child of the same incident once: twice would be two decisions about one thing."""
    doing.name_sender(notification)
    page = type(notification)
    journal = notification.also.journal
    key = (notification.incident, notification.child_key)
    if any((row.incident, row.child_key) == key and row.pk != notification.pk for row in journal.rows(page)) or (
        notification.from_agency_id
        and doing.told_of_before(notification)
        and page.objects.filter(incident=key[0], child_key=key[1]).exclude(pk=notification.pk).exists()
    ):
        return Fault("This child of this incident has been sent already. It is not sent twice.", at="incident_number")
    return None


def is_a_child(notification: PoliceNotification) -> Fault | None:
    """A notification about a child is matched to a child."""
    if notification.matched_to and not is_child(notification.matched_to, local_day(notification.also.on)):
        return Fault(f"{notification.matched_to} is an adult. Choose the child.", at="matched_to")
    return None


def not_matched_yet(notification: PoliceNotification) -> str | None:
    """Who the child is has been said."""
    return "It has been said already which child this is." if notification.entry.person_id else None


def it_was_said_who(notification: PoliceNotification) -> str | None:
    """A decision is about somebody: what is known of them may change it."""
    if notification.entry.person_id or notification.is_not_known:
        return None
    return f"Say first which child {notification.heading} is, or that nobody on record is this child."


def is_a_school(notification: PoliceNotification) -> Fault | None:
    """A notice about a child at home goes to a school and to nobody else."""
    if notification.school is None or notification.school.kind != "school":
        return Fault("Choose a school.", at="school")
    return None


def school_is_to_be_told(notification: PoliceNotification) -> str | None:
    """A school is told of domestic abuse at which a child was there (Operation Encompass), and of nothing else."""
    if not notification.school_must_know:
        return (
            f"No school is told of {notification.heading} here: only where there was domestic abuse, the child was "
            "there, and they are of an age to go to school."
        )
    return None


def school_is_not_told(notification: PoliceNotification) -> str | None:
    """A school is told once."""
    return "The school has been told already." if notification.school_told_at else None


def school_can_be_told_here(notification: PoliceNotification) -> str | None:
    """A locked record is in no workspace; a school that nobody has named has none."""
    if is_locked(notification):
        return f"The record of {notification.heading} is locked. Ring the school's safeguarding lead, and record that."
    if notification.school_id is None:
        return f"Say first which school {notification.heading} goes to, or ring it and record that."
    return None


def is_locked(notification: PoliceNotification) -> bool:
    """Whether a circle locks the notification or the child."""
    person = notification.entry.person
    return bool(notification.entry.circle_id or (person and person.circle_id))


def school_is_dealt_with(notification: PoliceNotification) -> str | None:
    """Whoever decides has seen to it that the school knows, or has said why not."""
    if notification.school_is_awaited and not notification.school_told_at:
        return f"The school of {notification.heading} has not been told. Tell it, ring it, or say why it is not told."
    return None


def safe_contact_is_said(notification: PoliceNotification) -> Fault | None:
    """Whoever agrees to be contacted is contacted safely."""
    if notification.service_answer == notification.ServiceAnswer.WANTED and not notification.safe_contact:
        return Fault("Say how and when it is safe to contact them.", at="safe_contact")
    return None


def child_is_known(notification: PoliceNotification) -> str | None:
    """Who holds the case is found by the child's record."""
    if notification.entry.person_id:
        return None
    return f"Say first which child {notification.heading} is: who holds their case is found by their record."

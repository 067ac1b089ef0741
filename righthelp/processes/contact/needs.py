"""What the steps of a worry need, each a rule with its reason in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from righthelp.engine.process import Process, processes
from righthelp.kernel.identifiers import NotAnIdentifier, check_nhs_number, check_upn
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.packs import pack
from righthelp.people.matching import is_child
from righthelp.processes.contact.questions import AGENCY, BY_HAND

if TYPE_CHECKING:
    from righthelp.processes.contact.models import Contact


def born_or_expected(contact: Contact) -> Fault | None:
    """A child is born, or expected: never both. Neither is allowed, because a worry is not turned away for a date."""
    if contact.child_born_on and contact.child_born_on > local_day(contact.also.on):
        return Fault(
            "The date of birth is in the future. If the baby is not yet born, say when it is due.",
            at="child_born_on",
        )
    if contact.child_born_on and contact.child_expected_on:
        return Fault("Give the date of birth, or the date the baby is due, not both.", at="child_expected_on")
    return None


def numbers_are_sound(contact: Contact) -> Fault | None:
    """A number that cannot be right would match nobody, or somebody else."""
    for field, check in (("child_upn", check_upn), ("child_nhs_number", check_nhs_number)):
        if value := getattr(contact, field):
            try:
                check(value)
            except NotAnIdentifier as fault:
                return Fault(f"{fault}. Leave it empty if you are not sure.", at=field)
    return None


def indicators_are_listed(contact: Contact) -> Fault | None:
    """What was ticked is in the county's levels of need, and may be seen in a child's life."""
    known = {row.id for row in pack().levels().rows if row.choosable}
    if strange := sorted(set(contact.indicators) - known):
        return Fault(f"{', '.join(strange)} is not in the levels of need.", at="indicators")
    return None


def consent_or_lawful_reason(contact: Contact) -> Fault | None:
    """Consent is the norm; likely significant harm needs none, and there are lawful reasons to go without.

    Children Act 1989, sections 17 and 47; Data Protection Act 2018, schedule 1, paragraph 18 (safeguarding of
    children). Which answers need a reason is said in the nation's code set.
    """
    needed = pack().codes("consent")[contact.consent].also["reason"] != "not needed" if contact.consent else True
    if contact.significant_harm_likely or contact.without_consent or not needed:
        return None
    return Fault(
        "Say why you are telling us without consent. You need no consent if you think the child has suffered, or is "
        "likely to suffer, significant harm.",
        at="without_consent",
    )


def reason_is_told(contact: Contact) -> Fault | None:
    """ "Not reasonable" and "need remains" mean nothing without the reason behind them."""
    if contact.without_consent in {"NOT_REASONABLE", "NEED_REMAINS"} and not contact.without_consent_because:
        return Fault("Tell us more about why you are telling us without consent.", at="without_consent_because")
    return None


def child_is_heard(contact: Contact) -> Fault | None:
    """If the child said or showed something, it is written down."""
    heard = {contact.VoiceBasis.OWN_WORDS, contact.VoiceBasis.SHOWN}
    if contact.child_says_basis in heard and not contact.child_says:
        return Fault("Write what the child says or shows.", at="child_says")
    return None


def is_a_child(contact: Contact) -> Fault | None:
    """A worry about a child is matched to a child."""
    if contact.matched_to and not is_child(contact.matched_to, local_day(contact.also.on)):
        return Fault(f"{contact.matched_to} is an adult. Choose the child.", at="matched_to")
    return None


def not_matched_yet(contact: Contact) -> str | None:
    """A second record of one child is how facts are lost."""
    return "It has been said already which child this is." if contact.entry.person_id else None


def held_once(contact: Contact) -> str | None:
    """The longest hold would mean nothing if it could begin again."""
    if contact.held_at:
        return "This worry has been held once already. Decide with what is known, and say what is not."
    return None


def child_is_known(contact: Contact) -> str | None:
    """A decision stands on a child's record, where the next person looks."""
    if not contact.entry.person_id:
        return "Say first which child this is, or make a new record for them: the decision stands on their record."
    return None


def early_help_is_agreed(contact: Contact) -> Fault | None:
    """Early help is given with the agreement of parents or carers (the county's levels of need, level 3)."""
    if contact.outcome == contact.Outcome.EARLY_HELP and not contact.early_help_agreed:
        return Fault(
            "Early help is only given when parents or carers agree. If they have not been asked, hold the worry "
            "and ask them; if they have refused, decide something else.",
            at="early_help_agreed",
        )
    return None


def told_by_now(contact: Contact) -> Fault | None:
    """Nobody has told us anything in the future."""
    if contact.received_at and contact.received_at > contact.also.on + timedelta(minutes=5):
        return Fault("They cannot have told us in the future. Give the day and time at which they did.", "received_at")
    return None


def caller_is_named(contact: Contact) -> Fault | None:
    """A professional is never anonymous: a referral is made by somebody who can be asked more."""
    if contact.who_told == AGENCY and not contact.from_name:
        return Fault("Write the name of the worker who told us. A professional is always named.", "from_name")
    return None


def child_can_be_found(contact: Contact) -> Fault | None:
    """A worry is not turned away for a name, but somebody must be able to find the child."""
    known = (contact.child_given, contact.child_family, contact.child_known_as, contact.child_lives_at,
             contact.child_postcode, contact.child_school)  # fmt: skip
    if any(known):
        return None
    return Fault(
        "Give a name, or say where the child lives or goes to school, so that we can find them.", "child_given"
    )


def consent_is_told_by_agencies(contact: Contact) -> Fault | None:
    """An agency's worker says whether the family agreed, as on the form; nobody else is asked for consent."""
    if contact.who_told != AGENCY:
        return None
    if not contact.consent:
        return Fault("Say whether somebody with parental responsibility has agreed, or was not asked.", "consent")
    return consent_or_lawful_reason(contact)


def taken_down_by_us(contact: Contact) -> str | None:
    """Who sent a form is known by how they signed in."""
    if contact.came_by in BY_HAND:
        return None
    return "Whoever sent a form said themselves who they are. Only what was taken down here is corrected here."


def awaits_their_form(contact: Contact) -> str | None:
    """Only a call by an agency is confirmed in writing, and once."""
    if contact.is_a_referral_by_telephone:
        return None
    return "Only a telephone call by an agency is confirmed in writing."


def came_after_the_call(contact: Contact) -> Fault | None:
    """What confirms a call came after it, and has come."""
    came = contact.confirmed_at
    if came and not contact.received_at <= came <= contact.also.on + timedelta(minutes=5):
        return Fault("Their form came after the call, and not in the future.", "confirmed_at")
    return None


def same_agency_rang(contact: Contact) -> Fault | None:
    """A form confirms a call of its own agency about the same child."""
    call = contact.joins
    if call is None:
        return None
    rang = call.is_a_referral_by_telephone and not call.confirmed_at
    if call.pk == contact.pk or not rang or call.from_agency_id != contact.from_agency_id:
        return Fault("Choose a telephone call by the same agency.", "joins")
    if contact.entry.person_id and call.entry.person_id and contact.entry.person_id != call.entry.person_id:
        return Fault("The form and the call were said to be about different children. Mend that first.", "joins")
    return None


def a_case_is_open(contact: Contact) -> str | None:
    """Information is passed to somebody: without an open case there is nobody, and it is a worry to be decided."""
    if open_case(contact):
        return None
    return "Nobody holds an open case for this child, so there is nobody to pass this to. Decide it as a worry."


def open_case(contact: Contact) -> Process | None:
    """The child's open referral, the newest where there are several; None when social care is not involved."""
    page = processes().get("referral")
    if page is None or not contact.entry.person_id:
        return None
    rows = page.objects.filter(entry__person=contact.entry.person_id, state__in=page.open_states())
    found: Process | None = rows.order_by("-received_at").first()
    return found


def sender_waits(contact: Contact) -> str | None:
    """There is somebody to tell who has not been told yet."""
    if contact.sender_to_be_told:
        return None
    return "Nobody waits to be told: they were told already, or left no way to reach them."

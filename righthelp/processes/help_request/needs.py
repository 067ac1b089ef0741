"""What the steps of a request for early help need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.packs import pack
from righthelp.people.matching import is_child
from righthelp.processes.help_request.questions import SOCIAL_CARE

if TYPE_CHECKING:
    from righthelp.processes.help_request.models import HelpRequest

TO_AND_FRO = 2  # times that a family is stepped up by a worker; after that a manager decides


def decided_for_early_help(request: HelpRequest) -> Fault | None:
    """Early help begins with the front door's decision, in which the parents' agreement is asked."""
    if request.contact and request.contact.is_for_early_help:
        return None
    return Fault("Decide the worry for early help from its own page: this begins with that decision.", at="contact")


def not_open_already(request: HelpRequest) -> Fault | None:
    """One family, one request: a second one beside it would be answered by somebody who does not know of the first."""
    same = [row for row in request.also.journal.touched.values() if isinstance(row, type(request))]
    here = [row for row in same if row.contact_id == request.contact_id and row.pk != request.pk and not row.ended]
    known = {row.pk for row in same}
    open_now = type(request).objects.filter(contact=request.contact_id, state__in=request.open_states())
    if here or open_now.exclude(pk__in=known).exists():
        return Fault(
            "Early help is working on this already: open their request from the worry's page and add to it there.",
            at="contact",
        )
    return None


def professional_is_named(request: HelpRequest) -> Fault | None:
    """A family may ring without a name; a professional is never anonymous."""
    if request.who_rang != request.WhoRang.PROFESSIONAL:
        return None
    if not request.from_agency_id:
        return Fault("Choose the agency for which the caller works.", at="from_agency")
    if not request.from_name.strip():
        return Fault("Write the caller's name. A professional is always named.", at="from_name")
    return None


def harm_is_told(request: HelpRequest) -> Fault | None:
    """Whoever decides at the front door reads why this came to them."""
    if request.harm_likely and not request.stepped_up_because.strip():
        return Fault("Write what the caller told you that makes you fear harm.", at="stepped_up_because")
    return None


def named_child_can_be_found(request: HelpRequest) -> Fault | None:
    """A child who is named can be looked for; a child in danger must be found with whatever is known."""
    named = request.child_given.strip() and request.child_family.strip()
    if not request.harm_likely:
        if request.child_named and not named:
            return Fault("Write the child's first and last name, or say that no child was named.", at="child_given")
        return None
    anything = (request.child_given, request.child_family, request.child_lives_at, request.child_postcode)
    if any(one.strip() for one in anything):
        return None
    return Fault(
        "A child may be harmed: the front door must be able to find them. Ask for a name or an address, and answer "
        "“Yes” to write what you got.",
        at="child_given" if request.child_named else "child_named",
    )


def named_with_agreement(request: HelpRequest) -> Fault | None:
    """Early help rests on agreement: without it, advice is given and no name is kept. Fear of harm needs none."""
    if request.harm_likely or not request.child_named or request.agreed:
        return None
    return Fault(
        "Early help keeps a child's name only when the family agrees. Give the advice without the name, or ask the "
        "caller to talk with the family first.",
        at="agreed",
    )


def born_by_now(request: HelpRequest) -> Fault | None:
    """A date of birth lies behind us."""
    if request.child_born_on and request.child_born_on > local_day(request.also.on):
        return Fault("The date of birth is in the future.", at="child_born_on")
    return None


def a_child_was_named(request: HelpRequest) -> str | None:
    """What nobody named is on nobody's record; whom the front door passed on is known."""
    if request.contact_id:
        return "The front door has said which child this is. If it is another, tell them."
    return None if request.child_named else "No child was named in this call, so it stands on no child's record."


def is_a_child_of_ours(request: HelpRequest) -> Fault | None:
    """A call about a child is matched to a child."""
    if request.matched_to and not is_child(request.matched_to, local_day(request.also.on)):
        return Fault(f"{request.matched_to} is an adult. Choose the child.", at="matched_to")
    return None


def not_matched_yet(request: HelpRequest) -> str | None:
    """A second record of one child is how facts are lost."""
    return "It has been said already which child this is." if request.entry.person_id else None


def which_child_is_said(request: HelpRequest) -> str | None:
    """What is answered for a named child stands on their record, where the next worker looks."""
    if request.child_named and not request.entry.person_id:
        return "Say first which child this is, or make a new record for them: the answer stands on their record."
    return None


def below_social_care(request: HelpRequest) -> Fault | None:
    """At the highest level of need, children's social care decides; early help does not answer it."""
    if request.level_found != SOCIAL_CARE:
        return None
    front_door = pack().receiver("contact")
    whom = front_door.title if front_door else "the front door"
    return Fault(f"Level {SOCIAL_CARE} is not for early help alone. Step this up to the {whom}.", at="level_found")


def pointed_to_something(request: HelpRequest) -> Fault | None:
    """A service of the directory, or one in the worker's own words."""
    if request.outcome != request.Outcome.SIGNPOSTED or request.service_id or request.pointed_to.strip():
        return None
    return Fault("Choose a service, or write in your own words what they are pointed to.", at="service")


def a_third_time_by_a_manager(request: HelpRequest) -> str | None:
    """A family is not sent to and fro. Fear of significant harm is never held up by who may say so."""
    if request.times_stepped_up < TO_AND_FRO or request.harm_likely:
        return None
    if "early help manager" in getattr(request.also.by, "roles", frozenset()):
        return None
    return (
        "This family has been stepped up twice and passed back twice. Only an early help manager steps it up again, "
        "after talking with the front door's manager. If you fear significant harm, say so and step up now."
    )


def not_asked_yet(request: HelpRequest) -> str | None:
    """A family is asked once, and not until they stop answering."""
    if request.feedback_at or request.left_at:
        return "It is written down already what the family says of the help, or why they are not to be asked."
    return None

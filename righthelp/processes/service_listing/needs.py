"""What the steps of a listing need, each a rule with its reason in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.guard.viewers import AsWorker
from righthelp.kernel.identifiers import NotAnIdentifier, check_postcode
from righthelp.kernel.moments import local_day
from righthelp.kernel.page import Fault
from righthelp.packs.directory import OLDEST

if TYPE_CHECKING:
    from righthelp.processes.service_listing.models import ServiceListing

EVERYWHERE = {"COUNTY", "ONLINE"}


def kept_by_their_agency(listing: ServiceListing) -> str | None:
    """A listing is kept by whoever runs the service; the county's own team may always mend one."""
    by = listing.also.by
    if not isinstance(by, AsWorker) or by.is_county or by.agency == listing.agency_id:
        return None
    return "This listing is kept by another agency. Say on its public page what is wrong with it."


def touched_by_nobody(listing: ServiceListing) -> str | None:
    """What its keeper said stands over what a pack says."""
    if listing.changed_at or listing.confirmed_at:
        return "Whoever keeps this listing has changed or confirmed it: what they say stands."
    return None


def ages_in_order(listing: ServiceListing) -> Fault | None:
    """Ages are of the child or young person, the younger first."""
    youngest, oldest = listing.youngest, listing.oldest
    for name, age in (("youngest", youngest), ("oldest", oldest)):
        if age is not None and age > OLDEST:
            return Fault(f"Give the age of the child or young person, up to {OLDEST}.", at=name)
    if youngest is not None and oldest is not None and youngest > oldest:
        return Fault("The oldest age must be the same as the youngest, or higher.", at="oldest")
    return None


def whole_county_alone(listing: ServiceListing) -> Fault | None:
    """What is for the whole county needs no towns beside it."""
    if "COUNTY" in listing.places and set(listing.places) - EVERYWHERE:
        return Fault("Choose the whole county, or the places within it, not both.", at="places")
    return None


def a_way_that_is_told(listing: ServiceListing) -> Fault | None:
    """Who is told that they can telephone, or ask online, must find where; a pack's bare beginning is let be."""
    if not isinstance(listing.also.by, AsWorker):
        return None
    if "TELEPHONE" in listing.asked_by and not listing.telephone:
        return Fault("People can ask by telephone: give the number.", at="telephone")
    if "WEB" in listing.asked_by and not (listing.web or listing.email):
        return Fault("People can ask on the internet: give the web page, or an e-mail address.", at="web")
    return None


def postcode_is_sound(listing: ServiceListing) -> Fault | None:
    """A postcode that cannot be one leads nobody anywhere."""
    if not listing.postcode:
        return None
    try:
        listing.postcode = check_postcode(listing.postcode)
    except NotAnIdentifier as wrong:
        return Fault(f"{wrong}. Leave it empty if there is none.", at="postcode")
    return None


def telephone_can_be_rung(listing: ServiceListing) -> Fault | None:
    """A telephone number has digits enough to ring."""
    digits = sum(character.isdigit() for character in listing.telephone)
    if listing.telephone and not 3 <= digits <= 15:
        return Fault("Enter a telephone number, such as 01632 960 001.", at="telephone")
    return None


def expected_later(listing: ServiceListing) -> Fault | None:
    """Places that are expected are not there yet."""
    expected = listing.places_expected_on
    if expected and expected <= local_day(listing.also.on):
        return Fault("The day on which you expect places must be in the future.", at="places_expected_on")
    return None

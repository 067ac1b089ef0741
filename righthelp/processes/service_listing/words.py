"""A listing in words: its ages, and the words by which somebody may look for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from righthelp.packs import pack

if TYPE_CHECKING:
    from righthelp.processes.service_listing.models import ServiceListing


def ages_in_words(youngest: int | None, oldest: int | None) -> str:
    """The ages of the children whom it is for; empty when none are said."""
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return f"From {youngest} years"
    if oldest == 0:
        return "Babies under 1 year"
    if not youngest:
        return f"Up to {oldest} {'year' if oldest == 1 else 'years'}"
    return f"{youngest} years" if youngest == oldest else f"{youngest} to {oldest} years"


def words_to_find_by(listing: ServiceListing) -> str:
    """All that a listing is found by: what it says, what it helps with, and what people call that."""
    needs = pack().codes("help_need")
    said = [listing.name, listing.organisation, listing.what, listing.for_whom]
    for code in listing.helps_with:
        said += [needs[code].label, needs[code].also.get("also_called", "")]
    return "\n".join(filter(None, [*said, *listing.in_words("places"), listing.languages]))

"""The quality gate: what a listing must say before the county publishes it as open data, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from righthelp.processes.service_listing.models import ServiceListing

ENOUGH_WORDS = 5


@dataclass(frozen=True)
class Lack:
    """Something that a listing lacks: the field to mend, if it is one, and a sentence for whoever keeps it."""

    at: str
    sentence: str


def lacks(listing: ServiceListing) -> list[Lack]:
    """All that keeps a listing out of the published data; nothing when it may be published."""
    return list(_lacks(listing))


def _lacks(listing: ServiceListing) -> Iterator[Lack]:
    if listing.ended:
        yield Lack("", "The service has closed.")
        return
    if len(listing.what.split()) < ENOUGH_WORDS:
        yield Lack("what", f"Say in {ENOUGH_WORDS} words or more what the service does.")
    if not listing.for_whom.strip():
        yield Lack("for_whom", "Say who it is for.")
    if not listing.helps_with:
        yield Lack("helps_with", "Say what it helps with, so that it is found.")
    if not (listing.telephone or listing.email or listing.web):
        yield Lack("telephone", "Give the public a telephone number, an e-mail address or a web page.")
    if not listing.organisation_does.strip():
        yield Lack("organisation_does", "Say in a sentence what the organisation is: the standard asks for it.")
    if not listing.places:
        yield Lack("places", "Say where it is, or that it is for the whole county.")
    if listing.confirmed_at is None:
        yield Lack("", "Nobody who runs the service has confirmed it yet. Read it, and confirm it or change it.")
    elif listing.is_late:
        yield Lack("", "It was not confirmed in time. Read it, and confirm it or change it.")

"""A listing as Open Referral UK 3.0 (the profile HSDS-UK) has it.

Published are the facts that a listing holds, and none that it does not. Languages are left out, because the profile's
language has no field for which language it is; a telephone number stands with its contact, as in the standard beneath
the profile. An identifier that the record does not keep is made from the listing's own, so that it stays the same.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from righthelp.packs import pack
from righthelp.processes.service_listing.models import ServiceListing

VERSION = "HSDS-UK-3.0"
PROFILE = "https://docs.openreferraluk.org/"
OPENAPI = "https://openreferraluk.org/specifications/3.0/openapi.json"
NAMESPACE = UUID("8f1f4c6e-6d0d-4c41-9a37-0f6b3f0c7a52")  # of identifiers that are made from words
STATUS = {"LISTED": "active", "PAUSED": "temporarily closed"}


def root() -> dict[str, str]:
    """What this is, for a program that asks."""
    return {"version": VERSION, "profile": PROFILE, "openapi_url": OPENAPI}


def page(listings: list[dict[str, Any]], number: int, pages: int, total: int) -> dict[str, Any]:
    """One page of many, as the standard wraps it."""
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(listings),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not listings,
        "contents": listings,
    }


def service(listing: ServiceListing) -> dict[str, Any]:
    """A listing and all that belongs to it."""
    made = {
        "id": str(listing.pk),
        "organization_id": _organisation_id(listing),
        "name": listing.name,
        "description": f"{listing.what}\n\nFor: {listing.for_whom}\n\nHow to ask: {listing.how}",
        "url": listing.web,
        "email": listing.email,
        "status": STATUS[listing.state],
        "minimum_age": listing.youngest,
        "maximum_age": listing.oldest,
        "assured_date": f"{listing.confirmed_at:%Y-%m-%d}" if listing.confirmed_at else None,
        "alert": listing.paused_because,
        "last_modified": last_modified(listing).isoformat(timespec="milliseconds"),
        "organization": {
            "id": _organisation_id(listing),
            "name": listing.organisation,
            "description": listing.organisation_does,
        },
        "schedules": [_of(listing, "schedule", description=listing.opening)] if listing.opening else [],
        "service_areas": [
            _of(listing, f"service_area {code}", name=label, service_area=label)
            for code, label in zip(listing.places, listing.in_words("places"), strict=True)
        ],
        "service_at_locations": _at_locations(listing),
        "cost_options": _costs(listing),
        "contacts": _contacts(listing),
        "attributes": [_attribute(listing, code) for code in listing.helps_with],
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def last_modified(listing: ServiceListing) -> Any:
    """When anything that is published of a listing last changed."""
    moments = (listing.listed_at, listing.confirmed_at, listing.changed_at, listing.paused_at)
    return max(moment for moment in moments if moment)


def _made(*words: object) -> str:
    return str(uuid5(NAMESPACE, " ".join(map(str, words))))


def _of(listing: ServiceListing, what: str, **said: Any) -> dict[str, Any]:
    """Something that belongs to a service, with an identifier that stays the same."""
    return {"id": _made(listing.pk, what), "service_id": str(listing.pk), **said}


def _organisation_id(listing: ServiceListing) -> str:
    return _made("organization", listing.organisation.casefold())


def _at_locations(listing: ServiceListing) -> list[dict[str, Any]]:
    """Where it is, if the public may know and a whole address is told."""
    lines = [line.strip(" ,") for line in listing.address.splitlines() if line.strip(" ,")]
    if not (lines and listing.postcode):
        return []
    location = _made(listing.pk, "location")
    towns = listing.in_words("places")
    address = {
        "id": _made(listing.pk, "address"),
        "location_id": location,
        "address_1": ", ".join(lines[:-1] or lines),
        "city": lines[-1] if len(lines) > 1 else (towns[0] if towns else pack().title),
        "state_province": pack().title,
        "postal_code": listing.postcode,
        "country": "GB",
        "address_type": "physical",
    }
    made: dict[str, Any] = {"id": location, "location_type": "physical", "name": listing.name, "addresses": [address]}
    if listing.accessibility:
        made["accessibility"] = [
            {"id": _made(listing.pk, "accessibility"), "location_id": location, "description": listing.accessibility}
        ]
    return [_of(listing, "service_at_location", location_id=location, location=made)]


def _costs(listing: ServiceListing) -> list[dict[str, Any]]:
    if not listing.cost:
        return []
    free = {"amount": 0} if listing.cost == "FREE" else {}
    return [_of(listing, "cost_option", amount_description=listing.label("cost", listing.cost), **free)]


def _contacts(listing: ServiceListing) -> list[dict[str, Any]]:
    if not listing.telephone:
        return []
    contact = _of(listing, "contact", name=listing.name)
    contact["phones"] = [{"id": _made(listing.pk, "phone"), "contact_id": contact["id"], "number": listing.telephone}]
    return [contact]


def _attribute(listing: ServiceListing, code: str) -> dict[str, Any]:
    """What it helps with, as a term of our own taxonomy."""
    needs = pack().codes("help_need")
    taxonomy, term = _made("taxonomy", needs.name), _made("taxonomy_term", needs.name, code)
    return {
        "id": _made(listing.pk, "attribute", code),
        "link_id": str(listing.pk),
        "link_type": "service",
        "taxonomy_term_id": term,
        "taxonomy_term": {
            "id": term,
            "name": needs.label(code),
            "description": f"{needs.label(code)} ({needs[code].also['domain']})",
            "taxonomy": needs.title,
            "taxonomy_id": taxonomy,
            "term": code,
        },
    }

"""The small county's directory: a listing that a partner keeps, one that nobody does, one that closed, what somebody
says is wrong, and a family who was pointed to one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from righthelp.engine.journal import Journal
from righthelp.engine.taking import begin, take
from righthelp.guard.viewers import DIRECTORY, PASSER_BY
from righthelp.processes.listing_report.models import ListingReport
from righthelp.processes.service_listing.models import ServiceListing
from righthelp.processes.signposting.models import Signposting

if TYPE_CHECKING:
    from tests.county import County

DAY = timedelta(days=1)


def services(county: County, journal: Journal) -> None:
    """Each in a state of its own."""
    kept = _listed(county, journal, "kept listing", agency=county.worker("asked").agency)
    take(kept, "confirm", by=county.as_("asked"), on=county.now - 20 * DAY, into=journal)
    _listed(county, journal, "bare listing", telephone="")
    closed = _listed(county, journal, "closed listing")
    manager = county.as_("Petra Lind")
    take(closed, "close", by=manager, on=county.now - DAY, into=journal, closed_because=county.say("It moved away"))
    county.rows["report"] = begin(
        ListingReport,
        "say",
        by=PASSER_BY,
        on=county.now - 3 * DAY,
        into=journal,
        listing=kept,
        wrong="CONTACT",
        says=county.say("The number rings somewhere else"),
    )
    county.rows["signposting"] = begin(
        Signposting,
        "point",
        by=manager,
        on=county.now - 2 * DAY,
        person=county.people["known"],
        into=journal,
        service=kept,
        own_words=county.say("And the club at school"),
        why=county.say("They want company"),
        agreed="yes",
    )


def _listed(county: County, journal: Journal, key: str, **more: Any) -> ServiceListing:
    say = county.say
    facts = {
        "name": say(f"The {key}"),
        "organisation": say("Friends of everybody"),
        "organisation_does": say("They are friends of everybody"),
        "what": say("A room with tea, toys and time"),
        "for_whom": say("Anybody with a small child"),
        "how": say("Walk in"),
        "helps_with": ["BABY", "COMPANY"],
        "asked_by": ["DROP_IN"],
        "places": ["COUNTY"],
        "telephone": "01632 960117",
        "agency": None,
        "source": say("A paper of the county"),
        "pack_key": key.replace(" ", "_"),
        **more,
    }
    row = begin(ServiceListing, "bring_in", by=DIRECTORY, on=county.now - 40 * DAY, into=journal, **facts)
    county.rows[key] = row
    return row

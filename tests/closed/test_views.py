"""Every page is for workers who hold a role, but for those that are named here with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from righthelp.engine.views.asked import for_workers
from righthelp.packs import pack
from tests.county import County
from tests.leaks.addresses import Address, addresses, places

# Pages that anybody may ask for, by the name of the address.
PUBLIC = {
    "levels": "the levels of need are the county's published words",
    "roles": "who may do what is for the people whom the record is about, too",
    "about": "what this is",
    "privacy": "what becomes of what is told",
    "accessibility": "how to use it, and whom to tell when one cannot",
    "services": "whoever looks for help need not say who they are",
    "service": "what a service does, and how to ask it",
    "listing_report_say": "whoever knows that the directory is wrong need not sign in to say so",
    "api": "what a partner's system may do here, for whoever writes its program",
    "api_openapi": "the same, for programs",
    "api_levels": "the levels of need, for programs",
    "api_code_sets": "the nation's and the county's codes, for programs",
    "api_code_set": "the same, one set",
    "api_nothing": "an address of the API that is none: it says so to a program",
    "open_referral": "the directory as open data, by the standard that other directories read",
    "open_referral_services": "the same, page by page",
    "open_referral_service": "the same, one service",
    "open_data": "what the county publishes of its measures is for everybody",
    "open_data_catalogue": "the same, for programs",
    "open_data_release": "one release",
    "open_data_measure": "one measure of it",
    "open_data_csv": "its figures as a file",
    "open_data_described": "what the columns of that file mean",
    "open_data_json": "all of it, for programs",
    "health_of_notices": "whether messages to workers go out, for the same machine; counts and nobody's name",
    "demonstration_messages": "what the demonstration would have sent to its invented workers; nowhere else",
    "health": "whether it runs, for the machine that watches it",
    "tell": "anybody may tell the front door of a worry about a child",
    "tell_young": "the same, for a child or young person",
    "tell_section": "a page of that form, for the browser that began it; nothing for any other",
    "tell_check": "the same",
    "tell_sent": "that what this browser sent has arrived; it names nobody",
    "tell_leave": "the way out of the form in haste",
    "sign_in_demonstration": "the way into the demonstration county, where everybody is invented",
}
# Answered to a program, and to nobody who is signed in: what needs a key says so to whoever has none.
BY_KEY = {
    "api_worries": "a partner's system sends a worry",
    "api_worry": "and reads what came of it",
    "api_notifications": "a police force's system sends notifications",
}
LEAVE = "/tell/leave/"
SIGN_IN_LIBRARY = "account/"  # its own pages: each asks for what it needs
GUARDED = for_workers(lambda request: None).__code__  # type: ignore[arg-type, return-value, attr-defined]
PAGES = addresses()


def is_for_workers(view: Callable[..., Any]) -> bool:
    return getattr(view, "__code__", None) is GUARDED


def by_route(address: Address) -> str:
    return address.route or "/"


@pytest.mark.parametrize("address", PAGES, ids=by_route)
def test_a_page_is_for_workers_or_named_as_public(address: Address) -> None:
    public = address.name in PUBLIC or address.name in BY_KEY or address.route.startswith(SIGN_IN_LIBRARY)
    assert is_for_workers(address.view) != public


def test_every_public_page_is_there() -> None:
    assert PUBLIC.keys() | BY_KEY.keys() <= {address.name for address in PAGES}
    assert not PUBLIC.keys() & BY_KEY.keys()


@pytest.fixture(scope="module")
def county(lasting_county: County) -> County:
    lasting_county.rows |= {"letters": [], "appointments": []}
    return lasting_county


@pytest.mark.parametrize(
    "address", [address for address in PAGES if not address.route.startswith(SIGN_IN_LIBRARY)], ids=by_route
)
def test_whoever_is_not_signed_in_is_led_to_the_sign_in(address: Address, county: County, for_real: None) -> None:
    browser = Client(raise_request_exception=False)
    for place in list(places(address, county))[:3]:
        for answer in (browser.get(place), browser.post(place)):
            if address.name in BY_KEY:
                assert answer.status_code in {401, 405}, place
                assert answer.json()["detail"]
            elif address.name in PUBLIC:
                if answer.status_code == 405:
                    assert place.startswith("/api/v1/")
                    continue
                onward = answer.headers.get("Location", "/tell/")
                assert answer.status_code in {200, 404} or onward.startswith("/tell/") or place == LEAVE, place
                assert place != LEAVE or onward == pack().word("leave_for")
            else:
                assert answer.status_code == 302
                assert answer.headers["Location"].startswith("/account/login/?next=")


def test_a_page_that_nobody_named_is_noticed() -> None:
    assert not is_for_workers(lambda request: None)
    assert is_for_workers(for_workers(lambda request: None))  # type: ignore[arg-type, return-value]

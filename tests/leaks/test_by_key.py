"""The canary crawl by key: every address of the API as every system, and nothing turns up that is not its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from righthelp.api.examples import WORRY, notifications
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.processes.contact.models import Contact
from tests.county import County, make_county
from tests.county_systems import SYSTEMS
from tests.databases import a_database_of_its_own
from tests.leaks.addresses import addresses, places
from tests.leaks.crawl import Crawl
from tests.leaks.readers import Reader
from tests.leaks.tokens import TOKEN, Tokens

SENT = {"api_worries": WORRY, "api_notifications": notifications()}


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture(scope="module")
def county(tokens: Tokens, django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    with django_db_blocker.unblock(), a_database_of_its_own("by_key"):
        county = make_county(tokens.say)
        tokens.fill(county)
        yield county


@pytest.fixture(autouse=True)
def _nobody_is_told_to_wait(settings: Any) -> None:
    settings.API_A_MINUTE = 10**6
    cache.clear()


def references(county: County) -> list[str]:
    with looking(DEMONSTRATION):
        return list(Contact.objects.values_list("reference", flat=True))


@pytest.mark.parametrize("who", SYSTEMS)
def test_nothing_turns_up_that_is_not_its_own(who: str, county: County, tokens: Tokens, for_real: None) -> None:
    key = {"Authorization": f"Bearer {county.keys[who]}", "Idempotency-Key": "a-number-of-its-own"}
    browser = Client(raise_request_exception=False, headers=key)
    going = Crawl(Reader(who, county.as_(who), tokens), tokens, browser)
    read = {}
    for address in addresses():
        if not address.name.startswith("api"):
            continue
        asked = [*places(address, county)]
        if address.name == "api_worry":
            asked = [address.filled({"reference": reference}) for reference in references(county)]
        for place in asked:
            read[place] = going.get(place)
            body = json.dumps({**SENT.get(address.name, {}), "confirms": county.rows["locked"].reference})
            going.posted(place, body)
            going.posted(place, json.dumps(SENT.get(address.name, {})))
    assert going.wrong == {}
    own = {place for place, answer in read.items() if "/worries/" in place and answer.status_code == 200}
    with looking(DEMONSTRATION):
        sent = Contact.objects.get(pk=county.rows["sent by a system"].pk)
    assert own == ({f"/api/v1/worries/{sent.reference}"} if who == "the school's system" else set())
    words = set(TOKEN.findall(sent.worry.lower()))
    assert not words & set(TOKEN.findall(" ".join(answer.content.decode().lower() for answer in read.values())))


@pytest.mark.parametrize("who", SYSTEMS)
def test_a_key_opens_no_page(who: str, county: County, for_real: None) -> None:
    browser = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {county.keys[who]}"})
    for place in ("/", "/contact/", f"/contact/{county.rows['sent by a system'].pk}/", "/systems/", "/find/"):
        answer = browser.get(place)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/account/login/")

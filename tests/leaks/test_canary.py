"""The canary crawl: every address, as everybody, and nothing turns up that is not theirs to read.

Every text of every row holds a word of its own (`tokens.py`). Every address of the service (`addresses.py`) is asked
for as each kind of viewer, to read and to write; a word found in an answer must be one that the rules in plain terms
(`readers.py`) give to that viewer. What a crawl writes is taken back at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from righthelp.engine.process import Process
from righthelp.guard.models import Appointment
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Document
from tests.county import LEFT, SECOND_FACTOR, VIEWERS, County, make_county
from tests.leaks.addresses import Address, addresses, places, searches
from tests.leaks.crawl import NAMED, Crawl
from tests.leaks.readers import Reader
from tests.leaks.tokens import TOKEN, Tokens
from tests.leaks.typing_in import Typing

pytestmark = pytest.mark.django_db
NOBODY, NO_ROLE = "nobody signed in", "an account that is no worker's"
# What is left for pages that would end the crawl's own session.
NOT_POSTED = {"account_logout", "account_reset_password"}
# Pages of the sign-in library are the same for everybody: these post to them.
SIGNING_IN = {NOBODY, "uninvolved", "user administrator"}
LOGS = ("righthelp", "django.request", "django.security", "allauth")


@pytest.fixture
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
def county(tokens: Tokens, for_real: None) -> County:
    """The county with a word of its own in every text."""
    county = make_county(tokens.say)
    tokens.fill(county)
    with looking(DEMONSTRATION):
        county.rows["letters"] = [
            Document.objects.filter(entry=county.rows[name].pk).order_by("made_at")[0]
            for name in ("known", "changed", "immediate", "locked before")
        ]
        county.rows["appointments"] = list(
            Appointment.objects.filter(worker__in=[county.worker("sender").pk, county.worker("user administrator").pk])
        )
    NAMED.clear()
    NAMED.update(
        {str(row.pk): name for name, row in [*county.rows.items(), *county.people.items()] if hasattr(row, "pk")}
    )
    return county


@pytest.fixture
def crawl(county: County, tokens: Tokens) -> Callable[[str], Crawl]:
    """A crawl by a part, a role, or somebody whom the service does not know."""

    def begin(who: str) -> Crawl:
        unknown = who in {NOBODY, NO_ROLE, LEFT}
        browser = county.client(None if who in {NOBODY, NO_ROLE} else who)
        if who == NO_ROLE:
            browser.force_login(an_account())
        browser.get("/about/")  # the session is tied to this browser
        return Crawl(Reader(who, None if unknown else county.as_(who), tokens), tokens, browser)

    return begin


def about_signing_in(address: Address) -> bool:
    return address.route.startswith("account/")


def an_account() -> Any:
    from allauth.mfa.models import Authenticator

    from righthelp.guard.models import Account

    account = Account.objects.create(email="nobody@demonstration.invalid")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=SECOND_FACTOR)
    return account


@pytest.mark.parametrize("who", [NOBODY, NO_ROLE, LEFT, *VIEWERS])
def test_nothing_turns_up_that_is_not_theirs(
    who: str, county: County, crawl: Callable[[str], Crawl], caplog: pytest.LogCaptureFixture
) -> None:
    for name in LOGS:
        caplog.set_level(logging.DEBUG, logger=name)
    going, typing = crawl(who), Typing(county)
    for address in addresses():
        for number, place in enumerate(places(address, county)):
            if number and going.reader.viewer is None:
                break  # nobody gets as far as the identifier
            answer = going.get(place)
            if address.name in NOT_POSTED or (about_signing_in(address) and who not in SIGNING_IN):
                continue
            step = place.rstrip("/").split("/")[3 if address.name.endswith(("_begin", "_take")) else -1]
            nothing, ordinary, of_the_locked = typing.into(address.page, step)
            going.post(place, ordinary if answer.status_code == 302 else of_the_locked)
            if answer.status_code == 200:
                going.post(place, nothing)
                going.post(place, ordinary)
    for place in searches(county):
        going.get(place)
    assert going.wrong == {}
    assert not TOKEN.findall(caplog.text.lower())
    assert not mail.outbox

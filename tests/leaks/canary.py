"""The canary crawl: every address, as one reader after another, and nothing turns up that is not theirs to read.

Every text of every row holds a word of its own (`tokens.py`). Every address of the service (`addresses.py`) is asked
for as each kind of viewer, to read and to write; a word found in an answer must be one that the rules in plain terms
(`readers.py`) give to that viewer. What a crawl writes is taken back at once.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.utils.module_loading import import_string

from righthelp.guard.models import Appointment
from righthelp.guard.viewers import DEMONSTRATION, looking
from righthelp.record.models import Document
from tests.county import LEFT, SECOND_FACTOR, VIEWERS, County, make_county
from tests.county_families import NHS
from tests.databases import a_database_of_its_own
from tests.leaks.addresses import Address, addresses, places, searches
from tests.leaks.crawl import NAMED, Crawl
from tests.leaks.lots import FEW, Lots
from tests.leaks.readers import Reader
from tests.leaks.tokens import TOKEN, Tokens, numbers_in
from tests.leaks.typing_in import Typing

NOBODY, NO_ROLE = "nobody signed in", "an account that is no worker's"
# Two files share the readers, because a file of tests is one core's work.
READERS = [NOBODY, NO_ROLE, LEFT, *VIEWERS]
SOME, OTHERS = READERS[::2], READERS[1::2]
# What is left for pages that would end the crawl's own session.
NOT_POSTED = {"account_logout", "account_reset_password"}
# Pages of the sign-in library are the same for everybody: these post to them.
SIGNING_IN = {NOBODY, "uninvolved", "user administrator"}


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens()


@pytest.fixture(scope="module")
def county(tokens: Tokens, django_db_setup: None, django_db_blocker: Any) -> Iterator[County]:
    """The county with a word of its own in every text, in a database of this file's own."""
    with django_db_blocker.unblock(), a_database_of_its_own("canary"):
        county = make_county(tokens.say)
        tokens.fill(county)
        with looking(DEMONSTRATION):
            county.rows["letters"] = [
                Document.objects.filter(entry=county.rows[name].pk).order_by("made_at")[0]
                for name in (
                    "known",
                    "changed",
                    "immediate",
                    "locked before",
                    "referral",
                    "locked referral",
                    "plan",
                    "conference",
                    "core group",
                    "locked discussion",
                )
            ]
            of = [county.worker("sender").pk, county.worker("user administrator").pk]
            county.rows["appointments"] = list(Appointment.objects.filter(worker__in=of))
        rows = [*county.rows.items(), *county.people.items()]
        NAMED.update({str(row.pk): name for name, row in rows if hasattr(row, "pk")})
        yield county
    NAMED.clear()


@contextmanager
def listening() -> Iterator[io.StringIO]:
    """All that any logger has to say, as the server would write it at its most talkative."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    made = dict(settings.LOGGING["formatters"]["plain"])
    handler.setFormatter(import_string(made["()"])(fmt=made["format"], style=made["style"]))
    loggers = [root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    levels, handlers = [logger.level for logger in loggers], root.handlers
    root.handlers = [handler]  # the suite's own write the same, with every value, and slowly
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.handlers = handlers
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@pytest.fixture
def crawl(county: County, tokens: Tokens, for_real: None) -> Callable[[str], Crawl]:
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

    account, made = Account.objects.get_or_create(email="nobody@demonstration.invalid")
    if made:
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data=SECOND_FACTOR)
    return account


def crawl_all(who: str, going: Crawl, county: County) -> None:
    """Every address, asked for and handed in as one reader: nothing in any answer, or in the log, is not for them."""
    typing, lots = Typing(county), Lots(county)
    with listening() as log:
        for address in addresses():
            crawl_address(who, going, address, lots, typing)
        for number, place in enumerate(searches(county)):
            if any(words in place for words in of_the_locked(county)) or who in lots.drawn(f"search {number}")[:FEW]:
                going.get(place)
    assert going.wrong == {}, going.wrong
    told = log.getvalue()
    assert who == NOBODY or "404 GET /child/<uuid:pk>/" in told or "403 GET /child/" in told, "The log is not heard."
    assert {f"{going.tokens.homes[word]}" for word in TOKEN.findall(told.lower())} == set()
    assert not mail.outbox


def crawl_address(who: str, going: Crawl, address: Address, lots: Lots, typing: Typing) -> None:
    """Each place that an address makes, if this reader is drawn for it. What is about the locked child is handed
    something by everybody; elsewhere a form is, by those who are drawn, and by the first of them whatever there is."""
    unknown = going.reader.viewer is None
    for order, place in enumerate(places(address, lots.county)):
        if order and unknown:
            break  # nobody gets as far as the identifier
        step, number = step_in(address, place), str(next(iter(numbers_in(place)), ""))
        everybody, lot = unknown or lots.tried_by_everybody(address, number), lots.read_by(address, order, number, step)
        if not everybody and who not in lot:
            continue
        if about_signing_in(address) and who not in {*SIGNING_IN, *lot[:FEW]}:
            continue
        answer = going.get(place)
        if address.name in NOT_POSTED or (about_signing_in(address) and who not in SIGNING_IN):
            continue
        nothing, ordinary, naming_the_locked = typing.into(address.page, step)
        asks = asks_for_something(answer)
        refused = answer.status_code != 200  # whoever reads a page that asks for nothing has nothing to hand in
        if (everybody and (asks or refused)) or who == lot[0] or (asks and who in lot[:FEW]):
            going.post(place, ordinary if answer.status_code == 302 else naming_the_locked)
        if asks and answer.status_code == 200 and who == lot[0]:
            going.post(place, nothing)
            going.post(place, ordinary)


def of_the_locked(county: County) -> set[str]:
    """By what a search asks for the locked family."""
    family = [county.people[key] for key in ("locked", "locked sibling", "locked father")]
    names = [name for key in ("locked", "locked father") for name in county.rows[f"names of {key}"][:2]]
    rows = [county.rows[key].pk for key in ("locked", "locked unmatched", "lock")]
    return {*names, *(str(person.pk) for person in family), *map(str, rows), *NHS.values()}


def step_in(address: Address, place: str) -> str:
    """The step that an address names, if it names one."""
    return place.rstrip("/").split("/")[3 if address.name.endswith(("_begin", "_take")) else -1]


def asks_for_something(answer: HttpResponse) -> bool:
    """Whether the page has a form of its own."""
    asked = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return re.search(rb'<form(?![^>]*data-sign-out)[^>]*method="post"', asked) is not None

"""A stolen session is refused, ends for both and is logged; one that is left alone ends by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from righthelp.web.sessions import COMPANION, SEEN
from tests.county import County

WHO = "circle member"
SESSION = django_settings.SESSION_COOKIE_NAME
BROWSER = "Mozilla/5.0 (the worker's own)"
Refusals = Callable[[str], list[Any]]


@pytest.fixture
def owner(county: County, for_real: None) -> Client:
    """The worker's own browser, at work."""
    browser = county.client(WHO, **{"User-Agent": BROWSER})
    assert browser.get("/my-work/").status_code == 200
    return browser


def thief(owner: Client, *cookies: str, agent: str = BROWSER) -> Client:
    """Another browser, with copies of these cookies."""
    other = Client(headers={"User-Agent": agent}, raise_request_exception=False)
    for name in cookies:
        other.cookies[name] = owner.cookies[name].value
    return other


@pytest.mark.parametrize(
    ("cookies", "agent"), [((SESSION,), BROWSER), ((SESSION, COMPANION), "curl/8"), ((SESSION,), "curl/8")]
)
def test_a_stolen_session_is_refused_ends_for_both_and_is_logged(
    cookies: tuple[str, ...], agent: str, owner: Client, county: County, refusals: Refusals
) -> None:
    other = thief(owner, *cookies, agent=agent)
    answer = other.get(f"/child/{county.people['known'].pk}/")
    assert answer.status_code == 403
    assert county.people["known"].called not in answer.content.decode()
    assert "used in another browser" in answer.content.decode()
    assert refusals(WHO)[-1].what == "a session"
    assert refusals(WHO)[-1].reason == "A copy of the session was used in another browser."
    for browser in (other, owner):
        assert browser.get("/my-work/").headers["Location"].startswith("/account/login/"), "it has ended for both"


def test_the_owner_goes_on_undisturbed(owner: Client, refusals: Refusals) -> None:
    for _ in range(3):
        assert owner.get("/my-work/").status_code == 200
    assert refusals(WHO) == []


def test_a_session_that_nobody_uses_ends(owner: Client) -> None:
    session = owner.session
    session[SEEN] = time.time() - django_settings.SESSION_IDLE_SECONDS - 1
    session.save()
    answer = owner.get("/my-work/")
    assert "Nothing happened for a while" in answer.content.decode()
    assert owner.get("/my-work/").headers["Location"].startswith("/account/login/")


def test_a_session_in_use_does_not(owner: Client) -> None:
    session = owner.session
    session[SEEN] = time.time() - django_settings.SESSION_IDLE_SECONDS + 60
    session.save()
    assert owner.get("/my-work/").status_code == 200
    assert owner.session[SEEN] > time.time() - 5


def test_signing_out_ends_it_and_a_link_cannot_do_it(owner: Client) -> None:
    kept = owner.cookies[SESSION].value
    owner.get("/account/logout/")
    assert owner.get("/my-work/").status_code == 200, "only a form signs out"
    owner.post("/account/logout/")
    owner.cookies[SESSION] = kept
    assert owner.get("/my-work/").headers["Location"].startswith("/account/login/")


def test_signing_in_begins_a_new_session(county: County, settings: Any) -> None:
    """A session that somebody else has prepared is worth nothing."""
    settings.DEMONSTRATION = True
    browser = county.client("partner")
    browser.get("/")
    before = browser.cookies[SESSION].value
    browser.post("/demonstration/sign-in/", {"worker_id": str(county.worker(WHO).pk)})
    assert browser.cookies[SESSION].value != before


def test_no_script_reads_a_cookie_and_no_other_site_sends_one(owner: Client, county: County) -> None:
    for name in (SESSION, COMPANION):
        assert owner.cookies[name]["httponly"]
        assert owner.cookies[name]["samesite"] in {"Lax", "Strict"}
    page = county.client()
    page.get("/account/login/")
    assert page.cookies["csrftoken"]["httponly"]


def test_a_session_holds_no_name(owner: Client, county: County) -> None:
    assert county.worker(WHO).name not in repr(dict(owner.session.items()))

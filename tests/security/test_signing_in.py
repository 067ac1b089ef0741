"""Outside the demonstration nobody gets in without a password and a second factor, or by the identity provider."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client, RequestFactory

from righthelp.guard.models import Account
from righthelp.web.accounts import ClosedSignUp, KnownWorkersOnly
from tests.closed.sources import ROOT
from tests.county import SECOND_FACTOR, County
from tests.security.codes import code_of

PASSWORD = "correct horse battery staple"
WHO = "contact worker"
PROVIDER = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "county",
                "name": "The county's sign-in",
                "client_id": "righthelp",
                "secret": "kept elsewhere",
                "settings": {"server_url": "https://sign-in.invalid"},
            }
        ]
    }
}


@pytest.fixture
def account(county: County, for_real: None) -> Account:
    """A worker's account with a password, and a second factor already."""
    cache.clear()
    account = Account.objects.get(pk=county.account(WHO).pk)
    account.set_password(PASSWORD)
    account.save()
    return account


def hand_in(browser: Client, account: Account, password: str = PASSWORD) -> Any:
    return browser.post("/account/login/", {"login": account.email, "password": password})


def is_in(browser: Client) -> bool:
    return browser.get("/contact/").status_code == 200


def test_the_demonstrations_sign_in_is_not_there(county: County, for_real: None) -> None:
    browser = county.client()
    worker = str(county.worker(WHO).pk)
    assert browser.get("/demonstration/sign-in/").status_code == 404
    assert browser.post("/demonstration/sign-in/", {"worker_id": worker}).status_code == 404
    assert not is_in(browser)


def test_the_demonstrations_sign_in_lets_in_only_whom_it_names(county: County, settings: Any) -> None:
    settings.DEMONSTRATION = True
    browser = county.client()
    for worker in ("nonsense", "", str(county.people["known"].pk)):
        assert browser.post("/demonstration/sign-in/", {"worker_id": worker}).status_code == 404
    answer = browser.post("/demonstration/sign-in/", {"worker_id": str(county.worker(WHO).pk)})
    assert answer.status_code == 302
    assert is_in(browser)


def test_a_password_and_a_code_let_in(account: Account) -> None:
    browser = Client()
    answer = hand_in(browser, account)
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert not is_in(browser)
    answer = browser.post("/account/2fa/authenticate/", {"code": code_of(SECOND_FACTOR["secret"])})
    assert answer.status_code == 302
    assert is_in(browser)


def test_a_wrong_code_does_not(account: Account) -> None:
    browser = Client()
    hand_in(browser, account)
    for code in ("", "000000", code_of(SECOND_FACTOR["secret"], periods_ahead=40)):
        assert browser.post("/account/2fa/authenticate/", {"code": code}).status_code == 200
    assert not is_in(browser)


def test_a_code_is_good_for_once(account: Account) -> None:
    code = code_of(SECOND_FACTOR["secret"])
    first, second = Client(), Client()
    for browser in (first, second):
        hand_in(browser, account)
        browser.post("/account/2fa/authenticate/", {"code": code})
    assert is_in(first)
    assert not is_in(second)


def test_without_a_second_factor_nobody_goes_further_than_setting_one_up(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()
    browser = Client()
    hand_in(browser, account)
    for address in ("/", "/contact/", "/find/?family=Quillfeather", "/my-work/", "/roles/"):
        assert browser.get(address).headers["Location"] == "/account/2fa/totp/activate/", address
    again = browser.get("/account/2fa/totp/activate/").headers["Location"]
    assert again.startswith("/account/reauthenticate/"), "the password once more, before something so weighty"
    assert browser.post(again, {"password": PASSWORD}).headers["Location"] == "/account/2fa/totp/activate/"
    page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert browser.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert not is_in(browser)
    assert browser.post("/account/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert is_in(browser)


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(account: Account, county: County) -> None:
    wrong = hand_in(Client(), account, "a wrong and long password")
    account.email = "nobody.at.all@demonstration.invalid"
    unknown = hand_in(Client(), account, "a wrong and long password")
    said = [answer.context["form"].errors for answer in (wrong, unknown)]
    assert said[0] == said[1] != {}
    assert wrong.status_code == unknown.status_code == 200


def test_guessing_passwords_comes_to_an_end(account: Account) -> None:
    for _ in range(5):
        hand_in(Client(), account, "a wrong and long password")
    browser = Client()
    answer = hand_in(browser, account)
    assert answer.status_code == 200, "even the right one is refused for a while"
    assert not is_in(browser)


def test_an_account_that_was_closed_does_not_open(account: Account) -> None:
    account.is_active = False
    account.save()
    browser = Client()
    hand_in(browser, account)
    assert not is_in(browser)


def test_nobody_signs_themselves_up(county: County, for_real: None) -> None:
    before = Account.objects.count()
    typed = {"email": "new@demonstration.invalid", "password1": PASSWORD, "password2": PASSWORD}
    Client(raise_request_exception=False).post("/account/signup/", typed)
    assert Account.objects.count() == before
    assert not ClosedSignUp().is_open_for_signup(RequestFactory().get("/"))
    assert not KnownWorkersOnly().is_open_for_signup(RequestFactory().get("/"), None)


def test_passwords_are_kept_so_that_they_are_slow_to_guess(account: Account) -> None:
    assert account.password.startswith("argon2$")


def test_without_an_identity_provider_none_is_offered(county: County, for_real: None) -> None:
    assert django_settings.SOCIALACCOUNT_PROVIDERS == {}
    assert "/account/oidc/county/" not in Client().get("/account/login/").content.decode()


def test_the_identity_provider_is_offered_once_it_is_configured(county: County, for_real: None, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDER
    page = Client().get("/account/login/").content.decode()
    assert "/account/oidc/county/login/" in page
    assert "The county&#x27;s sign-in" in page or "The county’s sign-in" in page
    assert "kept elsewhere" not in page


class FromProvider:
    """Somebody whom the identity provider has sent."""

    is_existing = False

    def __init__(self, email: str, verified: bool) -> None:
        self.email_addresses = [SimpleNamespace(email=email, verified=verified)]
        self.connected: Any = None

    def connect(self, request: Any, account: Any) -> None:
        self.connected = account


def test_the_identity_provider_lets_in_a_worker_whom_we_know(account: Account) -> None:
    sent = FromProvider(account.email.upper(), verified=True)
    KnownWorkersOnly().pre_social_login(RequestFactory().get("/"), sent)
    assert sent.connected == account


@pytest.mark.parametrize(
    ("known", "verified", "active"), [(True, False, True), (False, True, True), (True, True, False)]
)
def test_the_identity_provider_lets_in_nobody_else(account: Account, known: bool, verified: bool, active: bool) -> None:
    account.is_active = active
    account.save()
    sent = FromProvider(account.email if known else "stranger@demonstration.invalid", verified)
    with pytest.raises(ImmediateHttpResponse) as refused:
        KnownWorkersOnly().pre_social_login(RequestFactory().get("/"), sent)
    assert refused.value.response.status_code == 403
    assert sent.connected is None


NAMES = (
    "DEMONSTRATION", "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SOCIALACCOUNT_PROVIDERS",
)  # fmt: skip


def settings_with(**environment: str) -> subprocess.CompletedProcess[str]:
    """What the settings come to in such an environment."""
    say = f"import json; from config import settings; print(json.dumps({{n: getattr(settings, n) for n in {NAMES}}}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RIGHTHELP_")}
    return subprocess.run(
        [sys.executable, "-c", say], env=kept | environment, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_outside_the_demonstration_every_cookie_needs_https() -> None:
    found = json.loads(settings_with(RIGHTHELP_SECRET_KEY="long and random").stdout)
    assert not found.pop("DEMONSTRATION")
    assert not found.pop("DEBUG")
    assert found.pop("SOCIALACCOUNT_PROVIDERS") == {}
    assert found.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 60 * 60
    assert all(found.values()), found


def test_outside_the_demonstration_there_is_no_usual_key() -> None:
    refused = settings_with()
    assert refused.returncode != 0
    assert "Set RIGHTHELP_SECRET_KEY" in refused.stderr


def test_an_identity_provider_is_configured_whole_or_not_at_all() -> None:
    given = {f"RIGHTHELP_OIDC_{name}": "x" for name in ("NAME", "CLIENT_ID", "SECRET", "SERVER_URL")}
    key = {"RIGHTHELP_SECRET_KEY": "long and random"}
    whole = json.loads(settings_with(**given, **key).stdout)["SOCIALACCOUNT_PROVIDERS"]
    assert whole["openid_connect"]["APPS"][0]["provider_id"] == "county"
    given.pop("RIGHTHELP_OIDC_SECRET")
    assert json.loads(settings_with(**given, **key).stdout)["SOCIALACCOUNT_PROVIDERS"] == {}

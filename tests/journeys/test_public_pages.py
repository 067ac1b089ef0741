"""Pages that anybody may read, and those by which people sign in: wide and narrow, with and without scripts."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Route

from .conftest import Comes

pytestmark = pytest.mark.browser
PAGES = (
    ("/about/", "What this is", "If a child is in danger now, call 999"),
    ("/levels-of-need/", "Right Help, Right Time", "starts a conversation"),
    ("/roles/", "Roles, and who may do what", "MASH manager"),
    ("/privacy/", "Privacy", "Who looked is noted"),
    ("/accessibility/", "Accessibility", "version 2.2"),
    ("/demonstration/sign-in/", "Sign in to the demonstration", "Everybody here is invented"),
    ("/account/login/", "Sign in", "No account?"),
    ("/account/password/reset/", "Choose a new password", "work email address"),
    ("/account/signup/", "You cannot make an account here", "user administrator"),
    ("/nothing/at/all/", "There is nothing here", "Go to your start page"),
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("width", [1280, 320])
def test_anybody_can_read_them(comes: Comes, width: int, scripts: bool) -> None:
    somebody = comes(width=width, scripts=scripts)
    for path, heading, words in PAGES:
        somebody.opens(path)
        somebody.sees(heading)
        somebody.page.get_by_text(words).first.wait_for()


def _answers(page: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8")


@pytest.mark.parametrize("width", [1280, 320])
def test_when_something_goes_wrong(comes: Comes, width: int) -> None:
    """Pages that the service shows when it cannot answer: nobody can ask for them, so they are put before somebody."""
    somebody = comes(width=width)
    for name in ("400", "403_csrf", "409", "413", "500", "503"):
        shown = render_to_string(f"{name}.html", {"number": "0" * 36, "service_name": "righthelp"})
        somebody.page.route("**/wrong/", _answers(shown), times=1)
        somebody.opens("/wrong/")
        heading = somebody.page.get_by_role("heading", level=1).inner_text()
        somebody.sees(heading)


def test_a_wrong_password_says_so_and_no_more(comes: Comes) -> None:
    """The same words, whether there is such an account or not."""
    somebody = comes()
    for email in ("ruth.adeyemi@demonstration.invalid", "nobody@demonstration.invalid"):
        somebody.opens("/account/login/")
        somebody.writes("Email", email)
        somebody.writes("Password", "not the right one")
        somebody.presses("Sign in")
        somebody.sees(
            "Sign in", "There is a problem", "The email address and/or password you specified are not correct"
        )

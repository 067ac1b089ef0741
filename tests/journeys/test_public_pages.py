"""Pages that anybody may read, and those by which people sign in: wide and narrow, with and without scripts."""

import pytest

from .conftest import Comes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("public pages")]
PAGES = (
    ("/about/", "What this is", "If a child is in danger now, call 999"),
    ("/levels-of-need/", "Right Help, Right Time", "starts a conversation"),
    ("/roles/", "Roles, and who may do what", "MASH manager"),
    ("/privacy/", "Privacy", "Who looked is noted"),
    ("/accessibility/", "Accessibility", "WCAG" if False else "version 2.2"),
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

"""The user administrator gives a role and ends one; what it opens is open, and closed, at the next page."""

import pytest
from playwright.sync_api import expect

from righthelp.packs import pack

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser


def looks_up(una: Visitor, worker: str) -> None:
    una.opens("/workers/")
    una.writes("Name", worker)
    una.presses("Find")
    una.sees("Workers and roles", worker)
    una.follows(worker)
    una.sees(worker, "Roles")


def test_a_role_is_given_and_ended(comes: Comes) -> None:
    manager, hub = pack().roles()["front door manager"].title, pack().teams()["front_door"].title
    una, dale = comes("Una Kelleher"), comes("Dale Winters")
    una.sees("Workers and roles", "Tom Fairley", "Hill Lane Primary School")
    dale.opens("/team/")
    dale.sees("You cannot see this", "This page is for those who manage a team.")

    looks_up(una, "Dale Winters")
    una.picks("Role", manager)
    una.picks("Team", hub)
    una.presses("Give this role")
    una.sees("Dale Winters", f"{hub}, from", manager)
    dale.opens("/team/")
    dale.sees(hub)
    una.picks("Role", manager)
    una.picks("Team", hub)
    una.presses("Give this role")
    una.sees("Dale Winters", "Dale Winters already holds this role.")

    una.follows(f"End {manager}")
    una.sees("End this role?", "closed to them at once")
    una.presses("End the role")
    una.sees("Dale Winters", "is no longer")
    dale.opens("/team/")
    dale.sees("You cannot see this")


def test_nobody_changes_their_own(comes: Comes) -> None:
    una = comes("Una Kelleher")
    looks_up(una, "Una Kelleher")
    una.reads("Nobody changes their own roles.")
    expect(una.page.get_by_role("button", name="Give this role")).to_have_count(0)
    expect(una.page.get_by_role("link", name="End")).to_have_count(0)
    una.opens("/contact/")
    una.sees("You cannot see this")

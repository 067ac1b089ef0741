"""The lists that a day begins with: the board as somebody wants to see it, my work, and the team's."""

import pytest
from playwright.sync_api import expect

from righthelp.packs import pack

from .conftest import Comes

pytestmark = pytest.mark.browser


def test_a_view_of_the_board_is_an_address(comes: Comes) -> None:
    nia = comes("Nia Prosser")
    nia.sees("The board", "Seren Whitlock")
    nia.ticks("Not yet judged")
    nia.presses("Apply")
    nia.sees("The board", "Seren Whitlock", "Not yet judged")
    nia.does_not_read("Gammage")
    address = nia.path
    assert "urgency=none" in address

    sam = comes("Sam Holt", width=320, scripts=False, mouse=False)
    sam.opens(address)
    sam.sees("The board", "Seren Whitlock", "Remove this filter: Not yet judged")
    sam.does_not_read("Gammage")
    sam.follows("Remove this filter: Not yet judged")
    sam.sees("The board", "Gammage")
    assert sam.path == "/contact/?"


def test_my_work_and_my_team(comes: Comes) -> None:
    """What is nobody's yet is before the manager; once somebody takes it over, it is theirs, and both can see so."""
    nia, marian = comes("Nia Prosser"), comes("Marian Blythe")
    nia.opens("/my-work/")
    nia.sees("My work")
    nia.does_not_read("Seren Whitlock")
    marian.opens("/team/")
    marian.sees(pack().teams()["front_door"].title, "With no worker yet", "Seren Whitlock")
    nobody_has = marian.page.get_by_role("table", name="With no worker yet").filter(has_text="Seren Whitlock")
    expect(nobody_has).to_have_count(1)

    nia.opens("/contact/?held=nobody")
    nia.follows("Seren Whitlock")
    nia.sees("Seren Whitlock")
    nia.presses("Take over")
    nia.sees("Take over")
    nia.presses("Take over")
    nia.sees("Seren Whitlock", "Held by Nia Prosser")
    nia.opens("/my-work/")
    nia.sees("My work", "Seren Whitlock (not yet matched)", "Decision in 24 hours")
    marian.opens("/team/")
    marian.sees(pack().teams()["front_door"].title)
    expect(marian.page.get_by_role("table", name="Nia Prosser")).to_contain_text("Seren Whitlock")
    expect(nobody_has).to_have_count(0)

"""A worry about two children of a family, from a school's desk to what came of it."""

import pytest
from playwright.sync_api import expect

from .conftest import Comes
from .story import PRITCHARD, answer, change, decide, hear, look_at_the_child, screen, tell, write_up

pytestmark = pytest.mark.browser


def test_from_school_to_outcome(comes: Comes) -> None:
    nia = comes("Nia Prosser")
    nia.sees("The board")
    nia.does_not_read(PRITCHARD.told)
    ruth = comes("Ruth Adeyemi")
    tell(ruth, PRITCHARD)

    # The board was open all the time; the worry comes to it by itself.
    expect(nia.page.get_by_role("link", name=PRITCHARD.told)).to_be_visible(timeout=40_000)
    nia.sees("The board", "Sent together, same address: 2 worries")

    screen(nia, PRITCHARD)
    answer(comes("Imran Qureshi"), comes("Helen Marsh"), PRITCHARD)
    write_up(nia, PRITCHARD)
    marian = comes("Marian Blythe")
    decide(marian, PRITCHARD)
    hear(ruth, PRITCHARD)
    look_at_the_child(marian, PRITCHARD)
    change(marian, PRITCHARD)
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Immediate action the same day")

"""The same worry, on a small telephone's width, with a keyboard alone and no scripts: nothing is out of reach."""

import pytest

from .conftest import Comes
from .story import TRANTER, answer, change, decide, hear, look_at_the_child, screen, tell, write_up
from .visitor import Visitor

pytestmark = pytest.mark.browser


def test_from_school_to_outcome_by_keyboard(comes: Comes) -> None:
    def typist(name: str) -> Visitor:
        return comes(name, width=320, scripts=False, mouse=False)

    ruth = typist("Ruth Adeyemi")
    tell(ruth, TRANTER)
    nia = typist("Nia Prosser")
    nia.sees("The board", "Sent together, same address: 2 worries")
    assert "have it loaded anew every minute" in nia.page.evaluate("document.body.innerText")
    screen(nia, TRANTER)
    answer(typist("Imran Qureshi"), typist("Helen Marsh"), TRANTER)
    write_up(nia, TRANTER)
    marian = typist("Marian Blythe")
    decide(marian, TRANTER)
    hear(ruth, TRANTER)
    look_at_the_child(marian, TRANTER)
    change(marian, TRANTER)
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Immediate action the same day")

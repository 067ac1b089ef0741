"""Two people write on one worry at the same time. Neither loses a word, and neither writes over the other unseen."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser
NOTE = "What you found out, and from whom"
SAM_FOUND = "The school nurse says that Rhys has lost weight since September."
NIA_FOUND = "His grandmother says that there is food at home, and nobody who cooks."


def begins_to_write_up(worker: Visitor, child: str) -> None:
    worker.opens("/contact/")
    worker.follows(child)
    worker.presses("Write down what you found out")
    worker.sees("Write down what you found out")


def shown(worker: Visitor, whose: str) -> str:
    """One of two versions that stand side by side."""
    version = worker.page.locator(".rh-clash__version", has=worker.page.get_by_role("heading", name=whose))
    return version.inner_text()


def test_who_is_second_sees_both_and_joins_them(comes: Comes) -> None:
    sam, nia = comes("Sam Holt"), comes("Nia Prosser")
    for worker in (sam, nia):
        begins_to_write_up(worker, "Rhys Gammage")
    nia.writes(NOTE, NIA_FOUND)
    sam.writes(NOTE, SAM_FOUND)
    sam.presses("Write down what you found out")
    sam.sees("Rhys Gammage", SAM_FOUND)

    nia.presses("Write down what you found out")
    nia.sees("Write down what you found out", "Somebody else changed this record", "Nothing that you wrote is lost")
    assert NIA_FOUND in shown(nia, "Your version")
    assert SAM_FOUND in shown(nia, "On record now")
    expect(nia.page.get_by_label(NOTE)).to_have_value(NIA_FOUND)
    nia.writes(NOTE, f"{SAM_FOUND} {NIA_FOUND}")
    nia.presses("Write down what you found out")
    nia.sees("Rhys Gammage", SAM_FOUND, NIA_FOUND)


def test_who_was_called_away_is_shown_what_was_written_meanwhile(comes: Comes) -> None:
    sam, nia = comes("Sam Holt"), comes("Nia Prosser")
    begins_to_write_up(nia, "Bryony Gammage")
    nia.writes(NOTE, "Bryony sleeps at her aunt's since Friday.")
    expect(nia.page.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()
    begins_to_write_up(sam, "Bryony Gammage")
    expect(sam.page.get_by_label(NOTE)).to_have_value("")
    sam.writes(NOTE, "The aunt has rung: she cannot keep her longer.")
    sam.presses("Write down what you found out")
    sam.sees("Bryony Gammage", "she cannot keep her longer")

    nia.opens("/my-work/")
    nia.sees("My work", "Not finished yet", "Bryony Gammage")
    nia.follows("Go on Write down what you found out")
    nia.sees("Write down what you found out", "Somebody else changed this record")
    assert "since Friday" in shown(nia, "Your version")
    assert "she cannot keep her longer" in shown(nia, "On record now")
    nia.writes(NOTE, "Bryony sleeps at her aunt's since Friday; the aunt cannot keep her longer.")
    nia.presses("Write down what you found out")
    nia.sees("Bryony Gammage", "since Friday; the aunt cannot keep her longer")


def test_who_decides_second_keeps_the_words_and_cannot_decide_again(comes: Comes) -> None:
    marian, carl = comes("Marian Blythe"), comes("Carl Denny")
    for manager in (marian, carl):
        manager.opens("/contact/")
        manager.follows("Bryony Gammage")
        manager.presses("Decide")
        manager.sees("Decide")
        manager.chooses("Decision", "Advice and information")
        manager.chooses("Level of need", "Level 2")
        manager.chooses("Have the parents been told?", "Yes")
    marian.writes("Why is this the right decision?", "The aunt and the school carry this together.")
    carl.writes("Why is this the right decision?", "She has slept well for a week, and says so herself.")
    marian.presses("Decide")
    marian.sees("Bryony Gammage", "Decided", "The aunt and the school carry this together.")

    # Decided, it is nobody's work any more; Carl manages those who held it, and his words wait for him.
    carl.presses("Decide")
    carl.sees(
        "Decide",
        "Nothing that you wrote is lost",
        "“Decide” can no longer be done",
        "Your version",
        "She has slept well for a week, and says so herself.",
        "The aunt and the school carry this together.",
    )
    carl.opens("/my-work/")
    carl.sees("My work", "Not finished yet")
    carl.follows("Go on Decide")
    carl.sees("This cannot be done now", "Only you can read it", "She has slept well for a week, and says so herself.")
    carl.presses("Throw the draft away")
    carl.sees("Throw this draft away?", "“Decide” goes for good")
    carl.presses("Throw it away")
    carl.sees("The board")

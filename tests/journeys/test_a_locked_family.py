"""A family whose records few may open, an emergency, and a worker who has nothing to do with a child."""

import pytest
from playwright.sync_api import expect

from .conftest import Comes
from .story import looks_for

pytestmark = pytest.mark.browser


def test_locked_opened_in_an_emergency_and_reviewed(comes: Comes) -> None:
    marian = comes("Marian Blythe")
    looks_for(marian, "Imogen", "Thorne")
    marian.sees("Find a child", "Imogen Thorne", "Locked circle")
    marian.follows("Imogen Thorne")
    if marian.page.get_by_role("heading", name="You are not involved").count():
        marian.writes("Why do you need to open this record?", "The school has rung about her this morning.")
        marian.presses("Open the record")
    marian.sees("Imogen Thorne", "3 Castle Green")
    address = marian.path

    # Whoever is not of the circle is not told that there is anything, by no door.
    sam = comes("Sam Holt")
    looks_for(sam, "Imogen", "Thorne")
    sam.sees("Find a child", "Nobody was found")
    sam.does_not_read("3 Castle Green")
    sam.opens(address)
    sam.sees("There is nothing here", "not yours to see")
    for part in ("chronology/", "known/", "documents/", "looked/"):
        sam.opens(address + part)
        expect(sam.page.get_by_role("heading", level=1)).to_have_text("There is nothing here")

    looks_for(sam, "Imogen", "Thorne")
    sam.follows("open a locked record in an emergency")
    sam.sees("Open a locked record")
    sam.writes("First name", "Imogen")
    sam.writes("Last name", "Thorne")
    sam.writes("Date of birth", "8 8 2015")
    sam.writes("Why must you open this record now?", "A neighbour rings: she is alone on the roof, at this moment.")
    sam.presses("Open a locked record")
    sam.sees("Emergency opening", "Imogen Thorne", "alone on the roof")
    sam.opens(address)
    sam.sees("Imogen Thorne", "3 Castle Green")

    # Somebody else says whether it was right; nobody reviews their own.
    sylvia = comes("Sylvia Marchetti")
    sylvia.opens("/break_glass/")
    sylvia.sees("Emergency openings", "Imogen Thorne")
    sylvia.follows("Imogen Thorne")
    sylvia.sees("Emergency opening", "alone on the roof", "Sam Holt")
    sylvia.presses("Review")
    sylvia.sees("Review")
    sylvia.chooses("What do you find?", "It was needed")
    sylvia.writes("Why?", "A child in danger comes before a lock.")
    sylvia.presses("Review")
    sylvia.sees("Emergency opening", "Reviewed", "It was needed")
    sylvia.opens(address + "looked/")
    sylvia.sees("Imogen Thorne", "Sam Holt")


def test_a_worker_with_no_part_in_it_is_asked_why(comes: Comes) -> None:
    fiona = comes("Fiona Garrick")
    looks_for(fiona, "Gwen", "Astley")
    fiona.sees("Find a child", "Gwen Astley")
    fiona.follows("Gwen Astley")
    fiona.sees("You are not involved with this child")
    fiona.presses("Open the record")
    fiona.sees("You are not involved with this child", "Say why you need to open this record")
    fiona.writes("Why do you need to open this record?", "Her cousin is with me, and may go to live with her.")
    fiona.presses("Open the record")
    fiona.sees("Gwen Astley")
    fiona.follows("Who has looked")
    fiona.sees("Gwen Astley", "Fiona Garrick", "may go to live with her")
    # Told once, it is not asked again at every page.
    fiona.follows("What is known")
    fiona.sees("Gwen Astley", "2 Astley Lane")

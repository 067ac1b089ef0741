"""From a number to its children: a manager reads a board, opens what a figure was made from, and prints the pack."""

import pytest

from .conftest import Comes

pytestmark = pytest.mark.browser


def test_from_a_number_to_its_children_and_back(comes: Comes) -> None:
    marian = comes("Marian Blythe")
    marian.opens("/")
    marian.follows("Measures")
    marian.sees("Measures", "Measures that matter", "Contacts that led to a service")
    marian.follows("Front door")
    marian.sees("Front door: measures", "Only the work that your team holds", "In short", "Side by side")
    marian.opens_part("What the lights mean")
    marian.reads("Amber: within 5 percentage points of it")
    marian.follows("The whole county")
    marian.sees("Front door: measures")
    marian.does_not_read("Only the work that your team holds")
    marian.follows("Contacts")
    marian.sees("Contacts", "Period by period", "For whom, and by whom")
    board = marian.path
    number = marian.page.get_by_role("row").filter(has_text=", so far").get_by_role("link").first
    number.click()
    marian.sees("Contacts: what was counted", "that you may see")
    rows = marian.path
    marian.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    marian.page.wait_for_url(lambda url: "/contact/" in url)
    marian.page.go_back()
    marian.sees("Contacts: what was counted")
    assert marian.path == rows
    marian.follows("Contacts")
    marian.sees("Contacts", "Period by period")
    assert marian.path == board
    assert marian.downloads("Print pack (PDF)").read_bytes().startswith(b"%PDF")


def test_the_measures_that_matter_by_a_narrow_screen_without_scripts(comes: Comes) -> None:
    sylvia = comes("Sylvia Marchetti", width=320, scripts=False)
    sylvia.opens("/measures/matter/")
    sylvia.sees("Measures that matter", "Enough staff and foster carers, who stay")
    sylvia.follows("Children for each social worker")
    sylvia.sees("Children for each social worker", "How it is spread", "Against others")
    sylvia.follows("Financial years")
    sylvia.sees("Children for each social worker", "2026/27")

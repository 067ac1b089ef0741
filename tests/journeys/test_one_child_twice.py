"""One boy with two records: somebody sees it, a manager decides what is right, and it is taken back again."""

import pytest
from playwright.sync_api import expect

from .conftest import Comes
from .story import looks_for

pytestmark = pytest.mark.browser


def test_two_records_become_one_and_are_taken_apart(comes: Comes) -> None:
    nia = comes("Nia Prosser")
    looks_for(nia, "Idris", "Penhale")
    nia.sees("Find a child", "Idris Penhale", "Idriss Penhale")
    nia.follows("Idris Penhale")
    nia.sees("You are not involved with this child")
    nia.writes("Why do you need to open this record?", "The school told me that he is one boy.")
    nia.presses("Open the record")
    nia.sees("Idris Penhale")
    nia.follows("Say that another record is of the same person")
    nia.sees("Which other record is of the same person?", "Idriss Penhale", "Same date of birth")
    nia.follows("This is the same person")
    nia.sees("Say that another record is of the same person")
    nia.writes("Why do you think", "The school has one boy of this name, born that day.")
    nia.presses("Say that another record is of the same person")
    nia.sees("Idris Penhale", "This record and another may be of one person")

    marian = comes("Marian Blythe", width=320, scripts=False)
    marian.opens("/same_person/")
    marian.sees("Duplicate records", "Idris Penhale and Idriss Penhale")
    marian.follows("Idris Penhale and Idriss Penhale")
    marian.sees("Duplicate record", "Side by side", "Differs")
    marian.presses("Merge the two records")
    marian.sees("Merge the two records", "It can be taken back")
    marian.writes("How do you know that both are one person?", "I rang the school, and looked at both.")
    marian.presses("Merge the two records")
    marian.sees("Merge the two records", "There is a problem", "Decide which is right")
    marian.reads("I rang the school, and looked at both.")
    marian.chooses("Name used: which is right?", "Idris Penhale")
    marian.presses("Merge the two records")
    marian.sees("Duplicate record", "Merged", "What was decided")

    looks_for(nia, "Idriss", "Penhale")
    nia.sees("Find a child", "Idris Penhale")
    nia.follows("Idris Penhale")
    nia.sees("Idris Penhale", "merged")
    expect(nia.page.get_by_role("link", name="Worry about a child")).to_have_count(2)

    marian.presses("Separate the two records again")
    marian.sees("Separate the two records again")
    marian.writes("How do you know that they are two people?", "They are cousins: the school had mixed them up.")
    marian.presses("Separate the two records again")
    marian.sees("Duplicate record", "Separated again")
    looks_for(nia, "Idriss", "Penhale")
    nia.sees("Find a child", "Idriss Penhale")

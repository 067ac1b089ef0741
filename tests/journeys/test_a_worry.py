"""A worry about two children of a family, from a school's desk to what came of it."""

from __future__ import annotations

import re
import zipfile

import pytest
from playwright.sync_api import expect

from .conftest import Comes
from .visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("a worry")]
REFERENCE = re.compile(r"W-[A-Z0-9]{4}-[A-Z0-9]{4}")


def test_from_school_to_outcome(comes: Comes) -> None:
    nia = comes("Nia Prosser")
    nia.sees("The board")
    nia.does_not_read("Maisy Pritchett")

    ruth = comes("Ruth Adeyemi")
    tell(ruth)

    # The board was open all the time; the worry comes to it by itself.
    expect(nia.page.get_by_role("link", name="Maisy Pritchett")).to_be_visible(timeout=40_000)
    nia.sees("The board", "Sent together, same address: 2 children")
    screen(nia)
    answer(comes("Imran Qureshi"), comes("Helen Marsh"))
    write_up(nia)
    marian = comes("Marian Blythe")
    decide(marian)
    hear(ruth)
    look_at_the_child(marian)
    change(marian)
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Immediate action the same day")


def tell(ruth: Visitor) -> None:
    """The safeguarding lead writes, is called away, takes it up again and sends it."""
    ruth.sees("Your worries and requests")
    ruth.presses("Send a worry")
    ruth.sees("The child", "part 1 of 7")
    ruth.writes("First name", "Maisy")
    ruth.writes("Last name", "Pritchett")
    ruth.writes("Date of birth", "4 3 2017")
    ruth.writes("Address", "14 Orchard Row")
    ruth.writes("Postcode", "hr1 2qd")
    ruth.presses("Add another child in the family")
    brother = "Child in the family 1"
    ruth.writes("First name", "Theo", within=brother)
    ruth.writes("Last name", "Pritchard", within=brother)
    ruth.writes("Date of birth", "20 11 2014", within=brother)
    ruth.chooses("Are you worried about this child too?", "Yes", within=brother)
    ruth.sees("The child")
    ruth.presses("Continue")

    ruth.sees("The family", "part 2 of 7")
    ruth.writes("Full name", "Dana Pritchard")
    ruth.picks("Who are they to the child?", "Mother")
    ruth.chooses("Do they have parental responsibility?", "Yes")
    ruth.chooses("Do they live with the child?", "Yes")
    ruth.presses("Add another adult")
    ruth.writes("Full name", "Lee Marsden", within="Adult 2")
    ruth.presses("Continue")
    ruth.sees("The family", "Adult 2: Answer the question: Who are they to the child?")
    ruth.picks("Who are they to the child?", "Step-parent", within="Adult 2")
    ruth.chooses("Do they have parental responsibility?", "I do not know", within="Adult 2")
    ruth.presses("Continue")

    # Called away in the middle of a sentence: the tab is closed, the words are kept.
    ruth.sees("Your worry")
    ruth.writes("What are you worried about?", "Maisy had a bruise the shape of a hand on her arm, and")
    expect(ruth.page.get_by_text(re.compile(r"Saved at \d"))).to_be_visible()
    ruth.closes_the_tab()
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Not finished yet")
    ruth.follows("Go on Send a worry")
    ruth.sees("Your worry", "part 3 of 7")
    box = ruth.page.get_by_label("What are you worried about?")
    expect(box).to_have_value("Maisy had a bruise the shape of a hand on her arm, and")
    box.press("End")
    box.press_sequentially(" would not say how. Theo cried when I rang home.")
    ruth.chooses("Do you think the child has suffered", "No")
    ruth.presses("Continue")

    ruth.sees("Level of need", "nothing is weighed or added up")
    ruth.opens_part("Level 4: Specialist")
    ruth.ticks("Serious unexplained injury")
    ruth.opens_part("Level 2: Additional")
    ruth.ticks("Now and then truants, misses school or is late")
    ruth.chooses("Which level of need do you think this is?", "Level 4")
    ruth.sees("Level of need")
    ruth.presses("Continue")

    ruth.sees("What the child says")
    ruth.chooses("How do you know what the child thinks?", "Their own words")
    ruth.writes("What does the child say, or show?", "“Lee was cross. I don't want to go home tonight.”")
    ruth.presses("Continue")

    ruth.sees("Consent")
    ruth.chooses("Has somebody with parental responsibility agreed", "They do not agree")
    ruth.chooses("Does the family know that you are telling us?", "No")
    ruth.writes("Is there anything that the family must not be told", "Not where Maisy said it: Lee would be angry.")
    ruth.presses("Continue")
    ruth.sees("About you")
    ruth.presses("Continue")
    ruth.sees("About you", "Enter telephone number to reach you on today")
    ruth.writes("Telephone number", "01632 960111")
    ruth.presses("Continue")

    # Refused consent and no lawful reason: each fault leads to where it is mended.
    ruth.sees("Check your answers", "Serious unexplained injury", "Lee Marsden", "I don't want to go home tonight")
    ruth.presses("Send a worry")
    ruth.sees("Check your answers", "Say why you are telling us without consent")
    ruth.page.get_by_role("link", name=re.compile("Say why you are telling us without consent")).click()
    ruth.sees("Consent", "Say why you are telling us without consent")
    ruth.presses("Continue")
    ruth.sees("Check your answers")
    ruth.follows("Change Do you think the child has suffered, or is likely to suffer, significant harm?")
    ruth.sees("Your worry")
    ruth.chooses("Do you think the child has suffered", "Yes")
    ruth.presses("Continue")
    ruth.sees("Check your answers")
    ruth.presses("Send a worry")

    ruth.sees("We have it", "Each has a reference", "within 24 hours")
    references = REFERENCE.findall(ruth.page.get_by_role("main").inner_text())
    assert len(set(references)) == 2
    ruth.follows("Go to your start page")
    ruth.sees("Your worries and requests", *references)
    ruth.does_not_read("Not finished yet")


def screen(nia: Visitor) -> None:
    """The social worker takes it on, finds out which child it is, and asks those who may know."""
    nia.follows("Maisy Pritchett")
    nia.sees("Maisy Pritchett", "The family must not be told: Not where Maisy said it")
    nia.presses("Start screening")
    nia.sees("Start screening")
    nia.chooses("How urgent is it?", "Red")
    nia.writes("Why this urgency?", "An injury that nobody explains, and she is afraid to go home today.")
    nia.presses("Start screening")
    nia.sees("Maisy Pritchett", "Held by Nia Prosser", "Being screened")
    nia.follows("Compare and search")
    nia.sees("Which child is this?", "Date of birth with day and month changed round", "Maisie Pritchard")
    nia.presses("This is the child", within="Maisie Pritchard")
    nia.sees("Say which child this is", "Maisie Pritchard, born 3 April 2017")
    nia.presses("Say which child this is")
    nia.sees("Maisy Pritchett", "No further action", "14 Orchard Row", "Also known as: Maisy Pritchett")

    # What is known is confirmed, not typed again.
    nia.ticks("Address: 14 Orchard Row", "School or setting: Hill Lane Primary School")
    nia.presses("Confirm what is ticked")
    nia.sees("Maisy Pritchett", "What is known was confirmed")
    expect(nia.page.get_by_text(re.compile(r"School census. Confirmed on"))).to_have_count(2)

    nia.presses("Ask agencies what they know")
    nia.sees("Ask what they know", "sees only what is on this page")
    nia.ticks("Border Counties Police", "Wyeside Community Health")
    nia.presses("Ask")
    nia.sees("Maisy Pritchett", "Waiting for an answer")
    nia.presses("Hold for information")
    nia.sees("Hold for information")
    nia.writes("What are you waiting for, and from whom?", "Police and health, before anybody rings home.")
    nia.presses("Hold for information")
    nia.sees("Maisy Pritchett", "Held while information is gathered", "End of the hold")


def answer(imran: Visitor, helen: Visitor) -> None:
    """Each agency answers in its own workspace, and sees no more than it is asked."""
    imran.sees("Your worries and requests", "waiting for you")
    imran.follows("Maisy Pritchett")
    imran.sees("Request for information", "Born 4 March 2017", "What do you know of this child and family")
    imran.does_not_read("hand on her arm")
    imran.presses("Answer")
    imran.sees("Answer")
    imran.chooses("Do you know this child or family?", "Yes")
    imran.presses("Answer")
    imran.sees("Answer", "Answer the question: What do you know?")
    imran.writes("What do you know?", "Called to the house on 2 November: shouting, two children upstairs.")
    imran.presses("Answer")
    imran.sees("Request for information", "two children upstairs")

    helen.sees("Your worries and requests", "waiting for you")
    helen.follows("Maisy Pritchett")
    helen.sees("Request for information")
    helen.presses("Answer")
    helen.sees("Answer")
    helen.chooses("Do you know this child or family?", "No")
    helen.presses("Answer")
    helen.sees("Request for information", "No, we do not know them")


def write_up(nia: Visitor) -> None:
    """The answers are there; the hold ends, and what was found is written down."""
    nia.opens("/contact/?awaiting=answered")
    nia.sees("The board", "Answered: Border Counties Police", "Maisy Pritchett")
    nia.follows("Maisy Pritchett")
    nia.sees("Maisy Pritchett", "two children upstairs", "No, we do not know them")
    nia.presses("Stop holding")
    nia.sees("Stop holding")
    nia.presses("Stop holding")
    nia.sees("Maisy Pritchett", "Being screened")
    nia.presses("Write down what you found out")
    nia.sees("Write down what you found out")
    nia.writes("What you found out, and from whom", "Injury not explained; police called to the house this month.")
    nia.presses("Write down what you found out")
    nia.sees("Maisy Pritchett", "police called to the house this month")


def decide(marian: Visitor) -> None:
    """A manager decides, with a level and a reason, and says whether the parents were told."""
    marian.sees("The board")
    marian.follows("Maisy Pritchett")
    marian.sees("Maisy Pritchett")
    marian.presses("Decide")
    marian.sees("Decide")
    marian.chooses("Decision", "Referral to children's social care for assessment")
    marian.presses("Decide")
    marian.sees("Decide", "There is a problem")
    marian.chooses("Level of need", "Level 4")
    marian.writes("Why is this the right decision?", "An unexplained injury to a child, and she is afraid.")
    marian.chooses("Have the parents been told?", "No")
    marian.writes("Why have they not been told?", "The police ask us to wait until she is seen.")
    marian.presses("Decide")
    marian.sees("Maisy Pritchett", "Decided", "Level 4: Specialist", "The police ask us to wait")


def hear(ruth: Visitor) -> None:
    """The sender sees what came of it, in the workspace and as a letter to keep."""
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Referral to children's social care for assessment")
    ruth.follows("Maisy Pritchett")
    ruth.sees("Maisy Pritchett", "What came of it", "Referral to children's social care for assessment")
    ruth.does_not_read("two children upstairs")
    ruth.does_not_read("The police ask us to wait")
    ruth.follows("Read it")
    ruth.sees("What came of the worry", "Dear Ruth Adeyemi", "Marian Blythe", "ring 999")
    assert ruth.downloads("Download as PDF").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(ruth.downloads("Download for Word")) as word:
        assert b"Ruth Adeyemi" in word.read("word/document.xml")


def look_at_the_child(marian: Visitor) -> None:
    """The child's own pages: what is happening, the chronology, documents, who has looked."""
    marian.follows("Maisie Pritchard")
    marian.sees("Maisie Pritchard", "What is happening", "waiting for a social worker", "Lives with", "Theo Pritchard")
    marian.follows("Chronology", within="")
    marian.sees("Maisie Pritchard", "Decided: Referral to children's social care for assessment", "Screening began")
    marian.ticks("Significant events only")
    marian.presses("Show these")
    marian.sees("Maisie Pritchard", "not all that there are")
    marian.does_not_read("Screening began")
    marian.page.emulate_media(media="print")
    expect(marian.page.get_by_role("button", name="Show these")).to_be_hidden()
    expect(marian.page.get_by_role("navigation").first).to_be_hidden()
    marian.page.emulate_media(media="screen")
    marian.follows("What is known")
    marian.sees("Maisie Pritchard", "14 Orchard Row")
    marian.follows("Documents")
    marian.sees("Maisie Pritchard", "What came of the worry")
    marian.follows("Who has looked")
    marian.sees("Maisie Pritchard", "Nia Prosser", "Allocated")


def change(marian: Visitor) -> None:
    """A decision is changed only by a new one that says why; the one before stays."""
    marian.follows("Summary")
    marian.sees("Maisie Pritchard")
    marian.page.get_by_role("link", name="Worry about a child").first.click()
    marian.sees("Maisy Pritchett")
    marian.presses("Change the decision")
    marian.sees("Change the decision")
    marian.writes("Why is the decision changed?", "She was seen with a second injury this afternoon.")
    marian.chooses("Decision", "Immediate action the same day")
    marian.writes("Why is this the right decision?", "She cannot go home today before she is seen.")
    marian.presses("Change the decision")
    marian.sees("Maisy Pritchett", "Immediate action the same day", "She was seen with a second injury")
    marian.opens_part("Earlier decisions")
    marian.sees("Maisy Pritchett", "An unexplained injury to a child, and she is afraid.")

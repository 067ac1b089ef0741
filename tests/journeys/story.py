"""The story of a worry, part by part: who tells it, screens it, answers, decides and hears."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass

from playwright.sync_api import expect

from .visitor import Visitor

REFERENCE = re.compile(r"W-[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass(frozen=True)
class Family:
    """Two children who are known already: as they are on record, and as the school tells of them."""

    given: str
    family: str
    born_on: str
    told_given: str
    told_family: str
    told_born_on: str  # day and month changed round
    brother: str
    brother_born_on: str
    lives_at: str
    postcode: str

    @property
    def called(self) -> str:
        """The child on record."""
        return f"{self.given} {self.family}"

    @property
    def told(self) -> str:
        """The same child as the school tells of her."""
        return f"{self.told_given} {self.told_family}"


PRITCHARD = Family(
    given="Maisie", family="Pritchard", born_on="3 April 2017",
    told_given="Maisy", told_family="Pritchett", told_born_on="4 3 2017",
    brother="Theo", brother_born_on="20 11 2014", lives_at="14 Orchard Row", postcode="hr1 2qd",
)  # fmt: skip
TRANTER = Family(
    given="Isabelle", family="Tranter", born_on="6 May 2016",
    told_given="Isobel", told_family="Tranter", told_born_on="5 6 2016",
    brother="Noah", brother_born_on="1 9 2019", lives_at="9 Chapel Street", postcode="hr4 0bx",
)  # fmt: skip


def tell(ruth: Visitor, family: Family) -> None:
    """The safeguarding lead writes, is called away, takes it up again and sends it."""
    ruth.sees("Your worries and requests")
    ruth.presses("Send a worry")
    ruth.sees("The child", "part 1 of 7")
    ruth.writes("First name", family.told_given)
    ruth.writes("Last name", family.told_family)
    ruth.writes("Date of birth", family.told_born_on)
    ruth.writes("Address", family.lives_at)
    ruth.writes("Postcode", family.postcode)
    ruth.presses("Add a child in the family")
    brother = "Child in the family 1"
    ruth.writes("First name", family.brother, within=brother)
    ruth.writes("Last name", family.family, within=brother)
    ruth.writes("Date of birth", family.brother_born_on, within=brother)
    ruth.chooses("Are you worried about this child too?", "Yes", within=brother)
    ruth.sees("The child")
    ruth.presses("Continue")

    ruth.sees("The family", "part 2 of 7")
    ruth.writes("Full name", f"Dana {family.family}")
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
    begun = f"{family.told_given} had a bruise the shape of a hand on her arm, and"
    ruth.writes("What are you worried about?", begun)
    ruth.is_called_away()
    ruth.sees("Your worries and requests", "Not finished yet", family.told)
    ruth.follows("Go on Send a worry")
    ruth.sees("Your worry", "part 3 of 7")
    expect(ruth.page.get_by_label("What are you worried about?")).to_have_value(begun)
    ruth.writes("What are you worried about?", f"{begun} would not say how. Her brother cried when I rang home.")
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
    ruth.writes("Is there anything that the family must not be told", "Not where she said it: Lee would be angry.")
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
    ruth.follows("Say why you are telling us without consent")
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


def screen(nia: Visitor, family: Family) -> None:
    """The social worker takes it on, finds out which child it is, and asks those who may know."""
    nia.follows(family.told)
    nia.sees(family.told, "The family must not be told: Not where she said it")
    nia.presses("Start screening")
    nia.sees("Start screening")
    nia.chooses("How urgent is it?", "Red")
    nia.writes("Why this urgency?", "An injury that nobody explains, and she is afraid to go home today.")
    nia.presses("Start screening")
    nia.sees(family.told, "Held by Nia Prosser", "Being screened")
    nia.follows("Compare and search")
    nia.sees("Which child is this?", "Date of birth with day and month changed round", family.called)
    nia.presses(f"This is the child {family.called}")
    nia.sees("Say which child this is", f"{family.called}, born {family.born_on}")
    nia.presses("Say which child this is")
    nia.sees(family.told, "No further action", family.lives_at, f"Also known as: {family.told}")

    # What is known is confirmed, not typed again.
    nia.ticks(f"Address: {family.lives_at}", "School or setting: Hill Lane Primary School")
    nia.presses("Confirm what is ticked")
    nia.sees(family.told, "What is known was confirmed")
    expect(nia.page.get_by_text(re.compile(r"School census. Confirmed on"))).to_have_count(2)

    nia.presses("Ask agencies what they know")
    nia.sees("Ask what they know", "sees only what is on this page")
    nia.ticks("Border Counties Police", "Wyeside Community Health")
    nia.presses("Ask")
    nia.sees(family.told, "Waiting for an answer")
    nia.presses("Hold for information")
    nia.sees("Hold for information")
    nia.writes("What are you waiting for, and from whom?", "Police and health, before anybody rings home.")
    nia.presses("Hold for information")
    nia.sees(family.told, "Held while information is gathered", "End of the hold")


def answer(imran: Visitor, helen: Visitor, family: Family) -> None:
    """Each agency answers in its own workspace, and sees no more than it is asked."""
    imran.sees("Your worries and requests", "waiting for you")
    imran.follows(family.told)
    imran.sees(family.told, "Born ", "What do you know of this child and family")
    imran.does_not_read("hand on her arm")
    imran.presses("Answer")
    imran.sees("Answer")
    imran.chooses("Do you know this child or family?", "Yes")
    imran.presses("Answer")
    imran.sees("Answer", "Answer the question: What do you know?")
    imran.writes("What do you know?", "Called to the house on 2 November: shouting, two children upstairs.")
    imran.presses("Answer")
    imran.sees(family.told, "two children upstairs")

    helen.sees("Your worries and requests", "waiting for you")
    helen.follows(family.told)
    helen.sees(family.told)
    helen.presses("Answer")
    helen.sees("Answer")
    helen.chooses("Do you know this child or family?", "No")
    helen.presses("Answer")
    helen.sees(family.told, "No, we do not know them")


def write_up(nia: Visitor, family: Family) -> None:
    """The answers are there; the hold ends, and what was found is written down."""
    nia.opens("/contact/?awaiting=answered")
    nia.sees("The board", "Answered: Border Counties Police", family.told)
    nia.follows(family.told)
    nia.sees(family.told, "two children upstairs", "No, we do not know them")
    nia.presses("Stop holding")
    nia.sees("Stop holding")
    nia.presses("Stop holding")
    nia.sees(family.told, "Being screened")
    nia.presses("Write down what you found out")
    nia.sees("Write down what you found out")
    nia.writes("What you found out, and from whom", "Injury not explained; police called to the house this month.")
    nia.presses("Write down what you found out")
    nia.sees(family.told, "police called to the house this month")


def decide(marian: Visitor, family: Family) -> None:
    """A manager decides, with a level and a reason, and says whether the parents were told."""
    marian.sees("The board")
    marian.follows(family.told)
    marian.sees(family.told)
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
    marian.sees(family.told, "Decided", "Level 4: Specialist", "The police ask us to wait")


def hear(ruth: Visitor, family: Family) -> None:
    """The sender sees what came of it, in the workspace and as a letter to keep."""
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Referral to children's social care for assessment")
    ruth.follows(family.told)
    ruth.sees(family.told, "What came of it", "Referral to children's social care for assessment")
    ruth.does_not_read("two children upstairs")
    ruth.does_not_read("The police ask us to wait")
    ruth.follows("What came of the worry")
    ruth.sees("What came of the worry", "Dear Ruth Adeyemi", "Marian Blythe", "ring 999")
    assert ruth.downloads("Download as PDF").read_bytes().startswith(b"%PDF")
    with zipfile.ZipFile(ruth.downloads("Download for Word")) as word:
        assert b"Ruth Adeyemi" in word.read("word/document.xml")


def look_at_the_child(marian: Visitor, family: Family) -> None:
    """The child's own pages: what is happening, the chronology, documents, who has looked."""
    marian.follows(family.called)
    marian.sees(family.called, "What is happening", "waiting for a social worker", "Lives with")
    marian.reads(f"{family.brother} {family.family}")
    marian.follows("Chronology")
    marian.sees(family.called, "Decided: Referral to children's social care for assessment", "Screening began")
    marian.ticks("Significant events only")
    marian.presses("Show these")
    marian.sees(family.called, "not all that there are")
    marian.does_not_read("Screening began")
    marian.page.emulate_media(media="print")
    expect(marian.page.get_by_role("button", name="Show these")).to_be_hidden()
    expect(marian.page.get_by_role("navigation").first).to_be_hidden()
    marian.page.emulate_media(media="screen")
    marian.follows("What is known")
    marian.sees(family.called, family.lives_at)
    marian.follows("Documents")
    marian.sees(family.called, "What came of the worry")
    marian.follows("Who has looked")
    marian.sees(family.called, "Nia Prosser", "Allocated")


def change(marian: Visitor, family: Family) -> None:
    """A decision is changed only by a new one that says why; the one before stays."""
    marian.follows("Summary")
    marian.sees(family.called)
    marian.follows("Worry about a child")
    marian.sees(family.told)
    marian.presses("Change the decision")
    marian.sees("Change the decision")
    marian.writes("Why is the decision changed?", "She was seen with a second injury this afternoon.")
    marian.chooses("Decision", "Immediate action the same day")
    marian.writes("Why is this the right decision?", "She cannot go home today before she is seen.")
    marian.presses("Change the decision")
    marian.sees(family.told, "Immediate action the same day", "She was seen with a second injury")
    marian.opens_part("Earlier decisions")
    marian.sees(family.told, "An unexplained injury to a child, and she is afraid.")


def looks_for(worker: Visitor, given: str, family: str) -> None:
    """Searches for a child by name."""
    worker.opens("/find/")
    worker.sees("Find a child")
    worker.writes("First name", given)
    worker.writes("Last name", family)
    worker.presses("Find")

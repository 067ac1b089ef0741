"""Two boys: from a burn to the conference that is called for, and from that call to the record that a school reads."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from righthelp.kernel.moments import LONDON
from righthelp.packs import pack

from .conftest import Comes
from .story import looks_for
from .visitor import Visitor

pytestmark = pytest.mark.browser
CHILD = "Ewan Harley"
CONFERRED = "Callum Frost"  # on whose enquiries a manager has agreed
POLICE, HEALTH, SCHOOL = "Border Counties Police", "Wyeside Community Health", "Hill Lane Primary School"
COUNTY = pack().word("council")
ADE = ("Ade Bankole", COUNTY, "Social worker")
THREE = (
    ("Kate Lomas", POLICE, "Detective"),
    ("Helen Marsh", HEALTH, "Health visitor"),
    ("Ruth Adeyemi", SCHOOL, "Safeguarding lead at school"),
)
REPORT = "Callum comes to school hungry, and flinched when a door banged."
DISSENT = "His grandmother could keep him safe without a plan."
MOTHER, FATHER = ("Joanne Frost", "", "Mother"), "Craig Frost"
KEPT_FROM_HIM = "The police ask that he is not told before Callum has been interviewed."


def now() -> datetime:
    return datetime.now(LONDON)


def invites(worker: Visitor, *people: tuple[str, str, str], after: int = 0) -> None:
    """Writes down who is to come, one after the other, after those who stand there already."""
    for number, (name, agency, who) in enumerate(people, start=after + 1):
        worker.presses("Add a person invited" if number == 1 else "Add another person invited")
        place = f"Person invited {number}"
        worker.writes("Full name", name, within=place)
        if agency:
            worker.picks("Of which agency?", agency, within=place)
        worker.writes("Who are they to the child?", who, within=place)


def came(worker: Visitor, *people: tuple[str, str, str]) -> None:
    for name, _, who in people:
        worker.chooses("How did they take part?", "In person", within=f"{name}, {who}")


def strategy(ade: Visitor) -> None:
    """Called from his page, at once; held with police, health and school; enquiries are decided on."""
    looks_for(ade, "Ewan", "Harley")
    ade.follows(CHILD)
    ade.sees("You are not involved with this child")
    ade.writes("Why do you need to open this record?", "His school rang about a burn.")
    ade.presses("Open the record")
    ade.sees(CHILD)
    ade.follows("Call a strategy discussion")
    ade.sees("Call a strategy discussion", "They are told at once")
    ade.says_when("Since when is there reason to suspect significant harm?", now() - timedelta(minutes=20))
    ade.writes("What gives reason to suspect it?", "A burn the shape of an iron, which nobody explains.")
    ade.writes("What keeps the child safe until it is held?", "He stays at school with Ruth until five.")
    ade.says_when("When is it?", now() + timedelta(hours=1))
    ade.writes("Where is it", "By video; the link is in the invitation.")
    invites(ade, ADE, *THREE)
    ade.presses("Call a strategy discussion")
    ade.sees(CHILD, "A strategy discussion was called")
    ade.follows("Strategy discussion: arranged")
    ade.sees("Strategy discussion", "Helen Marsh")

    ade.presses("Record the discussion")
    ade.sees("Record the discussion", f"Strategy discussion, about {CHILD}")
    ade.says_when("When was it held?", now() - timedelta(minutes=2))
    came(ade, ADE, *THREE)
    ade.writes("What does each agency know?", "School saw two bruises in May; health was told of no accident.")
    ade.chooses("Are enquiries under section 47 to be made?", "Yes")
    ade.chooses("Who makes them?", "Children's social care and the police together")
    ade.writes("Why was it decided so?", "The burn is not explained.")
    ade.writes("What keeps this child, and other children, safe meanwhile?", "He sleeps at his grandmother's.")
    ade.writes("What is the family told", "His mother, by Ade, at school today.")
    ade.presses("Record the discussion")
    ade.sees("Strategy discussion", "What belongs with this")


def enquiries(ade: Visitor, leonard: Visitor) -> None:
    """Who leads, what the boy says, what was found; a manager who did not write it agrees."""
    leonard.opens("/team/")
    leonard.sees(pack().teams()["assessment"].title, CHILD)
    leonard.follows(CHILD)
    leonard.sees("Enquiry under section 47")
    leonard.presses("Say who leads them")
    leonard.sees("Say who leads them")
    leonard.picks("Which social worker leads them?", "Ade Bankole")
    leonard.presses("Say who leads them")
    leonard.sees("Enquiry under section 47", "Held by Ade Bankole")

    ade.follows("Enquiry under section 47")
    ade.sees("Enquiry under section 47")
    ade.presses("Record that the child was seen")
    ade.sees("Record that the child was seen")
    ade.says_when("When was the child seen?", now() - timedelta(minutes=1))
    ade.chooses("Was the child seen alone?", "Yes")
    ade.writes("What did the child say", "“Dad got cross and it was hot.”")
    ade.presses("Record that the child was seen")
    ade.sees("Enquiry under section 47", "Dad got cross")
    ade.presses("Write the findings")
    ade.sees("Write the findings")
    ade.writes("What do the parents or carers say?", "His mother did not see it; his father says he fell.")
    ade.writes("What did each agency find?", "Health: it is not how such burns happen.")
    ade.writes("What was found", "He was burned by an adult.")
    ade.chooses("Is harm, or its likelihood, substantiated?", "Substantiated, and the child is likely")
    ade.chooses("Is a child protection conference to be held?", "Yes")
    ade.presses("Write the findings")
    ade.sees("Enquiry under section 47", "Waiting for a manager")

    leonard.opens(ade.path)
    leonard.sees("Enquiry under section 47", "He was burned by an adult.")
    leonard.presses("Agree and conclude")
    leonard.sees("Agree and conclude")
    leonard.writes("Why do you agree", "It is clear, and he is afraid to go home.")
    leonard.presses("Agree and conclude")
    leonard.sees("Enquiry under section 47", "Child protection conference: to be arranged")


def convene(ade: Visitor, colin: Visitor) -> None:
    """Business support sees that the request is awaited, and reminds; the worker asks, without the father."""
    colin.opens("/child_protection_conference/")
    colin.sees("Child protection conferences", "The request to convene is awaited", CONFERRED)
    colin.follows("Remind the worker")
    colin.sees("Remind the worker")
    colin.presses("Remind the worker")
    colin.sees("Initial child protection conference", "The worker was reminded")

    ade.opens(colin.path)
    ade.sees("Initial child protection conference")
    ade.presses("Ask to convene")
    ade.sees("Ask to convene")
    ade.writes("Why is a conference needed?", "Callum was burned by an adult and may be hurt again.")
    # Who was at the strategy discussion stands there; of the family nobody does.
    for number, (name, _, _) in enumerate((ADE, *THREE), start=1):
        expect(ade.page.get_by_label("Full name").nth(number - 1)).to_have_value(name)
    invites(ade, MOTHER, after=4)
    ade.chooses("Are they asked for a report?", "Yes", within="Person invited 4")
    ade.presses("Add another person invited")
    ade.writes("Full name", FATHER, within="Person invited 6")
    ade.writes("Who are they to the child?", "Father", within="Person invited 6")
    ade.writes("If they are not to come: why not?", KEPT_FROM_HIM, within="Person invited 6")
    ade.presses("Ask to convene")
    ade.sees("Initial child protection conference", KEPT_FROM_HIM)

    colin.opens("/child_protection_conference/")
    colin.sees("Child protection conferences", "To be arranged")
    colin.follows("Arrange it")
    colin.sees("Arrange it", f"Initial child protection conference, about {CONFERRED}")
    colin.says_when("When is it?", now() + timedelta(hours=3))
    colin.writes("Where is it", "The Old Library, room 2")
    colin.picks("Who chairs it?", "Beverley Ashdown")
    colin.presses("Arrange it")
    colin.sees("Initial child protection conference", "Arranged")
    colin.presses("Send the invitations")
    colin.sees("Send the invitations")
    colin.presses("Send the invitations")
    colin.sees("Initial child protection conference", "Invitations were sent")


def school_reports(ruth: Visitor) -> None:
    """The safeguarding lead is invited in her workspace, and sends what the school has seen."""
    ruth.opens("/")
    ruth.sees("Your worries and requests", CONFERRED, "Invitation: Child protection conference")
    ruth.follows("Child protection conference: Callum Frost")
    ruth.sees("Initial child protection conference")
    ruth.presses("Send a report")
    ruth.sees("Send a report", f"Child protection conference: {CONFERRED}")
    ruth.writes("Report", REPORT)
    ruth.presses("Send a report")
    ruth.sees("Initial child protection conference", REPORT)


def shares_report(ade: Visitor, conference: str) -> None:
    """Put together from the record and what the worker makes of it; gone through with the mother, and kept."""
    ade.opens(conference)
    ade.presses("Write the report")
    ade.sees("Write the report", "Their parents read it")
    ade.writes("What does the child want the conference to know?", "He wants his mother to come.")
    ade.writes("What does it all mean for this child?", "He is not safe at home in the evenings.")
    ade.writes("What do you propose to the conference, and why?", "A child protection plan.")
    ade.presses("Write the report")
    ade.sees("Initial child protection conference", "The social worker's report was written")
    ade.presses("Share the report with the parents")
    ade.sees("Share the report with the parents")
    ade.says_when("When did the parents get the social worker's report?", now() - timedelta(minutes=1))
    ade.writes("How was it gone through with them?", "At home, page by page.")
    ade.presses("Share the report with the parents")
    ade.sees("Initial child protection conference", "The parents got the social worker's report")
    ade.follows("Report of the social worker")
    ade.sees("Report of the social worker", "Callum was burned by an adult", "He wants his mother to come.", MOTHER[0])


def prepare(beverley: Visitor, conference: str) -> None:
    """The mother is met beforehand, and the chair reads what the school has sent."""
    beverley.opens(conference)
    beverley.sees("Initial child protection conference", REPORT)
    beverley.presses("Record that the parents were met")
    beverley.sees("Record that the parents were met")
    beverley.says_when("When were the parents met beforehand? (optional)", now() - timedelta(minutes=1))
    beverley.chooses("Were they given the one-page explanation?", "Yes")
    beverley.presses("Record that the parents were met")
    beverley.sees("Initial child protection conference", "The parents were met before the conference")


def hold(beverley: Visitor) -> None:
    """Who came and what each says of the decision, one against it; the category; the outline of the plan."""
    beverley.presses("Record the conference")
    beverley.sees("Record the conference")
    beverley.says_when("When was it held?", now() - timedelta(minutes=1))
    assert not beverley.page.get_by_role("group", name=FATHER).count(), "of him who was left out nothing is asked"
    came(beverley, ADE, *THREE, MOTHER)
    for name, _, who in (ADE, *THREE):
        beverley.chooses("What do they say of the decision?", "Agrees", within=f"{name}, {who}")
    helen = "Helen Marsh, Health visitor"
    beverley.chooses("What do they say of the decision?", "Does not agree", within=helen)
    beverley.writes("How did the child take part", "Ade brought his drawing of his grandmother's kitchen.")
    beverley.writes("What do the parents or carers say?", "His mother wants help to keep him safe.")
    beverley.writes("The chair's summary", "His grandmother keeps him safe; nobody knows who burned him.")
    beverley.chooses("What is decided for this child?", "A child protection plan is made")
    beverley.chooses("Under which category?", "Physical abuse")
    beverley.writes("What was decided, and why?", "He was hurt and may be again.")
    beverley.presses("Add an outcome")
    beverley.writes("What is to be different", "Nobody hurts Callum.", within="Outcome 1")
    beverley.presses("Add an action")
    beverley.writes("What will be done?", "See Callum at school every week.", within="Action 1")
    beverley.writes("Who does it?", "Ade Bankole", within="Action 1")
    beverley.writes("By when?", f"{now() + timedelta(days=7):%d %m %Y}", within="Action 1")
    beverley.presses("Record the conference")
    beverley.sees("Record the conference", "Say why Helen Marsh does not agree")
    beverley.writes("If they do not agree: why?", DISSENT, within=helen)
    beverley.presses("Record the conference")
    beverley.sees("Initial child protection conference", "Held; its record is not sent yet", "Child protection plan")


def send(colin: Visitor) -> None:
    colin.opens("/child_protection_conference/")
    colin.sees("Child protection conferences", "Held: decisions or record to send")
    colin.follows("Send the decisions")
    colin.sees("Send the decisions")
    colin.presses("Send the decisions")
    colin.sees("Initial child protection conference", "The decisions of the conference were sent")
    colin.presses("Send the record")
    colin.sees("Send the record")
    colin.presses("Send the record")
    colin.sees("Initial child protection conference", "Held, and its record sent")


def school_reads(ruth: Visitor) -> None:
    """The school has the record, with the dissent and whose it is, and without what is kept from the father."""
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Decisions: Initial child protection conference")
    ruth.follows("Record: Child protection conference")
    ruth.sees("Record: Child protection conference", DISSENT, "Helen Marsh, Health visitor", "Physical abuse")
    ruth.reads("See Callum at school every week.")
    ruth.does_not_read(KEPT_FROM_HIM)


def test_from_strategy_discussion_to_a_conference_called_for(comes: Comes) -> None:
    ade, leonard = comes("Ade Bankole"), comes("Leonard Swann")
    strategy(ade)
    enquiries(ade, leonard)


def test_from_the_request_to_convene_to_the_record_that_the_school_reads(comes: Comes) -> None:
    ade, colin, beverley = comes("Ade Bankole"), comes("Colin Ember", width=320), comes("Beverley Ashdown")
    convene(ade, colin)
    ruth = comes("Ruth Adeyemi")
    school_reports(ruth)
    shares_report(ade, ruth.path)
    prepare(beverley, ruth.path)
    hold(beverley)
    send(colin)
    school_reads(ruth)

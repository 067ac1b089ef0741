"""Early help that a school asks for and leads: from the request to the plan on one page, a meeting, and a good end."""

from datetime import datetime, timedelta

import pytest

from righthelp.kernel.moments import LONDON
from righthelp.packs import pack

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser
MEETING = "Team around the family: Rosa Copley"
CHILD, SCHOOL = "Rosa Copley", "Hill Lane Primary School"
ASKED = "Her father works nights since August, and Rosa gets herself up."
WANTED, DONE = "Somebody is there when I wake up.", "A neighbour has breakfast with Rosa on four mornings."
SAYS = "“I can make toast, but I do not like the dark.”"
KEEPS_WELL = "If nights get hard again: ring Ruth at school, or the neighbour downstairs."


def now() -> datetime:
    return datetime.now(LONDON)


def asks(ruth: Visitor) -> None:
    """From her workspace, with the family's agreement."""
    ask = pack().label("family_help.ask_for_family", "Ask for help for a family")
    ruth.sees("Your worries and requests")
    ruth.presses(ask)
    ruth.sees("The child")
    ruth.writes("First name", "Rosa")
    ruth.writes("Last name", "Copley")
    ruth.writes("Date of birth", "21 9 2017")
    ruth.writes("Postcode", "HR4 0BY")
    ruth.writes("What does this child say", SAYS)
    ruth.presses("Continue")
    ruth.sees("What would help")
    ruth.writes("What help does the family want, and why now?", ASKED)
    ruth.presses("Continue")
    ruth.sees("The family's agreement")
    ruth.chooses("Does the family agree?", "They agree")
    ruth.writes("Who said so?", "Her father, at school")
    ruth.writes("On which day?", f"{now():%d %m %Y}")
    ruth.presses("Continue")
    ruth.sees("Check your answers", ASKED)
    ruth.presses(ask)
    ruth.sees("We have it")
    ruth.opens("/")
    ruth.sees("Your worries and requests", CHILD, "Waiting for the panel")


def is_taken_up(jo: Visitor, petra: Visitor) -> None:
    """Early help says which child it is; the panel decides; the safeguarding lead is named."""
    jo.opens("/family_help/panel/")
    jo.sees("Panel", CHILD, ASKED, f"Asked by {SCHOOL}")
    jo.follows("Say which child this is")
    jo.sees("Which child is this?", CHILD)
    jo.presses(f"This is the child {CHILD}")
    jo.sees("Say which child this is", f"{CHILD}, born 21 September 2017")
    jo.writes("How do you know?", "Name, date of birth and postcode are the same.")
    jo.presses("Say which child this is")
    jo.sees(CHILD, ASKED, SAYS)

    petra.opens("/family_help/panel/")
    petra.sees("Panel", CHILD)
    petra.follows("Record what the panel decided")
    petra.sees("Record what the panel decided")
    petra.writes("On which day did the panel meet?", f"{now():%d %m %Y}")
    petra.chooses("What did the panel decide?", "A team helps this family")
    petra.chooses("Whom does the family wait for?", "An agency that knows the family")
    petra.writes("Why?", "School knows them best, and they trust Ruth.")
    petra.presses("Record what the panel decided")
    petra.sees(CHILD, "The panel decided: A team helps this family")

    jo.opens("/family_help/waiting/")
    jo.sees("Waiting for help to begin", CHILD)
    jo.follows("Name who leads")
    jo.sees("Name who leads")
    jo.picks("Which agency leads?", SCHOOL)
    jo.writes("Who leads?", "Ruth Adeyemi")
    jo.presses("Name who leads")
    jo.sees(CHILD, "Ruth Adeyemi leads from now on")


def begins(ruth: Visitor) -> None:
    """By keyboard: what is to be different, in the family's words, and who does what by when."""
    ruth.opens("/")
    ruth.sees("Your worries and requests", "Family help: waiting for you")
    ruth.follows(f"Family help: {CHILD}")
    ruth.sees(CHILD, ASKED)
    ruth.presses("Begin the work")
    ruth.sees("Begin the work")
    ruth.presses("Add an outcome")
    ruth.presses("Add an action")
    ruth.writes("On which day did the work begin?", f"{now():%d %m %Y}")
    ruth.writes("What is to be different", WANTED, within="Outcome 1")
    ruth.writes("What will be done?", DONE, within="Action 1")
    ruth.writes("Who does it?", "Ruth Adeyemi", within="Action 1")
    ruth.writes("By when?", f"{now() + timedelta(days=14):%d %m %Y}", within="Action 1")
    ruth.presses("Begin the work")
    ruth.sees(CHILD, "Work with the family began", WANTED)


def meets(ruth: Visitor) -> None:
    """The team around the family: whoever leads is asked already; what came of it goes to everybody."""
    arrange = pack().label("family_meeting.arrange", "Arrange it")
    ruth.opens("/")
    ruth.follows(MEETING)
    ruth.sees(MEETING, "Ruth Adeyemi")
    ruth.presses(arrange)
    ruth.sees(arrange)
    ruth.says_when("When is it?", now() + timedelta(hours=1))
    ruth.writes("Where is it", "The family room at school.")
    ruth.presses("Add a person invited")
    ruth.writes("Full name", "Owain Copley", within="Person invited 1")
    ruth.writes("Who are they to the child?", "Father", within="Person invited 1")
    ruth.presses(arrange)
    ruth.sees(MEETING, "Arranged")
    ruth.presses("Send the invitations")
    ruth.sees("Send the invitations")
    ruth.presses("Send the invitations")
    ruth.sees(MEETING, "Invitations were sent")
    ruth.presses("Record the meeting")
    ruth.sees("Record the meeting")
    ruth.says_when("When was it held?", now() - timedelta(minutes=1))
    for who in ("Ruth Adeyemi, Leads the plan", "Owain Copley, Father"):
        ruth.chooses("How did they take part?", "In person", within=who)
    ruth.writes("How did the child take part", "Rosa came for cake, and said what she wants.")
    ruth.writes("What do the parents or carers say?", "He is glad that somebody asked.")
    ruth.writes("What was talked about", "Mornings go better; evenings are long.")
    ruth.writes("What was decided", "To go on as it is.")
    ruth.chooses("Is it so now?", "Partly", within=WANTED)
    ruth.chooses("Is it done?", "Done", within=f"{DONE} (Ruth Adeyemi)")
    ruth.presses("Record the meeting")
    ruth.sees(MEETING, "Rosa came for cake", "Held; its record is not sent yet")


def reads_the_plan(ruth: Visitor) -> None:
    """On one page, in plain words, as the family gets it."""
    ruth.opens("/")
    ruth.follows(f"Family help: {CHILD}")
    ruth.sees(CHILD)
    ruth.follows("The plan on one page, in plain words")
    ruth.sees("Family help", "What we want to be different", WANTED, "Some of the way.", "Ruth Adeyemi", "Done.")
    ruth.follows("Family help")


def closes(ruth: Visitor) -> None:
    """What was reached, the family's own plan for keeping well, and what they say of the help."""
    ruth.sees(CHILD)
    ruth.presses("Close")
    ruth.sees("Close")
    ruth.chooses("Is it so now?", "Yes", within=WANTED)
    ruth.writes("On which day did it end?", f"{now():%d %m %Y}")
    ruth.chooses("Why does it end?", "What the plan was for has been reached")
    ruth.presses("Close")
    ruth.sees("Close", "There is a problem", "wellbeing plan")
    ruth.writes("The family's wellbeing plan", KEEPS_WELL)
    ruth.writes("What does the family say of the help", "“Nobody told us what to do; you asked.”")
    ruth.presses("Close")
    ruth.sees(CHILD, "Closed")
    ruth.opens("/")
    ruth.follows("Family help: how it ended")
    ruth.sees("Family help: how it ended", KEEPS_WELL, "you asked", WANTED)


def test_a_school_asks_leads_and_closes(comes: Comes) -> None:
    ruth = comes("Ruth Adeyemi", width=320)
    asks(ruth)
    is_taken_up(comes("Jo Ferris"), comes("Petra Lind"))
    begins(comes("Ruth Adeyemi", mouse=False))
    meets(ruth)
    reads_the_plan(ruth)
    closes(ruth)

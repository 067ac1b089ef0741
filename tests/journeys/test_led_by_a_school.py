"""Early help that a school asks for and leads: from the request to the plan on one page, a meeting, and a good end."""

from datetime import datetime, timedelta

import pytest

from righthelp.kernel.moments import LONDON
from righthelp.packs import pack

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser
CHILD, SCHOOL = "Rosa Copley", "Hill Lane Primary School"
ASKED = "Her father works nights since August, and Rosa gets herself up."
WANTED, DONE = "Somebody is there when I wake up.", "A neighbour has breakfast with Rosa on four mornings."
SAYS = "“I can make toast, but I do not like the dark.”"
# A plan that Tom Fairley leads already.
HELPED, MORNINGS, BREAKFAST = "Nell Ashdale", "Mornings without shouting", "Breakfast club every day"
MEETING = f"Team around the family: {HELPED}"
KEEPS_WELL = "If mornings get hard again: ring Tom at school, or the neighbour downstairs."


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
    petra.follows(f"Record what the panel decided: {CHILD}")
    petra.sees("Record what the panel decided")
    petra.writes("On which day did the panel meet?", f"{now():%d %m %Y}")
    petra.chooses("What did the panel decide?", "A team helps this family")
    petra.chooses("Whom does the family wait for?", "An agency that knows the family")
    petra.writes("Why?", "School knows them best, and they trust Ruth.")
    petra.presses("Record what the panel decided")
    petra.sees(CHILD, "The panel decided: A team helps this family")

    jo.opens("/family_help/waiting/")
    jo.sees("Waiting for help to begin", CHILD)
    jo.follows(f"Name who leads: {CHILD}")
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


def meets(tom: Visitor) -> None:
    """The team around the family: whoever leads is asked already; what came of it goes to everybody."""
    arrange = pack().label("family_meeting.arrange", "Arrange it")
    tom.opens("/")
    tom.follows(MEETING)
    tom.sees(MEETING, "Helen Marsh", "Mia Pugh")
    tom.presses(arrange)
    tom.sees(arrange)
    tom.says_when("When is it?", now() + timedelta(hours=1))
    tom.writes("Where is it", "The family room at school.")
    tom.presses(arrange)
    tom.sees(MEETING, "Arranged")
    tom.presses("Send the invitations")
    tom.sees("Send the invitations")
    tom.presses("Send the invitations")
    tom.sees(MEETING, "Invitations were sent")
    tom.presses("Record the meeting")
    tom.sees("Record the meeting")
    tom.says_when("When was it held?", now() - timedelta(minutes=1))
    for who in ("Tom Fairley, Leads the plan", "Helen Marsh, Health visitor", "Mia Pugh, Mother"):
        tom.chooses("How did they take part?", "In person", within=who)
    tom.writes("How did the child take part", "Nell came for cake, and said what she wants.")
    tom.writes("What do the parents or carers say?", "She is glad that somebody asked.")
    tom.writes("What was talked about", "Mornings go better; evenings are long.")
    tom.writes("What was decided", "To go on as it is.")
    tom.chooses("Is it so now?", "Partly", within=MORNINGS)
    tom.chooses("Is it done?", "Done", within=f"{BREAKFAST} (Tom Fairley)")
    tom.presses("Record the meeting")
    tom.sees(MEETING, "Nell came for cake", "Held; its record is not sent yet")


def reads_the_plan(tom: Visitor) -> None:
    """On one page, in plain words, as the family gets it."""
    tom.opens("/")
    tom.follows(f"Family help: {HELPED}")
    tom.sees(HELPED)
    tom.follows("The plan on one page, in plain words")
    tom.sees("Family help", "What we want to be different", MORNINGS, "Some of the way.", "Tom Fairley", "Done.")
    tom.reads("Tom Fairley, Hill Lane Primary School, who leads the plan with you")
    tom.follows("Family help")


def closes(tom: Visitor) -> None:
    """What was reached, the family's own plan for keeping well, and what they say of the help."""
    tom.sees(HELPED)
    tom.presses("Close")
    tom.sees("Close")
    tom.chooses("Is it so now?", "Yes", within=MORNINGS)
    tom.writes("On which day did it end?", f"{now():%d %m %Y}")
    tom.chooses("Why does it end?", "What the plan was for has been reached")
    tom.presses("Close")
    tom.sees("Close", "There is a problem", "wellbeing plan")
    tom.writes("The family's wellbeing plan", KEEPS_WELL)
    tom.writes("What does the family say of the help", "“Nobody told us what to do; you asked.”")
    tom.presses("Close")
    tom.sees("Your worries and requests", "Family help ended: What the plan was for has been reached")
    tom.does_not_read(HELPED)
    tom.follows("Family help: how it ended")
    tom.sees("Family help: how it ended", KEEPS_WELL, "you asked", MORNINGS)


def test_a_school_asks_and_leads(comes: Comes) -> None:
    asks(comes("Ruth Adeyemi", width=320))
    is_taken_up(comes("Jo Ferris"), comes("Petra Lind"))
    begins(comes("Ruth Adeyemi", mouse=False))


def test_the_team_meets_and_the_help_ends_well(comes: Comes) -> None:
    tom = comes("Tom Fairley", width=320)
    meets(tom)
    reads_the_plan(tom)
    closes(tom)

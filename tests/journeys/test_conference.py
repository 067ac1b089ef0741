"""A boy with a burn: from the strategy discussion to the conference whose record his school reads."""

from datetime import datetime, timedelta

import pytest

from righthelp.kernel.moments import LONDON

from .conftest import Comes
from .story import looks_for
from .visitor import Visitor

pytestmark = pytest.mark.browser
CHILD = "Ewan Harley"
POLICE, HEALTH, SCHOOL = "Border Counties Police", "Wyeside Community Health", "Hill Lane Primary School"
THREE = (
    ("Kate Lomas", POLICE, "Detective"),
    ("Helen Marsh", HEALTH, "Health visitor"),
    ("Ruth Adeyemi", SCHOOL, "Safeguarding lead at school"),
)
COUNTY = "Herefordshire Council"
REPORT = "Ewan comes to school hungry, and flinched when a door banged."
DISSENT = "His grandmother could keep him safe without a plan."
KEPT_FROM_HIM = "The police ask that he is not told before Ewan has been interviewed."


def now() -> datetime:
    return datetime.now(LONDON)


def invites(worker: Visitor, *people: tuple[str, str, str]) -> None:
    """Writes down who is to come, one after the other."""
    for number, (name, agency, who) in enumerate(people, start=1):
        if number > 1:
            worker.presses("Add another person invited")
        place = f"Person invited {number}"
        worker.writes("Full name", name, within=place)
        if agency:
            worker.picks("Of which agency?", agency, within=place)
        worker.writes("Who are they to the child?", who, within=place)


def came(worker: Visitor, *names: str) -> None:
    for name in names:
        worker.chooses("How did they take part?", "In person", within=name)


def strategy(ade: Visitor) -> None:
    """Called from his page, at once; held with police, health and school; enquiries are decided on."""
    looks_for(ade, "Ewan", "Harley")
    ade.follows(CHILD)
    ade.sees("You are not involved with this child")
    ade.writes("Why do you need to open this record?", "His school rang about a burn.")
    ade.presses("Open the record")
    ade.sees(CHILD)
    ade.follows("Call a strategy discussion")
    ade.sees("Call a strategy discussion")
    ade.says_when("Since when is there reason", now() - timedelta(minutes=20))
    ade.writes("What gives reason to suspect it?", "A burn the shape of an iron, which nobody explains.")
    ade.writes("What keeps the child safe until it is held?", "He stays at school with Ruth until five.")
    ade.says_when("When is it?", now() + timedelta(hours=1))
    ade.writes("Where is it", "By video; the link is in the invitation.")
    invites(ade, ("Ade Bankole", COUNTY, "Social worker"), *THREE)
    ade.presses("Call a strategy discussion")
    ade.sees("Strategy discussion", "Arranged")


def test_from_strategy_discussion_to_record_sent(comes: Comes) -> None:
    ade = comes("Ade Bankole")
    strategy(ade)

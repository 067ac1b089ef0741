"""Four brothers and sisters, one strategy discussion: written once, with each child's own words on their own record."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from righthelp.kernel.moments import LONDON

from .conftest import Comes
from .story import looks_for
from .test_conference import ADE, THREE, came, invites

pytestmark = pytest.mark.browser
FIRST, OTHERS = "Beth Sayle", ("Luke Sayle", "Ned Sayle", "Ivy Sayle")
SAID = {
    "Beth Sayle": "“I put a chair under the door handle.”",
    "Luke Sayle": "“He threw my bike at me.”",
    "Ned Sayle": "“I hide in the den.”",
    "Ivy Sayle": "She says nothing yet; she cries when a door slams.",
}
LOCKED = "Gabriel Orme"


def test_one_discussion_for_four_and_each_keeps_their_own_words(comes: Comes) -> None:
    now = datetime.now(LONDON)
    ade = comes("Ade Bankole")
    looks_for(ade, *FIRST.split())
    ade.follows(FIRST)
    ade.sees("You are not involved with this child")
    ade.writes("Why do you need to open this record?", "The police rang about all of them.")
    ade.presses("Open the record")
    ade.sees(FIRST, *OTHERS)
    ade.does_not_read(LOCKED)
    ade.follows("Call a strategy discussion")
    ade.sees("Call a strategy discussion", *OTHERS)
    ade.does_not_read(LOCKED)
    ade.says_when("Since when is there reason to suspect significant harm?", now - timedelta(minutes=20))
    ade.writes("What gives reason to suspect it?", "All four heard and felt violence at home.")
    ade.writes("What keeps the child safe until it is held?", "They are at their aunt's.")
    ade.says_when("When is it?", now + timedelta(hours=1))
    ade.writes("Where is it", "By video.")
    invites(ade, ADE, *THREE)
    ade.ticks(*OTHERS)
    ade.presses("Call a strategy discussion")
    ade.sees(FIRST, "A strategy discussion was called: Beth Sayle, ", "Ivy Sayle")

    ade.follows("Strategy discussion: arranged")
    ade.sees("Strategy discussion")
    ade.presses("Record the discussion")
    ade.sees("Record the discussion", *OTHERS)
    ade.does_not_read(LOCKED)
    ade.says_when("When was it held?", now - timedelta(minutes=2))
    came(ade, ADE, *THREE)
    ade.writes("What does each agency know?", "The police were called three times since June.")
    ade.writes("What has the child said or shown so far?", SAID[FIRST])
    ade.chooses("Are enquiries under section 47 to be made?", "Yes")
    ade.chooses("Who makes them?", "Children's social care and the police together")
    ade.writes("Why was it decided so?", "Beth is afraid at night.")
    ade.writes("What keeps this child, and other children, safe meanwhile?", "They stay at their aunt's.")
    ade.writes("What is the family told", "Their mother, by Ade, today.")
    ade.ticks(*OTHERS)
    for name in OTHERS:
        ade.writes("What has the child said or shown so far?", SAID[name], within=name)
        ade.chooses("Are enquiries under section 47 to be made?", "No" if name == "Ivy Sayle" else "Yes", within=name)
        if name != "Ivy Sayle":
            ade.chooses("Who makes them?", "Children's social care alone", within=name)
        ade.writes("Why was it decided so?", f"This is how it is for {name}.", within=name)
    ade.presses("Record the discussion")
    ade.sees("Strategy discussion", "The strategy discussion was held: ", SAID[FIRST])

    # Each record has what all share and the child's own, and nothing of what another child said.
    for name, words in SAID.items():
        looks_for(ade, *name.split())
        ade.follows(name)
        ade.sees(name, "Strategy discussion: held")
        enquiries = ade.page.get_by_role("link", name="Enquiry under section 47")
        expect(enquiries).to_have_count(0 if name == "Ivy Sayle" else 1)
        ade.follows("Strategy discussion: held")
        ade.sees("Strategy discussion", words, "The police were called three times since June.")
        for other in SAID.values():
            if other != words:
                ade.does_not_read(other)

"""Worries that need no social worker: early help, a service nearby, advice, nothing now. The sender hears each time."""

from dataclasses import dataclass

import pytest

from righthelp.packs import pack

from .conftest import Comes
from .visitor import Visitor

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Decision:
    """What a manager decides of a worry, and what the person who sent it is to hear."""

    child: str
    outcome: str
    level: str
    why: str
    told: str  # the usual words of the county for this decision
    services: str = ""


NEARBY = Decision(
    "Nesta Ludlow", "Signposting to another service", "Level 1", "A playgroup is all that he asks for.",
    "pointed the family to a service", services="Little Acorns Nursery has a family room on Tuesdays.",
)  # fmt: skip
ADVICE = Decision(
    "Alfie Ludlow", "Advice and information", "Level 2", "The school has a young carers' group.",
    "go on helping the child in your own work",
)  # fmt: skip
NOTHING_NOW = Decision(
    "Owen Ludlow", "No further action", "Level 1", "He grieves as a child does, and is comforted.",
    "We are not taking this further now",
)  # fmt: skip


def decides(manager: Visitor, decision: Decision) -> None:
    manager.opens("/contact/")
    manager.follows(decision.child)
    manager.presses("Decide")
    manager.sees("Decide")
    manager.chooses("Decision", decision.outcome)
    manager.chooses("Level of need", decision.level)
    manager.writes("Why is this the right decision?", decision.why)
    manager.chooses("Have the parents been told?", "Yes")


def hears(sender: Visitor, decision: Decision) -> None:
    """In the workspace, and by a letter; not why the manager thinks so, which is for the record."""
    sender.opens("/")
    sender.sees("Your worries and requests", decision.child, decision.outcome)
    sender.follows(decision.child)
    sender.sees(decision.child, "What came of it", decision.outcome, decision.told, decision.services)
    sender.does_not_read(decision.why)
    sender.follows("What came of the worry")
    sender.sees("What came of the worry", "Dear Ruth Adeyemi", decision.told, decision.services)
    sender.does_not_read(decision.why)


@pytest.mark.parametrize("decision", [NEARBY, ADVICE, NOTHING_NOW], ids=lambda decision: decision.outcome)
def test_the_sender_is_told(comes: Comes, decision: Decision) -> None:
    marian = comes("Marian Blythe")
    decides(marian, decision)
    if decision.services:
        marian.presses("Decide")
        marian.sees("Decide", "There is a problem", "Which services, and how to reach them?")
        marian.writes("Which services, and how to reach them?", decision.services)
    marian.presses("Decide")
    marian.sees(decision.child, "Decided", decision.outcome, decision.why)
    hears(comes("Ruth Adeyemi"), decision)


def test_early_help_needs_agreement_and_answers(comes: Comes) -> None:
    """The front door's decision is early help's work at once; nobody types it again."""
    passed_on = pack().label("contact.outcome.EARLY_HELP", "Early help")
    early_help = Decision(
        "Poppy Ludlow", passed_on, "Level 2", "Mum wants help with evenings, and has asked for it herself.",
        "The family have agreed to early help",
    )  # fmt: skip
    marian = comes("Marian Blythe")
    decides(marian, early_help)
    marian.chooses("Have the parents or carers agreed to early help?", "No")
    marian.presses("Decide")
    marian.sees("Decide", "Early help is only given when parents or carers agree")
    marian.chooses("Have the parents or carers agreed to early help?", "Yes")
    marian.presses("Decide")
    marian.sees("Poppy Ludlow", "Decided", "What belongs with this", "Request for early help")
    hears(comes("Ruth Adeyemi"), early_help)

    team = pack().teams()["early_help"].title
    petra = comes("Petra Lind")
    petra.opens("/team/")
    petra.sees(team, "With no worker yet", "Poppy Ludlow")
    jo = comes("Jo Ferris")
    jo.sees("Requests for early help", "Poppy Ludlow")
    jo.follows("Poppy Ludlow")
    jo.sees("Request for early help", early_help.why)
    jo.presses("Take on")
    jo.sees("Take on")
    jo.presses("Take on")
    jo.sees("Request for early help", "Held by Jo Ferris")
    jo.presses("Write down what the family says")
    jo.sees("Write down what the family says")
    jo.writes("Who was spoken to, and what do they want?", "Mum, by telephone: two calm evenings a week.")
    jo.presses("Write down what the family says")
    jo.sees("Request for early help", "two calm evenings a week")
    jo.presses("Answer the request")
    jo.sees("Answer the request")
    jo.chooses("What came of it", "An early help assessment is recommended")
    jo.writes("Who might lead the assessment?", "The family support worker at school")
    jo.chooses("Level of need now", "Level 2")
    jo.writes("Why, and what happens next?", "A family worker visits on Thursday.")
    jo.presses("Answer the request")
    jo.sees("Request for early help", "Answered", "A family worker visits on Thursday.")
    petra.opens("/team/")
    petra.sees(team, "Poppy Ludlow", "Waiting for the panel")  # which decides who helps; nobody asks for it again
    petra.does_not_read("Request for early help")

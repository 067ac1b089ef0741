"""Who of the front door does what with a worry, and until when: as the front door itself would draw it on a wall."""

import pytest

from righthelp.engine.refusals import NotAllowed
from righthelp.engine.taking import may_take
from righthelp.processes.contact.models import Contact
from righthelp.record.models import TimelineEvent

RECEIVED, SCREENING, HELD, DECIDED, PASSED_ON, JOINED = Contact.State.values
WHEN = {
    "start": {RECEIVED},
    "rate": {RECEIVED, SCREENING, HELD},
    "take_over": {RECEIVED, SCREENING, HELD},
    "match": {RECEIVED, SCREENING, HELD, DECIDED},
    "register": {RECEIVED, SCREENING, HELD},
    "confirm": {SCREENING, HELD},
    "note": {SCREENING, HELD},
    "hold": {SCREENING},
    "release": {HELD},
    "decide": {RECEIVED, SCREENING, HELD},
    "decide_again": {DECIDED},
    "correct_caller": {RECEIVED, SCREENING, HELD},
    "join": {RECEIVED, SCREENING},
    "confirm_in_writing": {RECEIVED, SCREENING, HELD, DECIDED},
    "pass_on": {RECEIVED, SCREENING, HELD},
    "bring_back": {PASSED_ON},
    "tell_sender": {DECIDED, PASSED_ON},
}
TAKES_CALLS = {"match", "register", "correct_caller", "join", "confirm_in_writing", "tell_sender"}
SCREENS = {"start", "rate", "take_over", "confirm", "note", "hold", "release", "pass_on", *TAKES_CALLS}
WHO = {
    "Marian Blythe": {*SCREENS, "decide", "decide_again", "bring_back"},  # manages the front door
    "Nia Prosser": SCREENS,  # a social worker of the front door
    "Dale Winters": TAKES_CALLS,  # a contact worker
    "Jo Ferris": set(),
    "Petra Lind": set(),
    "Ade Bankole": set(),
    "Leonard Swann": set(),
    "Sylvia Marchetti": set(),
    "Ivan Brandt": set(),
    "Una Kelleher": set(),
    "Tom Fairley": set(),
    "Ruth Adeyemi": set(),
}


@pytest.fixture
def in_state(workplace):
    """A worry in a state, come there by its steps."""

    def made(state):
        if state == RECEIVED:
            return workplace.worry()
        contact = workplace.registered()
        if state == HELD:
            return workplace.take(contact, "hold", "Nia Prosser", hold_reason="The GP rings at 2.")
        if state == PASSED_ON:
            return workplace.passed_on(contact)
        if state == JOINED:
            call = workplace.call(child_given="Cal", child_family="Rung")
            return workplace.take(contact, "join", "Dale Winters", joins=call)
        return workplace.decide(contact) if state == DECIDED else contact

    return made


def test_the_wall_shows_every_step():
    assert WHEN.keys() == {name for name, step in Contact.steps.items() if not step.begins}
    assert set.union(*WHO.values()) == WHEN.keys()


@pytest.mark.parametrize("state", Contact.State.values)
def test_each_step_has_its_time(workplace, in_state, refused, state):
    contact = in_state(state)
    marian = workplace.as_("Marian Blythe")
    assert contact.state == state
    for name, states in WHEN.items():
        assert may_take(contact, Contact.steps[name], marian) == (state in states), name
        if state not in states:
            with refused(saying="cannot be done now: this is"):
                workplace.take(contact, name, "Marian Blythe")


def test_each_step_is_somebodys(workplace, in_state):
    contacts = {state: in_state(state) for state in Contact.State.values}
    before = TimelineEvent.objects.count()
    for who, theirs in WHO.items():
        viewer = workplace.as_(who)
        for name, states in WHEN.items():
            contact = contacts[min(states)]
            assert may_take(contact, Contact.steps[name], viewer) == (name in theirs), (who, name)
            if name not in theirs:
                with pytest.raises(NotAllowed):
                    workplace.take(contact, name, who)
    assert TimelineEvent.objects.count() == before

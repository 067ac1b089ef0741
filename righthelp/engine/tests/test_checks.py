"""The start-up checks: what a page names and does not have is an error by name."""

from dataclasses import replace

import pytest
from django.core.checks import run_checks

from righthelp.engine import checks
from righthelp.engine.checks import faults_of_page
from righthelp.engine.process import process, processes
from righthelp.kernel.page import Clock, Expect


@pytest.fixture
def page():
    return process("contact")


def faults(page):
    return list(faults_of_page(page))


@pytest.mark.county
def test_the_pages_the_law_and_the_county_are_whole():
    assert run_checks() == []
    for page in processes().values():
        assert faults(page) == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reaches": "NOWHERE"}, "names 'NOWHERE', which is no state"),
        ({"leaves": frozenset({"NEVER"})}, "names 'NEVER', which is no state"),
        ({"by": frozenset({"wizard"})}, "is for 'wizard', which is neither a role nor a purpose"),
        ({"by": frozenset()}, "may be taken by nobody"),
        ({"explains": ""}, "does not say what it is in practice"),
        ({"asks": {"": ("no_such",)}}, "asks for 'no_such', which is no field"),
        ({"optional": frozenset({"no_such"})}, "asks for 'no_such', which is no field"),
        ({"past": "It was {worry}"}, "tells 'worry' in the timeline, which is not shown to everyone"),
        (
            {
                "asks": {"": ("urgency_reason", "urgency")},
                "only_when": {"urgency_reason": ("urgency", frozenset({"RED"}))},
            },
            "asks for 'urgency_reason' before 'urgency', on which it depends",
        ),
    ],
)
def test_a_step_that_names_what_is_not_there(page, monkeypatch, changed, says):
    monkeypatch.setitem(page.steps, "rate", replace(page.steps["rate"], **changed))
    assert any(says in fault for fault in faults(page)), faults(page)


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        (Clock("c", law="front_door.no_such", starts="received_at", stops="decided_at"), "is not in any law file"),
        (Clock("c", law="front_door.contact_decision", starts="no_such", stops="decided_at"), "names 'no_such'"),
        (Clock("c", law="front_door.contact_decision", starts="received_at", stops="matched_to.no"), "'matched_to.no'"),
        (
            Clock("c", law="front_door.contact_decision", starts="received_at", stops="decided_at", when="nope"),
            "names 'nope'",
        ),
    ],
)
def test_a_clock_that_counts_what_is_not_there(page, monkeypatch, clock, says):
    monkeypatch.setattr(page, "clocks", [clock])
    assert any(says in fault for fault in faults(page)), faults(page)


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        (Expect(of="no_such", step="ask", when="is_immediate", link="contact"), "'no_such', which is no process"),
        (Expect(of="referral", step="close", when="is_immediate", link="contact"), "does not begin by 'close'"),
        (Expect(of="referral", step="accept", when="is_immediate", link="no_such"), "carries 'no_such'"),
        (
            Expect(of="referral", step="accept", when="is_immediate", link="contact", apart=frozenset({"reason"})),
            "apart by 'reason', which it does not carry",
        ),
        (Expect(of="referral", step="accept", when="no_such", link="contact"), "expects by 'no_such'"),
        (
            Expect(of="referral", step="accept", when="is_immediate", link="contact", carries={"reason": "no_such"}),
            "expects by 'no_such'",
        ),
    ],
)
def test_an_expectation_of_what_is_not_there(page, monkeypatch, expect, says):
    monkeypatch.setattr(page, "expects", [expect])
    assert any(says in fault for fault in faults(page)), faults(page)


def test_states_that_cannot_be_reached_left_or_ended(page, monkeypatch):
    monkeypatch.setattr(page, "ENDS", set())
    assert "contact: the state 'DECIDED' is a dead end and is not named as one." in faults(page)
    monkeypatch.setattr(page, "ENDS", {"DECIDED", "GONE"})
    assert "contact: 'GONE' is named as an end and is no state." in faults(page)
    steps = {name: step for name, step in page.steps.items() if step.reaches != "HELD"}
    monkeypatch.setattr(page, "steps", steps)
    assert "contact: the state 'HELD' cannot be reached." in faults(page)
    monkeypatch.setattr(page, "steps", {name: step for name, step in steps.items() if not step.begins})
    assert "contact: no step begins it." in faults(page)


def test_fields_that_nobody_or_nothing_is_shown(page, monkeypatch):
    shown = page.Shown
    monkeypatch.setattr(shown, "team", shown.team - {"worry"})
    assert "contact: 'worry' is shown to nobody." in faults(page)
    monkeypatch.setattr(shown, "everyone", shown.everyone | {"no_such"})
    assert "contact: it shows 'no_such' to everyone, and has no such field." in faults(page)
    monkeypatch.setattr(shown, "agencies", {"no_agency": {"reference", "no_field"}})
    assert "contact: it shows 'no_agency' to an agency, and has no such field." in faults(page)
    assert "contact: it shows 'no_field' to an agency, and has no such field." in faults(page)


def test_a_role_that_the_pack_does_not_describe(monkeypatch):
    class Forgetful:
        def roles(self):
            return {"wizard": None}

    monkeypatch.setattr(checks, "pack", Forgetful)
    said = [error.msg for error in checks.roles_are_described()]
    assert "The pack does not describe the role 'partner'." in said
    assert "The pack describes 'wizard', which is no role." in said

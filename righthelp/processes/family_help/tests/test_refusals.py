"""What family help does not let happen, and says why."""

from datetime import timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.engine.refusals import NotAllowed
from righthelp.record.models import Document, Participant
from tests import help_given as given


@pytest.fixture
def ada(workplace: Any) -> Any:
    return workplace.person("Ada", "Pugh")


def test_nothing_goes_on_without_the_familys_agreement(workplace: Any, ada: Any, refused: Any) -> None:
    with refused("consent", saying="only with the family's agreement"):
        given.asked(workplace, ada, consent="REFUSED")
    with refused("consent_on", saying="today or earlier"):
        given.asked(workplace, ada, consent_on=given.today() + timedelta(days=1))


def test_a_child_has_one_record_of_family_help(workplace: Any, ada: Any, refused: Any) -> None:
    given.asked(workplace, ada)
    with refused(saying="family help already"):
        given.asked(workplace, ada)


def test_the_panel_decides_of_a_child_whom_somebody_has_named(workplace: Any, refused: Any) -> None:
    said = {"child_given": "Ada", "child_family": "Pugh", "asked_for": "Help.", **given.agreement()}
    row = workplace.begin("family_help", "ask_for_family", given.LEAD, **said)
    decision = {"panel_on": given.today(), "panel_decision": "TAKE_UP", "help_by": "COMMISSIONED", "panel_reason": "x"}
    with refused(saying="which child this is"):
        workplace.take(row, "decide_at_panel", given.MANAGER, **decision)
    row = workplace.take(row, "register", given.WORKER, match_reason="Nobody is like her.")
    with refused("service", saying="which service"):
        workplace.take(row, "decide_at_panel", given.MANAGER, **decision)
    with refused(kind=NotAllowed):
        workplace.take(row, "decide_at_panel", given.WORKER, **decision)


def test_work_begins_when_somebody_leads_and_something_is_agreed(workplace: Any, ada: Any, refused: Any) -> None:
    row = given.taken_up(workplace, ada)
    with refused(saying="who leads", kind=NotAllowed):
        workplace.take(row, "begin_work", given.WORKER, started_on=given.today(), **given.plan())
    row = given.led_by(workplace, workplace.person("Bob", "Pugh"))
    with refused(saying="own words"):
        workplace.take(row, "begin_work", given.LEAD, started_on=given.today())
    with refused("started_on"):
        workplace.take(row, "begin_work", given.LEAD, started_on=given.today() + timedelta(days=1), **given.plan())


def test_a_county_lead_is_found_by_name_and_holds_it(workplace: Any, ada: Any, refused: Any) -> None:
    row = given.taken_up(workplace, ada)
    county = workplace.worker(given.WORKER).agency
    with refused("lead_name", saying="Nobody of the county"):
        workplace.take(row, "allocate", given.WORKER, lead_agency=county, lead_name="Jo")
    row = workplace.take(row, "allocate", given.WORKER, lead_agency=county, lead_name=given.WORKER)
    assert row.lead == workplace.worker(given.WORKER)
    assert not Participant.objects.exists()


def test_up_is_up_and_down_is_down(workplace: Any, ada: Any, refused: Any) -> None:
    row = given.under_way(workplace, ada)
    with refused("to_level", saying="not higher"):
        workplace.take(row, "step_up", given.MANAGER, to_level=3, level_why="More is needed.")
    with refused("social_worker"):
        somebody = workplace.worker(given.WORKER)
        workplace.take(row, "step_up", given.MANAGER, to_level=4, level_why="More.", social_worker=somebody)


def test_a_child_in_need_is_their_social_workers(workplace: Any, ada: Any, refused: Any) -> None:
    row = given.in_need(workplace, ada)
    for who, saying in ((given.LEAD, "whoever leads"), (given.WORKER, "their social worker")):
        with refused(saying=saying, kind=NotAllowed):
            workplace.take(row, "close", who, **given.closing(row))
    row = workplace.take(row, "close", given.SOCIAL_WORKER, **given.closing(row))
    assert row.section_17_until == given.today()


@pytest.mark.parametrize(
    ("missing", "at"),
    [({"wellbeing_plan": ""}, "wellbeing_plan"), ({"family_says": ""}, "family_says"), ({"outcomes_now": []}, "")],
)
def test_a_family_leaves_with_a_plan_of_its_own_and_is_asked(
    workplace: Any, ada: Any, refused: Any, missing: dict[str, Any], at: str
) -> None:
    row = given.under_way(workplace, ada)
    with refused(at):
        workplace.take(row, "close", given.LEAD, **given.closing(row, **missing))


def test_a_family_that_has_moved_is_given_no_plan(workplace: Any, ada: Any) -> None:
    row = given.under_way(workplace, ada)
    closing = {
        "wellbeing_plan": "",
        "family_says": "",
        "family_not_asked_because": "They moved.",
        "closing_reason": "MOVED",
    }
    assert workplace.take(row, "close", given.LEAD, **given.closing(row, **closing)).ended


def test_when_the_family_no_longer_agrees_it_ends_and_everybody_is_told(workplace: Any, ada: Any) -> None:
    row = given.under_way(workplace, ada)
    said = {
        "consent_withdrawn_on": given.today(),
        "withdrawn_says": "Her mother: enough now.",
        "after_withdrawal": "ENDS",
    }
    row = workplace.take(row, "withdraw", given.LEAD, **said)
    assert (row.state, row.consent, row.closing_reason) == ("CLOSED", "WITHDRAWN", "NO_AGREEMENT")
    assert "no longer agree" in Document.objects.get(entry=row.pk).words
    assert not process("contact").objects.exists()


def test_or_the_front_door_decides_with_a_reason(workplace: Any, ada: Any) -> None:
    row = given.asked(workplace, ada)
    said = {
        "consent_withdrawn_on": given.today(), "withdrawn_says": "Her mother: enough.",
        "after_withdrawal": "FRONT_DOOR", "harm_likely": True, "front_door_because": "She is alone at night.",
        "urgency": "RED",
    }  # fmt: skip
    row = workplace.take(row, "withdraw", given.WORKER, **said)
    worry = process("contact").objects.get()
    assert row.state == "NOT_AGREED"
    assert (worry.entry.person, worry.child_given, worry.worry) == (ada, "Ada", "She is alone at night.")
    assert worry.significant_harm_likely


def test_a_worry_goes_to_the_front_door_and_the_plan_goes_on(workplace: Any, ada: Any) -> None:
    row = given.under_way(workplace, ada)
    for why in ("She had a bruise.", "She had another."):
        said = {"harm_likely": True, "front_door_because": why, "urgency": "RED"}
        row = workplace.take(row, "step_up_to_front_door", given.WORKER, **said)
    assert row.state == "ACTIVE"
    assert process("contact").objects.filter(family_help=row.pk).count() == 2, "each worry is told"

"""By when a family has somebody, a plan is agreed and looked at again; and what a return tells of section 17."""

from datetime import date, datetime
from typing import Any

from righthelp.engine.process import process
from righthelp.guard.viewers import LOAD, STEP
from righthelp.kernel.moments import LONDON, first_moment, local_day
from righthelp.record.models import Deadline, Holding
from tests import help_given as given

MONDAY = datetime(2026, 6, 1, 10, 0, tzinfo=LONDON)


def due(row: Any, clock: str) -> date:
    return local_day(Deadline.objects.get(entry=row.pk, clock=clock).due_at)


def test_somebody_leads_within_five_working_days_of_the_panel(workplace: Any) -> None:
    agreed = {**given.agreement(), "consent_on": MONDAY.date()}
    said = {"asked_for": "Mornings are hard.", **agreed}
    ada = workplace.person("Ada", "Pugh")
    row = workplace.begin("family_help", "ask", given.WORKER, person=ada, on=MONDAY, **said)
    assert not Deadline.objects.filter(entry=row.pk).exists(), "nothing runs before the panel decides"
    decision = {"panel_on": MONDAY.date(), "panel_decision": "TAKE_UP", "help_by": "INTERNAL", "panel_reason": "Two."}
    row = workplace.take(row, "decide_at_panel", given.MANAGER, on=MONDAY, **decision)
    assert due(row, "lead named") == date(2026, 6, 8)
    row = workplace.take(row, "not_begin", given.MANAGER, on=MONDAY, not_begun_because="They moved.")
    assert Deadline.objects.get(entry=row.pk).stopped_at is not None, "nobody is waited for any more"


def test_a_child_in_need_has_a_plan_within_ten_working_days_and_is_seen(workplace: Any) -> None:
    worker, ada = workplace.worker(given.SOCIAL_WORKER), workplace.person("Ada", "Pugh")
    row = workplace.begin("family_help", "begin_in_need", STEP, person=ada, on=MONDAY, social_worker=worker)
    assert due(row, "plan agreed") == date(2026, 6, 15)
    assert Holding.objects.get(entry=row.pk, until__isnull=True).worker == worker
    began = {"started_on": MONDAY.date(), "outcomes": given.plan()["outcomes"]}
    row = workplace.take(row, "begin_work", given.SOCIAL_WORKER, on=MONDAY, **began)
    assert (row.section_17_from, row.section_17_until) == (MONDAY.date(), None)
    laws = [Deadline.objects.get(entry__arose_from=row.pk, entry__kind=kind).law
            for kind in ("family_meeting", "family_visit")]  # fmt: skip
    assert laws == ["child_in_need.first_review", "child_in_need.visit"]


def test_a_plan_that_a_return_tells_of_is_social_cares_and_its_end_is_loaded_later(workplace: Any) -> None:
    ada, began, ended = workplace.person("Ada", "Pugh"), date(2025, 3, 3), date(2025, 9, 1)
    on = first_moment(began)
    row = workplace.begin("family_help", "load_in_need", LOAD, person=ada, on=on, section_17_from=began)
    assert (row.state, row.level, row.started_on) == ("ACTIVE", 4, began)
    assert not process("family_meeting").objects.exists(), "nothing is late that nobody here could have done"
    row = workplace.take(
        row, "allocate_social_worker", given.TEAM_MANAGER, social_worker=workplace.worker("Ade Bankole")
    )
    assert process("family_meeting").objects.get(plan=row.pk).due_from_on == given.today()
    row = workplace.take(row, "load_in_need_end", LOAD, section_17_until=ended)
    assert (row.ended, row.closed_on) == (True, ended)
    assert process("family_meeting").objects.get(plan=row.pk).state == "CALLED_OFF"
    other = workplace.begin(
        "family_help", "load_in_need_ended", LOAD, person=ada, on=on, section_17_from=began, section_17_until=ended
    )
    assert (other.state, other.closed_on) == ("CLOSED", ended)

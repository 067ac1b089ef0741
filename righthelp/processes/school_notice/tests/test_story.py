"""The school is told that a child was at home when the police came, reads it, and learns nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from righthelp.engine.process import process
from righthelp.guard.viewers import STEP, looking
from righthelp.kernel.moments import LONDON
from righthelp.people.models import Person
from righthelp.processes.school_notice.models import SchoolNotice
from righthelp.record.models import TimelineEvent

pytestmark = pytest.mark.county
SCHOOL, LEAD, TEACHER, POLICE = "Hill Lane Primary School", "Ruth Adeyemi", "Tom Fairley", "Gwen Tarrant"
ATTENDED = datetime(2026, 6, 9, 22, 40, tzinfo=LONDON)  # a Tuesday in term
SENT = ATTENDED + timedelta(hours=8)


@pytest.fixture
def notification(workplace: Any) -> Any:
    return workplace.begin(
        "police_notification",
        "notify",
        POLICE,
        on=SENT,
        incident_number="0001-090626",
        attended_at=ATTENDED,
        category="DOMESTIC_ABUSE",
        risk_grading="MEDIUM",
        place="4 Mill Road, Ledwyche",
        officers_saw="Shouting. A door was broken. The man left with officers.",
        people_there="Beth Pugh, mother; Lee Marsden, her partner",
        child_given="Ada",
        child_family="Pugh",
        child_born_on="3 4 2016",
        child_was="HEARD",
        school=workplace.staff.agencies[SCHOOL],
    )


def told(workplace: Any, notification: Any, school: str = SCHOOL) -> SchoolNotice:
    notice: SchoolNotice = workplace.begin(
        "school_notice",
        "tell",
        STEP,
        notification=notification,
        school=workplace.staff.agencies[school],
        child_given="Ada",
        child_family="Pugh",
        attended_at=ATTENDED,
    )
    return notice


def test_the_school_reads_that_the_child_was_there_and_nothing_else(workplace: Any, notification: Any) -> None:
    notice = told(workplace, notification)
    with looking(workplace.as_(LEAD)):
        assert SchoolNotice.objects.get().attended_at == ATTENDED
        assert not process("police_notification").objects.exists()
        assert not Person.objects.exists()
        assert not TimelineEvent.objects.exists()
    kept = {field.name for field in SchoolNotice._meta.concrete_fields}
    assert kept == {
        "entry", "state", "version", "notification", "school", "child_given", "child_family", "child_born_on",
        "attended_at", "told_at", "read_by", "read_at",
    }  # fmt: skip
    notice = workplace.take(notice, "acknowledge", LEAD)
    assert (notice.read_by.name, notice.ended) == (LEAD, True)


def test_no_other_teacher_and_no_other_school_sees_it(workplace: Any, notification: Any) -> None:
    told(workplace, notification)
    other = next(
        name for name, worker in workplace.staff.workers.items() if worker.agency == workplace.staff.schools[1]
    )
    for name in (TEACHER, other, POLICE):
        with looking(workplace.as_(name)):
            assert not SchoolNotice.objects.exists(), name


def test_it_goes_to_a_school_and_once(workplace: Any, refused: Any, notification: Any) -> None:
    with refused(saying="Choose a school"):
        told(workplace, notification, school="Border Counties Police")
    told(workplace, notification)
    with refused(saying="The school has been told already"):
        told(workplace, notification)

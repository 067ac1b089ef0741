"""An emergency opening: for some hours, with a reason, and reviewed by somebody else."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from righthelp import law
from righthelp.engine.refusals import NotAllowed
from righthelp.guard.models import Opening
from righthelp.guard.viewers import looking
from righthelp.kernel.moments import LONDON, local
from righthelp.people.models import Person
from righthelp.processes.break_glass.models import BreakGlass
from righthelp.record.models import Deadline, Holding, TimelineEvent

CHILD = {"child_given": "Ada", "child_family": "Pugh", "child_born_on": "3 4 2016"}


@pytest.fixture
def child(workplace):
    person = workplace.person("Ada", "Pugh")
    workplace.begin("locked_circle", "lock", "Sylvia Marchetti", person=person, why="A worker is her aunt.")
    return person


def open_(workplace, who="Nia Prosser", on=None, **answers):
    # The database's "now" is the beginning of the transaction, and the whole test is one.
    on = on or timezone.now() - timedelta(minutes=1)
    told = {**CHILD, "why": "The police are at the door with her.", **answers}
    return workplace.begin("break_glass", "open", who, on=on, **told)


def review(workplace, row, who="Sylvia Marchetti", **answers):
    return workplace.take(
        row, "review", who, **{"finding": "NEEDED", "finding_reason": "She was in danger.", **answers}
    )


def sees(workplace, who, person):
    with looking(workplace.as_(who)):
        return Person.objects.filter(pk=person.pk).exists()


@pytest.mark.county
def test_a_locked_record_is_opened_for_some_hours_and_reviewed(workplace, child):
    assert not sees(workplace, "Nia Prosser", child)
    row = open_(workplace)
    assert row.state == BreakGlass.State.OPENED
    assert row.opened_by.name == "Nia Prosser"
    assert row.entry.person == child
    hours = law.value("access.break_glass_length", timezone.localdate()).value
    assert row.closes_at - row.opened_at == timedelta(hours=hours)
    assert sees(workplace, "Nia Prosser", child)
    assert not sees(workplace, "Sam Holt", child), "opened for her alone"
    assert Holding.objects.get(entry=row.pk).team == workplace.staff.teams["leadership"]
    row = review(workplace, row)
    assert (row.state, row.finding) == ("REVIEWED", "NEEDED")
    assert [event.says for event in TimelineEvent.objects.filter(entry=row.pk)] == [
        "A locked record was opened in an emergency",
        f"The emergency opening was reviewed: {row.label('finding', 'NEEDED')}",
    ]


def test_it_closes_by_itself(workplace, child):
    hours = timedelta(hours=law.value("access.break_glass_length", timezone.localdate()).value)
    open_(workplace, on=timezone.now() - hours + timedelta(minutes=2))
    assert sees(workplace, "Nia Prosser", child)
    open_(workplace, "Sam Holt", on=timezone.now() - hours - timedelta(minutes=2))
    assert not sees(workplace, "Sam Holt", child)
    assert {opening.closes_at - opening.opened_at for opening in Opening.objects.all()} == {hours}


def test_a_review_does_not_wait_for_the_hours_to_pass(workplace, child):
    review(workplace, open_(workplace))
    assert sees(workplace, "Nia Prosser", child)


def test_nobody_reviews_what_they_opened(workplace, child, refused):
    other = workplace.person("Zed", "Quill")
    workplace.begin("locked_circle", "lock", "Ivan Brandt", person=other, why="His own nephew")
    row = open_(workplace, who="Sylvia Marchetti", child_given="Zed", child_family="Quill")
    with refused(saying="Somebody else must review"):
        review(workplace, row, who="Sylvia Marchetti")
    assert review(workplace, row, who="Ivan Brandt").state == "REVIEWED"


@pytest.mark.parametrize("who", ["Nia Prosser", "Marian Blythe", "Leonard Swann"])
def test_reviewers_are_the_head_of_service_and_information_governance(workplace, child, refused, who):
    row = open_(workplace)
    with refused(kind=NotAllowed):
        review(workplace, row, who=who)


def test_a_review_finds_something_and_says_why(workplace, child, refused):
    row = open_(workplace)
    for missing in ("finding", "finding_reason"):
        with refused(missing):
            review(workplace, row, **{missing: ""})


def test_it_is_reviewed_once(workplace, child, refused):
    row = review(workplace, open_(workplace))
    with refused(saying="reviewed"):
        review(workplace, row, finding="MISUSE")


@pytest.mark.parametrize("who", ["Ruth Adeyemi", "Una Kelleher"])
def test_only_those_who_work_with_children_open(workplace, child, refused, who):
    with refused(kind=NotAllowed):
        open_(workplace, who=who)


@pytest.mark.parametrize("missing", ["child_given", "child_family", "child_born_on", "why"])
def test_an_opening_says_of_whom_and_why(workplace, child, refused, missing):
    with refused(missing):
        open_(workplace, **{missing: ""})


def test_only_a_locked_record_is_opened_this_way(workplace, child, refused):
    workplace.person("Zed", "Quill")
    with refused(saying="No locked record was found"):
        open_(workplace, child_given="Zed", child_family="Quill")
    with refused(saying="No locked record was found"):
        open_(workplace, child_given="Nobody", child_family="Known", child_born_on="1 1 2001")


@pytest.mark.county
def test_a_review_is_due_in_a_working_day(workplace, child):
    row = open_(workplace, on=datetime(2026, 6, 12, 20, 0, tzinfo=LONDON))
    clock = Deadline.objects.get(entry=row.pk)
    assert (clock.clock, local(clock.due_at).date()) == ("review", date(2026, 6, 15))
    assert review(workplace, row).state == "REVIEWED"
    assert Deadline.objects.get(entry=row.pk).stopped_at is not None


def test_who_may_not_open_the_record_does_not_review_its_opening(workplace, child, refused):
    """An opening tells that a record is locked, and whose: that too is only for the circle."""
    row = open_(workplace)
    with refused(kind=NotAllowed, saying="may not see it"):
        review(workplace, row, who="Ivan Brandt")

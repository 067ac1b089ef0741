"""The hub has some weeks of incidents behind it, and today's before it."""

import pytest

from righthelp.demo.tests.conftest import WEDNESDAY
from righthelp.engine.process import process
from righthelp.processes.police_notification.models import PoliceNotification
from righthelp.record.models import Deadline, TimelineEvent

pytestmark = [pytest.mark.county, pytest.mark.usefixtures("the_county")]


def test_some_wait_and_most_are_done() -> None:
    waiting = PoliceNotification.objects.filter(state="RECEIVED")
    done = PoliceNotification.objects.filter(state="TRIAGED")
    assert waiting.exists()
    assert done.count() > waiting.count()
    assert not waiting.filter(received_at__gt=WEDNESDAY).exists()
    assert all(row.entry.person for row in done.select_related("entry__person"))


def test_schools_were_told_of_domestic_abuse_and_of_nothing_else() -> None:
    told = PoliceNotification.objects.filter(school_told_at__isnull=False)
    assert told.exists()
    assert {row.category for row in told} == {"DOMESTIC_ABUSE"}
    assert process("school_notice").objects.count() == told.filter(school_told_how="WORKSPACE").count()


def test_most_are_triaged_in_time_and_not_all() -> None:
    kept = Deadline.objects.filter(entry__kind="police_notification", stopped_at__isnull=False)
    in_time = sum(one.stopped_at <= one.due_at for one in kept)
    assert 0.6 < in_time / kept.count() <= 1


def test_every_step_was_taken_by_a_worker() -> None:
    of = TimelineEvent.objects.filter(entry__kind="police_notification")
    assert set(of.values_list("by__name", flat=True)) == {"Gwen Tarrant", "Rhian Cobb"}


def test_siblings_belong_to_one_incident() -> None:
    rows = list(PoliceNotification.objects.all())
    assert len({row.incident for row in rows}) < len(rows)

"""A deadline in words: what is awaited, when, how long is left, and by which law."""

from datetime import datetime, timedelta

import pytest

from righthelp import law
from righthelp.engine.clockface import SOON, faces, kept_faces
from righthelp.kernel import units
from righthelp.kernel.moments import LONDON
from righthelp.packs import pack
from righthelp.record.models import Deadline

pytestmark = pytest.mark.county
MONDAY = datetime(2026, 6, 8, 10, 0, tzinfo=LONDON)


def face_of(row, now, key):
    """The face of the clock that comes from this law."""
    title = next(index for index, clock in enumerate(row.clocks) if clock.law == key)
    return list(faces(row, now))[title]


def test_the_title_says_the_length_that_the_county_promises(workplace):
    contact = workplace.worry(on=MONDAY)
    standard, value = (
        pack().clock("front_door.contact_decision", MONDAY.date()),
        law.value("front_door.contact_decision", MONDAY.date()),
    )
    length = units.in_words(int(standard.value if standard else value.value), value.unit)
    face = face_of(contact, MONDAY, "front_door.contact_decision")
    assert length in face.title
    assert face.source == (standard.source if standard else value.source)


def test_time_left_time_gone_and_time_kept(workplace):
    contact = workplace.registered(on=MONDAY)
    told = "front_door.referrer_told"
    running = face_of(contact, MONDAY + timedelta(hours=1), told)
    assert (running.state, running.left, running.due, running.soon, running.late) == (
        "RUNNING", "23 hours left", "9 June 2026 at 10am", False, False,
    )  # fmt: skip
    soon = face_of(contact, MONDAY + timedelta(hours=24) - SOON + timedelta(minutes=1), told)
    assert (soon.soon, soon.left) == (True, "3 hours left")
    missed = face_of(contact, MONDAY + timedelta(hours=26), told)
    assert (missed.state, missed.left, missed.soon, missed.late) == ("MISSED", "2 hours late", False, True)
    contact = workplace.decide(contact, on=MONDAY + timedelta(hours=2))
    met = face_of(contact, MONDAY + timedelta(days=9), told)
    assert (met.state, met.left, met.late) == ("MET", "", False)


def test_a_clock_by_days_is_due_on_a_day(workplace):
    contact = workplace.worry(on=MONDAY)
    assert face_of(contact, MONDAY, "front_door.referral_decision").due == "9 June 2026"


def test_one_that_has_not_started_says_nothing_of_when(workplace):
    face = face_of(workplace.worry(on=MONDAY), MONDAY, "front_door.longest_hold")
    assert (face.state, face.due, face.left, face.source) == ("NOT_STARTED", "", "", "")
    assert "{" not in face.title


def test_a_law_that_was_not_yet_made_is_not_told_as_if_it_were(workplace):
    face = face_of(workplace.worry(on=datetime(2020, 10, 30, 15, 0, tzinfo=LONDON)), MONDAY, "front_door.referrer_told")
    assert (face.state, face.due, face.source) == ("NOT_STARTED", "", "")


def test_a_list_of_kept_deadlines_says_the_same_as_the_record(workplace):
    contact = workplace.worry(on=MONDAY)
    now = MONDAY + timedelta(hours=3)
    kept = {
        deadline.clock: face
        for deadline, face in kept_faces(Deadline.objects.select_related("entry").filter(entry=contact.pk), now)
    }
    for clock, face in zip(contact.clocks, faces(contact, now), strict=True):
        if clock.name in kept:
            assert (kept[clock.name].title, kept[clock.name].due, kept[clock.name].left, kept[clock.name].source) == (
                face.title, face.due, face.left, face.source,
            )  # fmt: skip
    assert len(kept) == 3


def test_a_source_that_nobody_has_checked_says_so(workplace):
    for face in faces(workplace.worry(on=MONDAY), MONDAY):
        if face.source and face.href:
            assert face.href.startswith("https://")
    guidance = face_of(workplace.worry(on=MONDAY), MONDAY, "front_door.referral_decision")
    assert guidance.caution == law.value("front_door.referral_decision", MONDAY.date()).caution != ""


def test_deadlines_of_what_is_no_longer_a_process_are_passed_over(workplace):
    contact = workplace.worry(on=MONDAY)
    deadline = Deadline.objects.filter(entry=contact.pk).select_related("entry").first()
    deadline.entry.kind = "forgotten"
    other = Deadline.objects.filter(entry=contact.pk).select_related("entry").last()
    other.clock = "forgotten"
    assert list(kept_faces([deadline, other], MONDAY)) == []

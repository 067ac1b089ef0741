"""How a clock stands, as a manager reads it."""

from datetime import date, datetime, timedelta

import pytest

from righthelp.kernel.moments import LONDON, first_moment, last_moment, local
from righthelp.kernel.timing import Answer, timing

day = date.fromisoformat
moment = datetime.fromisoformat
NOW = moment("2024-05-14T10:00")
STARTED = moment("2024-05-13T16:00")


@pytest.mark.parametrize(
    ("stopped", "due", "now", "answer"),
    [
        (None, "2024-05-14T16:00", "2024-05-14T16:00", Answer.RUNNING),
        (None, "2024-05-14T16:00", "2024-05-14T16:00:01", Answer.MISSED),
        (None, "2024-05-14", "2024-05-14T23:59:59", Answer.RUNNING),
        (None, "2024-05-14", "2024-05-15T00:00", Answer.MISSED),
        ("2024-05-14T16:00", "2024-05-14T16:00", "2024-06-01T10:00", Answer.MET),
        ("2024-05-14T16:01", "2024-05-14T16:00", "2024-06-01T10:00", Answer.MISSED),
        ("2024-05-14T23:59", "2024-05-14", "2024-06-01T10:00", Answer.MET),
        ("2024-05-14", "2024-05-14", "2024-06-01T10:00", Answer.MET),
        ("2024-05-15", "2024-05-14", "2024-06-01T10:00", Answer.MISSED),
        ("2024-05-14", "2024-05-14T16:00", "2024-06-01T10:00", Answer.MET),
        ("2024-05-15", "2024-05-14T16:00", "2024-06-01T10:00", Answer.MISSED),
    ],
)
def test_in_time_or_not(stopped: str | None, due: str, now: str, answer: Answer) -> None:
    def when(text: str) -> date:
        return moment(text) if "T" in text else day(text)

    assert timing(STARTED, when(stopped) if stopped else None, when(due), moment(now)).answer is answer


def test_a_clock_that_does_not_apply_or_has_not_started() -> None:
    assert timing(STARTED, None, day("2024-05-01"), NOW, applies=False).answer is Answer.NOT_APPLICABLE
    assert timing(None, None, None, NOW).answer is Answer.NOT_STARTED


def test_an_excuse_counts_only_when_it_is_late() -> None:
    school = "school shut for four weeks"
    assert timing(STARTED, None, day("2024-05-13"), NOW, excused=school).answer is Answer.EXCUSED
    assert timing(STARTED, None, day("2024-05-15"), NOW, excused=school).answer is Answer.RUNNING
    assert timing(STARTED, day("2024-05-13"), day("2024-05-13"), NOW, excused=school).answer is Answer.MET


def test_a_duty_without_a_day_runs_until_it_is_done() -> None:
    assert timing(STARTED, None, None, NOW).answer is Answer.RUNNING
    assert timing(STARTED, NOW, None, NOW).answer is Answer.MET
    assert timing(STARTED, None, None, NOW).left(NOW) is None


def test_what_is_left_or_how_late_it_was() -> None:
    running = timing(STARTED, None, moment("2024-05-14T16:00"), NOW, law="front_door.contact_decision")
    assert running.left(NOW) == timedelta(hours=6)
    assert running.left(moment("2024-05-14T17:30")) == timedelta(hours=-1, minutes=-30)
    assert running.law == "front_door.contact_decision"
    done = timing(STARTED, moment("2024-05-14T15:00"), moment("2024-05-14T16:00"), NOW)
    assert done.left(moment("2030-01-01")) == timedelta(hours=1)
    assert timing(STARTED, day("2024-05-16"), day("2024-05-14"), NOW).left(NOW) == timedelta(days=-2)
    assert timing(None, None, None, NOW).left(NOW) is None
    assert timing(STARTED, None, day("2024-05-14"), NOW, applies=False).left(NOW) is None


def test_answers_read_as_words() -> None:
    assert [answer.label for answer in Answer] == [
        "met", "missed", "running", "not started", "not applicable", "excused",
    ]  # fmt: skip
    assert Answer.EXCUSED.is_late
    assert not Answer.RUNNING.is_late


def test_days_and_moments_sort_together() -> None:
    dues = [day("2024-05-14"), moment("2024-05-14T16:00"), day("2024-05-13"), moment("2024-05-15T00:00")]
    assert sorted(dues, key=last_moment) == [dues[2], dues[1], dues[0], dues[3]]


def test_a_day_is_as_long_as_the_local_day() -> None:
    for on, hours in (("2024-03-31", 23), ("2024-05-14", 24), ("2024-10-27", 25)):
        length = last_moment(day(on)).timestamp() - first_moment(day(on)).timestamp()
        assert round(length / 3600) == hours
    assert local(moment("2024-07-01T12:00Z")) == moment("2024-07-01T13:00").replace(tzinfo=LONDON)

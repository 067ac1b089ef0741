"""The clocks of a worry, by the calendar: weekends, bank holidays, summer time, and law that was not yet made."""

from datetime import date, datetime, timedelta

import pytest

from righthelp import law
from righthelp.engine.deadlines import asked
from righthelp.kernel.moments import LONDON, local
from righthelp.kernel.timing import Answer
from righthelp.packs import pack
from righthelp.record.models import Deadline

pytestmark = pytest.mark.county


def at(*when):
    return datetime(*when, tzinfo=LONDON)


def due(contact):
    """When each clock of a worry is due, in local time; a day where it is due by the end of one."""
    return {
        deadline.clock: local(deadline.due_at).date() if deadline.whole_day else local(deadline.due_at)
        for deadline in Deadline.objects.filter(entry=contact.pk)
    }


def hours(on):
    """The county's own hours to a decision: the law's value, or a shorter one that the county promises."""
    standard = pack().clock("front_door.contact_decision", on)
    return timedelta(hours=standard.value if standard else law.value("front_door.contact_decision", on).value)


def test_hours_go_on_over_a_weekend_and_working_days_do_not(workplace):
    friday = at(2026, 6, 12, 16, 0)
    clocks = due(workplace.worry(on=friday))
    assert clocks["decision"] == friday + hours(friday.date())
    assert clocks["decision by guidance"] == date(2026, 6, 15)
    assert clocks["sender told"] == at(2026, 6, 13, 16, 0)


def test_a_bank_holiday_is_no_working_day(workplace):
    before_easter = at(2026, 4, 2, 9, 30)
    clocks = due(workplace.worry(on=before_easter))
    assert clocks["decision by guidance"] == date(2026, 4, 7), "Good Friday, a weekend, Easter Monday"
    assert clocks["decision"] == before_easter + hours(before_easter.date())


def test_christmas_of_a_year_in_which_it_falls_at_a_weekend(workplace):
    assert due(workplace.worry(on=at(2021, 12, 24, 12, 0)))["decision by guidance"] == date(2021, 12, 29)


def test_a_worry_on_a_saturday_is_due_on_monday(workplace):
    assert due(workplace.worry(on=at(2026, 6, 13, 11, 0)))["decision by guidance"] == date(2026, 6, 15)


def test_the_night_on_which_clocks_go_back_is_an_hour_longer(workplace):
    """25 October 2026, 2am: the same hours have gone by an hour earlier on the clock."""
    clocks = due(workplace.worry(on=at(2026, 10, 24, 12, 0)))
    assert clocks["sender told"] == at(2026, 10, 25, 11, 0)


def test_the_night_on_which_clocks_go_forward_is_an_hour_shorter(workplace):
    clocks = due(workplace.worry(on=at(2026, 3, 28, 12, 0)))
    assert clocks["sender told"] == at(2026, 3, 29, 13, 0)


def test_a_hold_that_runs_through_the_night_of_the_change(workplace):
    contact = workplace.registered(on=at(2026, 10, 24, 9, 0))
    contact = workplace.take(contact, "hold", "Nia Prosser", on=at(2026, 10, 24, 20, 0), hold_reason="The GP")
    assert due(contact)["hold"] == at(2026, 10, 25, 19, 0)


def test_the_law_of_the_day_decides(workplace):
    """The county's 24 hours came in on 1 November 2020; the one working day was there before."""
    before = due(workplace.worry(on=at(2020, 10, 30, 15, 0)))
    assert set(before) == {"decision by guidance"}
    assert before["decision by guidance"] == date(2020, 11, 2)
    after = due(workplace.worry(on=at(2020, 11, 1, 0, 30)))
    assert {"decision", "decision by guidance", "sender told"} == set(after)


def test_law_not_yet_made_is_said_to_be_so_rather_than_guessed(workplace):
    contact = workplace.worry(on=at(2020, 10, 30, 15, 0))
    answers = {clock.name: timing.answer for clock, _, timing in asked(contact, at(2020, 10, 30, 16, 0))}
    assert answers["decision by guidance"] is Answer.RUNNING
    assert answers["decision"] is Answer.NOT_STARTED


def test_a_clock_that_nobody_started_is_not_kept(workplace):
    assert "hold" not in due(workplace.registered())


def test_the_answers_of_a_worry_decided_late(workplace):
    monday = at(2026, 6, 8, 10, 0)
    contact = workplace.decided(on=monday + timedelta(hours=30), sent=monday)
    answers = {clock.name: timing.answer for clock, _, timing in asked(contact, at(2026, 6, 20, 9, 0))}
    assert answers == {
        "decision": Answer.MISSED,
        "decision by guidance": Answer.MET,
        "sender told": Answer.MISSED,
        "hold": Answer.NOT_STARTED,
        "confirmed in writing": Answer.NOT_APPLICABLE,
    }


def test_to_the_last_moment_and_one_second_after(workplace):
    monday = at(2026, 6, 8, 10, 0)
    in_time = workplace.decided(on=monday + hours(monday.date()), sent=monday)
    late = workplace.decided(on=monday + hours(monday.date()) + timedelta(seconds=1), sent=monday)
    assert [answer_of(row, "decision") for row in (in_time, late)] == [Answer.MET, Answer.MISSED]
    friday = at(2026, 6, 12, 10, 0)
    in_time = workplace.decided(on=at(2026, 6, 15, 23, 59, 59), sent=friday)
    late = workplace.decided(on=at(2026, 6, 16, 0, 0), sent=friday)
    assert [answer_of(row, "decision by guidance") for row in (in_time, late)] == [Answer.MET, Answer.MISSED]


def answer_of(row, clock):
    return next(timing.answer for one, _, timing in asked(row, at(2026, 6, 30, 9, 0)) if one.name == clock)


def test_a_running_clock_is_missed_by_time_alone(workplace):
    """Nothing is counted by a nightly job: what is asked a moment later is answered otherwise."""
    contact = workplace.worry(on=at(2026, 6, 8, 10, 0))
    moment = at(2026, 6, 9, 10, 0)
    assert dict(_answers(contact, moment))["sender told"] is Answer.RUNNING
    assert dict(_answers(contact, moment + timedelta(seconds=1)))["sender told"] is Answer.MISSED


def _answers(contact, moment):
    return [(clock.name, timing.answer) for clock, _, timing in asked(contact, moment)]


def test_a_change_of_decision_starts_and_stops_no_clock(workplace):
    monday = at(2026, 6, 8, 10, 0)
    contact = workplace.decided(on=monday + timedelta(hours=2), sent=monday)
    before = list(Deadline.objects.filter(entry=contact.pk).order_by("clock").values())
    workplace.take(
        contact, "decide_again", "Marian Blythe", on=monday + timedelta(days=9), why_changed="The police rang.",
        outcome="NO_FURTHER_ACTION", level=1, decision_reason="It was a mistake.", parents_told="YES", told_sender="",
    )  # fmt: skip
    assert list(Deadline.objects.filter(entry=contact.pk).order_by("clock").values()) == before


def test_each_deadline_names_its_law_and_since_when(workplace):
    contact = workplace.worry(on=at(2026, 6, 8, 10, 0))
    kept = Deadline.objects.get(entry=contact.pk, clock="decision")
    assert kept.law == "front_door.contact_decision"
    assert kept.law_since == law.value(kept.law, date(2026, 6, 8)).since

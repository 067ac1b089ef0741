"""When things are due: the worked examples, and each unit and calendar as a practitioner would check it."""

from datetime import date, datetime

import pytest

from righthelp.kernel.lengths import due, window
from righthelp.kernel.moments import LONDON
from righthelp.kernel.uncountable import NoDate, NotALength, UnknownUnit
from righthelp.kernel.written import write_plain

day = date.fromisoformat
moment = datetime.fromisoformat


def when(text: str) -> date:
    return moment(text) if "T" in text else day(text)


Example = tuple[str, str, int | str, str, str, str]

WORKED_EXAMPLES: list[Example] = [
    ("TV-01 latest publication before a meeting", "2023-09-26", 5, "clear_days_before", "ENG", "2023-09-18"),
    ("TV-03 latest publication before a meeting", "2024-01-23", 5, "clear_days_before", "ENG", "2024-01-15"),
    ("TV-05 public questions", "2023-09-26", 3, "working_days_before", "ENG", "2023-09-21"),
    ("TV-07 latest publication before a meeting", "2022-12-13", 5, "clear_days_before", "ENG", "2022-12-05"),
    ("TV-09 first looked-after review at Christmas", "2022-12-09", 20, "working_days", "ENG", "2023-01-11"),
    ("TV-11 set before 19 Sep 2022", "2022-08-15", 45, "working_days", "ENG minus funeral", "2022-10-18"),
    ("TV-13 information request, 12 July in NI", "2025-07-01", 20, "working_days", "UK_ANY", "2025-07-30"),
    (
        "TV-15 information request, 2 Jan in Scotland",
        "2025-12-15",
        20,
        "working_days",
        "UK_ANY",
        "2026-01-16",
    ),
    ("TV-17 second looked-after review", "2022-11-30", 3, "months", "CAL", "2023-02-28"),
    ("TV-19 twelve weeks are not three months", "2022-11-30", 12, "weeks", "CAL", "2023-02-22"),
    ("TV-21 section 37 report", "2024-01-08", 8, "weeks_beginning_with", "CAL_INCL", "2024-03-03"),
    ("TV-23 return interview", "2023-07-21T17:00:00", 72, "hours", "CLOCK_HOURS", "2023-07-24T17:00:00"),
    ("TV-25 complaint, longest stage 2", "2024-02-01", 65, "working_days", "ENG_2006", "2024-05-07"),
]

EXAMPLES: list[Example] = [
    ("the funeral is a holiday", "2022-08-15", 45, "working_days", "ENG", "2022-10-19"),
    ("...left out by its day", "2022-08-15", 45, "working_days", "ENG minus 2022-09-19", "2022-10-18"),
    ("the coronation", "2023-05-05", 1, "working_days", "ENG", "2023-05-09"),
    ("...left out", "2023-05-05", 1, "working_days", "ENG minus coronation", "2023-05-08"),
    ("the jubilee", "2022-06-01", 1, "working_days", "ENG", "2022-06-06"),
    ("...left out", "2022-06-01", 1, "working_days", "ENG minus jubilee", "2022-06-03"),
    ("the holiday's old day is worked", "2022-05-27", 1, "working_days", "ENG", "2022-05-30"),
    ("the day of receipt does not count", "2024-05-13", 1, "working_days", "ENG", "2024-05-14"),
    ("nor the evening of receipt", "2024-05-13T23:50", 1, "working_days", "ENG", "2024-05-14"),
    ("from a Friday", "2024-05-10", 1, "working_days", "ENG", "2024-05-13"),
    ("from a Saturday", "2024-05-11", 1, "working_days", "ENG", "2024-05-13"),
    ("over Easter", "2024-03-28", 1, "working_days", "ENG", "2024-04-02"),
    ("Christmas at the weekend, two substitutes", "2021-12-24", 1, "working_days", "ENG", "2021-12-29"),
    ("Scotland's football holiday is out", "2026-06-12", 1, "working_days", "UK_ANY", "2026-06-16"),
    ("...but worked in England", "2026-06-12", 1, "working_days", "ENG", "2026-06-15"),
    ("12 July on a Sunday", "2026-07-10", 1, "working_days", "UK_ANY", "2026-07-14"),
    ("St Andrew's Day substitute", "2024-11-29", 1, "working_days", "UK_ANY", "2024-12-03"),
    ("Easter Monday, no holiday in Scotland", "2024-03-28", 1, "working_days", "UK_ANY", "2024-04-02"),
    ("Boxing Day for complaints", "2020-12-24", 1, "working_days", "ENG_2006", "2020-12-29"),
    ("no working days, on one", "2024-05-13", 0, "working_days", "ENG", "2024-05-13"),
    ("no working days, at a weekend", "2024-05-11", 0, "working_days", "ENG", "2024-05-13"),
    ("the same working day", "2024-05-13T09:00", 0, "same_working_day", "ENG", "2024-05-13"),
    ("the same working day, on a Sunday", "2024-05-12", 0, "same_working_day", "ENG", "2024-05-13"),
    ("the same working day, on a bank holiday", "2024-05-06", 0, "same_working_day", "ENG", "2024-05-07"),
    ("the same day, at a weekend", "2024-05-12T22:00", 0, "same_day", "EVENT", "2024-05-12"),
    ("the same day is the local day", "2024-05-12T23:30+00:00", 0, "same_day", "EVENT", "2024-05-13"),
    ("working days back over Easter", "2024-04-03", 2, "working_days_before", "ENG", "2024-03-28"),
    ("public questions", "2023-09-26", 3, "working_days_before_0930", "ENG", "2023-09-21T09:30:00"),
    ("clear days by their own calendar", "2023-09-26", 5, "clear_days_before", "CLEAR", "2023-09-18"),
    ("clear days over a bank holiday", "2024-05-14", 5, "clear_days_before", "CLEAR", "2024-05-03"),
    ("28 clear calendar days", "2024-03-29", 28, "clear_days_before", "CAL", "2024-02-29"),
    ("calendar days", "2024-02-20", 10, "calendar_days", "CAL", "2024-03-01"),
    ("days before a review", "2024-03-05", 10, "days_before", "CAL", "2024-02-24"),
    ("beginning with receipt", "2026-06-19", 30, "days_beginning_with", "CAL_INCL", "2026-07-18"),
    ("one day beginning with it", "2024-05-13", 1, "days_beginning_with", "CAL_INCL", "2024-05-13"),
    ("the calendar alone makes day one count", "2024-01-08", 8, "weeks", "CAL_INCL", "2024-03-03"),
    ("the unit alone makes day one count", "2024-01-08", 8, "weeks_beginning_with", "CAL", "2024-03-03"),
    ("two months beginning with", "2024-01-08", 2, "months_beginning_with", "CAL_INCL", "2024-03-07"),
    ("...with the first of a month", "2024-03-01", 1, "months_beginning_with", "CAL_INCL", "2024-03-31"),
    ("...no such day at the end", "2023-12-31", 2, "months_beginning_with", "CAL_INCL", "2024-02-29"),
    ("a month from 31 January", "2024-01-31", 1, "months", "CAL", "2024-02-29"),
    ("a month from 28 February", "2023-02-28", 1, "months", "CAL", "2023-03-28"),
    ("six months from 31 August", "2023-08-31", 6, "months", "CAL", "2024-02-29"),
    ("a month ends on a Sunday and stays there", "2023-09-08", 1, "months", "CAL", "2023-10-08"),
    ("months before a transfer", "2024-07-31", 5, "months_before", "CAL", "2024-02-29"),
    ("access request", "2024-09-03", 1, "months", "CAL_MONTH", "2024-10-03"),
    ("...last on a Sunday", "2023-09-08", 1, "months", "CAL_MONTH", "2023-10-09"),
    ("...last on Christmas Day", "2023-11-25", 1, "months", "CAL_MONTH", "2023-12-27"),
    ("...no such day, then a Saturday", "2026-01-31", 1, "months", "CAL_MONTH", "2026-03-02"),
    ("a year from a leap day", "2024-02-29", 1, "years", "CAL", "2025-02-28"),
    ("records kept to the 75th birthday", "2010-05-04", 75, "years_from_birth", "CAL", "2085-05-04"),
    ("a leap-day birthday is reached on 1 March", "2008-02-29", 25, "age_years", "CAL", "2033-03-01"),
    ("...and on the day in a leap year", "2008-02-29", 20, "age_years", "CAL", "2028-02-29"),
    ("plan in twenty weeks", "2024-07-15", 20, "weeks", "CAL_SEND", "2024-12-02"),
    ("emergency protection order", "2024-05-13", 8, "calendar_days", "CAL_S45", "2024-05-21"),
    ("...last on a Saturday", "2024-05-10", 8, "calendar_days", "CAL_S45", "2024-05-18"),
    ("...last on a Sunday: to noon", "2024-05-11", 8, "calendar_days", "CAL_S45", "2024-05-20T12:00:00"),
    ("...last on Christmas Day", "2023-12-17", 8, "calendar_days", "CAL_S45", "2023-12-27T12:00:00"),
    ("...last on Good Friday", "2024-03-21", 8, "calendar_days", "CAL_S45", "2024-03-30T12:00:00"),
    ("...last on New Year's Day, a Saturday", "2021-12-24", 8, "calendar_days", "CAL_S45", "2022-01-01"),
    ("weeks before the baby is due", "2024-07-01", 10, "weeks_before_due_date", "CAL", "2024-04-22"),
    ("28 weeks of pregnancy", "2024-07-01", 28, "weeks_gestation", "CAL", "2024-04-08"),
    ("six weeks before an arrangement", "2024-07-01", 6, "weeks_before", "CAL", "2024-05-20"),
    ("a return in the census year", "2024-03-31", "06-30", "month_day", "DATE", "2024-06-30"),
    ("phase transfer in its year", "2024-09-01", "02-15", "month_day", "DATE", "2024-02-15"),
    ("29 February in another year", "2023-01-01", "02-29", "month_day", "DATE", "2023-02-28"),
    ("a named day", "2022-12-13", "2023-04-30", "date", "DATE", "2023-04-30"),
    ("hours into summer time", "2024-03-30T17:00", 24, "hours", "CLOCK_HOURS", "2024-03-31T18:00:00"),
    ("hours out of summer time", "2024-10-26T17:00", 24, "hours", "CLOCK_HOURS", "2024-10-27T16:00:00"),
    ("72 hours over the change", "2024-10-25T10:00", 72, "hours", "CLOCK_HOURS", "2024-10-28T09:00:00"),
    ("from an hour that never was", "2024-03-31T01:30", 1, "hours", "CLOCK_HOURS", "2024-03-31T03:30:00"),
    ("from the first of two 1.30s", "2024-10-27T01:30", 1, "hours", "CLOCK_HOURS", "2024-10-27T01:30:00"),
    ("hours from a day alone", "2024-05-13", 24, "hours", "CLOCK_HOURS", "2024-05-14T00:00:00"),
    ("hours from another zone", "2024-07-01T12:00+00:00", 1, "hours", "CLOCK_HOURS", "2024-07-01T14:00:00"),
    ("no hours", "2024-05-13T10:00", 0, "hours", "CLOCK_HOURS", "2024-05-13T10:00:00"),
    ("new birth visit, far end", "2024-05-01", "10-14", "calendar_days", "CAL", "2024-05-15"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "start", "length", "unit", "calendar", "expected"), WORKED_EXAMPLES + EXAMPLES)
def test_due(name: str, start: str, length: int | str, unit: str, calendar: str, expected: str) -> None:
    assert write_plain(due(length, unit, when(start), calendar)) == expected, name


@pytest.mark.parametrize(
    ("length", "unit", "start", "expected"),
    [
        ("1", "working day", "2024-05-10", "2024-05-13"),
        (5, "Clear days before", "2023-09-26", "2023-09-18"),
        (3, "working days before 9:30am", "2023-09-26", "2023-09-21T09:30:00"),
        (72, "hour", "2023-07-21T17:00", "2023-07-24T17:00:00"),
        (8, "weeks beginning with", "2024-01-08", "2024-03-03"),
        (3, "month", "2022-11-30", "2023-02-28"),
        (0, "same working day", "2024-05-12", "2024-05-13"),
        ("02-15", "month day", "2024-01-01", "2024-02-15"),
    ],
)
def test_a_unit_brings_its_own_calendar_and_may_be_spelt_as_people_do(
    length: int | str, unit: str, start: str, expected: str
) -> None:
    assert write_plain(due(length, unit, when(start))) == expected


def test_moments_are_given_in_local_time_with_their_zone() -> None:
    found = due(1, "hours", moment("2024-07-01T12:00"))
    assert isinstance(found, datetime)
    assert found.tzinfo is LONDON


def test_a_window_opens_and_closes() -> None:
    assert window("10-14", "calendar_days", day("2024-05-01"), "CAL") == (
        day("2024-05-11"),
        day("2024-05-15"),
    )
    assert window("2 to 3", "weeks before", day("2024-05-31")) == (day("2024-05-10"), day("2024-05-17"))
    assert window(3, "days", day("2024-05-01")) == (day("2024-05-04"), day("2024-05-04"))


@pytest.mark.parametrize("length", [-1, "-3", "1.5", "soon", "", True, "14-10", 10**9, "²"])
def test_what_is_not_a_length_is_refused(length: int | str) -> None:
    with pytest.raises(NotALength, match=r"length|window|long"):
        due(length, "working_days", day("2024-05-01"))


@pytest.mark.parametrize(
    ("length", "unit", "calendar"),
    [
        (0, "days_beginning_with", "CAL_INCL"),
        (0, "weeks", "CAL_INCL"),
        (2, "same_working_day", "ENG"),
        ("31 March", "date", "DATE"),
        ("13-01", "month_day", "DATE"),
        ("02-30", "month_day", "DATE"),
        (99_999, "years", "CAL"),
        (99_999, "months_before", "CAL"),
    ],
)
def test_a_length_must_suit_its_unit(length: int | str, unit: str, calendar: str) -> None:
    with pytest.raises(NotALength):
        due(length, unit, day("2024-05-01"), calendar)


@pytest.mark.parametrize(
    ("unit", "calendar", "says"),
    [
        ("working_days", "CAL", "name a calendar of working days"),
        ("days", "ENG", "CAL for calendar days"),
        ("hours", "ENG", "name CLOCK_HOURS"),
        ("weeks", "EVENT", "nothing can be counted"),
        ("months", "SCHOOL", "name CAL"),
        ("school_days", "ENG", "counted on SCHOOL"),
        ("school_days", "SCHOOL", "term dates"),
    ],
)
def test_a_unit_and_a_calendar_that_do_not_go_together_give_a_reason(unit: str, calendar: str, says: str) -> None:
    with pytest.raises(NoDate, match=says):
        due(3, unit, day("2024-05-01"), calendar)


def test_an_unknown_unit_names_the_near_ones() -> None:
    with pytest.raises(UnknownUnit, match="working_days"):
        due(3, "wroking days", day("2024-05-01"))

"""Every unit and calendar that a timescale of the papers or the law uses gives a day, or says why not."""

from datetime import date, datetime

import pytest

from righthelp.kernel.lengths import due
from righthelp.kernel.tests.invented_terms import INVENTED
from righthelp.kernel.uncountable import NoDate
from righthelp.kernel.units import UNITS, in_words

START = datetime.fromisoformat("2023-10-02T10:00")

# Unit, calendar, a length in use, and what it gives from Monday 2 October 2023 at 10 in the morning.
COUNTED = [
    ("age_years", "CAL", "25", "2048-10-02"),
    ("before_next_school_day", "SCHOOL", "0", "2023-10-03T09:00:00"),
    ("calendar_days", "CAL", "28", "2023-10-30"),
    ("calendar_days", "CAL_S45", "8", "2023-10-10"),
    ("clear_days_before", "CAL", "28", "2023-09-03"),
    ("clear_days_before", "CLEAR", "5", "2023-09-22"),
    ("date", "DATE", "2023-04-30", "2023-04-30"),
    ("days", "CAL", "15", "2023-10-17"),
    ("days_before", "CAL", "10", "2023-09-22"),
    ("days_beginning_with", "CAL_INCL", "30", "2023-10-31"),
    ("hours", "CLOCK_HOURS", "24", "2023-10-03T10:00:00"),
    ("month_day", "DATE", "03-31", "2023-03-31"),
    ("months", "CAL", "3", "2024-01-02"),
    ("months", "CAL_MONTH", "1", "2023-11-02"),
    ("months_beginning_with", "CAL_INCL", "2", "2023-12-01"),
    ("same_day", "EVENT", "0", "2023-10-02"),
    ("same_working_day", "ENG", "0", "2023-10-02"),
    ("school_days", "SCHOOL", "20", "2023-11-06"),
    ("terms", "SCHOOL", "1", "2024-03-27"),
    ("weeks", "CAL", "6", "2023-11-13"),
    ("weeks", "CAL_SEND", "20", "2024-02-19"),
    ("weeks", "SCHOOL", "2", "2023-10-16"),
    ("weeks_before", "CAL", "6", "2023-08-21"),
    ("weeks_before_due_date", "CAL", "10", "2023-07-24"),
    ("weeks_beginning_with", "CAL_INCL", "8", "2023-11-26"),
    ("weeks_gestation", "CAL", "28", "2023-07-10"),
    ("working_days", "ENG", "45", "2023-12-04"),
    ("working_days", "ENG_2006", "10", "2023-10-16"),
    ("working_days", "UK_ANY", "20", "2023-10-30"),
    ("working_days_before", "ENG", "3", "2023-09-27"),
    ("working_days_before_0930", "ENG", "3", "2023-09-27T09:30:00"),
    ("years", "CAL", "2", "2025-10-02"),
    ("years_from_birth", "CAL", "75", "2098-10-02"),
]

NOT_COUNTED = [
    ("as_soon_as_possible", "EVENT", "0", "as soon as possible"),
    ("children", "LIMIT", "50-70", "50 to 70 children"),
    ("count", "EVENT", "2", "2 times"),
    ("court_set_date", "DATE", "0", "the date that the court sets"),
    ("days_single_75_year", "CAL", "17", "17 days for each stay and 75 days in a year"),
    ("event", "EVENT", "0", "when it happens"),
    ("hours_in_28_days", "CLOCK_HOURS", "72", "72 hours in any 28 days"),
    ("immediately", "EVENT", "0", "immediately"),
    ("mode_change", "EVENT", "0", "in another way"),
    ("per_meeting", "EVENT", "1", "at each meeting"),
    ("per_year", "CAL", "2", "2 times a year"),
    ("prohibited", "LIMIT", "0", "never"),
    ("regulations_to_set", "EVENT", "0", "not yet set"),
]


@pytest.mark.parametrize(("unit", "calendar", "length", "expected"), COUNTED)
def test_a_timescale_gives_its_day(unit: str, calendar: str, length: str, expected: str) -> None:
    found = due(length, unit, START, calendar, terms=INVENTED)
    if isinstance(found, datetime):
        assert found.replace(tzinfo=None).isoformat() == expected
    else:
        assert found == date.fromisoformat(expected)


@pytest.mark.parametrize(("unit", "calendar", "length", "words"), NOT_COUNTED)
def test_a_duty_without_a_day_says_why_and_still_reads_as_words(
    unit: str, calendar: str, length: str, words: str
) -> None:
    with pytest.raises(NoDate, match=r"^[A-Z].{20,}\.$"):
        due(length, unit, START, calendar, terms=INVENTED)
    assert in_words(length, unit) == words


def test_the_two_lists_and_months_before_are_all_the_units_there_are() -> None:
    assert {row[0] for row in COUNTED + NOT_COUNTED} | {"months_before"} == set(UNITS)


@pytest.mark.parametrize(
    ("length", "unit", "words"),
    [
        (1, "working_days", "1 working day"),
        (24, "hours", "24 hours"),
        (0, "same working day", "the same working day"),
        (8, "weeks_beginning_with", "8 weeks beginning with that day"),
        (75, "years_from_birth", "75th birthday"),
        (21, "age_years", "21st birthday"),
        (12, "age_years", "12th birthday"),
        ("10-14", "calendar_days", "10 to 14 days"),
        ("06-30", "month_day", "30 June"),
        ("2023-04-30", "date", "30 April 2023"),
    ],
)
def test_lengths_read_as_people_say_them(length: int | str, unit: str, words: str) -> None:
    assert in_words(length, unit) == words

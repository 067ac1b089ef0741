"""Which days each calendar counts."""

from datetime import date

import pytest

from righthelp.kernel.calendars import CALENDARS, bank_holidays, calendar_named
from righthelp.kernel.uncountable import NoDate, UnknownCalendar

day = date.fromisoformat

ONE_OFF = {
    "millennium": "1999-12-31",
    "golden jubilee": "2002-06-03",
    "golden jubilee, spring holiday moved": "2002-06-04",
    "royal wedding": "2011-04-29",
    "diamond jubilee, spring holiday moved": "2012-06-04",
    "diamond jubilee": "2012-06-05",
    "VE day, May holiday moved": "2020-05-08",
    "platinum jubilee, spring holiday moved": "2022-06-02",
    "platinum jubilee": "2022-06-03",
    "state funeral": "2022-09-19",
    "coronation": "2023-05-08",
}


@pytest.mark.parametrize("on", ONE_OFF.values(), ids=ONE_OFF.keys())
def test_the_library_knows_the_one_off_holidays(on: str) -> None:
    assert not calendar_named("ENG").is_working_day(day(on))


@pytest.mark.parametrize("on", ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30"])
def test_the_days_from_which_holidays_were_moved_were_worked(on: str) -> None:
    assert calendar_named("ENG").is_working_day(day(on))


# The Government's list of bank holidays in England and Wales.
ENGLAND_2021 = "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"
ENGLAND_2022 = "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"
ENGLAND_2026 = "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"


@pytest.mark.parametrize(("year", "listed"), [(2021, ENGLAND_2021), (2022, ENGLAND_2022), (2026, ENGLAND_2026)])
def test_a_year_of_bank_holidays_in_england(year: int, listed: str) -> None:
    weekdays = [f"{d:%m-%d}" for d in sorted(bank_holidays("ENG", year)) if d.weekday() < 5]
    assert weekdays == listed.split()


@pytest.mark.parametrize(
    ("name", "on", "worked"),
    [
        ("ENG", "2026-01-02", True),
        ("UK_ANY", "2026-01-02", False),
        ("ENG", "2026-06-15", True),
        ("UK_ANY", "2026-06-15", False),
        ("UK_ANY", "2025-07-14", False),
        ("UK_ANY", "2024-03-18", False),
        ("UK_ANY", "2024-08-05", False),
        ("UK_ANY", "2024-12-02", False),
        ("UK_ANY", "2024-08-27", True),
        ("ENG_2006", "2023-12-26", False),
        ("ENG minus funeral", "2022-09-19", True),
        ("ENG minus funeral", "2023-05-08", False),
        ("england MINUS Funeral and coronation", "2023-05-08", True),
        ("UK_ANY minus 2022-09-19, 2023-05-08", "2022-09-19", True),
        ("ENG minus jubilee", "2012-06-05", True),
        ("ENG minus jubilee", "2012-06-02", False),
    ],
)
def test_working_days(name: str, on: str, worked: bool) -> None:
    assert calendar_named(name).is_working_day(day(on)) is worked


@pytest.mark.parametrize(
    ("plain", "name"),
    [
        ("england", "ENG"),
        ("England", "ENG"),
        ("complaints", "ENG_2006"),
        ("uk-wide", "UK_ANY"),
        ("clear days", "CLEAR"),
        ("school days", "SCHOOL"),
        ("elapsed hours", "CLOCK_HOURS"),
        ("calendar days", "CAL"),
        ("beginning with", "CAL_INCL"),
        ("cal incl", "CAL_INCL"),
        ("eng_2006", "ENG_2006"),
    ],
)
def test_plain_words_name_a_calendar(plain: str, name: str) -> None:
    assert calendar_named(plain).name == name


def test_every_calendar_is_found_by_its_own_name() -> None:
    assert [calendar_named(name).name for name in CALENDARS] == list(CALENDARS)


def test_a_calendar_with_days_left_out_keeps_them_in_its_name() -> None:
    assert calendar_named("england minus 2022-09-19 and Coronation").name == "ENG minus coronation 2022-09-19"
    again = calendar_named(calendar_named("ENG minus funeral").name)
    assert again == calendar_named("ENG minus funeral")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ENGLISH", "ENG"),
        ("moon", "Known: CAL, "),
        ("", "No calendar"),
        ("ENG minus snow", "funeral, coronation, jubilee"),
        ("ENG minus 2022-13-01", "a date such as"),
        ("CAL minus funeral", "no holiday to leave out"),
    ],
)
def test_an_unknown_calendar_says_what_is_known(name: str, says: str) -> None:
    with pytest.raises(UnknownCalendar, match=says):
        calendar_named(name)


def test_a_year_whose_bank_holidays_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(NoDate, match="Bank holidays of 2105 are not known"):
        calendar_named("ENG").is_working_day(day("2105-12-25"))

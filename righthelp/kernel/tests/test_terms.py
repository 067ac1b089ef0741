"""School days, weeks and terms, on an invented county's term dates."""

from datetime import date, datetime

import pytest

from righthelp.kernel.lengths import due
from righthelp.kernel.terms import ClosedPeriod, TermTable
from righthelp.kernel.tests.invented_terms import INVENTED
from righthelp.kernel.uncountable import NoDate, NotALength
from righthelp.kernel.written import write_plain

day = date.fromisoformat
moment = datetime.fromisoformat


@pytest.mark.parametrize(
    ("on", "open_"),
    [
        ("2023-09-05", True),
        ("2023-09-04", False),
        ("2023-09-09", False),
        ("2023-10-30", False),
        ("2024-05-06", False),
        ("2024-05-07", True),
    ],
)
def test_schools_shut_at_weekends_on_bank_holidays_and_in_holidays(on: str, open_: bool) -> None:
    assert INVENTED.is_school_day(day(on)) is open_


def test_a_day_beyond_the_table_is_not_guessed() -> None:
    with pytest.raises(NoDate, match="known from 2023-07-01 to 2024-09-30"):
        INVENTED.is_school_day(day("2025-01-06"))
    with pytest.raises(NoDate, match="Elsewhere"):
        due(60, "school days", day("2024-07-01"), terms=INVENTED)


@pytest.mark.parametrize(
    ("start", "length", "unit", "expected"),
    [
        ("2023-10-25", 6, "school_days", "2023-11-09"),
        ("2023-10-29", 0, "school_days", "2023-11-06"),
        ("2023-12-20", 1, "school_days", "2023-12-21"),
        ("2023-12-21", 1, "school_days", "2024-01-08"),
        ("2024-05-03", 1, "school_days", "2024-05-07"),
        ("2023-10-18", 1, "weeks", "2023-10-25"),
        ("2023-10-25", 1, "weeks", "2023-11-08"),
        ("2024-04-29", 1, "weeks", "2024-05-07"),
        ("2023-12-20", 2, "weeks", "2024-01-17"),
        ("2023-10-02", 1, "terms", "2024-03-27"),
        ("2023-09-05", 1, "terms", "2023-12-21"),
        ("2023-09-01", 2, "terms", "2024-03-27"),
        ("2023-09-01", 3, "terms", "2024-07-23"),
    ],
)
def test_counting_in_school_time(start: str, length: int, unit: str, expected: str) -> None:
    assert due(length, unit, day(start), "SCHOOL", terms=INVENTED) == day(expected)


def test_terms_beyond_the_table_and_no_terms_are_refused() -> None:
    with pytest.raises(NoDate, match="do not reach 4 whole terms"):
        due(4, "terms", day("2023-09-01"), terms=INVENTED)
    with pytest.raises(NotALength):
        due(0, "terms", day("2023-09-01"), terms=INVENTED)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2023-10-13T22:00", "2023-10-16T09:00:00"),
        ("2023-10-16T02:00", "2023-10-16T09:00:00"),
        ("2023-10-16T09:00", "2023-10-17T09:00:00"),
        ("2023-10-27T23:00", "2023-11-06T09:00:00"),
        ("2024-05-03T20:00", "2024-05-07T09:00:00"),
        ("2023-10-16", "2023-10-17T09:00:00"),
        ("2023-10-13", "2023-10-16T09:00:00"),
    ],
)
def test_a_school_is_told_before_the_child_comes_in(start: str, expected: str) -> None:
    began = moment(start) if "T" in start else day(start)
    assert write_plain(due(0, "before next school day", began, terms=INVENTED)) == expected


@pytest.mark.parametrize(
    ("asked_on", "excused"),
    [
        ("2024-07-16", False),
        ("2024-07-17", True),
        ("2024-08-20", True),
        ("2024-08-27", True),
        ("2024-08-28", False),
        ("2023-12-22", False),
    ],
)
def test_a_long_school_closure_can_excuse_lateness_with_a_plan(asked_on: str, excused: bool) -> None:
    found = INVENTED.long_closure_near(day(asked_on))
    assert found == ((day("2024-07-24"), day("2024-09-02")) if excused else None)


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="overlap on 2024-02-12"):
        TermTable(
            "Elsewhere",
            day("2024-01-01"),
            day("2024-12-31"),
            (
                ClosedPeriod(day("2024-02-12"), day("2024-02-16"), "half term"),
                ClosedPeriod(day("2024-02-05"), day("2024-02-12"), "training"),
            ),
        )
    with pytest.raises(ValueError, match=r"ends .* before it begins"):
        ClosedPeriod(day("2024-02-12"), day("2024-02-05"))

"""Dates and times as people write them."""

from datetime import date, datetime, time, timedelta

import pytest

from righthelp.kernel.written import (
    NotADate,
    read_date,
    read_time,
    read_when,
    write_date,
    write_left,
    write_moment,
    write_plain,
    write_when,
)

day = date.fromisoformat
moment = datetime.fromisoformat


@pytest.mark.parametrize(
    "text",
    [
        "27 3 2015", "27/03/2015", "27 March 2015", "27 mar 15", "2015-03-27", "27.3.15", "27-3-15",
        " 27  MARCH, 2015 ", "27th March 2015", "Friday 27 March 2015", "Fri, 27th of March 2015",
        "March 27 2015",
        "27/3/15", "2015/3/27", "27. 3. 2015", "27-Mar-2015",
    ],
)  # fmt: skip
def test_one_day_in_many_hands(text: str) -> None:
    assert read_date(text) == day("2015-03-27")


def test_september_is_written_three_ways() -> None:
    assert {read_date(f"1 {name} 2020") for name in ("Sep", "Sept", "september")} == {day("2020-09-01")}


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("", "Enter a date, such as 27 3 2015"),
        ("27", "must include a month and a year"),
        ("27 3", "must include a year"),
        ("27 3 215", "Year must include 4 numbers"),
        ("27 3 20155", "Year must include 4 numbers"),
        ("31 4 2015", "April has 30 days"),
        ("29 2 2015", "February has 28 days in 2015"),
        ("30/2/2016", "February has 29 days in 2016"),
        ("32 12 9999", "December has 31 days"),
        ("0 1 2015", "January has 31 days"),
        ("3 27 2015", "Month must be a number from 1 to 12"),
        ("27 ma 2015", "Month must be"),
        ("27 Marsh 2015", "Month must be"),
        ("twenty 3 2015", "Month must be|Day must be"),
        ("27 3 2015 28", "one date only"),
        ("27 3 0215", "Check the year"),
        ("27 3 ٢٠١٥", "Year must include 4 numbers"),
    ],
)
def test_what_is_not_a_date_says_how_to_mend_it(text: str, mend: str) -> None:
    with pytest.raises(NotADate, match=mend):
        read_date(text)


def test_a_birth_is_never_in_the_future() -> None:
    asked = day("2026-11-22")
    assert read_date("22 11 26", latest=asked) == asked
    assert read_date("23 11 26", latest=asked) == day("1926-11-23")
    assert read_date("27 3 31", latest=asked) == day("1931-03-27")
    assert read_date("27 3 31") == day("2031-03-27")
    assert read_date("27 3 69") == day("1969-03-27")
    with pytest.raises(NotADate, match="22 November 2026 or earlier"):
        read_date("23 11 2026", latest=asked)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("9", "09:00"), ("9.30pm", "21:30"), ("21:04", "21:04"), ("noon", "12:00"), ("midday", "12:00"),
        ("midnight", "00:00"), ("9am", "09:00"), ("9 PM", "21:00"), ("12am", "00:00"),
        ("12.15 a.m.", "00:15"),
        ("12pm", "12:00"), ("0930", "09:30"), ("930", "09:30"), ("21.04", "21:04"), ("9 30", "09:30"),
        ("17:00:00", "17:00"), ("21:04pm", "21:04"),
    ],
)  # fmt: skip
def test_times_of_day(text: str, at: str) -> None:
    assert read_time(text) == time.fromisoformat(at)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("", "Enter a time"),
        ("soon", "Enter a time"),
        ("9:5", "Enter a time"),
        ("9:60", "Minutes must be"),
        ("9:05:60", "Enter a time"),
        ("24:00", "The hour must be"),
        ("25", "The hour must be"),
        ("13am", "not an hour that can be am"),
        ("0pm", "not an hour that can be pm"),
    ],
)
def test_what_is_not_a_time_says_how_to_mend_it(text: str, mend: str) -> None:
    with pytest.raises(NotADate, match=mend):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2023-07-21T17:00:00", "2023-07-21T17:00:00"),
        ("2023-07-21 17:00", "2023-07-21T17:00:00"),
        ("2023-07-21T16:00Z", "2023-07-21T17:00:00"),
        ("2023-07-21 5pm", "2023-07-21T17:00:00"),
        ("21 July 2023 at 5pm", "2023-07-21T17:00:00"),
        ("21/7/2023 17:00", "2023-07-21T17:00:00"),
        ("21 7 2023, 5.00pm", "2023-07-21T17:00:00"),
        ("21 7 2023 noon", "2023-07-21T12:00:00"),
        ("2023-07-21", "2023-07-21"),
        ("21.7.23", "2023-07-21"),
        ("21 7.23", "2023-07-21"),
        ("21 August 2023", "2023-08-21"),
        ("21 SEPT 2023", "2023-09-21"),
    ],
)
def test_a_day_or_a_moment(text: str, plain: str) -> None:
    assert write_plain(read_when(text)) == plain


@pytest.mark.parametrize("text", ["2023-02-30T10:00", "2023-07-21T25:00", "21 7 2023 at teatime"])
def test_a_moment_that_is_none(text: str) -> None:
    with pytest.raises(NotADate):
        read_when(text)


def test_writing_dates_and_moments() -> None:
    assert write_date(day("2015-03-27")) == "27 March 2015"
    assert write_moment(moment("2015-03-27T21:04")) == "27 March 2015 at 9:04pm"
    assert write_moment(moment("2015-07-01T08:00+00:00")) == "1 July 2015 at 9am"
    assert write_moment(moment("2015-07-01T12:00")) == "1 July 2015 at midday"
    assert write_moment(moment("2015-07-01T00:00")) == "1 July 2015 at midnight"
    assert write_moment(moment("2015-07-01T00:05")) == "1 July 2015 at 12:05am"
    assert write_when(day("2015-03-27")) == "27 March 2015"
    assert write_when(moment("2015-03-27T12:30")) == "27 March 2015 at 12:30pm"
    assert write_date(moment("2015-06-30T23:30+00:00")) == "1 July 2015"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=3, minutes=50), "3 hours left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(minutes=59), "59 minutes left"),
        (timedelta(minutes=1), "1 minute left"),
        (timedelta(seconds=5), "no time left"),
        (timedelta(0), "no time left"),
        (timedelta(seconds=-5), "just late"),
        (timedelta(hours=47), "47 hours left"),
        (timedelta(days=2, hours=23), "2 days left"),
        (timedelta(days=1) - timedelta(microseconds=1), "24 hours left"),
        (timedelta(days=-2, hours=-1), "2 days late"),
        (timedelta(minutes=-90), "1 hour late"),
    ],
)
def test_time_left_in_words(left: timedelta, words: str) -> None:
    assert write_left(left) == words

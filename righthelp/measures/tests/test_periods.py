"""The periods that a measure is read by, on any day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from righthelp.measures.periods import Length, Periods

TODAY = Periods(date(2026, 11, 23))


def test_as_the_county_reports() -> None:
    financial = TODAY.spans[Length.FINANCIAL]
    assert [(span.label, span.since, span.finished) for span in financial[-2:]] == [
        ("2025-26", date(2025, 4, 1), True),
        ("2026-27", date(2026, 4, 1), False),
    ]
    half = TODAY.spans[Length.HALF][-2]
    assert (half.label, half.until) == ("April 2026 to September 2026", date(2026, 9, 30))
    rolling = TODAY.spans[Length.ROLLING][-1]
    assert (rolling.label, rolling.since) == ("Year to 31 October 2026", date(2025, 11, 1))
    assert (TODAY.last_month.label, TODAY.last_month.until) == ("October 2026", date(2026, 10, 31))
    assert TODAY.first == date(2021, 4, 1)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_periods_of_a_length_meet_and_none_is_counted_that_was_not(today: date) -> None:
    periods = Periods(today)
    for length, spans in periods.spans.items():
        assert all(periods.first <= span.since <= span.until <= today for span in spans)
        assert all(span.finished for span in spans[:-1])
        if length is not Length.ROLLING:
            for before, after in pairwise(spans):
                assert after.since == before.until + timedelta(days=1)
            assert spans[-1].until == today
            assert spans[-1].finished is False
    assert len(periods.spans[Length.MONTH]) == 61
    assert len(periods.spans[Length.FINANCIAL]) >= 6
    assert periods.last_year.until < today

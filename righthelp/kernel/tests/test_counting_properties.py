"""What must hold of counting, whatever the day."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from righthelp.kernel.calendars import Kind, calendar_named
from righthelp.kernel.lengths import due
from righthelp.kernel.moments import LONDON, last_moment, local, local_day
from righthelp.kernel.units import UNITS
from righthelp.kernel.written import read_date, read_when, write_date, write_plain, write_when

days = st.dates(date(1996, 1, 1), date(2060, 12, 31))
moments = st.datetimes(datetime(1996, 1, 1), datetime(2060, 12, 31)).map(local)  # noqa: DTZ001
working_calendars = st.sampled_from(["ENG", "ENG_2006", "UK_ANY", "CLEAR", "ENG minus funeral"])
lengths = st.integers(0, 120)
forward = st.sampled_from(
    [
        ("working_days", "ENG"), ("working_days", "UK_ANY"),
        ("calendar_days", "CAL"), ("calendar_days", "CAL_S45"),
        ("weeks", "CAL"), ("weeks", "CAL_SEND"), ("months", "CAL"), ("months", "CAL_MONTH"), ("years", "CAL"),
        ("hours", "CLOCK_HOURS"), ("age_years", "CAL"),
    ]
)  # fmt: skip
beginning = st.sampled_from(["days_beginning_with", "weeks_beginning_with", "months_beginning_with"])


@given(days, lengths, lengths, forward)
def test_a_longer_time_is_never_due_sooner(start: date, one: int, other: int, how: tuple[str, str]) -> None:
    unit, calendar = how
    short, long = sorted((one, other))
    assert last_moment(due(short, unit, start, calendar)) <= last_moment(due(long, unit, start, calendar))


@given(days, days, lengths, forward)
def test_a_later_start_is_never_due_sooner(one: date, other: date, length: int, how: tuple[str, str]) -> None:
    unit, calendar = how
    early, late = sorted((one, other))
    assert last_moment(due(length, unit, early, calendar)) <= last_moment(due(length, unit, late, calendar))


@given(days, st.integers(1, 120), working_calendars)
def test_working_days_there_and_back(start: date, length: int, calendar: str) -> None:
    assume(calendar_named(calendar).is_working_day(start))
    there = due(length, "working_days", start, calendar)
    assert calendar_named(calendar).is_working_day(there)
    assert due(length, "working_days_before", there, calendar) == start


@given(days, st.integers(1, 60), working_calendars)
def test_working_days_add_up(start: date, length: int, calendar: str) -> None:
    halfway = due(length, "working_days", start, calendar)
    assert due(length, "working_days", halfway, calendar) == due(2 * length, "working_days", start, calendar)


@given(days, st.integers(0, 40), working_calendars)
def test_clear_days_lie_between(meeting: date, length: int, calendar: str) -> None:
    published = due(length, "clear_days_before", meeting, calendar)
    between = [published + timedelta(days=n) for n in range(1, (meeting - published).days)]
    assert sum(calendar_named(calendar).is_working_day(on) for on in between) == length


@given(days, lengths)
def test_uk_wide_is_never_sooner_than_england(start: date, length: int) -> None:
    assert due(length, "working_days", start, "UK_ANY") >= due(length, "working_days", start, "ENG")


@given(days, st.integers(1, 120), beginning)
def test_beginning_with_ends_a_day_sooner_or_with_the_month(start: date, length: int, unit: str) -> None:
    from_next = due(length, unit.removesuffix("_beginning_with"), start, "CAL")
    sooner = (from_next - due(length, unit, start)).days
    month_ran_out = unit.startswith("months") and from_next.day != start.day
    assert sooner == (0 if month_ran_out else 1)


@given(moments, st.integers(0, 10_000))
def test_hours_really_go_by(start: datetime, length: int) -> None:
    end = due(length, "hours", start)
    assert isinstance(end, datetime)
    assert end.tzinfo is LONDON
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=length)


@given(moments, lengths)
def test_a_day_count_sees_only_the_local_day(start: datetime, length: int) -> None:
    for unit in ("working_days", "calendar_days", "months"):
        assert due(length, unit, start) == due(length, unit, local_day(start))
        assert due(length, unit, start.astimezone(UTC)) == due(length, unit, start)


@given(days, st.integers(0, 24))
def test_a_data_protection_month_ends_on_a_working_day(start: date, length: int) -> None:
    end = due(length, "months", start, "CAL_MONTH")
    assert calendar_named("ENG").is_working_day(end)
    assert timedelta(0) <= end - due(length, "months", start, "CAL") <= timedelta(days=4)


@given(days)
def test_what_we_write_we_read(on: date) -> None:
    assert read_date(write_date(on)) == on
    assert read_when(write_plain(on)) == on


@given(moments)
def test_moments_we_write_we_read_to_the_minute(at: datetime) -> None:
    whole = at.replace(second=0, microsecond=0, fold=0)
    assert read_when(write_when(whole)) == whole
    assert read_when(write_plain(whole)) == whole


def test_a_units_own_calendar_can_count_it() -> None:
    for unit in UNITS.values():
        kind = calendar_named(unit.calendar).kind
        assert unit.no_date or kind is not Kind.NOTHING or unit.name in {"same_day", "date", "month_day"}

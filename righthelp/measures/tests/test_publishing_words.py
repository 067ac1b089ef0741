"""What a reader reads of a figure that is published, and what one measure tells of another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from righthelp.measures.publishing.cells import ALL, NO, YES, Cell, Held
from righthelp.measures.publishing.protecting import protected
from righthelp.measures.publishing.wording import worded
from righthelp.measures.registry import measure
from righthelp.processes.statistics_release.periods import over_by, period, year_of

CONTACTS, SHARE, HOURS = measure("contacts"), measure("led_to_service"), measure("hours_to_decision")
YEAR = period("2025-26")


@pytest.mark.parametrize(
    ("counting", "others", "words", "value"),
    [
        (60, 40, "60% of about 100", 60),
        (95, 0, "95% or more, of about 95", None),  # 91 of 95, at the least
        (0, 95, "5% or fewer, of about 95", None),
        (10, 5, "Of fewer than 20: too few for a share", None),
        (None, 40, "Withheld", None),
        (0, 0, "Of fewer than 20: too few for a share", None),
    ],
)
def test_a_share_says_no_more_than_its_two_numbers(
    counting: int | None, others: int | None, words: str, value: float | None
) -> None:
    made = worded(SHARE, YEAR, [counting, others])
    assert (made.words, made.value) == (words, value)


def test_a_number_and_a_middle() -> None:
    assert worded(CONTACTS, YEAR, [1205]).words == "1,205"
    assert worded(CONTACTS, YEAR, [0]).words == "Fewer than 5"
    assert worded(HOURS, YEAR, [15], [3.0] * 17).value is None
    assert worded(HOURS, YEAR, [20], [3.2] * 22).words == "3 hours"
    assert worded(HOURS, YEAR, [50], [3.2] * 50).words == "3 hours; nine in ten within 3"


def held(number: int, draw: float, first: int = 0) -> Held:
    """So many entries, numbered from one on, with a draw of their own."""
    return Held(number, int(draw * 2**64), {UUID(int=first + place) for place in range(number)})


def test_what_one_measure_leaves_of_another_is_not_worked_out() -> None:
    """Twelve contacts, eleven of them decided: six that led to a service and five that did not."""
    at = {"period": "2025-04", "split": "", "of_split": ""}
    whole, yes, no = (
        Cell("contacts", 1, ALL, **at),
        Cell("led_to_service", 1, YES, **at),
        Cell("led_to_service", 1, NO, **at),
    )
    cells = {whole: held(12, 0.9), yes: held(6, 0.0), no: held(5, 0.5, first=6)}
    shown = protected(cells, [CONTACTS, SHARE], YEAR, {})
    assert shown == {whole: 10, yes: 10, no: None}  # together they were at least 11, and all at most 14
    apart = {**cells, no: held(5, 0.5, first=50)}  # were they not among them, nothing could be taken from it
    assert protected(apart, [CONTACTS, SHARE], YEAR, {})[no] == 5


def test_the_periods_lie_within_one_another_and_never_overlap() -> None:
    assert [part.code for part in YEAR.parts] == ["2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4"]
    assert [part.code for part in period("2025-26-Q4").parts] == ["2026-01", "2026-02", "2026-03"]
    assert (YEAR.title, period("2025-26-Q4").title) == ("Financial year 2025/26", "January to March 2026")
    assert YEAR.until == date(2026, 3, 31)
    assert year_of(date(2026, 3, 31)) == YEAR
    days = [date(2026, 3, 31), date(2026, 4, 1)]
    assert [over_by(day)[0].code for day in days] == ["2025-26-Q3", "2025-26"]
    for wrong in ("2025-27", "2025", "2025-26-Q5"):
        with pytest.raises(ValueError, match="no financial year"):
            period(wrong)

"""A measure period by period: what is added up, what stood at an end, and where a chart begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from righthelp.measures.charts import chart, in_words, marked, rows
from righthelp.measures.comparing import compared
from righthelp.measures.counting import Counted, Tally
from righthelp.measures.figures import Figure
from righthelp.measures.periods import Every
from righthelp.measures.registry import Counts, Polarity, measure
from righthelp.measures.shown_periods import Shown
from righthelp.packs import Benchmark

TODAY = date(2026, 11, 23)
SHOWN = Shown(TODAY)
SHARE, HOURS, NUMBER = measure("decided_in_hours"), measure("hours_to_decision"), measure("contacts")


def counted(**months: int) -> Counted:
    """Of a hundred in each of these months, so many."""
    return Counted({int(month[1:]): Tally(counts, 100, Counter()) for month, counts in months.items()})


def test_a_chart_begins_with_the_first_month_in_which_anything_was_counted() -> None:
    found = rows(SHARE, counted(m202603=90, m202605=80), SHOWN.of(Every.MONTH), TODAY, ())
    assert [row.period.name for row in found[:3]] == ["March 2026", "April 2026", "May 2026"]
    assert [row.value for row in found[:3]] == [90, None, 80]
    assert (found[-1].period.name, found[-1].finished, found[-1].period.until) == ("November 2026", False, TODAY)


def test_what_stood_is_not_added_up() -> None:
    months = counted(m202604=10, m202610=30, m202611=40)
    year = SHOWN.of(Every.FINANCIAL_YEAR)[-1:]
    (flow,) = rows(SHARE, months, year, TODAY, ())
    (stood,) = rows(replace(SHARE, period=Counts.SNAPSHOT), months, year, TODAY, ())
    assert (flow.number.figure.beside, stood.number.figure.beside) == ("80 of 300", "40 of 100")
    assert "since=2026-11-01" in stood.number.href
    assert "since=2026-04-01" in flow.number.href


def test_a_new_version_breaks_the_chart() -> None:
    newer = replace(SHARE, version=2, since=date(2026, 6, 1), earlier=(SHARE,))
    made = rows(newer, counted(m202605=90, m202606=50), SHOWN.of(Every.MONTH), TODAY, ())
    assert [row.version for row in made[:2]] == [1, 2]
    drawn = chart(newer, made)
    assert drawn.drawing
    assert drawn.drawing.breaks
    assert "From June 2026 (upright line) version 2 counts." in drawn.caption


def test_a_signal_is_marked_at_its_month() -> None:
    months = {f"m2025{month:02}": 90 + month % 3 for month in range(1, 13)} | {"m202601": 20}
    found = marked(SHARE, rows(SHARE, counted(**months), SHOWN.of(Every.MONTH), TODAY, ()))
    assert [row.period.name for row in found if row.signal == "Signal: for the worse"] == ["January 2026"]


def test_shown_periods() -> None:
    assert (SHOWN.first, SHOWN.last_month.name, SHOWN.year.since) == (
        date(2021, 4, 1), "October 2026", date(2025, 11, 1),
    )  # fmt: skip
    assert SHOWN.year_before.until == date(2025, 10, 31)
    assert len(SHOWN.of(Every.MONTH)) == 61
    assert SHOWN.of(Every.ROLLING_YEAR)[-1].name == "Year to October 2026"
    assert all(SHOWN.first <= period.since for every in Every for period in SHOWN.of(every))


def test_units_in_words() -> None:
    assert in_words(SHARE, 84.13) == "84.1%"
    assert (in_words(HOURS, 1), in_words(HOURS, 2.5)) == ("1 hour", "2.5 hours")
    assert in_words(NUMBER, 3329) == "3,329"


def benchmark(area: str, period: str, value: float) -> Benchmark:
    return Benchmark(SHARE.name, area, period, value, "A source", "", "text seen")


def test_others_stand_nearest_first_each_with_its_latest_and_the_difference_in_words() -> None:
    others = [
        benchmark("England", "2021-22", 60),
        benchmark("England", "2022-23", 70),
        benchmark("statistical neighbours", "2022-23", 85),
        benchmark("county as published", "2022-23", 80),
    ]
    told = compared(replace(SHARE, target=81, target_from="The plan"), Figure("80%", 80, 100), others)
    assert [(one.who, one.words, one.period) for one in told] == [
        ("Target", "81%", ""),
        ("County as published", "80%", "2022-23"),
        ("Statistical neighbours", "85%", "2022-23"),
        ("England", "70%", "2022-23"),
    ]
    assert [one.difference for one in told] == [
        "The county's figure is 1 percentage point lower, which is worse.",
        "The county's figure is the same.",
        "The county's figure is 5 percentage points lower, which is worse.",
        "The county's figure is 10 percentage points higher, which is better.",
    ]
    context = replace(SHARE, polarity=Polarity.CONTEXT)
    assert "which is" not in compared(context, Figure("80%", 80, 100), others)[-1].difference

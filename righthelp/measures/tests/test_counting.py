"""Counting: the splits that every measure has, what stood at month ends, versions side by side, and amounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from righthelp.guard.viewers import STEP, looking
from righthelp.measures.counting import Tally, Wanted, behind, count
from righthelp.measures.periods import Every, periods, tally
from righthelp.measures.registry import Counts, Measure, Unit, measure

CONTACTS = measure("contacts")
OPEN = """
SELECT contact.entry, contact.person, month_end.month_end AS placed_on, 1 AS counts
FROM analysis.contact AS contact JOIN analysis.month_end AS month_end ON contact.received_on <= month_end.month_end
"""


def told_at_month_ends() -> Measure:
    example: dict[str, Any] = {"contact": [], "month_end": [], "expect": "0"}
    return replace(CONTACTS, name="told", sql=OPEN, period=Counts.SNAPSHOT, splits=(), example=example)


def lately() -> Wanted:
    today = timezone.localdate()
    return Wanted(today - timedelta(days=400), today)


@pytest.mark.parametrize(("split", "value"), [("age", "10 to 15"), ("sex", "Not known or not recorded"),
                                              ("ethnicity", "Not known"), ("locality", "Not known")])  # fmt: skip
def test_every_measure_is_split_by_what_is_known_of_the_child(split: str, value: str, workplace: Any) -> None:
    workplace.decided(on=timezone.now())
    with looking(STEP):
        counted = count([CONTACTS], lately(), by=[(split,)])["contacts"]
        assert {key: of.of for key, of in counted.splits[(split,)].items()} == {(value,): 1}
        narrowed = replace(lately(), only=((split, value),))
        assert behind(CONTACTS, narrowed, 10)[0] == 1
        assert behind(CONTACTS, replace(narrowed, only=((split, "Nothing such"),)), 10) == (0, [])


def test_a_split_is_counted_month_by_month_too(workplace: Any) -> None:
    workplace.worry()
    month = timezone.localdate().year * 100 + timezone.localdate().month
    with looking(STEP):
        counted = count([CONTACTS], lately(), by=[("team",), ("source", "age")], monthly=True)["contacts"]
    assert [list(months) for months in counted.split_months[("team",)].values()] == [[month]]
    assert counted.splits[("source", "age")].keys() == counted.split_months[("source", "age")].keys()


def test_what_stands_at_month_ends_is_the_last_of_a_period_and_not_their_sum(workplace: Any) -> None:
    today = timezone.localdate()
    workplace.worry()
    measured = told_at_month_ends()
    with looking(STEP):
        counted = count([measured], lately(), by=[("age",)])["told"]
    assert sum(of.of for of in counted.splits[("age",)].values()) == 1
    year = periods(Every.ROLLING_YEAR, today, today)[-1]
    assert tally(measured, counted.months, year).of == 1
    before = periods(Every.ROLLING_YEAR, today - timedelta(days=40), today - timedelta(days=40))[-1]
    assert tally(measured, counted.months, before).of == 0


def test_another_version_counts_from_its_day_and_the_one_before_until_then(workplace: Any) -> None:
    """What was published goes on being counted as it was published: the chart shows a break."""
    today = timezone.localdate()
    workplace.worry()
    newer = replace(CONTACTS, version=2, since=today.replace(day=1), earlier=(CONTACTS,),
                    sql=CONTACTS.sql.replace("'JOINED'", "'JOINED', 'RECEIVED'"))  # fmt: skip
    later = replace(newer, since=date(today.year + 1, 1, 1))
    with looking(STEP):
        assert count([newer], lately())["contacts"].months == {}
        assert behind(newer, lately(), 10)[0] == 0
        assert [of.of for of in count([later], lately())["contacts"].months.values()] == [1]
        assert behind(later, lately(), 10)[0] == 1
    assert newer.breaks == [newer.since]
    assert [span[0].version for span in newer.spans(date(2020, 1, 1), today)] == [1, 2]


def test_a_clock_is_measured_without_anybody_asking(workplace: Any) -> None:
    workplace.decided(sent=timezone.now() - timedelta(hours=30), on=timezone.now() - timedelta(hours=28))
    workplace.worry(child_given="Bryn", on=timezone.now() - timedelta(hours=60))
    workplace.worry(child_given="Cerys", on=timezone.now())
    made = measure("clock_contact_decision")
    with looking(STEP):
        months = count([made], lately())[made.name].months
    whole = Tally()
    for month in months.values():
        whole.add(month)
    assert (whole.counts, whole.of) == (1, 2)
    assert whole.amounts == {2.0: 1}
    assert (made.unit, made.taken, made.service) == (Unit.SHARE, "hours", "front_door")


@pytest.mark.parametrize(("every", "names"), [
    (Every.MONTH, ["March 2026", "April 2026"]),
    (Every.QUARTER, ["January to March 2026", "April to June 2026"]),
    (Every.SIX_MONTHS, ["October 2025 to March 2026", "April to September 2026"]),
    (Every.ROLLING_YEAR, ["Year to March 2026", "Year to April 2026"]),
    (Every.FINANCIAL_YEAR, ["2025/26", "2026/27"]),
])  # fmt: skip
def test_periods_are_those_of_the_councils_year(every: Every, names: list[str]) -> None:
    assert [period.name for period in periods(every, date(2026, 3, 20), date(2026, 4, 20))] == names

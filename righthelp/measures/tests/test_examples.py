"""Each measure's worked example comes to what it says, and its text counts as plain Python does, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from righthelp.guard.viewers import STEP, looking
from righthelp.measures.examples import answer
from righthelp.measures.figures import Figure, figure
from righthelp.measures.registry import Measure, theme

MEASURES = {measure.name: measure for measure in theme("front_door")}
Rows = dict[str, list[dict[str, Any]]]
Counted = list[Any]  # of each thing that is counted: 1 or 0, or its hours


@pytest.mark.parametrize("name", MEASURES)
def test_the_example_comes_to_what_it_says(name: str, db: None) -> None:
    measure = MEASURES[name]
    with looking(STEP):
        assert str(answer(measure, measure.example)) == str(measure.example["expect"])


@pytest.mark.parametrize("name", MEASURES)
def test_the_example_is_of_six_children(name: str) -> None:
    measure = MEASURES[name]
    children = {row.get("child", row.get("contact")) for view in measure.views for row in measure.example[view]}
    assert len(children) == 6


def is_a_contact(row: dict[str, Any]) -> bool:
    return row["state"] not in {"PASSED_ON", "JOINED"}


def timely(clock: str, view: str, wanted: Callable[[dict[str, Any]], bool]) -> Callable[[Rows], Counted]:
    def count(rows: Rows) -> Counted:
        kept = {row["entry"] for row in rows[view] if wanted(row)}
        clocks = [row for row in rows["clock"] if row["clock"] == clock and row["entry"] in kept]
        return [int(row["answer"] == "MET") for row in clocks if row["answer"] in {"MET", "MISSED"}]

    return count


def repeated(rows: Rows) -> Counted:
    told = sorted(
        (row for row in rows["contact"] if is_a_contact(row)), key=lambda row: (row["received_at"], row["entry"])
    )
    counted = []
    for place, row in enumerate(told):
        before = [one["received_on"] for one in told[:place] if one["person"] == row["person"]]
        counted.append(int(bool(before) and before[-1] >= row["received_on"] - relativedelta(months=12)))
    return counted


def redecided(rows: Rows) -> Counted:
    first = {row["contact"]: row["outcome"] for row in rows["contact_decision"] if row["number"] == 1}
    decided = [row for row in rows["contact"] if row["state"] == "DECIDED" and row["entry"] in first]
    return [int(row["outcome"] != first[row["entry"]]) for row in decided]


def hours(rows: Rows) -> Counted:
    decided = {row["entry"] for row in rows["contact"] if row["state"] == "DECIDED"}
    clocks = [row for row in rows["clock"] if row["clock"] == "decision" and row["entry"] in decided]
    return [row["hours"] for row in clocks if row["hours"] is not None]


HELPED = {"IMMEDIATE", "REFERRAL", "EARLY_HELP"}
# Each measure again, in plain Python, from its definition and not from its text.
PLAINLY: dict[str, Callable[[Rows], Counted]] = {
    "contacts": lambda rows: [1 for row in rows["contact"] if is_a_contact(row)],
    "led_to_service": lambda rows: [
        int(row["outcome"] in HELPED) for row in rows["contact"] if row["state"] == "DECIDED"
    ],
    "hours_to_decision": hours,
    "decided_in_hours": timely("decision", "contact", is_a_contact),
    "decided_in_a_day": timely("decision by guidance", "contact", is_a_contact),
    "sender_told": timely("sender told", "contact", is_a_contact),
    "repeat_contacts": repeated,
    "redecided": redecided,
    "passed_as_information": lambda rows: [1 for row in rows["contact"] if row["state"] == "PASSED_ON"],
    "chat_contacts": lambda rows: [1 for row in rows["help_request"] if row["level"] in {2, 3}],
    "chat_in_time": timely("early help answer", "help_request", lambda row: row["level"] in {2, 3}),
    "consultations": lambda rows: [1 for _ in rows["consultation"]],
    "decisions_agreed": lambda rows: [
        int(row["agrees"]) for row in rows["decision_review"] if row["state"] == "REVIEWED"
    ],
}  # fmt: skip
CLOCKS = ("decision", "decision by guidance", "sender told", "early help answer")
OUTCOMES = ("IMMEDIATE", "REFERRAL", "EARLY_HELP", "SIGNPOSTING", "ADVICE", "NO_FURTHER_ACTION")


@st.composite
def counties(draw: st.DrawFn) -> Rows:
    """A small county's rows, as the views would hold them."""
    rows: Rows = {name: [] for name in ("contact", "contact_decision", "clock", "help_request", "consultation",
                                        "decision_review")}  # fmt: skip
    for number in range(draw(st.integers(1, 8))):
        entry = f"entry {number}"
        day = date(2024, 2, 27) + timedelta(days=draw(st.sampled_from([0, 1, 2, 365, 366, 367, 400])))
        state = draw(st.sampled_from(["RECEIVED", "DECIDED", "DECIDED", "PASSED_ON", "JOINED"]))
        outcome = draw(st.sampled_from(OUTCOMES))
        common = {"entry": entry, "person": draw(st.sampled_from(["Ada", "Bryn", "Cerys"]))}
        rows["contact"].append(
            {**common, "state": state, "received_on": day, "received_at": f"{day} 09:{number:02}", "outcome": outcome,
             "outcome_words": outcome.capitalize()}
        )  # fmt: skip
        for place in range(1, draw(st.integers(1, 3)) + 1):
            made = draw(st.sampled_from(OUTCOMES))
            rows["contact_decision"].append(
                {"contact": entry, "number": place, "outcome": made, "outcome_words": made, "decided_on": day}
            )
        for clock in CLOCKS:
            how = draw(st.sampled_from(["MET", "MISSED", "RUNNING", "EXCUSED"]))
            taken = draw(st.sampled_from([None, 0.5, 3.25, 24.0, 30.0]))
            rows["clock"].append({"entry": entry, "clock": clock, "answer": how, "hours": taken})
        rows["help_request"].append({**common, "level": draw(st.integers(1, 4)), "asked_on": day})
        rows["consultation"].append({**common, "held_on": day})
        reviewed = draw(st.booleans())
        agrees = draw(st.booleans()) if reviewed else None
        rows["decision_review"].append(
            {**common, "state": "REVIEWED" if reviewed else "DRAWN", "agrees": agrees, "decided_on": day}
        )
    return rows


def plainly(measure: Measure, counted: Counted) -> Figure:
    if measure.unit.value == "hours":
        return figure(measure, 0, len(counted), counted)
    return figure(measure, sum(counted), len(counted))


def test_every_measure_is_counted_plainly_too() -> None:
    assert PLAINLY.keys() == MEASURES.keys()


@pytest.mark.parametrize("name", MEASURES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=counties())
def test_the_text_counts_as_plain_python_does(name: str, db: None, rows: Rows) -> None:
    with looking(STEP):
        assert answer(MEASURES[name], rows) == plainly(MEASURES[name], PLAINLY[name](rows))
